"""Checks by anyone: by the code's token, by number and name, or by the file. Every check is logged, nobody is."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext as _

from certificates import numbering
from certificates.models import Certificate, Document, VerificationLog, VerificationWay
from certificates.querysets import CertificateQuerySet

NOT_FOUND = "not_found"
CHANGED = "changed"
# Nothing this room prints comes near it.
MOST_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer: what is certified, and its state (`valid`, `revoked`, `superseded`, `not_found`, `changed`)."""

    state: str
    certificate: Certificate | None = None
    document: Document | None = None

    @property
    def tone(self) -> str:
        return {"valid": "success", "superseded": "warning"}.get(self.state, "danger")

    @property
    def headline(self) -> str:
        return {
            "valid": _("证书有效"),
            "revoked": _("证书已撤销"),
            "superseded": _("证书已换发，本号不再有效"),
            CHANGED: _("文件与签发的不一致"),
        }.get(self.state, _("没有查到相符的证书"))


def verify_token(token: str) -> Finding:
    """The certificate whose code was scanned. One query and one log row."""
    return _answer(Certificate.objects.filter(token=token), VerificationWay.TOKEN)


def verify_number(number: str, name: str) -> Finding:
    """The certificate of that number and holder. A wrong name and a wrong number answer alike."""
    stored = numbering.normalise(number)
    found = Certificate.objects.filter(number=stored or "", holder_name="".join(name.split()))
    return _answer(found, VerificationWay.NUMBER)


def verify_file(upload: BinaryIO) -> Finding:
    """Whether a file is, byte for byte, a paper as issued. The file is hashed and not kept.

    A file that is larger than any paper is not read to its end.
    """
    data = upload.read(MOST_BYTES + 1)
    digest = hashlib.sha256(data).hexdigest()
    document = (
        Document.objects.filter(sha256=digest, state="ready")
        .select_related("certificate__superseded_by", "certificate_of_form__superseded_by")
        .first()
    )
    if document is None or len(data) > MOST_BYTES:
        VerificationLog.objects.create(way=VerificationWay.FILE, answer=CHANGED)
        return Finding(CHANGED)
    certificate = getattr(document, "certificate", None) or document.certificate_of_form
    VerificationLog.objects.create(way=VerificationWay.FILE, certificate=certificate, answer=certificate.state)
    return Finding(certificate.state, certificate, document)


def _answer(found: CertificateQuerySet, way: VerificationWay) -> Finding:
    certificate = found.select_related("superseded_by").first()
    state = certificate.state if certificate else NOT_FOUND
    VerificationLog.objects.create(way=way, certificate=certificate, answer=state)
    return Finding(state, certificate)
