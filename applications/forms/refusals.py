"""The readers' refusals in the words of a person filling in a form."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# What a reader says, and how a form says it; `figure` is what stands in the first group.
SAYINGS = (
    (r"`(?:int|float)` >= (\S+)", gettext_noop("不能小于 %(figure)s。")),
    (r"`(?:int|float)` <= (\S+)", gettext_noop("不能大于 %(figure)s。")),
    (r"`str` of length <= (\d+)", gettext_noop("最多 %(figure)s 个字，请精简。")),
    (r"(matching regex)", gettext_noop("格式不对：须为 12 位或 16 位字母和数字，请照原件填写。")),
    (r"(not a date)", gettext_noop("日期写法不对，请写成 2025-03-31 的样子。")),
    (
        r"(identity number)",
        gettext_noop(
            "此处不得填写完整身份证号码：证件号码只在“个人信息”中登记。证书编号与身份证号相同的，请只填后 6 位。"
        ),
    ),
    (r"(not one of)", gettext_noop("请在列出的选项中选择。")),
)


def in_chinese(message: str) -> str:
    """What is wrong with a value, from the reader's own message."""
    for pattern, saying in SAYINGS:
        if found := re.search(pattern, message, re.IGNORECASE):
            return _(saying) % {"figure": found[1]}
    return _("填写的内容无法识别，请检查后重新填写。")
