"""What holds of stored files, whichever kind of storage keeps them."""

import hashlib
import io

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from portal import content_store, file_intake, files, invariants, jobs
from portal.files import FileLimits
from portal.models import FileState, StoredFile, User, content_path
from tests.portal import samples

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

LIMITS = FileLimits(types=("image/jpeg", "application/pdf"), max_bytes=2 << 20)
PAPER = samples.pdf(2)


def receive(data, name="材料.jpg"):
    return files.receive(io.BytesIO(data), by=None, name=name, limits=LIMITS, purpose="evidence")


def checked(stored):
    jobs.work_off()
    stored.refresh_from_db()
    return stored


def bytes_of(stored) -> bytes:
    with files.open_clean(stored) as content:
        return content.read()


def test_a_paper_comes_back_as_it_was_sent(store):
    stored = checked(receive(PAPER))
    assert (stored.state, stored.pages, stored.received_sha256) == (FileState.CLEAN, 2, stored.sha256)
    assert bytes_of(stored) == PAPER
    assert b"".join(files.response(stored)) == PAPER
    assert files.page_response(stored, 2).content.startswith(b"\xff\xd8")


def test_a_picture_comes_back_as_the_check_made_it(store):
    stored = checked(receive(samples.jpeg()))
    assert hashlib.sha256(bytes_of(stored)).hexdigest() == stored.sha256 != stored.received_sha256
    assert len(bytes_of(stored)) == stored.size


def test_a_large_content_comes_back_whole(store):
    data = bytes(range(256)) * (40 << 10)
    sha256, size = content_store.put(io.BytesIO(data))
    with content_store.open_content(sha256) as content:
        assert (content.read() == data, size) == (True, len(data))


def test_the_same_content_is_kept_once(store):
    first, second = receive(PAPER), receive(PAPER)
    assert first.sha256 == second.sha256
    assert [path for path, _ in content_store.place().walk()] == [first.path]


def test_checking_twice_changes_nothing(store):
    stored = checked(receive(samples.jpeg()))
    file_intake.check(stored.pk)
    again = StoredFile.objects.get()
    assert (again.sha256, again.state, again.checked_at) == (stored.sha256, stored.state, stored.checked_at)


def test_what_is_not_there_is_missed(store):
    nowhere = hashlib.sha256(b"nowhere").hexdigest()
    assert not content_store.exists(nowhere)
    with pytest.raises(FileNotFoundError):
        content_store.open_content(nowhere)


def test_lost_bytes_are_a_breach(store):
    stored = checked(receive(PAPER))
    assert invariants.check() == []
    content_store.place().delete(stored.path)
    assert "its bytes are missing" in str(invariants.check()[0])


def test_what_was_stored_before_its_row_was_written_is_purged(store, monkeypatch, two_days_later):
    kept = receive(PAPER)

    def die(**_values):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(StoredFile.objects, "create", die)
        with pytest.raises(KeyboardInterrupt):
            receive(samples.jpeg())
    paths = {path for path, _ in content_store.place().walk()}
    assert (len(paths), StoredFile.objects.count()) == (2, 1)
    assert content_store.purge() == 0  # it may be about to get its row
    two_days_later()
    assert content_store.purge() == 1
    assert [path for path, _ in content_store.place().walk()] == [kept.path]


def test_what_is_stored_again_is_young_again(store, two_days_later, monkeypatch):
    old, _ = content_store.put(io.BytesIO(b"old"))
    again, _ = content_store.put(io.BytesIO(b"again"))
    listed = list(content_store.place().walk())
    two_days_later()
    monkeypatch.setattr(type(content_store.place()), "walk", lambda _self: iter(listed))
    real_now, touched = content_store.clock.machine_now, content_store.place().touched
    monkeypatch.setattr(
        type(content_store.place()),
        "touched",
        lambda _self, path: real_now() if path == content_path(again) else touched(path),
    )
    assert content_store.purge() == 1
    assert (content_store.exists(old), content_store.exists(again)) == (False, True)


def test_what_others_keep_there_is_left_alone(store, two_days_later):
    place = content_store.place()
    place.save("backups/2025.tar", ContentFile(b"somebody's"))
    two_days_later()
    assert content_store.purge() == 0
    assert place.exists("backups/2025.tar")


def test_the_trial_finds_nothing_wrong_and_leaves_nothing(store):
    content_store.probe()
    assert list(content_store.place().walk()) == []


@pytest.fixture(params=["directory", "bucket"])
def elsewhere(request, use_storage, service, tmp_path):
    """Changes to an empty storage of either kind."""
    if request.param == "directory":
        return lambda: use_storage("", tmp_path / "elsewhere")
    return lambda: use_storage(service.address(tmp_path.name))


@pytest.mark.django_db(transaction=True)
def test_a_backup_of_one_kind_is_restored_into_the_other(store, elsewhere, tmp_path, lin):
    stored = files.store_bytes(PAPER, name="证书", content_type="application/pdf", purpose="certificate")
    call_command("backup", tmp_path / "one.tar")
    call_command("flush", interactive=False, verbosity=0)
    elsewhere()
    assert not content_store.exists(stored.sha256)
    call_command("restore", tmp_path / "one.tar")
    assert User.objects.get().username == "lin"
    assert bytes_of(StoredFile.objects.get()) == PAPER
    assert invariants.check() == []


@pytest.fixture
def lin(db) -> User:
    return User.objects.create_user("lin", name="林申报")
