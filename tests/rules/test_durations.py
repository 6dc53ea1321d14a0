"""Durations and the leaves over them, by hypothesis: spells, corresponding days, years to the day and by year heads."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules.dossier import decode
from rules.engine import judge
from rules.leaves import CalendarYears, Work
from rules.periods import Spell, add_months, full_on, length, merged, total
from rules.predicates import calendar_years, holding
from rules.predicates.working import full_day, work
from rules.verdict import MET, Finding, Verdict
from rules.view import Anchor, View, Window
from tests.rules.oracles.calendar import anniversary, months_worked

DAYS = st.dates(date(2014, 1, 1), date(2024, 12, 31))
LEAP = st.sampled_from([date(2016, 2, 29), date(2020, 2, 29), date(2024, 2, 29)])
STARTS = st.one_of(DAYS, LEAP)
LENGTHS = st.one_of(st.integers(0, 1500), st.sampled_from([27, 28, 29, 30, 31, 364, 365, 366, 730, 1461]))
ENDED = st.tuples(STARTS, LENGTHS).map(lambda spell: (spell[0], spell[0] + timedelta(days=spell[1])))
HELD = STARTS.map(lambda start: (start, None))
POSTS = st.lists(st.one_of(ENDED, HELD), max_size=5)


def spells(found: list[tuple[date, date | None]], as_of: date) -> list[Spell]:
    return [Spell(first, min(last + timedelta(days=1), as_of) if last else as_of) for first, last in found]


def view(as_of: date, posts: list[tuple[date, date | None]] = (), since: date | None = None) -> View:
    facts = [
        {"from": first.isoformat(), "to": last and last.isoformat(), "scope": "specialty"} for first, last in posts
    ]
    anchor = Anchor(MET, since=since, window=Window(opens=since)) if since else None
    return View(decode({"posts": facts}), as_of, anchor=anchor)


@given(POSTS, STARTS)
@settings(deadline=None)
def test_spells_joined_cover_the_same_days_and_stand_apart(posts: list[Any], as_of: date) -> None:
    def days(found: list[Spell]) -> set[int]:
        return {day for spell in found for day in range(spell.start.toordinal(), spell.end.toordinal())}

    before, after = spells(posts, as_of), merged(spells(posts, as_of))
    assert days(before) == days(after)
    assert all(one.end < other.start for one, other in pairwise(after))


@given(POSTS, STARTS, st.randoms())
@settings(deadline=None)
def test_neither_order_nor_repetition_counts(posts: list[Any], as_of: date, rng: Any) -> None:
    found = spells(posts, as_of)
    mixed = [*found, *found[:2]]
    rng.shuffle(mixed)
    assert total(mixed) == total(found)


@given(STARTS, st.integers(2, 3000), st.data())
@settings(deadline=None)
def test_spells_that_touch_or_overlap_are_one(start: date, days: int, data: Any) -> None:
    end = start + timedelta(days=days)
    cut = start + timedelta(days=data.draw(st.integers(1, days - 1)))
    reach = cut + timedelta(days=data.draw(st.integers(0, 400)))
    assert total([Spell(start, min(reach, end)), Spell(cut, end)]) == length(Spell(start, end))


@given(POSTS, STARTS, STARTS, st.integers(0, 5))
@settings(max_examples=300, deadline=None)
def test_work_is_what_walking_its_days_makes_of_it(posts: list[Any], since: date, as_of: date, years: int) -> None:
    found = work(Work(scope="specialty", years=years))(view(as_of, posts, since)).verdict
    if years:
        assert found is (Verdict.MET if months_worked(posts, since, as_of) >= 12 * years else Verdict.UNMET)
    else:
        on_record = any(max(first, since) <= min(last or as_of, as_of) for first, last in posts)
        assert found is (Verdict.MET if on_record else Verdict.UNMET)


@given(STARTS, st.integers(1, 6), st.integers(0, 3))
@settings(deadline=None)
def test_a_spell_that_ended_counts_to_the_day_after_its_last(start: date, years: int, off: int) -> None:
    full = add_months(start, 12 * years)
    posts = [(start, full - timedelta(days=1 + off))]
    found = work(Work(scope="specialty", years=years))(view(date(2034, 1, 1), posts)).verdict
    assert found is (Verdict.UNMET if off else Verdict.MET)


@given(st.lists(HELD, min_size=1, max_size=3), POSTS, STARTS, st.integers(1, 4), st.integers(1, 800))
@settings(deadline=None)
def test_what_is_full_stays_full(held: list[Any], ended: list[Any], as_of: date, years: int, later: int) -> None:
    rule, posts = work(Work(scope="specialty", years=years)), [*held, *ended]
    before, after = (rule(view(day, posts)).verdict for day in (as_of, as_of + timedelta(days=later)))
    assert after >= before


@given(POSTS, STARTS, STARTS, st.integers(1, 4))
@settings(deadline=None)
def test_work_is_full_on_the_first_day_that_will_do(posts: list[Any], since: date, as_of: date, years: int) -> None:
    spec, horizon = Work(scope="specialty", years=years), as_of + timedelta(days=40 * 365)
    rule = work(spec)
    first = full_day(view(as_of, posts), spec, since, horizon)
    if rule(view(as_of, posts, since)).verdict is Verdict.MET:
        assert first is None
    elif first is None:
        assert rule(view(horizon, posts, since)).verdict is Verdict.UNMET
    else:
        assert as_of < first
        assert rule(view(first, posts, since)).verdict is Verdict.MET
        assert rule(view(first - timedelta(days=1), posts, since)).verdict is Verdict.UNMET


@pytest.mark.parametrize(
    ("between", "verdict"),
    [(None, "met"), ({"scope": "specialty"}, "unmet"), ({"scope": "other"}, "met"), ({}, "open")],
)
def test_a_day_between_two_spells(between: dict[str, str] | None, verdict: str) -> None:
    """Thirty days carried make a year of two spells a day apart, which as one would lack it: open till that is known."""
    posts = [
        {"from": "2020-04-01", "to": "2020-07-30", "scope": "specialty"},
        {"from": "2020-08-01", "to": "2021-03-30", "scope": "specialty"},
    ]
    posts += [] if between is None else [{"from": "2020-07-31", "to": "2020-07-31", **between}]
    found = work(Work(scope="specialty", years=1))(View(decode({"posts": posts}), date(2024, 1, 1)))
    assert (found.verdict.word, found.missing) == (verdict, ("posts[2].scope",) if verdict == "open" else ())


def titled(obtained: date, appointed: date | bool, as_of: date, **dossier: Any) -> View:
    title = {"level": "intermediate", "obtained": obtained.isoformat(),
             "appointed": appointed.isoformat() if isinstance(appointed, date) else appointed}  # fmt: skip
    known = decode({"titles": [title], "education": [], **dossier})
    assert known.titles is not None
    return View(known, as_of, anchor=Anchor(MET, "titles[0]", known.titles[0], since=obtained))


@given(STARTS, STARTS, st.integers(1, 6), st.integers(-40, 40))
@settings(deadline=None)
def test_a_title_is_full_on_the_corresponding_day(obtained: date, appointed: date, years: int, off: int) -> None:
    full = anniversary(max(obtained, appointed), years)
    assert full_on(max(obtained, appointed), years) == full
    found = holding.seniority(years, 0)(titled(obtained, appointed, full + timedelta(days=off)))
    assert found.verdict is (Verdict.MET if off >= 0 else Verdict.UNMET)


@given(STARTS, st.integers(1, 6), st.integers(0, 9), st.dates(date(2024, 1, 1), date(2024, 12, 31)))
@settings(deadline=None)
def test_year_heads_have_two_readings(start: date, years: int, later: int, day: date) -> None:
    as_of = day.replace(year=start.year + later, day=min(day.day, 28))
    found = heads(start, years, as_of)
    assert found.verdict is (Verdict.MET if later >= years else Verdict.OPEN if later + 1 >= years else Verdict.UNMET)
    assert bool(found.judgement) == (found.verdict is Verdict.OPEN)
    assert heads(start, years, as_of.replace(year=as_of.year + 1)).verdict >= found.verdict


def heads(start: date, years: int, as_of: date) -> Finding:
    return calendar_years.held(CalendarYears(years=years))(titled(start, start, as_of))


@given(STARTS, st.integers(2022, 2023), st.sampled_from(["private_enterprise", "public_institution"]))
@settings(max_examples=40, deadline=None)
def test_no_day_is_the_earliest_in_jiangxi(start: date, year: int, employer: str) -> None:
    dossier = {
        "status": "employed",
        "sanctions": [],
        "employer": {"kind": employer},
        "education": [{"level": "bachelor", "awarded": "2008-07-01"}],
        "titles": [{"level": "intermediate", "specialty": "lithium_battery", "obtained": start.isoformat(),
                    "appointed": start.isoformat()}],
        "social_insurance": {"months": 60, "same_employer": True},
        "achievements": [],
    }  # fmt: skip
    as_of = date(year - 1, 12, 31)
    result = judge("jiangxi-lithium-2023", "associate_senior", dossier, as_of=as_of, opened=date(2023, 6, 1))
    touched = as_of.year - start.year + 1
    assert (result.verdict, result.earliest) == ("open" if touched >= 5 else "unmet", None)
