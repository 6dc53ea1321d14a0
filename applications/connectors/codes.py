"""The verification code of a degree report of CHSI (学信网). Pure."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _

from portal.chinese_dates import cn_date

CODE = re.compile(r"[0-9A-Z]{12}|[0-9A-Z]{16}")


class CodeError(ValueError):
    """The code cannot be used; the sentence tells the person what to do."""


def normalise(code: str) -> str:
    """As it is printed: no blanks or hyphens, plain characters, capitals."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).upper()


def check(code: str) -> str:
    """The normalised code. Raises CodeError."""
    plain = normalise(code)
    if not CODE.fullmatch(plain):
        told = _("验证码须为 12 位或 16 位字母和数字，现在是 %(length)d 位或含有其他字符。请照学信网报告填写。")
        raise CodeError(told % {"length": len(plain)})
    return plain


def check_expiry(last_day: date, today: date) -> date:
    """The last day on which the code can be read. Raises CodeError once it is over."""
    if last_day < today:
        told = _("验证码已于 %(day)s 到期。请在学信网延长有效期或重新申请后再获取。")
        raise CodeError(told % {"day": cn_date(last_day)})
    return last_day
