"""Two clerks, or one hand pressing twice, at the same moment: real threads, real transactions, real locks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from applications import services
from applications.errors import ActError
from applications.models import Application, ApprovalStep, Snapshot, TransitionRecord
from portal.invariants import check
from tests.applications import walk
from tests.applications.test_steps import LIST
from tests.counts import times

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Runs acts in threads released together; each answers `done` or the name of its error."""
    gate = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            gate.wait(10)
            act()
        except ActError as error:
            return type(error).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture(autouse=True)
def only_postgres():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time; the race is PostgreSQL's")


def again(step: ApprovalStep) -> ApprovalStep:
    return ApprovalStep.objects.select_related("application").get(pk=step.pk)


@pytest.mark.parametrize("_round", times(30))
def test_approve_against_return(draft, world, _round):
    walk.ready_to_recommend(draft, world)
    step, wang = walk.waiting(draft), world.people["wang"]

    answers = at_once(
        lambda: services.decide_step(step=again(step), by=wang, decision="pass", **walk.SIGNED),
        lambda: services.decide_step(
            step=again(step), by=wang, decision="return", note="不全", corrections=LIST, due_on=date(2025, 4, 2)
        ),
    )

    assert sorted(answers) == ["Stale", "done"]
    draft.refresh_from_db()
    won = "advance" if answers[0] == "done" else "return"
    assert TransitionRecord.objects.filter(application=draft).latest("pk").move == won
    assert (draft.status, again(step).state) == (
        ("in_approval", "passed") if won == "advance" else ("returned", "returned")
    )
    assert [breach for breach in check() if breach.invariant.startswith("applications")] == []


@pytest.mark.parametrize("_round", times(30))
def test_submit_twice(draft, _round):
    signature = walk.sign(draft)

    def press() -> None:
        services.submit(
            application=Application.objects.get(pk=draft.pk),
            by=draft.applicant,
            seen_sha256=signature.content_sha256,
            signature=signature,
        )

    assert at_once(press, press, press) == ["done", "done", "done"]
    assert Snapshot.objects.filter(application=draft).count() == 1
    assert ApprovalStep.objects.filter(application=draft).count() == 3
    assert list(draft.history.values_list("move", flat=True)) == ["submit"]


def test_begin_twice(world, round_):
    def begin() -> None:
        services.open_draft(
            applicant=world.people["lin"], round=round_, level="associate_senior", employer=world.units["employer"]
        )

    assert sorted(at_once(begin, begin)) == ["Refused", "done"]
    assert Application.objects.count() == 1
