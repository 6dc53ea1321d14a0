"""Jobs: services write a row in their own transaction, a worker claims it, a sweeper picks up what is left lying.

Handlers run outside any transaction, at least once, and must be idempotent. The same code serves the embedded and
the distributed installation: Celery is told a job's number after commit, and it does not matter if it forgets.
"""

import logging
import secrets
import time
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from celery import current_app
from django.db import connection, transaction
from django.db.models import F

from portal import clock, job_failures, job_kinds
from portal.error_text import told
from portal.job_kinds import given_up, handler, taken_up
from portal.models import ClaimLostError, ItemState, Job, JobItem, JobState, User
from portal.models.job import LONGEST_PATIENCE, MAX_TRIES, PATIENCE
from portal.outside_transactions import outside_transactions
from portal.pulse import Pulse

__all__ = [
    "ItemsFailedError", "ItemsWaitError", "claim", "enqueue", "given_up", "handler", "retry", "retry_failed", "run",
    "sweep", "taken_up", "wake", "work_items", "work_off",
]  # fmt: skip

log = logging.getLogger("portal.jobs")

SWEEP_AT_ONCE = 500
TASK = "portal.tasks.run_job"
BROKER_REST_SECONDS = 5.0
_broker = {"rests_until": 0.0}


class ItemsFailedError(RuntimeError):
    """Some items of a batch failed; the job tries those again."""


class ItemsWaitError(OSError):
    """Some items of a batch wait for something outside that did not answer."""


def enqueue(
    kind: str,
    *,
    payload: dict[str, Any],
    key: str | None = None,
    items: Iterable[str] = (),
    run_after: datetime | None = None,
    by: User | None = None,
    max_tries: int = MAX_TRIES,
) -> Job:
    """Writes a job in the caller's transaction and wakes a worker once it commits.

    Args:
        kind: names the handler.
        payload: ids only, never personal data.
        key: what the effect is unique by; a second job with the same key is the first one, returned.
        items: keys of the things a batch works through, see `work_items`.
        run_after: machine time before which nothing happens.
        by: who asked, and may watch the progress.
        max_tries: after so many failures the job is given up.
    """
    now = clock.machine_now()
    with transaction.atomic():
        job = Job(
            kind=kind, payload=payload, key=key, requested_by=by, max_tries=max_tries,
            run_after=run_after or now, announce_after=run_after or now + PATIENCE,
        )  # fmt: skip
        if key is None:
            job.save()
        else:
            Job.objects.bulk_create([job], ignore_conflicts=True)
            mine, job = job.public_id, Job.objects.get(key=key)
            if job.public_id != mine:
                return job
        rows = JobItem.objects.bulk_create([JobItem(job=job, key=item) for item in dict.fromkeys(items)])
        if rows:
            job.total = len(rows)
            job.save(update_fields=["total"])
        transaction.on_commit(lambda: wake(job.pk), robust=True)
    return job


def wake(job_id: int) -> bool:
    """Tells Celery about a job. A broker that is down is no error: the sweeper comes by.

    After a failure this process leaves the broker alone for a while, so that nobody waits for it job by job.
    """
    if time.monotonic() < _broker["rests_until"]:
        return False
    try:
        current_app.send_task(TASK, args=[job_id], retry=False)
    except Exception as error:  # noqa: BLE001  whatever the broker's client throws, the row stands
        log.warning("job %s not announced, the sweeper will: %s", job_id, type(error).__name__)
        _broker["rests_until"] = time.monotonic() + BROKER_REST_SECONDS
        return False
    return True


@outside_transactions
def run(job_id: int, *, with_pulse: bool = False) -> bool:
    """Claims and does one job in this process. False when it was not there for the taking.

    A worker process keeps a pulse beside the handler; `work_off` goes without, its handlers beat themselves.
    """
    job = claim(job_id)
    if job is None:
        return False
    try:
        with Pulse(job.pk, job.claim) if with_pulse else nullcontext():
            job_kinds.handler_of(job.kind)(job)
    except ClaimLostError:
        log.warning("job %s was taken over while it ran", job.pk)
    except Exception as error:
        log.exception("job %s (%s) failed at try %s", job.pk, job.kind, job.tries)
        job_failures.settle(job, error)
    else:
        _own(job).update(state=JobState.DONE, finished_at=clock.machine_now(), done=F("total"), last_error="")
    return True


@transaction.atomic
def claim(job_id: int) -> Job | None:
    """Takes a job for this run, or None when somebody else has it, it is not due, or it is finished."""
    moment = clock.machine_now()
    takeable = Job.objects.takeable(moment).filter(pk=job_id)
    if connection.features.has_select_for_update_skip_locked and not takeable.select_for_update(skip_locked=True):
        return None
    token = secrets.token_hex(16)
    taken = takeable.update(
        state=JobState.RUNNING, claim=token, heartbeat=moment, tries=F("tries") + 1, announce_after=moment
    )
    return Job.objects.get(pk=job_id) if taken else None


