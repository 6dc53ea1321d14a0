"""Jobs of this room: fetch, delegate. Idempotent."""

from certificates.services import rendering
from portal import jobs
from portal.models import Job


@jobs.handler(rendering.KIND)
def render(job: Job) -> None:
    """Renders the document the job names; after the last try the document itself says that it failed."""
    document_id = job.payload["document"]
    try:
        rendering.render_document(document_id)
    except Exception as error:
        if job.tries >= job.max_tries:
            rendering.give_up(document_id, f"{type(error).__name__}: {error}")
        raise
