"""Three values are sound, for every level of every policy: what is decided with gaps stays so however they are filled."""

import copy
import random
from datetime import date
from typing import Any

import pytest

from rules import catalog
from rules.dossier import decode
from rules.engine import judge
from rules.result import Result
from tests.counts import FULL
from tests.rules import random_people
from tests.rules.gaps import filled, gaps, one_by_one
from tests.rules.random_people import Asked
from tests.rules.test_oracles import LEVELS

DOSSIERS = -(-5_000 // len(LEVELS)) if FULL else 30
COMPLETIONS = 20 if FULL else 6
SHARES = [0.02, 0.1, 0.3]


def answer(policy: str, level: str, dossier: dict[str, Any], case: Asked, as_of: date | None = None) -> Result:
    return judge(policy, level, decode(dossier), as_of=as_of or case.as_of, opened=case.opened)


def decided(policy: str, level: str, result: Result) -> dict[str, str]:
    """The verdicts settled already, of the whole and of the clauses that look the same from every path."""
    found = {number: clause.verdict for number, clause in result.clauses.items() if clause.verdict != "open"}
    independent = {number: word for number, word in found.items() if number not in by_path(policy, level)}
    return independent | ({"verdict": result.verdict} if result.verdict != "open" else {})


def by_path(policy: str, level: str) -> set[str]:
    """Clauses that a path sees through a window of its own."""
    compiled = catalog.get(policy).level(level)
    sections = (compiled.achievements, compiled.exceptional)
    return {clause.number for section in sections if section for clause in section.clauses} | {"正文二(二)"}


def contradicted(before: dict[str, str], policy: str, level: str, result: Result) -> dict[str, str]:
    """What was decided and is not so any more."""
    now = decided(policy, level, result)
    return {number: f"{word}, then {now.get(number, 'open')}" for number, word in before.items()
            if now.get(number) != word and (number == "verdict" or number in result.clauses)}  # fmt: skip


@pytest.mark.parametrize(("policy", "level"), LEVELS)
def test_filling_the_gaps_never_flips(policy: str, level: str) -> None:
    rng = random.Random(f"gaps {policy} {level}")
    settled = 0
    for _ in range(DOSSIERS):
        case = random_people.asked(rng, policy, level)
        part = gaps(copy.deepcopy(case.dossier), rng, rng.choice(SHARES))
        before = decided(policy, level, answer(policy, level, part, case))
        settled += len(before)
        for _ in range(COMPLETIONS):
            donors = [random_people.person(rng, policy, level, case.as_of) for _ in range(2)]
            whole = filled(part, case.dossier, donors, rng)
            result = answer(policy, level, whole, case)
            assert contradicted(before, policy, level, result) == {}, (case.as_of, part, whole)
    assert settled > DOSSIERS, "nothing was decided, so nothing was tried"


@pytest.mark.parametrize(("policy", "level"), LEVELS)
def test_adding_a_fact_never_reopens(policy: str, level: str) -> None:
    rng = random.Random(f"facts {policy} {level}")
    for _ in range(max(DOSSIERS // 6, 4)):
        case = random_people.asked(rng, policy, level)
        part = gaps(copy.deepcopy(case.dossier), rng, rng.choice(SHARES))
        before = decided(policy, level, answer(policy, level, part, case))
        for more in one_by_one(part, case.dossier, rng):
            result = answer(policy, level, more, case)
            assert contradicted(before, policy, level, result) == {}, (case.as_of, part, more)
            before |= decided(policy, level, result)


@pytest.mark.parametrize(("policy", "level"), LEVELS)
def test_open_tells_what_would_settle_it(policy: str, level: str) -> None:
    rng = random.Random(f"reasons {policy} {level}")
    for _ in range(DOSSIERS):
        case = random_people.asked(rng, policy, level)
        found = answer(policy, level, gaps(case.dossier, rng, 0.15), case)
        for clause in found.clauses.values():
            reasons = bool(clause.missing or clause.judgement)
            assert reasons == (clause.verdict == "open"), clause


@pytest.mark.parametrize(("policy", "level"), [pair for pair in LEVELS if pair[0] != "jiangxi-lithium-2023"])
def test_earliest_is_the_first_day_that_will_do(policy: str, level: str) -> None:
    rng = random.Random(f"earliest {policy} {level}")
    for _ in range(max(DOSSIERS // 2, 12)):
        case = random_people.asked(rng, policy, level)
        found = answer(policy, level, case.dossier, case)
        days = [case.as_of.replace(year=case.as_of.year + years, day=28) for years in (1, 3, 10, 39)]
        if found.earliest is not None:
            first = date.fromisoformat(found.earliest)
            assert answer(policy, level, case.dossier, case, first).verdict == "met"
            length = (first - case.as_of).days
            passed = {0, length - 1, *range(0, length, max(length // 10, 1))} if length else set()
            days = [date.fromordinal(case.as_of.toordinal() + off) for off in sorted(passed)]
        for day in days:
            assert answer(policy, level, case.dossier, case, day).verdict != "met", (day, case)
