"""Choosing what to apply for: before there is an application, and while it lies with the applicant."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import beginning, corrections, services
from applications.barriers import barriers
from applications.errors import ActError, Refused
from applications.forms.draft import UNIT, WINDOW, DraftForm
from applications.models import Application, Round
from applications.status import Status
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.own import back_of, comes_from_check, editable_application, page_of
from portal import access, privacy
from portal.access import person
from portal.forms import PortalForm
from rules.dossier import Dossier

# Nobody employs them: the window stands in for the unit (27号 正文七(七)).
BY_WINDOW = frozenset({"freelance", "new_employment_form"})


@access.signed_in
@require_http_methods(["GET", "POST"])
def application_start(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Level, direction and place, for whom nothing bars and who has agreed to the personal data notice."""
    user = person(request)
    visible = Round.objects.visible_to(user).select_related("office__root", "committee")
    round_ = get_object_or_404(visible, public_id=public_id)
    if barred := barriers(user, round_):
        return _refuse(request, round_, barred)
    if not privacy.has_agreed(user):
        return _ask_consent(request)
    archive = beginning.archive_of(user, round_)
    place = WINDOW if archive is not None and archive.status in BY_WINDOW else UNIT
    form = DraftForm(request.POST or None, round_=round_, place=place)
    refusals: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            application = services.open_draft(applicant=user, round=round_, **form.choice)
        except ActError as refused:
            refusals = reasons_of(refused)
        else:
            messages.success(request, _("申报已建立。请逐部分填写，每次保存后都可以退出，以后再继续。"))
            return redirect(page_of(application))
    context = {"round": round_, "form": form, "refusals": refusals, **_known_before(round_, archive)}
    return render(request, "applications/application_start.html", context, status=_answer(form, refusals))


@access.signed_in
@require_http_methods(["GET", "POST"])
def application_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Changing what is applied for, while the application lies with the applicant."""
    application = editable_application(request, public_id)
    round_, user, asked = application.round, person(request), corrections.mending(application)
    if asked is not None and not services.matters_open(application, asked):
        raise access.Forbidden(asked.why_closed)
    form = DraftForm(request.POST or None, round_=round_, application=application)
    refusals: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            services.change_draft(application=application, by=user, **form.choice)
        except ActError as refused:
            refusals = reasons_of(refused)
        else:
            messages.success(request, _("申报事项已保存。"))
            return redirect(back_of(application, checking=comes_from_check(request)))
    context = {
        "round": round_,
        "form": form,
        "refusals": refusals,
        "application": application,
        "asked": asked,
        "lines": asked.of_section(corrections.MATTERS) if asked else [],
        **_known_before(round_, beginning.archive_of(user, round_)),
    }
    return render(request, "applications/application_start.html", context, status=_answer(form, refusals))


def _refuse(request: HttpRequest, round_: Round, barred: list[str]) -> HttpResponse:
    """Why not, and where one goes instead; one's application in the round, where that is the reason."""
    own = Application.objects.filter(applicant=person(request), round=round_).exclude(status=Status.WITHDRAWN).first()
    context = {"round": round_, "barred": barred, "own": own}
    if request.method == "POST":
        reasons_of(Refused(barred))  # what was pressed and refused stands in the audit log
    status = CONFLICT if request.method == "POST" else 200
    return render(request, "applications/application_barred.html", context, status=status)


def _known_before(round_: Round, archive: Dossier | None) -> dict[str, object]:
    """What one chooses by: how each level is obtained and where one stands, what each route asks."""
    judged = beginning.tells_enough(archive)
    return {
        "levels": beginning.levels(round_, archive if judged else None),
        "judged": judged,
        "routes": beginning.routes(round_),
    }


def _ask_consent(request: HttpRequest) -> HttpResponseRedirect:
    messages.info(request, _("填报要用到您的个人信息。请先阅读告知书，同意后自动回到申报页面。"))
    return redirect(f"{reverse('portal:privacy')}?{urlencode({'next': request.path})}")


def _answer(form: PortalForm, refusals: list[str]) -> int:
    if refusals:
        return CONFLICT
    return INVALID if form.is_bound else 200
