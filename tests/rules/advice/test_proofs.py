"""Random dossiers of every policy and level: each way is met when judged, and nothing in it can be spared."""

import random
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from rules import casebook, catalog
from rules.advice import Addition, RouteAdvice, Way, advise, completed, remedies, search
from rules.advice.paths import Plan
from rules.casebook import Case
from rules.dossier import Dossier, DossierError, decode
from rules.engine import judge_by
from rules.result import Result
from tests.rules.advice import people

SEEDS = 12


class Asked:
    """One random person at one level, and what the advice says."""

    def __init__(self, policy: str, level: str, seed: int) -> None:
        self.entry = catalog.get(policy)
        self.level = level
        self.opened = people.OPENED.get(policy, people.AS_OF)
        self.dossier = decode(people.person(random.Random(f"{policy} {level} {seed}"), self.entry, level))
        self.routes = advise(
            self.entry, level, self.dossier, as_of=people.AS_OF, opened=self.opened
        ).routes  # fmt: skip

    def judged(self, dossier: Dossier, day: date) -> Result:
        return judge_by(self.entry, self.level, dossier, as_of=day, opened=self.opened)

    def verdict_along(self, route: str, dossier: Dossier, day: date) -> str:
        """What one route alone comes to, on a day on which the policy is in force."""
        return max(path.verdict for path in Plan(self.entry, self.level).paths(route, dossier, day)).word

    def ways(self) -> Iterator[tuple[str, Way]]:
        return ((route.route, way) for route in self.routes for way in route.ways)


@pytest.fixture(scope="module", params=people.every_level(), ids="-".join)
def asked(request: pytest.FixtureRequest) -> list[Asked]:
    policy, level = request.param
    return [Asked(policy, level, seed) for seed in range(SEEDS)]


def test_routes_agree_with_the_engine(asked: list[Asked]):
    order = ["unmet", "open", "met"]
    for one in asked:
        assert (
            max((route.verdict for route in one.routes), key=order.index)
            == one.judged(one.dossier, people.AS_OF).verdict
        )


def test_each_way_is_met_by_its_route_on_its_day(asked: list[Asked]):
    for one in asked:
        for route, way in one.ways():
            whole = completed(one.dossier, way.additions)
            assert (way.verdict, one.judged(whole, way.day).verdict) == ("met", "met")
            assert one.verdict_along(route, whole, way.day) == "met"
            assert 1 <= way.size <= 3


def test_nothing_in_a_way_can_be_spared(asked: list[Asked]):
    for one in asked:
        for route, way in one.ways():
            for fewer in without_one(way):
                day = way.day if any(addition.kind == "time" for addition in fewer) else people.AS_OF
                assert one.verdict_along(route, completed(one.dossier, fewer), day) != "met", (route, way, fewer)


def test_sentences_name_the_clause_and_ways_are_ranked_without_doubles(asked: list[Asked]):
    for one in asked:
        for route in one.routes:
            assert all(addition.clause in addition.text or told_apart(addition) for addition in additions(route))
            assert [way.size for way in route.ways] == sorted(way.size for way in route.ways)
            texts = [tuple(sorted(addition.text for addition in way.additions)) for way in route.ways]
            assert len(set(texts)) == len(texts) <= 5


def test_time_alone_is_the_engines_earliest(asked: list[Asked]):
    for one in asked:
        found = one.judged(one.dossier, people.AS_OF)
        alone = [way.day for _, way in one.ways() if [addition.kind for addition in way.additions] == ["time"]]
        if found.verdict != "met":
            assert (min(alone).isoformat() if alone else None) == found.earliest


def test_what_is_entered_stays_as_it_is(asked: list[Asked]):
    """Ways fill gaps and add records; no value that is there becomes another."""
    for one in asked:
        before = one.dossier
        for _, way in one.ways():
            whole = completed(before, way.additions)
            for name in ("education", "titles", "skills", "posts", "sanctions", "assessments"):
                had, has = getattr(before, name), getattr(whole, name)
                assert had is None or len(had) == len(has), name
            kept = {key: value for key, value in (before.attestations or {}).items() if value is not None}
            assert kept.items() <= (whole.attestations or {}).items()


def additions(route: RouteAdvice) -> list[Addition]:
    return [addition for way in route.ways for addition in way.additions]


def told_apart(addition: Addition) -> bool:
    """Of a confirmation of several clauses each is named with its label."""
    return addition.kind == "confirmation" and all(clause in addition.text for clause in addition.clause.split("、"))


def without_one(way: Way) -> Iterator[list[Addition]]:
    """The way less one addition, one record of several alike, one clause of a confirmation."""
    for index, addition in enumerate(way.additions):
        others = [*way.additions[:index], *way.additions[index + 1 :]]
        yield from ([*others, *less] for less in _less(addition))


def _less(addition: Addition) -> Iterator[list[Addition]]:
    if addition.count > 1:
        yield [replace(addition, count=addition.count - 1)]
    elif addition.place == "attestations":
        pieces: list[dict[str, Any]] = [{k: v for k, v in addition.piece.items() if k != key} for key in addition.piece]
        yield from ([replace(addition, piece=piece)] if piece else [] for piece in pieces)
    else:
        yield []


@pytest.mark.parametrize(
    ("policy", "level", "seed"),
    [
        ("tianjin-engineering-2019", "assistant", 5183),
        ("tianjin-lithium-2022", "assistant", 5267),
        ("tianjin-lithium-2022", "intermediate", 5073),
    ],
)
def test_nobody_is_advised_to_write_a_year_to_come(policy: str, level: str, seed: int):
    """The year of an assessment is not known; one of next year would do next year, and by its lateness today."""
    one = Asked(policy, level, seed)
    test_nothing_in_a_way_can_be_spared([one])
    assert all(addition.clause for _, way in one.ways() for addition in way.additions)


@pytest.mark.parametrize("seed", range(4))
def test_what_is_left_out_as_out_of_reach_would_not_have_been_found(seed: int, monkeypatch: pytest.MonkeyPatch):
    asked = ("tianjin-lithium-2022", "intermediate", seed)
    bounded = Asked(*asked).routes
    monkeypatch.setattr(remedies, "needed", lambda *_: 0)
    monkeypatch.setattr(search, "MOST_JUDGED", 20_000)
    assert Asked(*asked).routes == bounded


def some_cases() -> list[Case]:
    """Every twelfth hand-written case that can be read, and those whose time goes forth and back."""
    read = [case for policy in casebook.policies() for case in casebook.cases(policy) if case.dossier is not None]
    return [case for index, case in enumerate(read) if index % 12 == 0 or "spoilt" in case.id]


@pytest.mark.parametrize("case", some_cases(), ids=lambda case: case.name)
def test_hand_written_cases(case: Case):
    entry, opened = catalog.get(case.policy), case.opened or case.as_of
    try:
        found = judge_by(entry, case.level, case.dossier, as_of=case.as_of, opened=opened)
    except DossierError:
        assert case.expect.error_contains
        return
    routes = advise(entry, case.level, case.dossier, as_of=case.as_of, opened=opened).routes
    assert max((route.verdict for route in routes), key=["unmet", "open", "met"].index) == found.verdict
    alone = []
    for way in (way for route in routes for way in route.ways):
        whole = completed(case.dossier, way.additions)
        assert judge_by(entry, case.level, whole, as_of=way.day, opened=opened).verdict == "met"
        alone += [way.day.isoformat()] if [addition.kind for addition in way.additions] == ["time"] else []
    if found.verdict != "met":
        assert min(alone, default=None) == found.earliest
