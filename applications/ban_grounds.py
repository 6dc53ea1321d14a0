"""On what a ban may rest: what the region's notices say follows on a breach, and the days that come of it. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from applications.models import BanTerm
from rules import catalog


@dataclass(frozen=True, slots=True)
class Ground:
    """A consequence that a pack of the region states. `years`: for how long, from the year after the review."""

    key: str
    label: str
    citation: str
    years: int | None


def grounds(region: str) -> list[Ground]:
    """Every consequence of the region's packs, each once, in the notices' order."""
    entries = [entry for entry in catalog.current() if entry.policy.specialty.region == region]
    stated = (
        Ground(f"{entry.id}:{place}", one.label, entry.cite(one), one.years)
        for entry in entries
        for place, one in enumerate(entry.procedure.consequences)
    )
    return _each_once(ground for ground in stated if ground.citation)


def span(term: str, *, year: int, years: int | None, today: date) -> tuple[date, date | None]:
    """First and last day. `year` is that of the review; calendar years begin with the one after it."""
    if term == BanTerm.YEARS:
        if years is None:
            raise ValueError("no notice states the years")
        return date(year + 1, 1, 1), date(year + years, 12, 31)
    return today, date(year, 12, 31) if term == BanTerm.THIS_YEAR else None


def _each_once(found: Iterable[Ground]) -> list[Ground]:
    return list({ground.citation + ground.label: ground for ground in found}.values())
