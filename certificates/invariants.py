"""What must always hold of certificates."""

from collections.abc import Iterable
from itertools import groupby

from applications.models import Application, NoticeEntry
from applications.status import Status
from certificates import numbering
from certificates.models import Certificate, Document, DocumentKind, DocumentState, NumberSequence
from certificates.services import rendering
from portal.invariants import invariant
from portal.models import Job, JobState

AT_WORK = (JobState.QUEUED, JobState.RUNNING)


@invariant("certificate_only_after_closed_notice")
def certificates_follow_a_closed_notice() -> Iterable[str]:
    closed = NoticeEntry.objects.filter(notice__kind="result", notice__state="closed", held=False)
    early = Certificate.objects.exclude(application__in=closed.values("application"))
    for number in early.values_list("number", flat=True):
        yield f"certificate {number} has no closed result notice"


@invariant("certificate_with_release")
def certificates_go_with_the_release() -> Iterable[str]:
    """Whoever is released holds a certificate, nobody else does, and a cancelled one is valid no more."""
    certified = Application.objects.filter(status=Status.CERTIFIED)
    bare = certified.exclude(pk__in=Certificate.objects.values("application"))
    for public_id in bare.values_list("public_id", flat=True):
        yield f"application {public_id} is released without a certificate"
    early = Certificate.objects.exclude(application__status__in=[Status.CERTIFIED, Status.CANCELLED])
    for number in early.values_list("number", flat=True):
        yield f"certificate {number} stands before its release"
    cancelled = Certificate.objects.valid().filter(application__status=Status.CANCELLED)
    for number in cancelled.values_list("number", flat=True):
        yield f"certificate {number} is valid, its application is cancelled"


@invariant("released_has_documents")
def released_certificates_have_both_papers() -> Iterable[str]:
    """Both papers of a valid certificate are its own, and printed or about to be."""
    for certificate in Certificate.objects.valid().select_related("document", "review_form"):
        papers = (
            (certificate.document, DocumentKind.CERTIFICATE),
            (certificate.review_form, DocumentKind.REVIEW_FORM),
        )
        for paper, kind in papers:
            if (paper.kind, paper.application_id) != (kind, certificate.application_id):
                yield f"certificate {certificate.number}: its {kind} is somebody else's paper"
            if paper.state == DocumentState.FAILED:
                yield f"certificate {certificate.number} is released and its {kind} could not be made"


@invariant("waiting_document_has_a_job")
def waiting_documents_are_ordered() -> Iterable[str]:
    for document in Document.objects.filter(state__in=rendering.UNFINISHED):
        if not Job.objects.filter(key=rendering.key_of(document), state__in=AT_WORK).exists():
            yield f"document {document.public_id} waits for a print that nobody has ordered"


@invariant("certificate_numbers_without_gaps")
def numbers_have_no_gaps() -> Iterable[str]:
    issued = sorted(map(numbering.serial_of, Certificate.objects.values_list("number", flat=True)))
    last = dict(NumberSequence.objects.values_list("prefix", "last"))
    for prefix, entries in groupby(issued, key=lambda entry: entry[0]):
        serials = [serial for _prefix, serial in entries]
        if serials != list(range(1, last.pop(prefix, 0) + 1)):
            yield f"numbers under {prefix} have gaps or doubles"
    for prefix, taken in last.items():
        if taken:
            yield f"{taken} numbers under {prefix} were taken and never issued"


@invariant("ready_document_matches_its_file")
def ready_documents_name_their_bytes() -> Iterable[str]:
    for document in Document.objects.filter(state="ready").select_related("file"):
        if document.file is None or document.file.sha256 != document.sha256:
            yield f"document {document.public_id} does not name the bytes it stored"
