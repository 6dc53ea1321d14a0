"""What follows when a job fails: it waits for another try, or is given up and its object told.

Two budgets. What may pass by itself (a server away, a full disk, a broken line) is tried for a day and more; what is
wrong in itself, or kills its worker, only a few times.
"""

import logging

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F, QuerySet

from portal import clock, job_kinds
from portal.error_text import told
from portal.models import Job, JobState
from portal.models.job import MOST_OUTAGES

log = logging.getLogger("portal.jobs")

WORKER_DIED = "the worker died each time"


def passes_by_itself(error: Exception) -> bool:
    """Whether the fault lies outside and may be gone later: network, storage, mail, scanner, database server."""
    return isinstance(error, OSError | OperationalError | InterfaceError)


def settle(job: Job, error: Exception) -> None:
    """Puts a failed job back for a later try, or gives it up. Of a job that was taken over, nothing."""
    job.refresh_from_db(fields=["tries", "max_tries", "outages"])
    job.outages += passes_by_itself(error)
    if job.outages >= MOST_OUTAGES or job.tries - job.outages >= job.max_tries:
        give_up(job, told(error))
        return
    again = clock.machine_now() + job.retry_delay()
    _held(job).update(
        state=JobState.QUEUED, claim="", run_after=again, announce_after=again,
        outages=job.outages, last_error=told(error)[:2000],
    )  # fmt: skip


def give_up(job: Job, last_error: str) -> None:
    """Ends a job for good and tells its object, both or neither. Of a job that was taken over, nothing."""
    with transaction.atomic():
        ended = _held(job).update(
            state=JobState.FAILED, claim="", finished_at=clock.machine_now(), last_error=last_error[:2000]
        )
        if not ended:
            return
        job.refresh_from_db()
        job_kinds.end(job)
    log.error("job %s (%s) was given up", job.pk, job.kind)


def bury_the_lost() -> None:
    """Gives up the jobs that have killed their worker too often."""
    lost = Job.objects.stale(clock.machine_now()).filter(tries__gte=F("max_tries") + F("outages"))
    for job in lost:
        try:
            give_up(job, WORKER_DIED)
        except Exception:
            log.exception("job %s (%s) could not be given up", job.pk, job.kind)


def _held(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, claim=job.claim)
