"""Checking one's answers, committing to them, submitting once."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications import dossiers, services
from applications.errors import ActError
from applications.forms.submission import COMMITMENT, CommitmentForm
from applications.progress import progress
from applications.reading import chapters, claims_of, direction_of, title_applied_for
from applications.status import Status
from applications.transitions import guard_reasons
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.own import editable_application, own_application, page_of, way_to
from portal import access, identity
from portal.access import person


@access.signed_in
@require_GET
def application_check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything as it would be submitted, with a way to change each part."""
    application = editable_application(request, public_id)
    records = dossiers.chosen(application)
    content = dossiers.content(application, records)
    context = {
        "application": application,
        "title": title_applied_for(application),
        "direction": direction_of(application),
        "claims": claims_of(application),
        "crumbs": way_to(application),
        "identity_masked": identity.masked(application.applicant),
        "chapters": chapters(records),
        "progress": progress(application, records),
        "objections": guard_reasons(application, _move(application.status)),
        "seen": content.sha256,
    }
    return render(request, "applications/application_check.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def application_submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The commitment and the one press. A second press finds it done and is told so, not refused."""
    application = own_application(request, public_id)
    user = person(request)
    seen = request.POST.get("seen_sha256") or request.GET.get("seen", "")
    if request.method == "GET" and (not application.is_editable or not seen):
        return redirect("applications:application_check", application.public_id)
    form = CommitmentForm(request.POST or None, initial={"seen_sha256": seen})
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                services.submit(application=application, by=user, seen_sha256=seen, agreed=form.cleaned_data["agreed"])
            except ActError as refused:
                refusals, status = reasons_of(refused), CONFLICT
            else:
                messages.success(
                    request,
                    _("申报已提交，编号 %(number)s。现由“%(name)s”核验，进展会通知您。")
                    % {"number": application.number, "name": application.employer.name},
                )
                return redirect(page_of(application))
    context = {
        "application": application,
        "title": title_applied_for(application),
        "crumbs": way_to(application),
        "commitment": COMMITMENT,
        "form": form,
        "refusals": refusals,
    }
    return render(request, "applications/application_submit.html", context, status=status)


def _move(status: str) -> str:
    return "submit" if status == Status.DRAFT else "resubmit"
