"""Deciding a step, whoever's it is: pass it, return it once with the whole list, or refuse."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from applications import posts, services
from applications.errors import ActError
from applications.exceptional import consent_clause, rests_on_consent
from applications.findings import headlines, standing_overrides
from applications.forms.corrections import corrections, wanted
from applications.forms.decision import PassForm, RefuseForm, ReturnForm
from applications.models import ApprovalStep, StepKind
from applications.services.steps import MOVES, PASS, REFUSE, RETURN
from applications.staff_entrances import LISTS
from applications.transitions import guard_reasons
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.steps import own_step, shown_application, way_to
from portal import access
from portal.access import person
from portal.forms import PortalForm
from portal.models import Ownership
from rules import catalog, procedure_words

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Wording:
    """How a decision is called at a level, and what it brings about."""

    title: Text
    consequences: tuple[Text, ...]
    done: Text


ONCE = gettext_lazy("本环节只能退回一次，请一次列全所有需要补正的内容（一次性告知）。")
MENDING = gettext_lazy("申报人补正后重新提交，从用人单位环节重新审核；公示之后材料有改动的，须重新公示。")
ENDS = gettext_lazy("本次申报到此结束，申报人将收到理由。")
WORDINGS: dict[tuple[str, str], Wording] = {
    (StepKind.EMPLOYER.value, PASS): Wording(
        gettext_lazy("推荐上报"),
        (gettext_lazy("推荐后，申报材料报送主管部门审核，本单位不能再修改核验结果。"),),
        gettext_lazy("已推荐上报，材料已到达主管部门。"),
    ),
    (StepKind.SUPERVISOR.value, PASS): Wording(
        gettext_lazy("审核通过"),
        (gettext_lazy("三项核对均须确认；通过后，申报材料报送评审办事机构。"),),
        gettext_lazy("审核通过，材料已报送评审办事机构。"),
    ),
    (StepKind.OFFICE.value, PASS): Wording(
        gettext_lazy("受理"),
        (gettext_lazy("受理后材料锁定，申报人不能再修改或撤回，等待评审会议。"),),
        gettext_lazy("已受理，材料已锁定。"),
    ),
    (StepKind.EMPLOYER.value, REFUSE): Wording(gettext_lazy("不予推荐"), (ENDS,), gettext_lazy("已记录不予推荐。")),
    (StepKind.SUPERVISOR.value, REFUSE): Wording(gettext_lazy("不予推荐"), (ENDS,), gettext_lazy("已记录不予推荐。")),
    (StepKind.OFFICE.value, REFUSE): Wording(gettext_lazy("不予受理"), (ENDS,), gettext_lazy("已记录不予受理。")),
}
RETURNING = Wording(gettext_lazy("退回补正"), (ONCE, MENDING), gettext_lazy("已退回申报人补正。"))
TONES = {PASS: "primary", RETURN: "primary", REFUSE: "danger"}


@access.signed_in
def step_decide(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """`?decision=` chooses pass, return or refuse; each is asked and confirmed on a page of its own."""
    application = shown_application(request, public_id)
    step = own_step(request, application)
    decision = request.GET.get("decision", PASS)
    if decision == RETURN:
        return _return(request, step)
    data = request.POST if request.method == "POST" else None
    form = RefuseForm(data, step=step) if decision == REFUSE else PassForm(data, step=step)
    decision = decision if decision == REFUSE else PASS
    if data is None or not form.is_valid():
        return _page(request, step, decision, form)
    given = form.given if isinstance(form, PassForm) else form.cleaned_data
    return _decide(request, step, decision, form, **given)


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
    return _decide(request, step, RETURN, form, lines=lines, corrections=wanted(lines), **form.cleaned_data)


def _decide(
    request: HttpRequest, step: ApprovalStep, decision: str, form: PortalForm, *, lines: object = None, **given: object
) -> HttpResponse:
    try:
        services.decide_step(step=step, by=person(request), decision=decision, **given)  # type: ignore[arg-type]
    except ActError as refused:
        for reason in reasons_of(refused):
            form.add_error(None, reason)
        return _page(request, step, decision, form, lines=lines, status=CONFLICT)
    messages.success(request, str(_wording(step, decision).done))
    return redirect(LISTS[step.kind])


def _wording(step: ApprovalStep, decision: str) -> Wording:
    return RETURNING if decision == RETURN else WORDINGS[step.kind, decision]


def _posts(step: ApprovalStep) -> list[str]:
    """What the policy says of the employer's own posts; for the levels after it, what it has stated of them."""
    application = step.application
    if step.kind != StepKind.EMPLOYER:
        return list(filter(None, [posts.told(application)]))
    procedure = catalog.get(application.round.policy_id).procedure
    has_quota = application.employer.ownership == Ownership.PUBLIC
    return procedure_words.of_posts(procedure, has_quota=has_quota)


def _page(
    request: HttpRequest,
    step: ApprovalStep,
    decision: str,
    form: PortalForm,
    *,
    lines: object = None,
    status: int = 0,
) -> HttpResponse:
    application = step.application
    passing = decision == PASS
    hindrances = guard_reasons(application, MOVES[step.kind, PASS]) if passing and not form.is_bound else []
    may_consent = passing and step.kind == StepKind.SUPERVISOR and consent_clause(application) is not None
    return render(
        request,
        "applications/step_decide.html",
        {
            "application": application,
            "step": step,
            "decision": decision,
            "wording": _wording(step, decision),
            "tone": TONES[decision],
            "form": form,
            "lines": lines,
            "crumbs": way_to(request, application),
            "hindrances": hindrances,
            "posts": _posts(step) if passing else [],
            "may_consent": may_consent,
            "headlines": headlines(application) if passing else [],
            "overrides": standing_overrides(application) if step.kind == StepKind.OFFICE else [],
            "asks_consent": bool(hindrances) and may_consent and rests_on_consent(application),
            "other": [(other, _wording(step, other).title) for other in (PASS, RETURN, REFUSE) if other != decision],
        },
        status=status or (INVALID if form.is_bound else 200),
    )
