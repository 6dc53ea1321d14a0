"""Two clerks, or one hand pressing twice, at the same moment: real threads, real transactions, real locks."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from applications import corrections, dossiers, services
from applications.errors import ActError
from applications.models import Application, ApprovalStep, Signature, Snapshot, TransitionRecord
from portal.demo import World
from portal.invariants import check
from tests.applications import walk
from tests.applications.pages import address
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


def pages_at_once(world: World, count: int, path: str, fields: dict[str, str]) -> list[int]:
    """The same post from windows of 林申报's one session, released together; the statuses."""
    client = Client()
    client.force_login(world.people["lin"])
    gate = Barrier(count)

    def post(_number: int) -> int:
        window = Client(raise_request_exception=False)
        window.cookies = client.cookies.copy()
        try:
            gate.wait(30)
            return window.post(path, fields).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(post, range(count)))


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


def test_fifty_presses_on_the_page_in_several_windows_are_one_submission(draft, world):
    """Two windows opened the page; both buttons are pressed as fast as they go. Every press is answered as done."""
    seen = walk.sign(draft).content_sha256
    walk.sign(draft)  # in the other window
    answers = pages_at_once(world, 50, address("application_submit", draft.public_id), {"seen_sha256": seen})

    assert answers == [302] * 50
    assert Snapshot.objects.filter(application=draft).count() == 1
    assert ApprovalStep.objects.filter(application=draft).count() == 3
    assert list(draft.history.values_list("move", flat=True)) == ["submit"]
    assert draft.signatures.filter(snapshot__isnull=False).count() == 1
    assert [breach for breach in check() if breach.invariant.startswith("applications")] == []


def test_fifty_signatures_under_one_code_are_one(draft):
    token = services.open_link(
        application=draft,
        by=draft.applicant,
        content_sha256=dossiers.content(draft).sha256,
        words_sha256=services.applicant_words_sha256(draft),
    )
    written = services.Written(name=draft.applicant.name)
    answers = at_once(*[lambda: services.sign_by_link(token=token, written=written)] * 50)

    assert sorted(answers) == ["LinkClosed"] * 49 + ["done"]
    assert draft.signatures.count() == 1


def test_begin_twice(world, round_):
    def begin() -> None:
        services.open_draft(
            applicant=world.people["lin"], round=round_, level="associate_senior", employer=world.units["employer"]
        )

    assert sorted(at_once(begin, begin)) == ["Refused", "done"]
    assert Application.objects.count() == 1


@pytest.mark.parametrize("_round", times(10))
def test_resubmitting_twice_is_one_version(draft, world, _round):
    """What was mended goes back once, whichever window presses, and every line keeps its answer."""
    walk.submit(draft)
    walk.decide(draft, world.people["wang"], "return", note="不全", corrections=LIST, due_on=date(2025, 4, 2))
    walk.answer_all(draft)
    signature = walk.sign(draft)

    def press() -> object:
        return services.submit(
            application=Application.objects.get(pk=draft.pk),
            by=draft.applicant,
            seen_sha256=signature.content_sha256,
            signature=Signature.objects.get(pk=signature.pk),
        )

    answers = at_once(press, press)

    assert answers == ["done", "done"]
    assert list(Snapshot.objects.filter(application=draft).values_list("revision", "live")) == [(1, False), (2, True)]
    assert TransitionRecord.objects.filter(application=draft, move="resubmit").count() == 1
    assert [line.answer for asked in corrections.answered(draft.steps.all()) for line in asked.lines] == ["已补正。"]


@pytest.mark.parametrize("_round", times(10))
def test_two_lines_answered_at_once_are_both_kept(draft, world, _round):
    walk.submit(draft)
    lines = [*LIST, {"section": "summary", "text": "请补写。"}]
    walk.decide(draft, world.people["wang"], "return", note="不全", corrections=lines, due_on=date(2025, 4, 2))

    def answer(number: int) -> Callable[[], object]:
        return lambda: services.answer_correction(
            application=Application.objects.get(pk=draft.pk), number=number, text="已补。", by=draft.applicant
        )

    assert at_once(answer(1), answer(2)) == ["done", "done"]
    draft.refresh_from_db()
    assert corrections.mending(draft).left == []
