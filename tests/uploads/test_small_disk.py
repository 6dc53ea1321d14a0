"""A disk that is full while files come in: a real file system of 8 MiB."""

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.storage import storages

from portal import clock, files, jobs
from portal.models import FileState, Job, StoredFile
from tests.counts import times
from tests.uploads import ways
from tests.uploads.disks import MIB, fill, small_disk
from tests.uploads.hostile.sources import document, jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture
def disk(tmp_path) -> Iterator[Path]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def store(disk, settings) -> Path:
    """The stored files, on that disk."""
    backend = {"BACKEND": "portal.directory_store.Directory", "OPTIONS": {"location": str(disk / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": backend, "private": backend}
    assert storages["private"].location == str(disk / "files")
    return disk / "files"


def stored_in(store: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in store.rglob("*") if path.is_file()}


def receive(content: bytes) -> StoredFile:
    return files.receive(ways.opened(content), by=None, name="证书.jpg", limits=ways.LIMITS, purpose="evidence")


def test_a_full_disk_is_told_leaves_no_orphan_and_is_forgotten_once_there_is_room(disk, store):
    kept = ways.send(document(text="kept"), "旧.pdf")
    before = stored_in(store)
    for number in times(100):
        chance = random.Random(f"disk {number}")
        sent = jpeg(chance) + chance.randbytes(chance.randrange(100_000, 2 * MIB - 20_000))
        filler = fill(disk, leave=chance.randrange(0, len(sent) - 8192))

        with pytest.raises(files.NotStored, match=r"存储空间暂时不足.*稍后重新上传"):
            receive(sent)

        assert stored_in(store) == before
        assert (StoredFile.objects.count(), Job.objects.exclude(state="done").count()) == (1, 0)
        filler.unlink()
        again = receive(sent)
        assert stored_in(store) == {**before, again.sha256: len(sent)}
        Job.objects.filter(payload__file=again.pk).delete()
        again.delete()
        (store / again.path).unlink()
    assert b"".join(files.response(kept).streaming_content) == document(text="kept")


def test_a_disk_that_is_full_when_the_check_writes_leaves_the_file_waiting(disk, store):
    stored = receive(jpeg(random.Random("check"), 400) + b"what the check takes away")
    before = stored_in(store)
    filler = fill(disk, leave=0)
    jobs.work_off()
    stored.refresh_from_db()
    assert (stored.state, stored_in(store)) == (FileState.SCANNING, before)

    filler.unlink()
    Job.objects.update(run_after=clock.machine_now())
    jobs.work_off()
    stored.refresh_from_db()
    assert stored.state == FileState.CLEAN
    assert set(stored_in(store)) == {stored.sha256, stored.received_sha256}
