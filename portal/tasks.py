"""What Celery runs: jobs one by one, the sweeper, the night's checks. And the handlers of the portal's own jobs."""

import logging
from typing import Any

from celery import shared_task
from celery.signals import worker_ready

from portal import audit, content_store, deliveries, file_intake, forsaken, invariants, jobs, own_data, people
from portal.models import Job
from portal.models.job import STALE_AFTER

log = logging.getLogger("portal.night")


@shared_task(acks_late=True, ignore_result=True)
def run_job(job_id: int) -> None:
    """Does one job; a job that is done, or with another worker, is left alone."""
    jobs.run(job_id, with_pulse=True)


@shared_task(ignore_result=True)
def sweep() -> None:
    """Every ten seconds: wakes what is late."""
    jobs.sweep()


@shared_task(ignore_result=True)
def nightly() -> None:
    """Adds the day's link to the chain of audit heads, checks the invariants, lets go of what is over; each by itself.

    A breach is logged as an error.
    """
    try:
        audit.chain_day()
    except Exception:
        log.exception("the day's audit heads were not chained")
    try:
        for breach in invariants.check():
            log.error("invariant broken: %s", breach)
    except Exception:
        log.exception("the invariants were not checked to the end")
    for let_go, what in (
        (own_data.expire, "copies of people's own data that are over"),
        (forsaken.let_go, "files that nothing names"),
        (content_store.purge, "contents that no file names"),
    ):
        try:
            let_go()
        except Exception:
            log.exception("%s were not let go of", what)


@worker_ready.connect
def pick_up_at_start(**_: Any) -> None:
    """What lay waiting while no worker ran is picked up at once; what a killed worker held, once it counts as lost."""
    jobs.sweep(at_start=True)
    sweep.apply_async(countdown=STALE_AFTER.total_seconds())


@jobs.handler("portal.check_file")
def check_file(job: Job) -> None:
    file_intake.check(job.payload["file"])


@jobs.given_up("portal.check_file")
def leave_unchecked(job: Job) -> None:
    file_intake.give_up(job.payload["file"])


@jobs.taken_up("portal.check_file")
def check_after_all(job: Job) -> None:
    file_intake.take_up(job.payload["file"])


@jobs.handler(deliveries.DELIVER)
def deliver(job: Job) -> None:
    deliveries.deliver(job)


@jobs.given_up(deliveries.DELIVER)
def leave_undelivered(job: Job) -> None:
    deliveries.give_up(job)


@jobs.taken_up(deliveries.DELIVER)
def deliver_after_all(job: Job) -> None:
    deliveries.take_up(job)


@jobs.handler(people.INVITE)
def invite(job: Job) -> None:
    people.invite(job.payload["user"])


@jobs.given_up(people.INVITE)
def tell_who_invited(job: Job) -> None:
    people.tell_not_invited(job.payload["user"], job.requested_by, job.payload.get("organization"))


@jobs.handler(own_data.KIND)
def make_own_data(job: Job) -> None:
    own_data.make(job.payload["order"])


@jobs.given_up(own_data.KIND)
def leave_own_data(job: Job) -> None:
    own_data.give_up(job.payload["order"])


@jobs.taken_up(own_data.KIND)
def make_own_data_after_all(job: Job) -> None:
    own_data.take_up(job.payload["order"])
