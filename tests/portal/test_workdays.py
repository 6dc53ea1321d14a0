from datetime import date, timedelta

import pytest

from portal import workdays
from portal.models import Workday
from portal.workdays import NoticeEnd

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

# DOMAIN.md §5, five working days, posting day not counted.
VECTORS = [
    (date(2023, 9, 18), date(2023, 9, 25)),
    (date(2023, 9, 26), date(2023, 10, 9)),
    (date(2023, 6, 21), date(2023, 6, 29)),
    (date(2023, 4, 28), date(2023, 5, 9)),
    (date(2024, 2, 5), date(2024, 2, 18)),
    (date(2023, 10, 6), date(2023, 10, 11)),
    (date(2026, 2, 13), date(2026, 2, 27)),
    (date(2026, 9, 24), date(2026, 10, 9)),
    (date(2026, 11, 20), date(2026, 11, 27)),
]


@pytest.mark.parametrize(("posted", "ends"), VECTORS)
def test_five_working_days_end_as_the_calendar_says(posted, ends):
    assert workdays.notice_end(posted, 5) == NoticeEnd(ends, provisional=False)


@pytest.mark.parametrize("offset", range(0, 2100, 7))
def test_a_notice_holds_exactly_its_working_days(offset):
    posted = date(2020, 1, 6) + timedelta(days=offset)
    end = workdays.notice_end(posted, 5).day
    counted = [posted + timedelta(days=n) for n in range(1, (end - posted).days + 1)]
    assert sum(workdays.is_workday(day) for day in counted) == 5
    assert workdays.is_workday(end)


@pytest.mark.parametrize(
    ("posted", "ends"),
    [
        (date(2027, 3, 1), date(2027, 3, 8)),  # nothing announced: the plain week
        (date(2026, 12, 25), date(2027, 1, 1)),  # runs into a year that is not announced
        (date(2026, 12, 21), date(2026, 12, 28)),  # New Year may yet move a day of that week
    ],
)
def test_a_year_not_announced_makes_the_end_provisional(posted, ends):
    assert workdays.notice_end(posted, 5) == NoticeEnd(ends, provisional=True)


def test_announcing_the_year_makes_it_firm():
    Workday.objects.create(day=date(2027, 1, 1), is_workday=False, name="元旦", source="示例")
    assert workdays.notice_end(date(2026, 12, 25), 5) == NoticeEnd(date(2027, 1, 4), provisional=False)


def test_a_notice_lasts_a_day_or_more():
    with pytest.raises(ValueError, match="one working day"):
        workdays.notice_end(date(2025, 3, 3), 0)


def test_seeding_leaves_what_staff_edited():
    Workday.objects.filter(day=date(2025, 10, 1)).update(source="更正")
    Workday.objects.filter(day=date(2025, 10, 2)).delete()
    assert workdays.seed() == 1
    assert Workday.objects.get(day=date(2025, 10, 1)).source == "更正"


def test_every_row_names_its_paper():
    sources = dict(Workday.objects.values_list("day", "source"))
    assert sources[date(2025, 1, 26)] == "国办发明电〔2024〕12号"
    assert sources[date(2022, 12, 31)] == "国办发明电〔2022〕16号"
    assert "" not in sources.values()
