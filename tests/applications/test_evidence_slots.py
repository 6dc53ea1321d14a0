"""A slot holds so many files: what finds it full leaves nothing behind, also when two come at once."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from applications import services
from applications.errors import Refused
from applications.models import Application, ArchiveItem, Evidence
from applications.services import evidence as slots
from portal import content_store, files, jobs
from portal.models import StoredFile
from tests.applications import walk


@pytest.fixture
def patent(world) -> ArchiveItem:
    facts = {"kind": "patent", "patent_type": "invention", "granted": True, "date": "2022-05-01"}
    return services.add_item(owner=world.people["lin"], kind="patent", facts=facts, details={"name": "一种电解液"})


@pytest.fixture
def one_place(monkeypatch):
    monkeypatch.setattr(slots, "FILES_A_SLOT", 1)


SHADES = itertools.cycle(["white", "red", "green", "blue"])


def upload(application: Application, item: ArchiveItem | None = None, **where: str) -> Evidence:
    """A file of its own, other than the one before."""
    shade = next(SHADES)
    return services.attach_evidence(
        application=application,
        item=item,
        upload=walk.picture(shade),
        name="证书.jpg",
        by=application.applicant,
        **where,
    )


@pytest.mark.parametrize("where", ["record", "section"])
def test_a_full_slot_is_told_before_the_file_is_read(empty_draft, patent, one_place, where, monkeypatch):
    place = {"item": patent} if where == "record" else {"section": "patents"}
    upload(empty_draft, **place)
    monkeypatch.setattr(files, "receive", lambda *_args, **_kwargs: pytest.fail("the file was read"))

    with pytest.raises(Refused, match="每处最多上传 1 个文件"):
        upload(empty_draft, **place)


def taken_meanwhile(application: Application, item: ArchiveItem, monkeypatch, meanwhile) -> None:
    """Uploads a file, and lets `meanwhile` happen between its arrival and the slot."""
    receive = files.receive

    def interrupted(*args, **kwargs):
        stored = receive(*args, **kwargs)
        monkeypatch.setattr(files, "receive", receive)
        meanwhile()
        return stored

    monkeypatch.setattr(files, "receive", interrupted)
    upload(application, item)


def test_a_file_that_finds_its_place_taken_is_given_back(empty_draft, patent, one_place, monkeypatch):
    with pytest.raises(Refused, match="每处最多上传"):
        taken_meanwhile(empty_draft, patent, monkeypatch, lambda: upload(empty_draft, patent))

    [kept] = Evidence.objects.all()
    assert list(StoredFile.objects.all()) == [kept.file]
    assert content_store.exists(kept.file.received_sha256)
    jobs.work_off()
    kept.file.refresh_from_db()
    assert kept.file.is_clean


def test_a_file_for_an_application_submitted_meanwhile_is_given_back(draft, monkeypatch):
    item, before = draft.items.get(kind="patent"), StoredFile.objects.count()

    with pytest.raises(Refused, match="不能修改"):
        taken_meanwhile(draft, item, monkeypatch, lambda: walk.submit(Application.objects.get(pk=draft.pk)))

    assert StoredFile.objects.count() == before
    item.refresh_from_db()
    record = next(found for found in draft.snapshots.get().data["records"] if found["id"] == str(item.public_id))
    assert item.content_sha256 == record["sha256"]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_round", range(3))
def test_two_uploads_at_once_fill_one_place(empty_draft, patent, one_place, monkeypatch, _round):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time; the race is PostgreSQL's")
    receive, gate = files.receive, Barrier(2)

    def together(*args, **kwargs):
        stored = receive(*args, **kwargs)
        gate.wait(10)
        return stored

    monkeypatch.setattr(files, "receive", together)

    def press(_number: int) -> str:
        try:
            upload(Application.objects.get(pk=empty_draft.pk), ArchiveItem.objects.get(pk=patent.pk))
        except Refused:
            return "refused"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, range(2)))

    assert answers == ["done", "refused"]
    [kept] = Evidence.objects.all()
    assert list(StoredFile.objects.all()) == [kept.file]
