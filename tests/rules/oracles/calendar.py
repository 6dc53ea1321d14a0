"""Time by the contract: corresponding days, spells that join, thirty days carried as a month."""

from collections.abc import Iterable
from datetime import date, timedelta


def day(text: str | None) -> date:
    return date.fromisoformat(text) if text else date.max


def anniversary(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 2, 28)


def months_worked(posts: Iterable[tuple[date, date | None]], since: date, as_of: date) -> int:
    """Whole months of posts given by their first and last day, counted from a day to another."""
    spells: list[tuple[date, date]] = []
    for first, last in sorted(posts, key=lambda post: post[0]):
        start = max(first, since)
        end = min(last + timedelta(days=1), as_of) if last else as_of
        if start >= end:
            continue
        if spells and start <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(spells[-1][1], end))
        else:
            spells.append((start, end))
    whole = [whole_months(start, end) for start, end in spells]
    left = sum((end - months_later(start, count)).days for (start, end), count in zip(spells, whole, strict=True))
    return sum(whole) + (left // 30 if len(spells) > 1 else 0)


def whole_months(start: date, end: date) -> int:
    count = 0
    while months_later(start, count + 1) <= end:
        count += 1
    return count


def months_later(start: date, count: int) -> date:
    year, month = divmod(start.month - 1 + count, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(start.year + year, month + 1, min(start.day, last))
        except ValueError:
            continue
    raise AssertionError
