"""The engine against oracles written by hand: random dossiers for every level of every policy, no difference."""

import random
from collections import Counter

import pytest

from rules import catalog
from rules.dossier import decode
from rules.engine import judge
from rules.result import Result
from tests.counts import FULL
from tests.rules import oracles, random_people
from tests.rules.oracles.person import WORDS, Answer
from tests.rules.people import LEVEL, POLICY

LEVELS = [(policy, level) for policy in sorted(oracles.BY_POLICY) for level in random_people.LEVELS
          if policy in catalog.ids() and level in catalog.get(policy).levels]  # fmt: skip
Seen = Counter[tuple[str, str]]

# What no dossier can show: Jiangxi's clauses that are at worst open, and its verdict that is at best open.
NEVER = {("正文二(二)", "unmet"), ("正文三(四)", "unmet")}


def count(policy: str, level: str) -> int:
    """高级工程师 of 27号 is asked a thousand times even by default."""
    return 10_000 if FULL else 1_000 if (policy, level) == (POLICY, LEVEL) else 500


@pytest.mark.parametrize(("policy", "level"), LEVELS)
def test_agrees_with_the_oracle(policy: str, level: str) -> None:
    rng = random.Random(f"{policy} {level}")
    clauses: Seen = Counter()
    routes: Seen = Counter()
    for _ in range(count(policy, level)):
        case = random_people.asked(rng, policy, level)
        result = judge(policy, level, decode(case.dossier), as_of=case.as_of, opened=case.opened)
        expected = oracles.answer(policy, level, case.dossier, case.as_of, case.opened)
        assert differences(result, expected) == [], (case.as_of, case.opened, case.dossier)
        clauses.update((number, clause.verdict) for number, clause in result.clauses.items())
        routes[str(result.route), result.verdict] += 1
    assert unseen_clauses(policy, level, clauses) == []
    assert unreached_routes(policy, level, routes) == []


def differences(result: Result, expected: Answer) -> list[str]:
    """What the engine says otherwise than the oracle."""
    found = {number: clause.verdict for number, clause in result.clauses.items()}
    wrong = []
    if (result.verdict, result.route) != (WORDS[expected.verdict], expected.route):
        wrong.append(f"{result.verdict} by {result.route}, not {WORDS[expected.verdict]} by {expected.route}")
    if result.excluded_by != expected.excluded_by:
        wrong.append(f"excluded by {result.excluded_by}, not {expected.excluded_by}")
    wrong += [
        f"{number}: {found.get(number)}, not {WORDS[value]}"
        for number, value in expected.clauses.items()
        if found.get(number) != WORDS[value]
    ]
    for views in expected.seen:
        worded = [{number: WORDS[value] for number, value in view.items()} for view in views]
        shown = {number: found.get(number) for number in worded[0]}
        if shown not in worded:
            wrong.append(f"{shown}, not one of {worded}")
    told = {*expected.clauses, *(number for views in expected.seen for number in views[0])}
    if found.keys() != told:
        wrong.append(f"not told of by both: {sorted(found.keys() ^ told)}")
    return wrong


def unseen_clauses(policy: str, level: str, seen: Seen) -> list[tuple[str, str]]:
    """Clauses not seen both ways; one that is unverified is never better than open."""
    clauses = catalog.get(policy).clauses(level)
    wanted = {(clause.number, word) for clause in clauses for word in ("open" if clause.unverified else "met", "unmet")}
    return sorted(wanted - NEVER - seen.keys())


def unreached_routes(policy: str, level: str, seen: Seen) -> list[tuple[str, str]]:
    compiled = catalog.get(policy).level(level)
    best = "open" if policy == "jiangxi-lithium-2023" else "met"
    routes = ["ordinary", *(["exceptional"] if compiled.exceptional else []), *compiled.claims]
    return sorted({("None", "unmet"), *((route, best) for route in routes)} - seen.keys())
