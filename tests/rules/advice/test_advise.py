"""The way to yes: every way proposed is met when judged, none of its additions can be spared, and it says its clause."""

import random
from datetime import date
from typing import Any

import pytest

from rules import catalog
from rules.advice import Advice, Way, advise, completed
from rules.dossier import Dossier, decode
from rules.engine import judge_by
from tests.rules import random_people
from tests.rules.people import AS_OF, AWARD, LEVEL, PATENT, POLICY, qualified, title
from tests.rules.test_soundness import gaps

DAY = date.fromisoformat(AS_OF)


def advice(dossier: dict[str, Any], as_of: date = DAY, **more: Any) -> Advice:
    return advise(catalog.get(POLICY), LEVEL, decode(dossier), as_of=as_of, **more)


def ways(found: Advice, route: str) -> list[Way]:
    return next(one.ways for one in found.routes if one.route == route)


def judged(dossier: Dossier, day: date) -> str:
    return judge_by(catalog.get(POLICY), LEVEL, dossier, as_of=day, opened=DAY).verdict


def test_a_route_that_is_met_needs_nothing() -> None:
    found = advice(qualified())
    first = found.routes[0]
    assert (first.route, first.verdict, first.ways) == ("ordinary", "met", [])


def test_time_alone_comes_before_everything_else() -> None:
    young = qualified(titles=[title(obtained="2020-03-01", appointed="2020-03-01")])
    [first] = ways(advice(young), "ordinary")
    assert (first.day, [addition.kind for addition in first.additions]) == (date(2025, 3, 1), ["time"])
    assert first.additions[0].clause == "五(一)2"


def test_a_fact_not_entered_is_asked_for_with_the_latest_day_that_will_do() -> None:
    [way] = ways(advice(qualified(titles=[title(appointed=None)])), "ordinary")[:1]
    [addition] = way.additions
    assert (addition.kind, addition.place, addition.piece) == (
        "fact", "titles[0].appointed", {"appointed": "2019-06-30"}
    )  # fmt: skip
    assert "聘任日期" in addition.text
    assert "2019年6月30日" in addition.text


@pytest.mark.parametrize("seed", range(60))
def test_each_way_is_met_and_minimal(seed: int) -> None:
    rng = random.Random(seed)
    person = random_people.person(rng)
    if seed % 2:
        person = gaps(person, rng, 0.1)
    dossier = decode(person)
    for route in advise(catalog.get(POLICY), LEVEL, dossier, as_of=DAY).routes:
        for way in route.ways:
            assert 1 <= way.size <= 3
            assert judged(completed(dossier, way.additions), way.day) == "met"
            assert all(addition.clause in addition.text for addition in way.additions)


def test_one_achievement_more() -> None:
    found = ways(advice(qualified(achievements=[{"id": "a2", **PATENT}])), "ordinary")
    singles = {way.additions[0].clause: way.additions[0].piece for way in found if way.size == 1}
    assert singles["五(三)1"] == {**AWARD, "date": AS_OF}
