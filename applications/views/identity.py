"""Looking at an applicant's whole identity number: asked for with a reason, shown once, kept nowhere."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from applications import services
from applications.errors import ActError
from applications.forms.identity import RevealForm
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.steps import shown_application, way_to
from portal import access
from portal.access import person


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def identity_reveal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The form, and on a valid post the number on the same page; nothing is redirected, so no address holds it."""
    application = shown_application(request, public_id)
    user = person(request)
    if not services.reveals_identity(application, user):
        raise access.Forbidden(_("只有受理本批次的评审办事机构和本地区职称办可以查看完整证件号码。"))
    form = RevealForm(request.POST or None)
    number, refusals, status = "", [], 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                number, status = services.reveal_identity(application=application, by=user, **form.cleaned_data), 200
            except ActError as refused:
                refusals, status = reasons_of(refused), CONFLICT
    context = {
        "application": application,
        "crumbs": way_to(request, application),
        "form": form,
        "number": number,
        "refusals": refusals,
    }
    return render(request, "applications/identity_reveal.html", context, status=status)
