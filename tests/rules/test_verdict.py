"""Kleene's three values: every combination against what filling the unknowns could bring."""

from itertools import product

import pytest

from rules import verdict
from rules.verdict import MET, UNMET, Finding, Verdict, judged, missing

OPEN = missing("x")
VALUES = (UNMET, OPEN, MET)


def fillings(parts: tuple[Finding, ...]) -> list[tuple[bool, ...]]:
    possible = [(False, True) if part is OPEN else (part is MET,) for part in parts]
    return list(product(*possible))


def settled(outcomes: set[bool]) -> Verdict:
    return Verdict.OPEN if len(outcomes) == 2 else Verdict.MET if outcomes == {True} else Verdict.UNMET


@pytest.mark.parametrize("parts", [parts for size in range(1, 5) for parts in product(VALUES, repeat=size)])
def test_combinations_say_what_filling_the_gaps_could_bring(parts: tuple[Finding, ...]) -> None:
    filled = fillings(parts)
    assert verdict.all_of(parts).verdict is settled({all(values) for values in filled})
    assert verdict.any_of(parts).verdict is settled({any(values) for values in filled})
    for count in range(1, len(parts) + 1):
        assert verdict.at_least(count, parts).verdict is settled({sum(values) >= count for values in filled})


def test_nothing_asked_is_met_and_nothing_offered_is_unmet() -> None:
    assert verdict.all_of([]).verdict is Verdict.MET
    assert verdict.any_of([]).verdict is Verdict.UNMET


def test_only_what_is_open_has_reasons() -> None:
    parts = (missing("a", "b"), judged("q"), missing("a"), MET)
    assert verdict.all_of(parts) == Finding(Verdict.OPEN, missing=("a", "b"), judgement=("q",))
    assert verdict.all_of((*parts, UNMET)) == UNMET
    assert verdict.any_of(parts) == MET


def test_used_records_are_those_it_rests_on() -> None:
    first, second = Finding(Verdict.MET, used=("a[0]",)), Finding(Verdict.MET, used=("a[1]",))
    assert verdict.all_of((first, second)).used == ("a[0]", "a[1]")
    assert verdict.any_of((UNMET, second, first)).used == ("a[1]",)
    assert verdict.at_least(2, (UNMET, first, second)).used == ("a[0]", "a[1]")
    assert verdict.all_of((first, UNMET)).used == ()


def test_words() -> None:
    assert [value.word for value in Verdict] == ["unmet", "open", "met"]
