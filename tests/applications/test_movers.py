"""Whose each move is: the applicant's and the steps' by their one rightful person, for every source and every level."""

from collections import defaultdict

import pytest

from applications import transitions
from applications.errors import Refused
from applications.moves import ANY_LEVEL, MOVES, Mover
from applications.status import Status
from tests.applications.filed import filed
from tests.applications.test_transitions import placed

pytestmark = pytest.mark.unlawful("puts rows at every status behind the table's back")

CLERKS = {"employer": "wang", "supervisor": "zhao", "office": "sun"}
STEP_MOVES = [move for move in MOVES if move.mover is Mover.STEP]
# (move, status it begins at, level that is open, whose it is)
RIGHTFUL = [
    *[
        (move, source, "employer", "lin")
        for move in MOVES
        if move.mover is Mover.APPLICANT
        for source in sorted(move.sources)
    ],
    *[
        (move, source, level, CLERKS[level])
        for move in STEP_MOVES
        for source in sorted(move.sources)
        for level in sorted(move.step_kinds)
    ],
]
FOREIGN = [(move, level) for move in STEP_MOVES for level in sorted(ANY_LEVEL - move.step_kinds)]


@pytest.fixture(autouse=True)
def only_rights(monkeypatch) -> None:
    """What other rooms have against a move or do about it is tested with them."""
    monkeypatch.setattr(transitions, "_guards", defaultdict(list))
    monkeypatch.setattr(transitions, "_receivers", defaultdict(list))


def test_every_move_has_its_mover_tested():
    offices = {move.name for move in MOVES if move.mover in {Mover.OFFICE, Mover.TITLE_OFFICE}}
    assert {move.name for move, *_ in RIGHTFUL} | offices == {move.name for move in MOVES}
    assert len(RIGHTFUL) >= 13


@pytest.mark.parametrize(("move", "source", "level", "who"), RIGHTFUL, ids=lambda value: getattr(value, "name", value))
def test_its_own_person_makes_the_move_and_nobody_else(world, round_, *, move, source, level, who):
    application = placed(filed(world, round_, "lin", at=level), source)
    before = application.history.count()

    for other in sorted(set(world.people) - {who}):
        assert move not in transitions.available(application, world.people[other])
        with pytest.raises(Refused):
            transitions.perform(application, move.name, by=world.people[other], note="经核实。")
    assert application.history.count() == before

    assert move in transitions.available(application, world.people[who])
    record = transitions.perform(application, move.name, by=world.people[who], note="经核实。")
    application.refresh_from_db()
    assert (application.status, record.source, record.target) == (move.target, source, move.target)
    assert record.by == world.people[who]


@pytest.mark.parametrize(("move", "level"), FOREIGN, ids=lambda value: getattr(value, "name", value))
def test_a_move_of_one_level_is_not_made_at_another(world, round_, move, level):
    application = filed(world, round_, "lin", at=level)

    for who in CLERKS.values():
        with pytest.raises(Refused):
            transitions.perform(application, move.name, by=world.people[who], note="经核实。")
        assert move not in transitions.available(application, world.people[who])
    application.refresh_from_db()
    assert application.status == Status.IN_APPROVAL
