"""Each truth of certificates notices its breach."""

import pytest

from applications.models import Application, Notice
from certificates.models import Certificate, Document, NumberSequence
from portal import invariants
from portal.models import Job


def breaches() -> set[str]:
    return {found.invariant for found in invariants.check()}


def swap_the_papers(certificate: Certificate) -> None:
    Document.objects.filter(pk=certificate.document_id).update(kind="review_form")


def lose_the_order(certificate: Certificate) -> None:
    waiting = Document.objects.filter(pk=certificate.document_id)
    waiting.update(state="queued", file=None, sha256="", ready_at=None)
    Job.objects.filter(payload__document=certificate.document_id).delete()


@pytest.mark.unlawful("breaks what it is about")
@pytest.mark.parametrize(
    ("breach", "name"),
    [
        (
            lambda _certificate: Notice.objects.filter(kind="result").update(
                state="open", closed_by=None, closed_at=None
            ),
            "certificate_only_after_closed_notice",
        ),
        (
            lambda certificate: Application.objects.filter(pk=certificate.application_id).update(status="confirmed"),
            "certificate_with_release",
        ),
        (
            lambda certificate: Application.objects.filter(pk=certificate.application_id).update(status="cancelled"),
            "certificate_with_release",
        ),
        (swap_the_papers, "released_has_documents"),
        (
            lambda certificate: Document.objects.filter(pk=certificate.document_id).update(
                state="failed", failure="缺字", file=None, sha256="", ready_at=None
            ),
            "released_has_documents",
        ),
        (lose_the_order, "waiting_document_has_a_job"),
        (lambda _certificate: NumberSequence.objects.update(last=7), "certificate_numbers_without_gaps"),
        (
            lambda certificate: Document.objects.filter(pk=certificate.document_id).update(sha256="0" * 64),
            "ready_document_matches_its_file",
        ),
    ],
    ids=["notice", "early", "cancelled", "swapped", "failed", "unordered", "numbers", "bytes"],
)
def test_each_notices_its_breach(certificate, breach, name):
    assert breaches() == set()
    breach(certificate)
    assert name in breaches()
