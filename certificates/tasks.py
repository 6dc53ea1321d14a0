"""Jobs of this room: fetch, delegate. Idempotent."""

from certificates.services import rendering
from portal import jobs
from portal.models import Job


@jobs.handler(rendering.KIND)
def render(job: Job) -> None:
    rendering.render_document(job.payload["document"])


@jobs.given_up(rendering.KIND)
def leave_unprinted(job: Job) -> None:
    """The document itself says that it failed; the office may order it again."""
    rendering.stop_trying(job.payload["document"], job.last_error)


@jobs.taken_up(rendering.KIND)
def print_after_all(job: Job) -> None:
    rendering.take_up(job.payload["document"], job)
