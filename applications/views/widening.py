"""Adding lines to a return while it is being mended, where the applicant asks for more to be opened."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import corrections, services
from applications.errors import ActError
from applications.forms.corrections import WideningForm, wanted
from applications.forms.corrections import corrections as lines_of
from applications.moves import STEP_PERMISSION
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.steps import shown_application, way_to
from portal import access
from portal.access import person


@access.signed_in
@require_http_methods(["GET", "POST"])
def return_widen(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Further lines for the unit's own return; nothing that was asked is taken back, and the day stays."""
    application = shown_application(request, public_id)
    asked = corrections.mending(application)
    if asked is None:
        raise access.Forbidden(_(services.NOTHING_RETURNED))
    access.require(request.user, STEP_PERMISSION[asked.step.kind], asked.step.organization)
    data = request.POST if request.method == "POST" else None
    more = data is not None and "more" in data
    form, lines = WideningForm(None if more else data), lines_of(data, snapshot=application.snapshot)
    if more and data is not None:
        form = WideningForm(initial={"reason": data.get("reason", "")})
    status = INVALID if form.is_bound else 200
    if form.is_bound and form.is_valid() & lines.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            services.widen_return(application=application, asked=wanted(lines), reason=reason, by=person(request))
        except ActError as refused:
            for sentence in reasons_of(refused):
                form.add_error(None, sentence)
            status = CONFLICT
        else:
            messages.success(request, _("补正要求已补充，申报人已收到通知。"))
            return redirect(reverse("applications:application_detail", args=[public_id]))
    context = {
        "application": application,
        "asked": asked,
        "form": form,
        "lines": lines,
        "crumbs": way_to(request, application),
        "here": _("补充补正要求"),
    }
    return render(request, "applications/return_widen.html", context, status=status)
