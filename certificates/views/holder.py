"""A person's own certificates, and the download of papers by whoever may see them."""

from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from applications import bases
from applications.bases import basis
from certificates.errors import NotReady
from certificates.models import Certificate, Document
from certificates.services import record_download
from portal import access, files
from portal.access import person
from portal.roles import Permission

CHECKS_SHOWN = 20


@access.signed_in
@require_GET
def certificate_list(request: HttpRequest) -> HttpResponse:
    own = Certificate.objects.visible_to(request.user).filter(holder=person(request)).with_papers()
    return render(request, "certificates/certificate_list.html", {"certificates": own})


@access.signed_in
@require_GET
def certificate_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One certificate with its papers, its filing, and how often it was checked (for the holder)."""
    seen = Certificate.objects.visible_to(request.user).with_papers().select_related("superseded_by")
    certificate = get_object_or_404(seen, public_id=public_id)
    own = certificate.holder_id == request.user.pk
    return render(
        request,
        "certificates/certificate_detail.html",
        {
            "certificate": certificate,
            "own": own,
            "archiving_basis": basis(certificate.application.round, bases.archiving),
            "checks": certificate.checks.all()[:CHECKS_SHOWN] if own else [],
            "may_revoke": certificate.is_valid and access.holds_anywhere(request.user, Permission.MANAGE_FILING),
            "may_reissue": certificate.is_valid and access.holds_anywhere(request.user, Permission.ISSUE_CERTIFICATE),
        },
    )


@access.signed_in
@require_GET
def document_download(request: HttpRequest, public_id: UUID) -> HttpResponse | FileResponse:
    """The PDF as a download; a page with the reason while there is none."""
    visible = Document.objects.visible_to(request.user).select_related("file")
    document = get_object_or_404(visible, public_id=public_id)
    try:
        record_download(document=document, by=person(request))
    except NotReady as reason:
        waiting = {"document": document, "reason": reason}
        return render(request, "certificates/document_waiting.html", waiting, status=409)
    assert document.file is not None  # a ready document has its file, by constraint
    return files.response(document.file)
