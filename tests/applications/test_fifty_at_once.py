"""Everything an applicant does, pressed fifty times at the same moment: one effect, and no answer but a sane one.

Real threads over the real pages, from windows of one session. That the whole database still holds is asked after each
test (tests/conftest.py, truths_hold).
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from applications import services
from applications.models import Application, ArchiveItem, ClauseTags, Evidence, Snapshot
from portal import privacy
from portal.demo import World
from portal.models import Consent, IdentityDocument
from tests.applications import walk
from tests.applications.filed import evidence_of
from tests.applications.pages import address
from tests.counts import times

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.slow]

AT_ONCE = 50
NEW = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d"
PATENT = {"kind": "patent", "patent-name": "一种夹具", "patent-date": "2023-08-15", "new": NEW, "seen": "none"}
DONE, GONE, REFUSED = 302, 404, 409
Fields = dict[str, Any]


@dataclass(frozen=True)
class Press:
    """What is pressed, and what is there afterwards; `answers` are those that any of the fifty may get."""

    path: str
    fields: Callable[[], Fields]
    effect: Callable[[], object]
    expected: object
    answers: frozenset[int] = frozenset({DONE})


@pytest.fixture(autouse=True)
def only_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time; the race is PostgreSQL's")


def pressed(world: World, press: Press) -> list[int]:
    """The same post from fifty windows of 林申报's one session, released together; the statuses."""
    client = Client()
    client.force_login(world.people["lin"])
    gate = Barrier(AT_ONCE)

    def post(_number: int) -> int:
        window = Client(raise_request_exception=False)
        window.cookies = client.cookies.copy()
        fields = press.fields()
        try:
            gate.wait(60)
            return window.post(press.path, fields).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(post, range(AT_ONCE)))


def said(fields: Fields) -> Callable[[], Fields]:
    return lambda: fields


def patent_of(draft: Application) -> ArchiveItem:
    return draft.items.kept().filter(kind="patent").order_by("pk")[0]


def spare(draft: Application, *, application: Application | None = None) -> ArchiveItem:
    """A record of the archive, chosen for the application or not."""
    return services.add_item(
        owner=draft.applicant, kind="patent", facts={}, details={"name": "备用的专利"}, application=application
    )


def content_of(item: ArchiveItem) -> list[Any]:
    return [*ArchiveItem.objects.filter(pk=item.pk).values_list("facts__rank", "details__name")]


def moves(draft: Application) -> list[str]:
    return list(draft.history.values_list("move", flat=True))


def begin(world: World, draft: Application) -> Press:
    services.withdraw(application=draft, by=draft.applicant)
    fields = {"level": draft.level, "direction": "cells", "place": "unit", "employer": draft.employer.name}
    return Press(
        address("application_start", draft.round.public_id),
        said(fields),
        lambda: Application.objects.exclude(pk=draft.pk).count(),
        1,
        frozenset({DONE, REFUSED}),
    )


def change_choice(world: World, draft: Application) -> Press:
    fields = {"level": draft.level, "direction": "materials", "place": "unit", "employer": draft.employer.name}
    return Press(
        address("application_change", draft.public_id),
        said(fields),
        lambda: Application.objects.get(pk=draft.pk).direction,
        "materials",
    )


def add_a_record(world: World, draft: Application) -> Press:
    return Press(
        address("item_add", draft.public_id, "patents", "patent"),
        said(PATENT),
        lambda: draft.items.kept().filter(details__name="一种夹具").count(),
        1,
    )


def add_a_record_to_the_archive(world: World, draft: Application) -> Press:
    return Press(
        address("archive_item_add", "patents", "patent"),
        said(PATENT),
        lambda: ArchiveItem.objects.kept().filter(details__name="一种夹具").count(),
        1,
    )


def keep_a_new_record(world: World, draft: Application) -> Press:
    return Press(
        address("item_add", draft.public_id, "patents", "patent"),
        said({**PATENT, "keep": "yes"}),
        lambda: draft.items.kept().filter(details__name="一种夹具").count(),
        1,
        frozenset({200}),
    )


def change_a_record(world: World, draft: Application) -> Press:
    item = spare(draft, application=draft)
    fields = {"kind": "patent", "seen": item.content_sha256, "patent-name": "改过的名称", "patent-rank": "2"}
    return Press(
        address("item_change", draft.public_id, item.public_id),
        said(fields),
        lambda: content_of(item),
        [(2, "改过的名称")],
    )


def keep_a_record(world: World, draft: Application) -> Press:
    item = spare(draft, application=draft)
    fields = {"kind": "patent", "seen": item.content_sha256, "keep": "yes", "patent-name": "键入的名称"}
    return Press(
        address("item_change", draft.public_id, item.public_id),
        said(fields),
        lambda: content_of(item),
        [(None, "键入的名称")],
        frozenset({200}),
    )


def save_the_only_one(world: World, draft: Application) -> Press:
    ArchiveItem.objects.kept().filter(owner=draft.applicant, kind="summary").delete()
    return Press(
        address("section_detail", draft.public_id, "summary"),
        said({"kind": "summary", "seen": "none", "summary-text": "总结。"}),
        lambda: ArchiveItem.objects.kept().filter(owner=draft.applicant, kind="summary").count(),
        1,
    )


