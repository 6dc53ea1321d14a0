"""The invariants hold along the line, and each one notices its breach."""

import pytest

from applications.models import (
    Application,
    ApprovalStep,
    Notice,
    NoticeEntry,
    Snapshot,
    TransitionRecord,
)
from portal import clock
from portal.invariants import check
from tests.applications import walk


def breaches() -> set[str]:
    return {breach.invariant for breach in check() if breach.invariant.startswith("applications")}


@pytest.fixture
def line(draft, world) -> Application:
    return walk.accepted(draft, world)


def test_they_hold_along_the_line(draft, world):
    for walked in (lambda: None, lambda: walk.submit(draft), lambda: walk.post(draft, world)):
        walked()
        assert breaches() == set()


def test_they_hold_at_the_end(line):
    assert breaches() == set()


@pytest.mark.unlawful("breaks what it is about")
@pytest.mark.parametrize(
    ("breach", "name"),
    [
        (lambda: TransitionRecord.objects.latest("pk").delete(), "the last record of a history is the status"),
        (
            lambda: ApprovalStep.objects.filter(kind="office").update(
                state="open", decided_by=None, decided_at=None, snapshot_sha256=""
            ),
            "one open step while in approval, none otherwise",
        ),
        (
            lambda: ApprovalStep.objects.filter(kind="office").update(snapshot_sha256="0" * 64),
            "decided steps name the snapshot they were taken on",
        ),
        (lambda: Snapshot.objects.update(content="{}"), "a snapshot is what its hash says"),
        (
            lambda: Notice.objects.update(closed_at=clock.now().replace(year=2024)),
            "no notice was closed before its end",
        ),
        (lambda: NoticeEntry.objects.update(held=True), "a person is held exactly while an objection stands"),
    ],
    ids=["history", "steps", "pinned", "snapshot", "notice", "held"],
)
def test_each_notices_its_breach(line, breach, name):
    breach()

    assert f"applications: {name}" in breaches()
