"""Consenting to an exception (破格), or refusing it and with it the application: the supervising body's page."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications import dossiers, exceptional, services
from applications.dossier_reading import checked_chapters
from applications.errors import ActError
from applications.findings import findings
from applications.forms.corrections import corrections, wanted
from applications.forms.decision import ConsentForm, RefuseForm, ReturnForm
from applications.models import Application, ApprovalStep, StepKind
from applications.services.steps import PASS, REFUSE, RETURN
from applications.staff_entrances import LISTS
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.decisions import ENDS, MENDING, ONCE, TONES, Wording
from applications.views.steps import own_step, shown_application, way_to
from portal import access
from portal.access import person
from portal.forms import PortalForm

SECTION = "exception"
NOTED = gettext_lazy("不同意的决定和理由单独留存，并写入给申报人的通知。")
WORDINGS = {
    PASS: Wording(
        gettext_lazy("同意破格"),
        (gettext_lazy("同意后仍须办理审核通过；材料补正后有改动的，须重新签署。"),),
        gettext_lazy("已签署同意破格，可以继续办理审核。"),
    ),
    RETURN: Wording(
        gettext_lazy("不同意破格，退回补正"),
        (ONCE, MENDING, NOTED),
        gettext_lazy("已记录不同意破格，并退回申报人补正。"),
    ),
    REFUSE: Wording(gettext_lazy("不同意破格，不予推荐"), (ENDS, NOTED), gettext_lazy("已记录不同意破格，不予推荐。")),
}


@access.signed_in
def consent_decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """`?decision=` chooses to consent, or to refuse by returning or by ending the application."""
    application = shown_application(request, public_id)
    step = own_step(request, application)
    if step.kind != StepKind.SUPERVISOR:
        raise access.Forbidden(_("破格同意由业务主管部门在其审核环节签署。"))
    if exceptional.consent_clause(application) is None:
        raise access.Forbidden(_("所申报的层级没有须经主管部门同意的破格条件。"))
    decision = request.GET.get("decision", PASS)
    if decision == RETURN:
        return _return(request, step)
    return _refuse(request, step) if decision == REFUSE else _consent(request, step)


def _consent(request: HttpRequest, step: ApprovalStep) -> HttpResponse:
    form = ConsentForm(request.POST if request.method == "POST" else None, step=step)
    if not form.is_valid():
        return _page(request, step, PASS, form)
    return _act(request, step, PASS, form, lambda: services.give_consent(step=step, by=person(request), **form.given))


def _refuse(request: HttpRequest, step: ApprovalStep) -> HttpResponse:
    form = RefuseForm(request.POST if request.method == "POST" else None, step=step)
    if not form.is_valid():
        return _page(request, step, REFUSE, form)
    said = form.cleaned_data

    def act() -> object:
        return services.refuse_consent(
            step=step, by=person(request), decision=REFUSE, reason=said["note"], seen_sha256=said["seen_sha256"]
        )

    return _act(request, step, REFUSE, form, act)


def _return(request: HttpRequest, step: ApprovalStep) -> HttpResponse:
    if request.method != "POST":
        return _page(
            request, step, RETURN, ReturnForm(step=step), lines=corrections(snapshot=step.application.snapshot)
        )
    form, lines = ReturnForm(request.POST, step=step), corrections(request.POST, snapshot=step.application.snapshot)
    if "more" in request.POST:
        return _page(request, step, RETURN, ReturnForm.unasked(request.POST, step=step), lines=lines, status=200)
    if not (form.is_valid() & lines.is_valid()):
        return _page(request, step, RETURN, form, lines=lines)
    said = form.cleaned_data

    def act() -> object:
        return services.refuse_consent(
            step=step,
            by=person(request),
            decision=RETURN,
            reason=said["note"],
            corrections=wanted(lines),
            due_on=said["due_on"],
            seen_sha256=said["seen_sha256"],
        )

    return _act(request, step, RETURN, form, act, lines=lines)


def _act(
    request: HttpRequest,
    step: ApprovalStep,
    decision: str,
    form: PortalForm,
    act: Callable[[], object],
    *,
    lines: object = None,
) -> HttpResponse:
    try:
        act()
    except ActError as refused:
        for reason in reasons_of(refused):
            form.add_error(None, reason)
        return _page(request, step, decision, form, lines=lines, status=CONFLICT)
    messages.success(request, str(WORDINGS[decision].done))
    if decision == PASS:
        return redirect(f"{reverse('applications:step_decide', args=[step.application.public_id])}?decision={PASS}")
    return redirect(LISTS[step.kind])


def _page(
    request: HttpRequest, step: ApprovalStep, decision: str, form: PortalForm, *, lines: object = None, status: int = 0
) -> HttpResponse:
    application = step.application
    return render(
        request,
        "applications/consent_decide.html",
        {
            "application": application,
            "wording": WORDINGS[decision],
            "tone": TONES[decision],
            "form": form,
            "lines": lines,
            "crumbs": way_to(request, application),
            "other": [(one, wording.title) for one, wording in WORDINGS.items() if one != decision],
            **_grounds(application),
        },
        status=status or (INVALID if form.is_bound else 200),
    )


def _grounds(application: Application) -> dict[str, object]:
    """What the decision rests on: the clauses of the exception, who recommends, and what was said before."""
    clause, snapshot = exceptional.consent_clause(application), application.snapshot
    if clause is None or snapshot is None:
        return {}
    chapters = checked_chapters(dossiers.frozen(snapshot))
    return {
        "clause": clause,
        "needed": exceptional.rests_on_consent(application),
        "consent": dossiers.consent_on(snapshot),
        "rows": [row for row in findings(application).rows if row.clause in clause.grounds],
        "recommenders": next((chapter.records for chapter in chapters if chapter.section.key == SECTION), []),
    }
