"""Revoking (the title office) and replacing (the office) a certificate."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications.errors import ActError
from certificates.forms import ReissueForm, RevocationForm
from certificates.models import Certificate
from certificates.services import reissue, revoke
from portal import access, refusals
from portal.access import person
from portal.roles import Permission


@access.holds(Permission.MANAGE_FILING)
@require_http_methods(["GET", "POST"])
def certificate_revoke(request: HttpRequest, public_id: UUID) -> HttpResponse:
    certificate = _seen(request, public_id)
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke(certificate=certificate, by=person(request), **form.cleaned_data)
        except ActError as reason:
            refusals.note_answer(str(reason))
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("证书已撤销，查验页即时显示。"))
            return redirect("certificates:certificate_detail", public_id)
    return render(request, "certificates/certificate_revoke.html", {"certificate": certificate, "form": form})


@access.holds(Permission.ISSUE_CERTIFICATE)
@require_http_methods(["GET", "POST"])
def certificate_reissue(request: HttpRequest, public_id: UUID) -> HttpResponse:
    certificate = _seen(request, public_id)
    access.require(request.user, Permission.ISSUE_CERTIFICATE, certificate.application.round.office)
    form = ReissueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            fresh = reissue(certificate=certificate, note=form.cleaned_data["note"], by=person(request))
        except ActError as reason:
            refusals.note_answer(str(reason))
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("已换发，新编号 %(number)s。") % {"number": fresh.number})
            return redirect("certificates:certificate_detail", fresh.public_id)
    return render(request, "certificates/certificate_reissue.html", {"certificate": certificate, "form": form})


def _seen(request: HttpRequest, public_id: UUID) -> Certificate:
    visible = Certificate.objects.visible_to(request.user).select_related("application__round__office", "holder")
    return get_object_or_404(visible, public_id=public_id)
