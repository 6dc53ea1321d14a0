"""What `make bench-rules` compares with: the side written by hand agrees with the engine, or there is nothing to time."""

import random

from benchmarks.peer import facts, plain
from benchmarks.peer.people import AS_OF, person
from rules.dossier import decode
from rules.engine import judge
from tests.rules.people import LEVEL, POLICY

PEOPLE = 300


def test_the_side_written_by_hand_agrees_on_every_clause():
    rng, qualified = random.Random(7), 0
    for _ in range(PEOPLE):
        dossier = decode(person(rng))
        ours = judge(POLICY, LEVEL, dossier, as_of=AS_OF)
        verdict, route, said = plain.judge(dossier, AS_OF)
        assert (ours.verdict == "met", ours.route) == (verdict, route)
        assert {number: ours.clauses[number].verdict == "met" for number in said} == {
            n: one.met for n, one in said.items()
        }
        qualified += bool(verdict)
    assert 0.1 < qualified / PEOPLE < 0.4


def test_facts_are_complete_and_of_two_kinds():
    rng = random.Random(7)
    every = [facts.of(decode(person(rng)), AS_OF) for _ in range(50)]
    assert {type(value) for told in every for value in told.values()} == {bool, int}
    assert len({frozenset(told) for told in every}) == 1