def say_its_clauses(world: World, draft: Application) -> Press:
    item = spare(draft, application=draft)
    fields = {"kind": "patent", "seen": "", "patent-name": "备用的专利", "tag_shown": "", "tag-五(三)7": "on"}
    return Press(
        address("item_change", draft.public_id, item.public_id),
        said(fields),
        lambda: [tags.clauses for tags in ClauseTags.objects.filter(item=item)],
        [["五(三)7"]],
    )


def remove_a_record(world: World, draft: Application) -> Press:
    item = spare(draft, application=draft)
    return Press(
        address("item_remove", draft.public_id, item.public_id),
        said({}),
        lambda: ArchiveItem.objects.kept().filter(pk=item.pk).exists(),
        False,
        frozenset({DONE, GONE}),
    )


def choose_a_record(world: World, draft: Application) -> Press:
    item = spare(draft)
    return Press(
        address("item_choose", draft.public_id, item.public_id),
        said({"use": "yes"}),
        lambda: draft.items.filter(pk=item.pk).count(),
        1,
    )


def leave_a_record_out(world: World, draft: Application) -> Press:
    item = spare(draft, application=draft)
    return Press(
        address("item_choose", draft.public_id, item.public_id),
        said({"use": "no"}),
        lambda: (draft.items.filter(pk=item.pk).count(), ArchiveItem.objects.kept().filter(pk=item.pk).count()),
        (0, 1),
    )


def state_nothing(world: World, draft: Application) -> Press:
    draft.items.filter(kind="honour").delete()
    stated = draft.items.kept().filter(kind="nothing", facts__section="honours")
    stated.delete()
    return Press(address("section_nothing", draft.public_id, "honours"), said({}), stated.all().count, 1)


def attach_a_file(world: World, draft: Application) -> Press:
    item = spare(draft, application=draft)
    paper = walk.picture("navy").read()
    return Press(
        address("evidence_add", draft.public_id, item.public_id),
        lambda: {"uploads": [SimpleUploadedFile("证书.jpg", paper)]},
        lambda: item.evidence.kept().count(),
        1,
    )


def remove_a_file(world: World, draft: Application) -> Press:
    piece = evidence_of(spare(draft, application=draft))
    return Press(
        address("evidence_remove", draft.public_id, piece.public_id),
        said({}),
        lambda: Evidence.objects.kept().filter(pk=piece.pk).exists(),
        False,
        frozenset({DONE, GONE}),
    )


def register_identity(world: World, draft: Application) -> Press:
    IdentityDocument.objects.filter(user=draft.applicant).delete()
    return Press(
        reverse("portal:identity"),
        said({"kind": "resident_id", "number": "110101199003070134"}),
        lambda: IdentityDocument.objects.filter(user=draft.applicant).count(),
        1,
    )


def agree(world: World, draft: Application) -> Press:
    privacy.withdraw(by=draft.applicant)
    return Press(
        reverse("portal:privacy_consent"),
        said({"act": "agree", "purpose": list(privacy.KEYS)}),
        lambda: Consent.objects.filter(user=draft.applicant, withdrawn_at=None).count(),
        len(privacy.KEYS),
    )


def withdraw_the_agreement(world: World, draft: Application) -> Press:
    return Press(
        reverse("portal:privacy_consent"),
        said({"act": "withdraw", "purpose": list(privacy.KEYS)}),
        lambda: Consent.objects.filter(user=draft.applicant, withdrawn_at=None).count(),
        0,
    )


def submit(world: World, draft: Application) -> Press:
    seen = walk.sign(draft).content_sha256
    return Press(
        address("application_submit", draft.public_id),
        said({"seen_sha256": seen}),
        lambda: (moves(draft), Snapshot.objects.filter(application=draft).count(), draft.steps.count()),
        (["submit"], 1, 3),
    )


def resubmit(world: World, draft: Application) -> Press:
    walk.submit(draft)
    corrections = [{"section": "patents", "text": "请补充专利登记簿副本。"}]
    walk.decide(draft, world.people["wang"], "return", note="不全。", corrections=corrections, due_on=date(2025, 3, 20))
    draft.refresh_from_db()
    patent = patent_of(draft)
    mended = {**patent.details, "name": "补正后的专利"}
    services.change_item(item=patent, facts=patent.facts, details=mended, by=draft.applicant)
    walk.answer_all(draft)
    seen = walk.sign(draft).content_sha256
    return Press(
        address("application_submit", draft.public_id),
        said({"seen_sha256": seen}),
        lambda: (moves(draft), Snapshot.objects.filter(application=draft, live=True).count()),
        (["submit", "return", "resubmit"], 1),
    )


def withdraw(world: World, draft: Application) -> Press:
    walk.submit(draft)
    return Press(
        address("application_withdraw", draft.public_id),
        said({"note": "另有安排"}),
        lambda: moves(draft),
        ["submit", "withdraw"],
        frozenset({DONE, REFUSED}),
    )


OPERATIONS = [
    begin, change_choice, add_a_record, add_a_record_to_the_archive, keep_a_new_record, change_a_record, keep_a_record,
    save_the_only_one, say_its_clauses, remove_a_record, choose_a_record, leave_a_record_out, state_nothing,
    attach_a_file, remove_a_file, register_identity, agree, withdraw_the_agreement, submit, resubmit, withdraw,
]  # fmt: skip


@pytest.mark.parametrize("_time", times(5))
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.__name__)
def test_fifty_at_once_have_one_effect(draft, world, operation, _time):
    press = operation(world, draft)

    answers = pressed(world, press)

    assert {answer for answer in answers if answer not in press.answers} == set()
    assert press.effect() == press.expected
