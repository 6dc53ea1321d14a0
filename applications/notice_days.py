"""The days of a notice for the small calendar: posted, counted, resting, last."""

from dataclasses import dataclass
from datetime import date, timedelta

from applications.models import Notice
from portal import clock
from portal.models import Workday

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """`kind` as components/notice_calendar.html wants it: first, work, rest, last."""

    day: date
    kind: str
    today: bool = False


def days_of(notice: Notice) -> list[NoticeDay]:
    return days_between(notice.posted_on, notice.end.day)


def days_between(posted_on: date, ends_on: date) -> list[NoticeDay]:
    """Every day from posting to the last one, both included. One query."""
    exceptions = dict(Workday.objects.filter(day__range=(posted_on, ends_on)).values_list("day", "is_workday"))
    today = clock.today()
    length = (ends_on - posted_on).days
    return [
        NoticeDay(day, _kind(day, posted_on, ends_on, exceptions), today=day == today)
        for day in (posted_on + timedelta(days=offset) for offset in range(length + 1))
    ]


def workdays_run(notice: Notice) -> int:
    """Which working day of a notice today is; 0 on the day of posting, and before the first one."""
    days = [day for day in days_of(notice) if day.kind in {"work", "last"}]
    return sum(1 for day in days if day.day <= clock.today())


def _kind(day: date, posted_on: date, ends_on: date, exceptions: dict[date, bool]) -> str:
    if day == posted_on:
        return "first"
    if day == ends_on:
        return "last"
    return "work" if exceptions.get(day, day.weekday() < SATURDAY) else "rest"
