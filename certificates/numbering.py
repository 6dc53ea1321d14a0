"""Certificate numbers: region-year-series-level-committee-serial-check, as `12-2025-06-2-0012-00001-X`.

The serial runs without gaps within everything before it. The last character is the check digit of ISO 7064 MOD 11-2
over the other digits, the scheme of the resident identity number. Typed numbers may come with or without hyphens.
"""

import re
import unicodedata
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext as _
from stdnum.iso7064 import mod_11_2

from applications.errors import ActError
from applications.models import Round
from certificates.models import NumberSequence
from rules import catalog

# The first two digits of GB/T 2260 for the regions that packs name.
REGIONS = {"beijing": "11", "tianjin": "12", "hebei": "13", "zhejiang": "33", "jiangxi": "36"}
SERIES = {"research": "03", "economics": "05", "engineering": "06"}
LEVELS = {"full_senior": "1", "associate_senior": "2", "intermediate": "3", "assistant": "4", "technician": "5"}
WIDTHS = (2, 4, 2, 1, 4, 5, 1)
PARTS = ["region", "year", "series", "level", "committee", "serial", "check"]
LAST_SERIAL = 10 ** WIDTHS[-2] - 1
MOST_COMMITTEES = 10 ** WIDTHS[-3]
# Spaces and every dash a keyboard or a PDF may hand over.
_DASHES = re.compile(r"[\s\-\u2010-\u2015\u2212]+")


class NumberingError(ActError):
    """No number can be made; the sentence says what is missing."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Everything before the serial. Two rounds of one committee, year, series and level share it."""

    region: str
    year: int
    series: str
    level: str
    committee: int

    def __str__(self) -> str:
        return f"{self.region}-{self.year:04d}-{self.series}-{self.level}-{self.committee:04d}"


def prefix_of(round_: Round, level: str, year: int) -> Prefix:
    """The prefix of a round's certificates of one level, issued in `year`.

    Raises:
        NumberingError: the pack asks for another numbering, region, series or level has no code, or the committee's
            number does not fit.
    """
    if catalog.get(round_.policy_id).procedure.certificate.numbering.value != PARTS:
        raise NumberingError(_("政策包要求的证书编号组成尚未支持，无法发证。请联系系统管理员。"))
    asked = ((_("地区"), REGIONS, round_.region), (_("系列"), SERIES, round_.series), (_("层级"), LEVELS, level))
    for name, codes, key in asked:
        if key not in codes:
            raise NumberingError(
                _("%(name)s“%(key)s”没有证书编号代码，无法发证。请联系系统管理员登记代码。")
                % {"name": name, "key": key}
            )
    if round_.committee_id >= MOST_COMMITTEES:
        raise NumberingError(_("评审委员会编号超出证书编号的位数，无法发证。请联系系统管理员。"))
    return Prefix(REGIONS[round_.region], year, SERIES[round_.series], LEVELS[level], round_.committee_id)


def take(prefix: Prefix) -> str:
    """The next number under the prefix. A rollback of the caller's transaction gives it back.

    PostgreSQL holds the row until the transaction ends; SQLite's transactions exclude each other from the start. The
    UPDATE names the expected serial all the same, so that no engine can hand out a number twice.

    Raises:
        NumberingError: the serials are used up, or another session was quicker and the act is to be repeated.
        TransactionManagementError: outside a transaction.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a certificate number is taken inside the issuing transaction")
    sequence = _locked(str(prefix))
    serial = sequence.last + 1
    if serial > LAST_SERIAL:
        raise NumberingError(_("本年度该评审委员会的证书序号已用完，无法发证。请联系系统管理员。"))
    if not NumberSequence.objects.filter(pk=sequence.pk, last=sequence.last).update(last=serial):
        raise NumberingError(_("证书编号正被他人取用，本次没有发证。请稍后重试。"))
    return compose(prefix, serial)


def compose(prefix: Prefix, serial: int) -> str:
    body = f"{prefix}-{serial:0{WIDTHS[-2]}d}"
    return f"{body}-{mod_11_2.calc_check_digit(body.replace('-', ''))}"


def normalise(typed: str) -> str | None:
    """A typed number in its stored form, or None where its length or check digit is wrong."""
    plain = _DASHES.sub("", unicodedata.normalize("NFKC", typed)).upper()
    if len(plain) != sum(WIDTHS) or not mod_11_2.is_valid(plain):
        return None
    parts, start = [], 0
    for width in WIDTHS:
        parts.append(plain[start : start + width])
        start += width
    return "-".join(parts)


def serial_of(number: str) -> tuple[str, int]:
    """Prefix and serial of a stored number."""
    prefix, serial, _check = number.rsplit("-", 2)
    return prefix, int(serial)


def _locked(prefix: str) -> NumberSequence:
    NumberSequence.objects.bulk_create([NumberSequence(prefix=prefix)], ignore_conflicts=True)
    return NumberSequence.objects.select_for_update().get(prefix=prefix)
