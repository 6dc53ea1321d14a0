"""What the beat wakes in this room, and the handlers of its jobs. Idempotent."""

from celery import shared_task

from applications.services import forgetting
from portal import clock, jobs
from portal.models import Job


@shared_task(ignore_result=True)
def forget_drafts_nightly() -> None:
    """Orders the night's look at drafts that were never submitted, once a business day."""
    day = clock.today().isoformat()
    jobs.enqueue(forgetting.KIND, payload={"day": day}, key=f"{forgetting.KIND}:{day}")


@jobs.handler(forgetting.KIND)
def forget_drafts(job: Job) -> None:  # noqa: ARG001  a handler's shape
    forgetting.forget_drafts()
