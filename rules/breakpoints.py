"""Days on which time alone may change a finding: when something begins, ends, or is full."""

from datetime import date
from functools import cache
from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from rules import periods
from rules.leaves import Work
from rules.predicates import working
from rules.sections import Days
from rules.view import View


def work_days(spec: Work) -> Days:
    """Days on which the work may become full: counted from each record a path may rest on, or from the first post."""

    def days(view: View, horizon: date) -> list[date]:
        dossier = view.dossier
        starts = {date.min}
        starts |= {record.awarded for record in dossier.education or () if record.awarded}
        starts |= {record.obtained for record in dossier.skills or () if record.obtained}
        first = min((post.since for post in dossier.posts or () if post.since), default=date.max)
        counted = {start if start > first else date.min for start in starts}  # before the first post all are one
        found = (working.full_day(view, spec, start, horizon) for start in counted)
        return [day for day in found if day is not None]

    return days


def seniority_days(years: int, early: int) -> Days:
    """Days on which a title may have been held for full years, or for the years of an early application."""

    def days(view: View, horizon: date) -> list[date]:
        named = {day for title in view.dossier.titles or () for day in (title.obtained, title.appointed)}
        starts = [day for day in named if isinstance(day, date)]
        full = [periods.full_on(start, count) for start in starts for count in {years, years - early}]
        return [day for day in full if day is not None and day <= horizon]

    return days


def calendar_year_days(years: int) -> Days:
    """First days of the years in which a title is held for so many year heads, by either reading."""

    def days(view: View, horizon: date) -> list[date]:
        named = {day for title in view.dossier.titles or () for day in (title.obtained, title.appointed)}
        full = {day.year + count for day in named if isinstance(day, date) for count in (years - 1, years)}
        return [date(year, 1, 1) for year in full if year <= horizon.year]

    return days


def dated(part: object) -> set[date]:
    """Every day named in a dossier, the day after it (what lasts to a day ends then), and the first of every year."""
    if isinstance(part, date):
        return {part, periods.day_after(part)}
    if isinstance(part, list):
        return {day for item in part for day in dated(item)}
    if isinstance(part, Struct):
        days = {day for name in _dated_fields(type(part)) for day in dated(getattr(part, name))}
        year = getattr(part, "year", None)
        return days | ({date(year, 1, 1)} if year is not None else set())
    return set()


@cache
def _dated_fields(type_: type[Struct]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(type_) if _may_name_a_day(field.type))


def _may_name_a_day(type_: Any) -> bool:
    if not isinstance(type_, type) or get_args(type_):
        return any(map(_may_name_a_day, get_args(type_)))
    if issubclass(type_, Struct):
        return bool(_dated_fields(type_)) or "year" in type_.__struct_fields__
    return issubclass(type_, date)
