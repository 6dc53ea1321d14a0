"""The line's end: release, papers, verification, filing."""

from certificates import verification
from certificates.models import CertificateState
from portal import invariants


def test_release_certifies_and_both_papers_are_rendered(certificate):
    assert certificate.application.status == "certified"
    assert (certificate.document.state, certificate.review_form.state) == ("ready", "ready")
    assert certificate.document.sha256 == certificate.document.file.sha256
    assert certificate.state == CertificateState.VALID
    assert [str(breach) for breach in invariants.check()] == []


def test_token_verifies(certificate):
    finding = verification.verify_token(certificate.token)
    assert (finding.state, finding.certificate) == ("valid", certificate)
