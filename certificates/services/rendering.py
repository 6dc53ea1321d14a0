"""From a document's row to its PDF. Runs in a worker, outside any transaction, as often as need be."""

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from certificates import documents, fonts
from certificates.errors import AlreadyDone
from certificates.models import Document, DocumentState
from certificates.render import renderer
from portal import audit, clock, files, jobs
from portal.models import Job, User

KIND = "certificates.render"
UNFINISHED = (DocumentState.QUEUED, DocumentState.RENDERING)


def enqueue(document: Document) -> Job:
    """Orders rendering in the caller's transaction; one job for each time it was asked for."""
    return jobs.enqueue(KIND, payload={"document": document.pk}, key=key_of(document))


def key_of(document: Document) -> str:
    """Names the job of the present order."""
    return f"{KIND}:{document.public_id}:{document.orders}"


def render_document(document_id: int) -> None:
    """Renders, stores and hashes a document. A second run of a finished one does nothing.

    A character that no font holds ends in `failed` with the sentence; what may pass by itself is raised.
    """
    document = Document.objects.select_related("application", "photo").get(pk=document_id)
    started = Document.objects.filter(pk=document_id, state__in=UNFINISHED).update(state=DocumentState.RENDERING)
    if not started:
        return
    try:
        pdf = renderer().render(documents.printable(document))
    except fonts.MissingGlyphError as missing:
        give_up(document_id, str(missing))
        return
    stored = files.store_bytes(
        pdf, name=document.file_name, content_type="application/pdf", purpose=f"certificates.{document.kind}"
    )
    # Another worker may have finished the same document meanwhile: the first file stays.
    Document.objects.filter(pk=document_id, state=DocumentState.RENDERING).update(
        state=DocumentState.READY, file=stored, sha256=stored.sha256, ready_at=clock.now(), failure=""
    )


def give_up(document_id: int, reason: str) -> None:
    """Marks a document as failed; the office sees the reason and may ask again."""
    Document.objects.filter(pk=document_id, state__in=UNFINISHED).update(
        state=DocumentState.FAILED, failure=reason[:500]
    )


def stop_trying(document_id: int, last_error: str) -> None:
    """Marks a document as failed because its job's tries are used up."""
    sentence = _("生成多次未能完成，系统已停止重试（%(error)s）。请联系系统管理员查明原因，再点击“重新生成”。")
    give_up(document_id, sentence % {"error": last_error.partition(" ")[0].rstrip(":")})


def take_up(document_id: int, job: Job) -> None:
    """Lets a failed document wait again, because the job of its present order is taken up again."""
    for document in Document.objects.filter(pk=document_id, state=DocumentState.FAILED):
        if key_of(document) == job.key:
            Document.objects.filter(pk=document_id, state=DocumentState.FAILED).update(
                state=DocumentState.QUEUED, failure=""
            )


@transaction.atomic
def retry_document(*, document: Document, by: User) -> Document:
    """Orders a failed document again. Raises AlreadyDone when it is not failed (any more)."""
    reopened = Document.objects.filter(pk=document.pk, state=DocumentState.FAILED).update(
        state=DocumentState.QUEUED, failure="", orders=F("orders") + 1
    )
    if not reopened:
        raise AlreadyDone(_("该文书没有失败，无需重新生成。请刷新页面查看最新状态。"))
    document.refresh_from_db()
    audit.record(
        "document.retry", by=by, scope="certificates", kind="document", target=str(document.public_id),
        organization=document.application.round.office,
    )  # fmt: skip
    enqueue(document)
    return document
