"""Working days of China, and the end of a public notice counted in them.

The first day is not counted, and the last one closes at 24:00 (Civil Code, articles 201 and 203). A year whose
arrangement the State Council has not announced makes an end provisional; so does the last week of a year as long as
the next year's arrangement, which may move a day across New Year, is not announced.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connections, transaction

from portal.models import Workday

SATURDAY = 5
# The State Council's papers by the year they arrange.
PAPERS = {
    2020: "国办发明电〔2019〕16号、国办发明电〔2020〕1号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
FESTIVALS = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}


@dataclass(frozen=True, slots=True)
class NoticeEnd:
    """The last day of a notice, which closes at its 24:00; provisional while the counted year is not announced."""

    day: date
    provisional: bool


def notice_end(start: date, days: int) -> NoticeEnd:
    """The day on which a notice of so many working days ends.

    Args:
        start: the business day of posting, not counted; may be a rest day.
        days: working days, one or more.

    Raises:
        ValueError: for fewer than one day.
    """
    if days < 1:
        raise ValueError("a notice lasts one working day or more")
    calendar = _Calendar(start)
    day, left = start, days
    while left:
        day += timedelta(days=1)
        left -= calendar.is_workday(day)
    return NoticeEnd(day=day, provisional=not all(calendar.is_announced(year) for year in _years(start, day)))


def is_workday(day: date) -> bool:
    """Whether people work on this day; a year not announced follows the plain week."""
    return _Calendar(day).is_workday(day)


def is_announced(year: int) -> bool:
    return Workday.objects.filter(day__year=year).exists()


@transaction.atomic
def seed() -> int:
    """Fills the table from the kept library, leaving rows that are there (staff may have edited them).

    Returns the number of rows added. Only years whose paper is known here are taken.
    """
    from chinese_calendar import constants  # noqa: PLC0415  read once, when the table is filled

    rows = [
        Workday(day=day, is_workday=works, name=FESTIVALS.get(name, name), source=PAPERS[_arranged_with(day, name)])
        for table, works in ((constants.holidays, False), (constants.workdays, True))
        for day, name in table.items()
        if _arranged_with(day, name) in PAPERS
    ]
    before = Workday.objects.count()
    Workday.objects.bulk_create(rows, ignore_conflicts=True)
    return Workday.objects.count() - before


def seed_after_migrate(using: str, **_: Any) -> None:
    """Signal receiver: no installation, and no test, is without a calendar."""
    has_table = Workday._meta.db_table in connections[using].introspection.table_names()  # noqa: SLF001  Django's API
    if using == "default" and has_table:
        seed()


def _arranged_with(day: date, festival: str) -> int:
    """The year whose paper arranges the day: New Year days in December belong to the coming year's."""
    return day.year + (day.month == 12 and festival == "New Year's Day")


def _years(start: date, end: date) -> set[int]:
    """The years whose arrangement bears on the days counted: those of the days, and of a week after the last."""
    return {start.year, end.year, (end + timedelta(days=7)).year}


class _Calendar:
    """The exceptions of the years round a day, read once."""

    def __init__(self, start: date) -> None:
        rows = Workday.objects.filter(day__gte=date(start.year, 1, 1)).values_list("day", "is_workday")
        self._exceptions = dict(rows)
        self._announced = {day.year for day in self._exceptions}

    def is_workday(self, day: date) -> bool:
        return self._exceptions.get(day, day.weekday() < SATURDAY)

    def is_announced(self, year: int) -> bool:
        return year in self._announced
