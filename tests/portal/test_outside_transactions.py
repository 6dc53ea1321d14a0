"""Every door to bytes, files and jobs is shut while a transaction is open, and no test's own transaction shuts it."""

import io
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from portal import content_store, files, jobs
from portal.file_checks import sandbox
from portal.models import Job, JobState, StoredFile
from portal.outside_transactions import InsideTransactionError, outside_transactions
from tests.portal import samples

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

LIMITS = files.FileLimits(types=("image/jpeg", "application/pdf"), max_bytes=2 << 20)


@pytest.fixture
def paper(db) -> StoredFile:
    return files.store_bytes(samples.pdf(), name="证书", content_type="application/pdf", purpose="certificate")


def receive(data: bytes) -> StoredFile:
    return files.receive(io.BytesIO(data), by=None, name="材料", limits=LIMITS, purpose="evidence")


def store() -> StoredFile:
    return files.store_bytes(b"%PDF", name="证书", content_type="application/pdf", purpose="certificate")


# What is called inside a transaction, given a clean stored PDF; each of them works outside.
DOORS: dict[str, Callable] = {
    "portal.files.receive": lambda _paper: receive(samples.jpeg()),
    "portal.content_store.put": lambda _paper: store(),
    "portal.content_store.open_content": lambda paper: files.open_clean(paper).close(),
    "portal.file_checks.sandbox._ask": lambda _paper: sandbox.inspect_pdf(samples.__file__),
    "portal.jobs.run": lambda _paper: jobs.run(0),
}


def kept() -> tuple[int, list[str]]:
    """Rows and contents."""
    return StoredFile.objects.count(), [path for path, _touched in content_store.place().walk()]


@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_shut_inside_a_transaction_and_nothing_has_happened(door, paper):
    before = kept()
    with transaction.atomic(), pytest.raises(InsideTransactionError, match=f"^{door} is called inside"):
        DOORS[door](paper)
    assert kept() == before


@pytest.mark.parametrize("door", DOORS)
def test_the_transaction_of_a_test_shuts_no_door(door, paper):
    assert connection.in_atomic_block
    DOORS[door](paper)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("door", DOORS)
def test_a_door_is_open_after_a_transaction_as_before(door, paper):
    assert not connection.in_atomic_block
    DOORS[door](paper)
    with transaction.atomic(), pytest.raises(InsideTransactionError):
        DOORS[door](paper)
    DOORS[door](paper)


@outside_transactions
def slow(word: str, *, end: str = "") -> str:
    """What it says."""
    return word + end


def test_arguments_and_answer_pass_through():
    assert (slow("a", end="b"), slow.__name__, slow.__doc__) == ("ab", "slow", "What it says.")


def test_a_real_transaction_counts_wherever_a_test_puts_its_own():
    """Django's durable blocks look at the innermost only; a marked one inside a real one makes that no less open."""
    marked = transaction.atomic()
    marked._from_testcase = True
    with transaction.atomic(), marked, pytest.raises(InsideTransactionError):
        slow("a")
    with marked:
        assert slow("a") == "a"


@pytest.mark.parametrize("how", [{"durable": True}, {"savepoint": False}])
def test_every_sort_of_transaction_counts(how):
    with transaction.atomic(**how), pytest.raises(InsideTransactionError):
        slow("a")


def test_a_refused_upload_is_no_excuse():
    """The file is read before it is refused: that, too, is work which holds the pen."""
    with transaction.atomic(), pytest.raises(InsideTransactionError):
        receive(b"")
    with pytest.raises(files.Refused):
        receive(b"")


def test_a_job_stays_untouched_when_its_runner_stands_in_a_transaction():
    stored = receive(samples.jpeg())
    job = Job.objects.get()
    with transaction.atomic(), pytest.raises(InsideTransactionError):
        jobs.work_off()
    job.refresh_from_db()
    assert (job.state, job.tries) == (JobState.QUEUED, 0)
    assert jobs.work_off() == 1
    stored.refresh_from_db()
    assert stored.is_clean
