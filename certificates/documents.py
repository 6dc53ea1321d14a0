"""The kinds of printed papers. A new paper is one entry here, a builder in `papers/` and a template."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise

from applications.models import Evidence, Signature
from certificates import seal
from certificates.models import Certificate, Document, DocumentKind
from certificates.papers import certificate as certificate_paper
from certificates.papers import review_form as review_form_paper
from certificates.printable import Printable
from portal import files
from portal.models import StoredFile


@dataclass(frozen=True, slots=True)
class Kind:
    """A paper: its template with the template's version, what its words are, and the pictures beside photo and QR."""

    key: DocumentKind
    template: str
    version: str
    data: Callable[[Certificate], dict[str, Any]]
    labels: Mapping[str, str | Promise]
    sealed: bool = False


KINDS: dict[str, Kind] = {
    kind.key.value: kind
    for kind in (
        Kind(
            DocumentKind.CERTIFICATE,
            "documents/certificate.html",
            "2025-2",
            certificate_paper.data,
            certificate_paper.LABELS,
            sealed=True,
        ),
        Kind(
            DocumentKind.REVIEW_FORM,
            "documents/review_form.html",
            "2025-3",
            review_form_paper.data,
            review_form_paper.LABELS,
        ),
    )
}


def order(kind: DocumentKind, certificate: Certificate) -> Document:
    """A document row with everything its words are made of; not saved, not rendered."""
    entry = KINDS[kind]
    return Document(
        kind=kind,
        application=certificate.application,
        data=entry.data(certificate) | {"verify_address": verify_address(certificate)},
        photo=photo_of(certificate),
        template_version=entry.version,
    )


def printable(document: Document) -> Printable:
    """The stored words with their pictures, for the renderer."""
    from certificates import portrait  # noqa: PLC0415  it loads a library that only who prints needs
    from portal import qr  # noqa: PLC0415  likewise

    entry, data = KINDS[document.kind], dict(document.data)
    pictures = {"qr": qr.png(data["verify_address"])}
    if entry.sealed:
        pictures["seal"] = seal.svg(data["issuer"])
    if document.photo is not None:
        with files.open_clean(document.photo) as photo:
            pictures["photo"] = portrait.print_size(photo.read())
    if (strokes := _strokes(data)) is not None:
        pictures["signature"] = strokes
    data |= {"has_photo": "photo" in pictures, "has_signature": "signature" in pictures}
    return Printable(entry.template, data, pictures, {place: str(label) for place, label in entry.labels.items()})


def _strokes(data: Mapping[str, Any]) -> bytes | None:
    """The applicant's hand-written signature; None for a typed one, and on papers without."""
    given = data.get("commitment", {}).get("signature")
    signature = Signature.objects.select_related("image").filter(public_id=given).first() if given else None
    if signature is None or signature.image is None:
        return None
    with files.open_clean(signature.image) as strokes:
        return strokes.read()


def verify_address(certificate: Certificate) -> str:
    """The address in the QR code: it carries the token and nothing that can be counted up."""
    return f"{settings.SITE_URL}{reverse('certificates:verify_token', args=[certificate.token])}"


def photo_of(certificate: Certificate) -> StoredFile | None:
    """The portrait that was submitted: the clean picture in the photo slot of the basic information."""
    snapshot = certificate.application.snapshot
    records = snapshot.data["records"] if snapshot else []
    ids = [
        piece["id"]
        for record in records
        if record["kind"] == "basics"
        for piece in record["evidence"]
        if piece["slot"] == "photo"
    ]
    evidence = Evidence.objects.filter(public_id__in=ids[:1], file__state="clean").select_related("file").first()
    return evidence.file if evidence and evidence.file.content_type in {"image/jpeg", "image/png"} else None


def own_address() -> str:
    """Where a holder finds the papers."""
    return reverse("certificates:certificate_list")
