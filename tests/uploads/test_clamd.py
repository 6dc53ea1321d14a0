"""Where CLAMD names a daemon, no file is served before that has found it clean. Against a real one."""

import random
from collections.abc import Iterator

import pytest

from portal import clock, files, jobs
from portal.file_checks import antivirus
from portal.files import NotAvailable
from portal.models import FileState, Job, StoredFile
from tests.uploads import clamd, ways
from tests.uploads.hostile.sources import document, jpeg, with_segment

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


@pytest.fixture(scope="module")
def running() -> Iterator[clamd.Clamd]:
    with clamd.running() as daemon:
        yield daemon


@pytest.fixture
def daemon(running, monkeypatch) -> Iterator[clamd.Clamd]:
    """The daemon, asked; whatever a test does to it, the next one finds it at work."""
    monkeypatch.setenv("CLAMD", running.address)
    yield running
    running.go_on()
    if running.process.poll() is not None:
        running.start()


def picture(number: int = 0) -> bytes:
    return jpeg(random.Random(number))


def wait(content: bytes) -> StoredFile:
    """Sends a file whose check cannot come to an end."""
    stored = files.receive(ways.opened(content), by=None, name="证书.jpg", limits=ways.LIMITS, purpose="evidence")
    jobs.work_off()
    stored.refresh_from_db()
    assert stored.state == FileState.SCANNING
    with pytest.raises(NotAvailable, match="正在安全检查"):
        files.response(stored)
    return stored


def check_again(stored: StoredFile) -> FileState:
    Job.objects.update(run_after=clock.machine_now())
    jobs.work_off()
    stored.refresh_from_db()
    return FileState(stored.state)


@pytest.mark.parametrize("content", [picture(), document()], ids=["picture", "document"])
def test_what_the_daemon_finds_clean_is_served(daemon, content):
    stored = ways.send(content, "证书.jpg")
    assert stored.state == FileState.CLEAN
    assert files.response(stored).status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        picture() + clamd.SIGNATURE,
        with_segment(picture(), 0xFE, clamd.SIGNATURE),
        document() + b"%" + clamd.SIGNATURE,
        document(text=clamd.SIGNATURE.decode()),
    ],
    ids=["behind a picture", "in a picture", "behind a document", "in a document"],
)
def test_what_bears_the_signature_is_refused_with_a_sentence(daemon, content):
    stored = ways.send(content, "证书.jpg")
    assert (stored.state, "病毒特征" in stored.refusal) == (FileState.REFUSED, True)
    with pytest.raises(NotAvailable, match="病毒特征"):
        files.response(stored)


def test_the_daemon_tells_what_it_has_found(daemon):
    found = antivirus.scanner().scan(ways.opened(picture() + clamd.SIGNATURE))
    assert found.startswith(clamd.NAME)


def test_while_the_daemon_is_away_files_wait_and_pass_when_it_is_back(daemon):
    daemon.stop()
    stored = wait(picture())
    assert check_again(stored) == FileState.SCANNING
    daemon.start()
    assert check_again(stored) == FileState.CLEAN


def test_a_daemon_that_hangs_is_given_up_in_time_and_asked_again(daemon, monkeypatch):
    monkeypatch.setattr(antivirus, "TIMEOUT", 1)
    daemon.hang()
    with pytest.raises(TimeoutError):
        antivirus.scanner().scan(ways.opened(picture()))
    stored = wait(picture())
    daemon.go_on()
    assert check_again(stored) == FileState.CLEAN


def test_a_hostile_file_that_waited_is_refused_when_the_daemon_is_back(daemon):
    daemon.stop()
    stored = wait(picture() + clamd.SIGNATURE)
    daemon.start()
    assert check_again(stored) == FileState.REFUSED
