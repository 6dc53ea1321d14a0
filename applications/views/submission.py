"""Checking one's answers, committing to them by a signature, submitting once."""

import base64
from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications import commitments, corrections, dossiers, services
from applications.bases import basis, own_risk
from applications.check_page import check_page, tallies
from applications.errors import ActError
from applications.forms.signing import SignatureForm
from applications.forms.submission import SubmitForm
from applications.models import Application, Signature
from applications.precheck_page import panel_of
from applications.progress import progress
from applications.reading import claims_of, direction_of, title_applied_for
from applications.status import Status
from applications.transitions import guard_reasons
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.own import CHECKING, editable_application, own_application, page_of, way_to
from portal import access, files, identity
from portal.access import person
from rules.dossier import DossierError
from rules.result import Result


@access.signed_in
@require_GET
def application_check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Everything as it would be submitted, with a way to change each part."""
    application = editable_application(request, public_id)
    asked = corrections.mending(application)
    records = dossiers.chosen(application, asked)
    content = dossiers.content(application, records)
    state, outcome = progress(application, records, asked), _outcome(application, content)
    panel = panel_of(outcome, {}) if outcome else None
    context = {
        "application": application,
        "title": title_applied_for(application),
        "direction": direction_of(application),
        "claims": claims_of(application),
        "crumbs": way_to(application),
        "identity_masked": identity.masked(application.applicant),
        "matters_open": services.matters_open(application, asked),
        "progress": state,
        "page": check_page(application, records, state, outcome.to_dict() if outcome else None),
        "panel": panel,
        "tallies": tallies(panel) if panel else [],
        "risk_basis": basis(application.round, own_risk),
        "checking": CHECKING,
        "objections": guard_reasons(application, _move(application.status)),
        "seen": content.sha256,
        "lapsed": services.has_lapsed(application, services.standing_signature(application, content)),
    }
    return render(request, "applications/application_check.html", context)


@access.signed_in
@require_http_methods(["GET", "POST"])
def application_submit(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The commitment, its signature and the one press. A second press finds it done and is told so, not refused."""
    application = own_application(request, public_id)
    seen = request.POST.get("seen_sha256") or request.GET.get("seen", "")
    if request.method == "GET" and (not application.is_editable or not seen):
        return redirect("applications:application_check", application.public_id)
    if request.method == "GET":
        if dossiers.content(application).sha256 != seen:
            messages.warning(request, _("核对之后内容又有改动。请重新核对全部内容，再签名并提交。"))
            return redirect("applications:application_check", application.public_id)
        return render(request, "applications/application_submit.html", signing_page(application))
    return _submit(request, application, seen)


def _outcome(application: Application, content: dossiers.Content) -> Result | None:
    """What the rules find of the records as they stand; None where they cannot read one of them."""
    try:
        dossier = dossiers.read(content.data["dossier"])
    except DossierError:
        return None
    return services.precheck(application, dossier=dossier)


def _submit(request: HttpRequest, application: Application, seen: str) -> HttpResponse:
    form = SubmitForm(request.POST)
    refusals: list[str] = []
    if form.is_valid():
        signature = services.standing_signature(application, dossiers.content(application))
        try:
            services.submit(application=application, by=person(request), seen_sha256=seen, signature=signature)
        except ActError as refused:
            refusals = reasons_of(refused)
        else:
            messages.success(
                request,
                _("申报已提交，编号 %(number)s。现由“%(name)s”核验，进展会通知您。")
                % {"number": application.number, "name": application.employer.name},
            )
            return redirect(page_of(application))
    context = signing_page(application, refusals=refusals)
    return render(request, "applications/application_submit.html", context, status=CONFLICT if refusals else INVALID)


def submit_address(application: Application, seen: str) -> str:
    """The page of commitment and signature for the content that was checked."""
    return f"{reverse('applications:application_submit', args=[application.public_id])}?{urlencode({'seen': seen})}"


def signing_page(
    application: Application, *, sign_form: SignatureForm | None = None, refusals: Sequence[str] = ()
) -> dict[str, object]:
    """What the page shows: the commitment, what was signed of it, and what is left to do."""
    content = dossiers.content(application)
    signature = services.standing_signature(application, content)
    hashes = {"seen_sha256": content.sha256, "words_sha256": services.applicant_words_sha256(application)}
    return {
        "application": application,
        "title": title_applied_for(application),
        "crumbs": way_to(application),
        "undertakings": commitments.of_applicant(application.round.policy_id),
        "seen": content.sha256,
        "signature": signature,
        "strokes": _data_address(signature),
        "lapsed": services.has_lapsed(application, signature),
        "sign_form": sign_form or SignatureForm(initial=hashes),
        "form": sign_form,
        "submit_form": SubmitForm(initial=hashes, auto_id="submit_%s"),
        "refusals": refusals,
    }


def _data_address(signature: Signature | None) -> str:
    """The strokes inside the page: a few kilobytes, which need no address of their own."""
    if signature is None or signature.image is None:
        return ""
    with files.open_clean(signature.image) as picture:
        return f"data:image/png;base64,{base64.b64encode(picture.read()).decode()}"


def _move(status: str) -> str:
    return "submit" if status == Status.DRAFT else "resubmit"
