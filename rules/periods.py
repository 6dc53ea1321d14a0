"""Durations by the contract's calendar: corresponding days, spells, 30 days carried as a month."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

DAYS_CARRIED_AS_MONTH = 30
SHORTEST_MONTH = 28


class Length(NamedTuple):
    months: int
    days: int


class Spell(NamedTuple):
    """Time from `start` to the day before `end`."""

    start: date
    end: date


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """The corresponding day `months` later; where the month has none, its last day. Raises OverflowError past 9999."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        raise OverflowError(f"{day} + {months} months")
    if day.day <= SHORTEST_MONTH:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def full_on(start: date, years: int) -> date | None:
    """The day on which `years` years from `start` are full, that day included; None past the calendar's end."""
    try:
        return add_months(start, 12 * years)
    except OverflowError:
        return None


def length(spell: Spell) -> Length:
    """Whole months and the days left over."""
    start, end = spell
    if end <= start:
        return Length(0, 0)
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return Length(months, (end - add_months(start, months)).days)


def merged(spells: Iterable[Spell]) -> list[Spell]:
    """Spells that touch or overlap made one; empty ones dropped."""
    joined: list[Spell] = []
    for spell in sorted(spell for spell in spells if spell.start < spell.end):
        if joined and spell.start <= joined[-1].end:
            joined[-1] = Spell(joined[-1].start, max(joined[-1].end, spell.end))
        else:
            joined.append(spell)
    return joined


def total(spells: Iterable[Spell]) -> Length:
    """The length of all spells together, 30 left-over days carried as a month."""
    lengths = [length(spell) for spell in merged(spells)]
    carried, days = divmod(sum(item.days for item in lengths), DAYS_CARRIED_AS_MONTH)
    if len(lengths) == 1:
        return lengths[0]
    return Length(sum(item.months for item in lengths) + carried, days)


def day_after(day: date) -> date:
    return day + timedelta(days=1) if day < date.max else day
