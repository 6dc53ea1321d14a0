import json
import os
import tarfile

import pytest
from django.core.management import CommandError, call_command

from portal import audit, backup, files, identity, invariants
from portal.models import AuditEntry, Job, StoredFile, User
from tests.portal import samples

pytestmark = [pytest.mark.embedded, pytest.mark.django_db(transaction=True)]

PAPER = samples.pdf()


@pytest.fixture
def installation(lin):
    """People, an identity number, a file and log entries."""
    identity.set_document(lin, kind="resident_id", number="120101198503141231", by=lin)
    files.store_bytes(PAPER, name="证书", content_type="application/pdf", purpose="certificate")
    audit.chain_day()
    return lin


def empty_everything(private_files):
    call_command("flush", interactive=False, verbosity=0)
    for path in private_files.rglob("*"):
        if path.is_file():
            path.unlink()


def test_a_backup_brings_everything_back(installation, private_files, tmp_path, capsys):
    archive = tmp_path / "one.tar"
    call_command("backup", archive)
    empty_everything(private_files)
    call_command("restore", archive)
    person = User.objects.get(username="lin")
    assert identity.reveal(person, by=person, reason="核对") == "120101198503141231"
    with files.open_clean(StoredFile.objects.get()) as content:
        assert content.read() == PAPER
    assert AuditEntry.objects.count() == 2
    assert invariants.check() == []
    assert "120101198503141231" not in archive.read_bytes().decode("latin-1")


def test_the_restored_database_goes_on_counting(installation, private_files, tmp_path):
    archive = tmp_path / "one.tar"
    backup.write(archive)
    empty_everything(private_files)
    backup.restore(archive)
    Job.objects.create(kind="x")
    User.objects.create_user("new")
    assert User.objects.count() == 2


def test_an_installation_with_people_is_not_overwritten(installation, tmp_path):
    archive = tmp_path / "one.tar"
    call_command("backup", archive)
    with pytest.raises(CommandError, match="people already"):
        call_command("restore", archive)


def test_nobody_else_on_the_machine_reads_the_archive(installation, tmp_path):
    archive = tmp_path / "one.tar"
    archive.with_name("one.tar.part").touch(mode=0o644)  # left by one that was broken off
    before = os.umask(0)
    try:
        backup.write(archive)
    finally:
        os.umask(before)
    assert oct(archive.stat().st_mode) == "0o100600"


def test_an_archive_is_not_overwritten(installation, tmp_path):
    archive = tmp_path / "one.tar"
    archive.write_bytes(b"older")
    with pytest.raises(CommandError, match="exists"):
        call_command("backup", archive)
    assert archive.read_bytes() == b"older"


@pytest.mark.parametrize("part", ["database", "file", "missing", "garbage", "engine"])
def test_a_damaged_archive_restores_nothing(installation, private_files, tmp_path, part):
    archive, damaged = tmp_path / "one.tar", tmp_path / "two.tar"
    manifest = backup.write(archive)
    work = tmp_path / "work"
    with tarfile.open(archive) as tar:
        backup._unpack(tar, work)
    file = work / "files" / manifest["files"][0]
    if part == "database":
        (work / "database").write_bytes((work / "database").read_bytes() + b"x")
    elif part == "file":
        file.write_bytes(b"other")
    elif part == "missing":
        file.unlink()
    elif part == "engine":
        (work / "manifest.json").write_text(json.dumps({**manifest, "engine": "oracle"}))
    with tarfile.open(damaged, "w") as tar:
        for path in sorted(work.rglob("*")):
            if path.is_file():
                tar.add(path, path.relative_to(work))
    if part == "garbage":
        damaged.write_bytes(b"no archive")
    empty_everything(private_files)
    with pytest.raises(CommandError):
        call_command("restore", damaged)
    assert User.objects.count() == 0
    assert not any(path.is_file() for path in private_files.rglob("*"))


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "files/../../outside", "files/short", "other"])
@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.SYMTYPE])
def test_nothing_but_a_backup_is_unpacked(installation, private_files, tmp_path, name, kind):
    archive, more = tmp_path / "one.tar", tarfile.TarInfo(name)
    backup.write(archive)
    more.type, more.linkname = kind, "/etc/passwd"
    with tarfile.open(archive, "a") as tar:
        tar.addfile(more)
    empty_everything(private_files)
    with pytest.raises(CommandError, match="is not of a backup"):
        call_command("restore", archive)
    assert User.objects.count() == 0


def test_a_backup_of_a_damaged_file_says_so(installation, private_files, tmp_path):
    stored = StoredFile.objects.get()
    (private_files / stored.path).write_bytes(b"rotten")
    with pytest.raises(CommandError, match="damaged"):
        call_command("backup", tmp_path / "one.tar")
    assert list(tmp_path.glob("one.tar*")) == []
