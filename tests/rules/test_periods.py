"""Durations by corresponding days, and what the contract says of their ends."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.periods import Length, Spell, add_months, day_after, full_on, length, merged, total

DAYS = st.dates(date(1950, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2018, 7, 1), 24, date(2020, 7, 1)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2020, 2, 29), 12, date(2021, 2, 28)),
        (date(2020, 2, 29), 48, date(2024, 2, 29)),
        (date(2023, 12, 31), 2, date(2024, 2, 29)),
        (date(2023, 5, 15), -12, date(2022, 5, 15)),
    ],
)
def test_corresponding_day(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_the_calendar_ends() -> None:
    assert full_on(date(9995, 1, 1), 5) is None
    assert day_after(date.max) == date.max
    with pytest.raises(OverflowError):
        add_months(date(9999, 12, 1), 1)


def test_years_are_full_on_the_corresponding_day() -> None:
    assert full_on(date(2018, 7, 1), 2) == date(2020, 7, 1)
    assert full_on(date(2020, 2, 29), 5) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2018, 7, 1), date(2020, 7, 1), Length(24, 0)),
        (date(2018, 7, 1), date(2020, 6, 30), Length(23, 29)),
        (date(2023, 1, 31), date(2023, 2, 28), Length(1, 0)),
        (date(2023, 1, 1), date(2023, 1, 31), Length(0, 30)),
        (date(2023, 1, 2), date(2023, 1, 1), Length(0, 0)),
    ],
)
def test_length(start: date, end: date, expected: Length) -> None:
    assert length(Spell(start, end)) == expected


def test_touching_and_overlapping_spells_are_one() -> None:
    spells = [
        Spell(date(2020, 1, 1), date(2020, 7, 1)),
        Spell(date(2020, 7, 1), date(2021, 1, 1)),
        Spell(date(2020, 3, 1), date(2020, 4, 1)),
        Spell(date(2022, 1, 1), date(2022, 1, 1)),
    ]
    assert merged(spells) == [Spell(date(2020, 1, 1), date(2021, 1, 1))]


def test_thirty_days_left_over_make_a_month() -> None:
    fifteen = Spell(date(2020, 1, 1), date(2020, 1, 16)), Spell(date(2021, 1, 1), date(2021, 1, 16))
    assert total(fifteen) == Length(1, 0)
    assert total((Spell(date(2020, 1, 1), date(2020, 1, 15)), fifteen[1])) == Length(0, 29)


def test_one_spell_waits_for_its_corresponding_day() -> None:
    assert total([Spell(date(2023, 8, 15), date(2024, 8, 14))]) == Length(11, 30)


@given(start=DAYS, days=st.integers(0, 4000))
def test_a_spell_grows_with_time(start: date, days: int) -> None:
    spell = Spell(start, date.fromordinal(start.toordinal() + days))
    longer = Spell(start, date.fromordinal(start.toordinal() + days + 1))
    assert length(spell) < length(longer)


@given(start=DAYS, months=st.integers(0, 600))
def test_months_are_full_on_the_day_they_are_full(start: date, months: int) -> None:
    end = add_months(start, months)
    assert length(Spell(start, end)).months == months
    if months:
        assert length(Spell(start, date.fromordinal(end.toordinal() - 1))).months == months - 1
