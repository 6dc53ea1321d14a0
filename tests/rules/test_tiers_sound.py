"""What is said to be as strict is so: no case of a pack is met by a mutant that falls short of the pack nowhere."""

import msgspec
import pytest

from rules import casebook, catalog
from rules.catalog import Entry
from rules.engine import judge_by
from rules.lint import tiers
from rules.load import PackError
from rules.model import Policy
from tests.counts import FULL
from tests.rules.mutants import Mutant, mutants

PACKS = ("tianjin-engineering-2019", "tianjin-lithium-2022", "zhejiang-battery-2020")
EVERY = 1 if FULL else 40
# Compared are what the levels ask of people and whom the bars keep out, not when a policy is in force, nor how sure we are of a source.
COMPARED = ("levels", "basic", "claims", "other_specialty", "exclusions")


def changed(mutant: Mutant) -> Policy | None:
    try:
        return msgspec.convert(mutant.applied(), Policy)
    except msgspec.ValidationError:
        return None


def falls_short(policy: Policy, upper: Policy) -> bool:
    """Excused or not; what the wording alone lacks is no shortfall that a mutant could bring."""
    lone = msgspec.structs.replace(policy, above=upper.id)
    said = [problem.message for problem in tiers.problems(lone, "x", upper)]
    return any("asks less than" in message and "(text)" not in message for message in said)


@pytest.mark.parametrize("policy_id", PACKS)
def test_a_mutant_that_asks_as_much_lets_nobody_in(policy_id: str) -> None:
    asked = [one for one in mutants(policy_id) if one.path[0] in COMPARED and one.path[-1] != "unverified"]
    assert_sound(policy_id, asked[::EVERY])


@pytest.mark.parametrize("policy_id", PACKS)
def test_a_mutant_that_bars_as_much_lets_nobody_in(policy_id: str) -> None:
    assert_sound(policy_id, [one for one in mutants(policy_id) if one.path[0] == "exclusions"])


def assert_sound(policy_id: str, asked: list[Mutant]) -> None:
    base = catalog.get(policy_id)
    refused = [case for case in casebook.cases(policy_id) if case.dossier is not None and verdict(base, case) != "met"]
    held = 0
    for mutant in asked:
        policy = changed(mutant)
        if policy is None or falls_short(policy, base.policy):
            continue
        try:
            entry = Entry(policy, base.layer)
        except PackError:
            continue
        held += 1
        let_in = [case.name for case in refused if mutant.level in (None, case.level) and verdict(entry, case) == "met"]
        assert let_in == [], mutant.name
    assert held


def verdict(entry: Entry, case: casebook.Case) -> str:
    assert case.dossier is not None
    return judge_by(entry, case.level, case.dossier, as_of=case.as_of, opened=case.opened).verdict
