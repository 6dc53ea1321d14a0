"""Nowhere to put down what is on its way: the directory for uploads, and the one where children draw, are full."""

import random
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from applications import services
from applications.models import ArchiveItem, Evidence
from portal import clock, jobs
from portal.file_checks import sandbox
from portal.models import FileState, Job, StoredFile
from tests.applications import workbooks
from tests.applications.pages import address, words
from tests.uploads.disks import MIB, fill, small_disk
from tests.uploads.hostile.sources import document, jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

NO_ROOM = "服务器存储空间暂时不足"


@pytest.fixture
def lin(enter) -> Client:
    return enter("lin")


@pytest.fixture
def disk(tmp_path, settings) -> Iterator[Path]:
    """Uploads pass through it; stored files are elsewhere, where there is room."""
    with small_disk(tmp_path / "disk") as disk:
        settings.FILE_UPLOAD_TEMP_DIR = str(disk)
        yield disk


@contextmanager
def temporaries_on(disk: Path) -> Iterator[None]:
    """Whatever is put down for a moment, by the portal and not by a child, is put there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(disk))
        yield


def noisy(side: int) -> bytes:
    """A picture that no packing makes small."""
    out = BytesIO()
    Image.effect_noise((side, side), 80).save(out, "JPEG", quality=90)
    return out.getvalue()


def added(award: ArchiveItem, content: bytes, name: str = "证书.jpg") -> Evidence:
    piece = services.attach_evidence(application=None, item=award, upload=BytesIO(content), name=name, by=award.owner)
    jobs.work_off()
    piece.refresh_from_db()
    return piece


def upload(client: Client, award: ArchiveItem, *contents: bytes, accept: str):
    uploads = [SimpleUploadedFile(f"证书{number}.jpg", one) for number, one in enumerate(contents)]
    where = address("archive_evidence_add", award.public_id)
    return client.post(where, {"uploads": uploads}, headers={"accept": accept})


@pytest.mark.parametrize("leave", [0, 5000, MIB])
def test_a_large_upload_that_finds_no_room_is_told_and_leaves_nothing(disk, award, lin, leave):
    whole = jpeg(random.Random("whole"))
    whole += bytes(2 * MIB - len(whole))
    filler = fill(disk, leave)
    told = upload(lin, award, whole, accept="application/json")
    assert (told.status_code, told["Retry-After"]) == (503, "60")
    [reason] = told.json()["reasons"]
    assert reason.startswith(f"文件“证书0.jpg”没有保存：{NO_ROOM}")
    page = upload(lin, award, whole, accept="text/html")
    assert (page.status_code, NO_ROOM in words(page)) == (503, True)
    assert (StoredFile.objects.count(), list(disk.iterdir())) == (0, [filler])

    filler.unlink()
    assert upload(lin, award, whole, accept="application/json").status_code == 201
    assert list(disk.iterdir()) == []


def test_of_several_files_none_is_taken_where_one_finds_no_room(disk, award, lin):
    filler = fill(disk, MIB)
    told = upload(lin, award, jpeg(random.Random("small")), bytes(3 * MIB), accept="text/html")
    assert (told.status_code, "证书1.jpg" in words(told)) == (503, True)
    assert (StoredFile.objects.count(), list(disk.iterdir())) == (0, [filler])


def test_a_strangers_form_is_refused_as_ever(disk, award, world):
    fill(disk, 0)
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.people["lin"])
    assert upload(client, award, bytes(3 * MIB), accept="application/json").status_code == 403


@pytest.mark.parametrize(
    ("page", "field"), [("portrait", "picture"), ("archive_import", "book")], ids=["portrait", "import"]
)
@pytest.mark.parametrize("size", [100_000, 3 * MIB])
def test_every_page_that_takes_a_file_tells_so(disk, lin, page, field, size):
    content = workbooks.honest() if page == "archive_import" else jpeg(random.Random("portrait"))
    fill(disk, 0)
    sent = {field: SimpleUploadedFile("文件", content + bytes(size - len(content)))}
    with temporaries_on(disk):
        told = lin.post(address(page), sent | {"zoom": 100, "across": 50, "down": 50})
    assert (told.status_code, NO_ROOM in words(told)) == (503 if size > 2 * MIB else 422, True)
    assert StoredFile.objects.count() == 0


@contextmanager
def full_for_children() -> Iterator[None]:
    """Children write to where nothing can be written; a namespace of their own would not let them see the small disk."""

    def into_full(function):
        def asked(*arguments, **more):
            output = next(one for one in arguments if isinstance(one, Path) and not one.exists())
            output.symlink_to("/dev/full")
            return function(*arguments, **more)

        return asked

    with pytest.MonkeyPatch.context() as patch:
        for name in (
            "reencode_picture",
            "draw_page",
            "draw_thumbnail",
            "shrink_picture",
            "join_pictures",
            "cut_portrait",
        ):
            patch.setattr(sandbox, name, into_full(getattr(sandbox, name)))
        yield


def is_checked_later(piece: Evidence) -> None:
    Job.objects.update(run_after=clock.machine_now())
    jobs.work_off()
    piece.file.refresh_from_db()
    assert piece.file.state == FileState.CLEAN


def waiting(award: ArchiveItem, content: bytes) -> Evidence:
    return services.attach_evidence(
        application=None, item=award, upload=BytesIO(content), name="证书.jpg", by=award.owner
    )


@pytest.mark.parametrize("leave", [0, 4096])
def test_a_check_that_finds_no_room_waits(disk, award, leave):
    piece = waiting(award, noisy(900))
    fill(disk, leave)
    with temporaries_on(disk):
        jobs.work_off()
    piece.file.refresh_from_db()
    assert (piece.file.state, piece.file.refusal) == (FileState.SCANNING, "")
    is_checked_later(piece)


def test_a_child_that_finds_no_room_says_nothing_of_the_file(award):
    """What could not be written down is no fault of the picture."""
    piece = waiting(award, noisy(900))
    with full_for_children():
        jobs.work_off()
    piece.file.refresh_from_db()
    assert (piece.file.state, piece.file.refusal) == (FileState.SCANNING, "")
    is_checked_later(piece)


@pytest.mark.parametrize("name", ["evidence_thumbnail", "evidence_page"])
@pytest.mark.parametrize("where", ["parent", "child"])
def test_what_cannot_be_drawn_for_want_of_room_is_told_by_a_page(disk, award, lin, name, where):
    piece = added(award, document(), "证书.pdf")
    page = address(name, piece.public_id, *([1] if name == "evidence_page" else []))
    assert lin.get(page).status_code == 200
    fill(disk, 0)
    with full_for_children() if where == "child" else temporaries_on(disk):
        assert lin.get(page).status_code == 503
    assert lin.get(page).status_code == 200


@pytest.mark.parametrize("where", ["parent", "child"])
def test_pictures_are_not_joined_for_want_of_room_and_stay(disk, award, lin, where):
    pieces = [added(award, noisy(900 + number), f"{number}.jpg") for number in range(2)]
    before = list(StoredFile.objects.values_list("pk", flat=True))
    sent = {"pictures": [str(piece.public_id) for piece in pieces], "name": "证书"}
    fill(disk, 4096)
    with full_for_children() if where == "child" else temporaries_on(disk):
        told = lin.post(address("archive_evidence_join", award.public_id), sent)
    assert (told.status_code, NO_ROOM in words(told)) == (409, True)
    assert list(award.evidence.kept().values_list("pk", flat=True)) == [piece.pk for piece in pieces]
    assert list(StoredFile.objects.values_list("pk", flat=True)) == before


def test_a_portrait_is_not_cut_for_want_of_room(lin):
    with full_for_children():
        told = lin.post(
            address("portrait"),
            {"picture": SimpleUploadedFile("我.jpg", noisy(900)), "zoom": 100, "across": 50, "down": 50},
        )
    assert (told.status_code, NO_ROOM in words(told)) == (422, True)
