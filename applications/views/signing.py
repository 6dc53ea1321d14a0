"""Signing the commitment on one's own page, and inviting one's phone to do it by a QR code."""

import base64
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from applications import dossiers, services
from applications.errors import ActError
from applications.forms.signing import MOST_CHARACTERS, SignatureForm
from applications.models import Application
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.own import editable_application, own_application, way_to
from applications.views.submission import signing_page, submit_address
from portal import access, own_address, upload_limit
from portal.access import person
from portal.rate_limit import Limit

# A form with a picture in it, percent-encoded, and to spare.
FORM_BYTES = 3 * MOST_CHARACTERS + 16 * 1024
INVITATIONS = Limit("sign_invite", times=20, seconds=600)


@upload_limit.at_most(FORM_BYTES)
@access.signed_in
@require_POST
def application_sign(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Takes the signature given on the page, and leads back to it for the one press that is left."""
    application = editable_application(request, public_id)
    form = SignatureForm(request.POST)
    refusals: list[str] = []
    status = INVALID
    if form.is_valid():
        try:
            services.sign(
                application=application,
                by=person(request),
                content_sha256=form.cleaned_data["seen_sha256"],
                words_sha256=form.cleaned_data["words_sha256"],
                written=form.written(request.headers.get("User-Agent", "")),
            )
        except ActError as refused:
            refusals, status = reasons_of(refused), CONFLICT
        else:
            messages.success(request, _("承诺已签署。请在本页下方按“提交申报”。"))
            return redirect(submit_address(application, form.cleaned_data["seen_sha256"]))
    context = signing_page(application, sign_form=form, refusals=refusals)
    return render(request, "applications/application_submit.html", context, status=status)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def sign_invite(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The QR code for a phone. Every press makes a new one; the address in it is shown this once and kept nowhere."""
    application = editable_application(request, public_id)
    site = own_address.for_a_phone(request)
    content = dossiers.content(application)
    seen = request.POST.get("seen_sha256") or request.GET.get("seen") or content.sha256
    context: dict[str, object] = {
        "application": application,
        "crumbs": way_to(application),
        "site": site,
        "seen": seen,
        "back": submit_address(application, seen),
        "minutes": int(services.LINK_LIVES.total_seconds() // 60),
    }
    status = 200
    if request.method == "POST" and site:
        if not INVITATIONS.allows_one(str(application.public_id)):
            return INVITATIONS.refusal(request)
        try:
            token = services.open_link(
                application=application,
                by=person(request),
                content_sha256=seen,
                words_sha256=services.applicant_words_sha256(application),
            )
        except ActError as refused:
            context["refusals"], status = reasons_of(refused), CONFLICT
        else:
            context |= _code(site + reverse("applications:phone_sign", args=[token]))
            context["follow"] = f"{reverse('applications:sign_state', args=[public_id])}?{urlencode({'seen': seen})}"
    return render(request, "applications/sign_invite.html", context, status=status)


@access.signed_in
@never_cache
@require_GET
def sign_state(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What the desk's page asks every few seconds: signed, waiting, or nothing to wait for; and where to go on."""
    application = own_application(request, public_id)
    seen = request.GET.get("seen", "")
    return JsonResponse({"state": _state(application, seen), "onward": f"{submit_address(application, seen)}#sign"})


def _state(application: Application, seen: str) -> str:
    """Whether that content is still the content is asked where one goes on, not every few seconds."""
    if not application.is_editable:
        return "submitted"
    return services.link_state(application, seen)


def _code(address: str) -> dict[str, object]:
    from portal import qr  # noqa: PLC0415  the library is for this page alone

    picture = base64.b64encode(qr.png(address)).decode()
    return {"address": address, "qr": f"data:image/png;base64,{picture}"}