def work_items(job: Job, act: Callable[[str], None]) -> None:
    """Does `act(key)` for every unfinished item of a batch, marks each, and beats between them.

    An item is bound by its own tries, so one that kills its worker ends as failed and the rest goes on. A try that
    failed for something outside does not count.

    Raises:
        ItemsFailedError: some items failed and may be tried again.
        ItemsWaitError: some items wait for something outside.
        ClaimLostError: another worker has taken the batch over.
    """
    waits = False
    for item in job.items.filter(state=ItemState.OPEN).order_by("pk"):
        if item.tries >= job.max_tries:
            _mark(item, ItemState.FAILED, item.last_error or job_failures.WORKER_DIED)
            continue
        JobItem.objects.filter(pk=item.pk).update(tries=F("tries") + 1)
        _own_or_stop(job, heartbeat=clock.machine_now(), tries=1)
        try:
            act(item.key)
        except ClaimLostError:
            raise
        except Exception as error:
            log.exception("job %s item %s failed", job.pk, item.pk)
            if job_failures.passes_by_itself(error):
                waits = True
                _mark(item, ItemState.OPEN, told(error), tries=item.tries)
            else:
                last = item.tries + 1 >= job.max_tries
                _mark(item, ItemState.FAILED if last else ItemState.OPEN, told(error))
        else:
            _mark(item, ItemState.DONE, "")
            job.progress(job.items.filter(state=ItemState.DONE).count(), job.total)
    if waits:
        raise ItemsWaitError("some items wait for something outside")
    states = set(job.items.values_list("state", flat=True))
    if ItemState.OPEN in states:
        raise ItemsFailedError("some items failed and will be tried again")
    if ItemState.FAILED in states:
        _own_or_stop(job, max_tries=1, outages=0)
        raise ItemsFailedError("some items failed for good")


def retry_failed(job: Job) -> None:
    """Opens a given-up job, its object and its failed items for another round of tries."""
    now = clock.machine_now()
    with transaction.atomic():
        reopened = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED, tries=0, outages=0, max_tries=MAX_TRIES,
            run_after=now, announce_after=now + PATIENCE, finished_at=None,
        )  # fmt: skip
        if reopened:
            job.items.filter(state=ItemState.FAILED).update(state=ItemState.OPEN, tries=0)
            job_kinds.reopen(job)
            transaction.on_commit(lambda: wake(job.pk), robust=True)


@transaction.atomic
def retry(job: Job) -> bool:
    """Sets a job going at once: a given-up one starts over, a waiting one waits no longer. False for any other."""
    retry_failed(job)
    now = clock.machine_now()
    waiting = Job.objects.filter(pk=job.pk, state=JobState.QUEUED)
    if not waiting.update(run_after=now, announce_after=now + PATIENCE):
        return False
    transaction.on_commit(lambda: wake(job.pk), robust=True)
    return True


def work_off(*, limit: int | None = None) -> int:
    """Runs due jobs in this process until none is left or the limit is reached; returns how many ran."""
    ran = 0
    while limit is None or ran < limit:
        moment = clock.machine_now()
        job_id = Job.objects.takeable(moment).order_by("run_after", "pk").values_list("pk", flat=True).first()
        if job_id is None:
            break
        ran += run(job_id)
    return ran


def sweep(*, at_start: bool = False) -> int:
    """Wakes what is late, gives up what has killed its worker too often; returns how many jobs it announced.

    What was announced lately is left alone, each time for longer: a queue that is long does not grow by being looked
    at. A worker that starts (`at_start`) is told of everything due, for it may find an empty queue.
    """
    job_failures.bury_the_lost()
    moment = clock.machine_now()
    late = Job.objects.takeable(moment) if at_start else Job.objects.takeable(moment).filter(announce_after__lte=moment)
    announced = 0
    for job in late.order_by("run_after", "pk")[:SWEEP_AT_ONCE]:
        waited = moment - ((job.heartbeat if job.state == JobState.RUNNING else None) or job.run_after)
        again = moment + min(max(waited, PATIENCE), LONGEST_PATIENCE)
        # Noted first: whoever claims it at once sets the time back, so that it is missed should they die.
        if not late.filter(pk=job.pk).update(announce_after=again):
            continue
        if not wake(job.pk):
            break
        announced += 1
    return announced


def _own(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claim=job.claim)


def _own_or_stop(job: Job, **values: Any) -> None:
    if not _own(job).update(**values):
        raise ClaimLostError(f"job {job.pk} is no longer ours")


def _mark(item: JobItem, state: ItemState, error: str, **values: int) -> None:
    JobItem.objects.filter(pk=item.pk).update(state=state, last_error=error[:2000], **values)
