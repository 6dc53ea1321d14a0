"""The readers' refusals in the words of a person filling in a form."""

import re
from collections.abc import Callable

from django.utils.translation import gettext as _

Say = Callable[[re.Match[str]], str]
_SAYINGS: tuple[tuple[re.Pattern[str], Say], ...] = (
    (re.compile(r"`(?:int|float)` >= (\S+)", re.I), lambda found: _("不能小于 %(least)s。") % {"least": found[1]}),
    (re.compile(r"`(?:int|float)` <= (\S+)", re.I), lambda found: _("不能大于 %(most)s。") % {"most": found[1]}),
    (
        re.compile(r"`str` of length <= (\d+)", re.I),
        lambda found: _("最多 %(most)s 个字，请精简。") % {"most": found[1]},
    ),
    (re.compile(r"matching regex", re.I), lambda _found: _("格式不对：须为 12 位或 16 位字母和数字，请照原件填写。")),
    (re.compile(r"not a date", re.I), lambda _found: _("日期写法不对，请写成 2025-03-31 的样子。")),
    (re.compile(r"not one of", re.I), lambda _found: _("请在列出的选项中选择。")),
)


def in_chinese(message: str) -> str:
    """What is wrong with a value, from the reader's own message."""
    for pattern, say in _SAYINGS:
        if found := pattern.search(message):
            return say(found)
    return _("填写的内容无法识别，请检查后重新填写。")
