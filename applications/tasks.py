"""What the beat wakes in this room, and the handlers of its jobs. Idempotent."""

from celery import shared_task

from applications import reminders
from applications.services import forgetting
from portal import clock, jobs
from portal.models import Job

REMIND = "applications.remind"
NOT_BEFORE = 8  # nobody is woken by a reminder


@shared_task(ignore_result=True)
def forget_drafts_nightly() -> None:
    """Orders the night's look at drafts that were never submitted, once a business day."""
    day = clock.today().isoformat()
    jobs.enqueue(forgetting.KIND, payload={"day": day}, key=f"{forgetting.KIND}:{day}")


@jobs.handler(forgetting.KIND)
def forget_drafts(job: Job) -> None:  # noqa: ARG001  a handler's shape
    forgetting.forget_drafts()


@shared_task(ignore_result=True)
def remind_daily() -> None:
    """Every hour: orders the reminders of the business day, once, so that a day begun late is not left out."""
    if clock.now().hour >= NOT_BEFORE:
        day = clock.today().isoformat()
        jobs.enqueue(REMIND, payload={"day": day}, key=f"{REMIND}:{day}")


@jobs.handler(REMIND)
def remind(job: Job) -> None:  # noqa: ARG001  a handler's shape
    reminders.remind()
