"""Days and moments as people read them; sentences of services and pages write them alike."""

from datetime import date, datetime

from portal import clock


def cn_date(value: date | datetime | None) -> str:
    """2025年3月3日; a dash without a date. Datetimes are read in Asia/Shanghai."""
    if value is None or value == "":
        return "—"
    day = value.astimezone(clock.ZONE).date() if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日"


def cn_datetime(value: datetime | None) -> str:
    """2025年3月3日 09:05, in Asia/Shanghai."""
    if value is None or value == "":
        return "—"
    return f"{cn_date(value)} {value.astimezone(clock.ZONE):%H:%M}"
