"""The transition table: every status against every move, rights, notes, guards, receivers."""

from collections import defaultdict

import pytest
from django.core.management import CommandError, call_command

from applications import transitions
from applications.errors import IllegalMove, Refused
from applications.models import Application
from applications.moves import MOVES, TRANSITIONS, Mover
from applications.state_diagram import document
from applications.status import FACES, Status
from portal.models import AuditEntry
from tests.applications import walk

pytestmark = pytest.mark.unlawful("puts rows at every status behind the table's back")


def placed(application: Application, status: Status) -> Application:
    """Puts a row at a status behind the table's back: here alone, where the table itself is tested."""
    there = Application.objects.filter(pk=application.pk)
    there.update(status=status.value)
    application.refresh_from_db()
    return application


def test_every_status_has_a_face_and_is_reached():
    assert set(FACES) == set(Status)
    assert {move.target for move in MOVES} | {Status.DRAFT} == set(Status)


@pytest.mark.parametrize("status", list(Status))
def test_illegal_moves_are_refused_and_write_nothing(empty_draft, world, status):
    application = placed(empty_draft, status)

    for move in (move for move in MOVES if status not in move.sources):
        with pytest.raises(IllegalMove):
            transitions.perform(application, move.name, by=world.people["sun"], note="理由")
        assert move not in transitions.available(application, world.people["sun"])

    application.refresh_from_db()
    assert (application.status, application.history.count()) == (status, 0)


@pytest.mark.parametrize("status", list(Status))
def test_legal_moves_are_refused_to_an_outsider(empty_draft, world, status):
    application = placed(empty_draft, status)

    for move in (move for move in MOVES if status in move.sources):
        with pytest.raises(Refused):
            transitions.perform(application, move.name, by=world.people["zhou"], note="理由")

    application.refresh_from_db()
    assert (application.status, application.history.count()) == (status, 0)
    assert transitions.available(application, world.people["zhou"]) == []


@pytest.mark.parametrize(
    "move", [move for move in MOVES if move.mover in {Mover.OFFICE, Mover.TITLE_OFFICE}], ids=lambda move: move.name
)
def test_legal_moves_of_offices_are_written_with_record_and_audit(empty_draft, world, monkeypatch, move):
    monkeypatch.setattr(transitions, "_guards", {move.name: []})
    monkeypatch.setattr(transitions, "_receivers", {move.name: []})
    by = world.people["feng" if move.mover is Mover.TITLE_OFFICE else "sun"]

    for status in sorted(move.sources):
        application = placed(empty_draft, status)
        assert move in [*transitions.available(application, by), *([move] if move.automatic else [])]
        record = transitions.perform(application, move.name, by=by, note="经核实。", meeting="m1")

        application.refresh_from_db()
        assert application.status == move.target
        assert (record.source, record.target, record.by, record.facts) == (status, move.target, by, {"meeting": "m1"})
        entry = AuditEntry.objects.filter(act=f"application.{move.name}").latest("pk")
        assert (entry.scope, entry.reason) == (application.scope, "经核实。")


def test_only_an_automatic_move_may_have_nobody_behind_it(empty_draft, monkeypatch):
    monkeypatch.setattr(transitions, "_guards", defaultdict(list))
    monkeypatch.setattr(transitions, "_receivers", defaultdict(list))
    for move in MOVES:
        application = placed(empty_draft, next(iter(move.sources)))
        if move.automatic:
            transitions.perform(application, move.name, by=None)
        else:
            with pytest.raises(Refused):
                transitions.perform(application, move.name, by=None, note="理由")


def test_note_is_asked_where_the_table_says(empty_draft, world):
    application = placed(empty_draft, Status.ACCEPTED)

    with pytest.raises(Refused, match="须写明理由"):
        transitions.perform(application, "cancel", by=world.people["feng"], note="  ")


def test_all_reasons_of_all_guards_are_shown(empty_draft, world, monkeypatch):
    monkeypatch.setattr(
        transitions, "_guards", {"publish": [lambda _a: ["甲未完成。", "乙未完成。"], lambda _a: ["丙未完成。"]]}
    )
    application = placed(empty_draft, Status.PASSED)

    with pytest.raises(Refused) as refusal:
        transitions.perform(application, "publish", by=world.people["sun"])

    assert refusal.value.reasons == ["甲未完成。", "乙未完成。", "丙未完成。"]
    assert str(refusal.value) == "甲未完成；乙未完成；丙未完成。"


def test_a_receiver_that_fails_takes_the_move_back(empty_draft, world, monkeypatch):
    def fails(_application, _record):
        raise RuntimeError("receiver")

    monkeypatch.setattr(transitions, "_guards", {"publish": []})
    monkeypatch.setattr(transitions, "_receivers", {"publish": [fails]})
    application = placed(empty_draft, Status.PASSED)

    with pytest.raises(RuntimeError, match="receiver"):
        transitions.perform(application, "publish", by=world.people["sun"])

    application.refresh_from_db()
    assert (application.status, application.history.count()) == (Status.PASSED, 0)


def test_guard_and_receiver_register_once_and_know_the_table():
    def reasons(_application):
        return []

    transitions.guard("cancel")(reasons)
    transitions.guard("cancel")(reasons)
    try:
        assert transitions._guards["cancel"].count(reasons) == 1
    finally:
        transitions._guards["cancel"].remove(reasons)
    with pytest.raises(KeyError):
        transitions.guard("no_such_move")(reasons)


def test_buttons_come_from_the_table(draft, world):
    def names(user):
        return [move.name for move in transitions.available(draft, world.people[user])]

    assert (names("lin"), names("wang")) == (["submit", "withdraw"], [])
    walk.submit(draft)
    assert (names("lin"), names("wang"), names("wu"), names("feng")) == (
        ["withdraw"],
        ["advance", "return", "not_recommend"],
        [],
        ["cancel"],
    )


def test_the_state_diagram_is_current(tmp_path, settings):
    call_command("state_diagram", "--check")
    settings.BASE_DIR = tmp_path
    (tmp_path / "docs").mkdir()
    with pytest.raises(CommandError):
        call_command("state_diagram", "--check")
    call_command("state_diagram")
    assert (tmp_path / "docs" / "state-diagram.md").read_text(encoding="utf8") == document()


def test_table_names_are_unique():
    assert len(TRANSITIONS) == len(MOVES)
