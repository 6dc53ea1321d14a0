"""A file that was received and found no place, whatever stood against it, leaves no row that nothing names."""

import io

import pytest
from django.db import OperationalError
from PIL import Image

from applications import services
from applications.errors import SameFile
from applications.models import ArchiveItem, Evidence
from applications.services import evidence as service
from portal import jobs
from portal.models import StoredFile

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def award(world) -> ArchiveItem:
    return services.add_item(
        owner=world.people["lin"], kind="award", facts={"kind": "award"}, details={"name": "科技进步奖"}
    )


def picture(shade: int) -> io.BytesIO:
    out = io.BytesIO()
    Image.new("RGB", (300, 400), (shade, 80, 80)).save(out, "JPEG")
    return out


def attach(award: ArchiveItem, shade: int) -> Evidence:
    piece = services.attach_evidence(
        application=None, item=award, upload=picture(shade), name=f"{shade}.jpg", by=award.owner
    )
    jobs.work_off()
    piece.refresh_from_db()
    return piece


def fail(*_: object) -> None:
    raise OperationalError("the database is away for a moment")


def test_a_database_that_fails_while_a_file_is_put_in_its_place(award, monkeypatch):
    monkeypatch.setattr(service, "rehash", fail)
    with pytest.raises(OperationalError):
        attach(award, 1)
    jobs.work_off()
    assert (StoredFile.objects.count(), Evidence.objects.count()) == (0, 0)


@pytest.mark.parametrize("error", [OperationalError("away"), SameFile("同一个文件", "id")], ids=["database", "same"])
def test_whatever_fails_while_pictures_are_exchanged_for_their_pdf(award, monkeypatch, error):
    pieces = [attach(award, shade) for shade in (10, 200)]
    before = sorted(StoredFile.objects.values_list("pk", flat=True))

    def refuse(*_arguments: object, **_more: object) -> None:
        raise error

    monkeypatch.setattr(services.joining, "put_in_place", refuse)
    with pytest.raises(type(error)):
        services.join_pictures(pieces=pieces, name="证书", by=award.owner)
    assert sorted(StoredFile.objects.values_list("pk", flat=True)) == before
    assert award.evidence.kept().count() == 2
