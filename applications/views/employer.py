"""The employer: its list, and what it establishes before it recommends."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from applications import dossiers, services
from applications.dossier_reading import CheckedChapter, CheckedRecord, checked_chapters
from applications.errors import ActError
from applications.forms.verification import AssessForm, AttestForm, VerifyForm
from applications.models import Application, ApprovalStep, ArchiveItem, Round, StepKind
from applications.staff_entrances import LIST_TITLES
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.listing import list_page
from applications.views.steps import own_step, shown_application, way_to
from portal import access
from portal.access import person
from portal.forms import PortalForm
from portal.roles import Permission


@access.holds(Permission.VIEW_EMPLOYER_APPLICATIONS)
@require_safe
def employer_list(request: HttpRequest) -> HttpResponse:
    units = access.organizations_with(request.user, Permission.VIEW_EMPLOYER_APPLICATIONS)
    rows = Application.objects.visible_to(request.user).filter(employer__in=units, submitted_at__isnull=False)
    return list_page(
        request,
        rows,
        permission=Permission.RECOMMEND,
        title=LIST_TITLES["employer"],
        may_post=access.holds_anywhere(request.user, Permission.MANAGE_NOTICE),
        calling=Round.objects.visible_to(request.user)
        .taking_applications()
        .filter(office__root__in=units.values("root")),
    )


@access.signed_in
@require_safe
def step_verify(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Records one by one, clauses that a person judges, performance and ethics."""
    application = shown_application(request, public_id)
    return _page(request, application, own_step(request, application))


@access.signed_in
@require_POST
def item_verify(request: HttpRequest, public_id: UUID, item: UUID) -> HttpResponse:
    """Confirms or denies one record, and goes on to the next that nobody has looked at."""
    application = shown_application(request, public_id)
    step = own_step(request, application)
    record = get_object_or_404(ArchiveItem.objects.visible_to(request.user), public_id=item)
    form = VerifyForm(request.POST, prefix=str(item))
    refusals: list[str] = []
    if form.is_valid():
        try:
            services.verify_item(
                application=application,
                item=record,
                by=person(request),
                seen_sha256=_seen(request),
                **form.cleaned_data,
            )
        except ActError as refused:
            refusals = reasons_of(refused)
        else:
            return redirect(f"{reverse('applications:step_verify', args=[public_id])}#{_next(application, str(item))}")
    return _page(request, application, step, denied={str(item): form}, refusals=refusals)


@access.signed_in
@require_POST
def clause_attest(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = shown_application(request, public_id)
    step = own_step(request, application)
    number = request.POST.get("clause", "")
    form = AttestForm(request.POST, auto_id="id_%s_" + number.replace("%", "%%"))
    refusals: list[str] = []
    if form.is_valid():
        try:
            services.attest(
                application=application, by=person(request), seen_sha256=_seen(request), **form.cleaned_data
            )
        except ActError as refused:
            refusals = reasons_of(refused)
        else:
            return redirect(f"{reverse('applications:step_verify', args=[public_id])}#clauses")
    return _page(request, application, step, attested={number: form}, refusals=refusals)


@access.signed_in
@require_POST
def application_assess(request: HttpRequest, public_id: UUID) -> HttpResponse:
    application = shown_application(request, public_id)
    step = own_step(request, application)
    form = AssessForm(request.POST)
    refusals: list[str] = []
    if form.is_valid():
        try:
            services.assess(application=application, by=person(request), **form.cleaned_data)
        except ActError as refused:
            refusals = reasons_of(refused)
        else:
            messages.success(request, _("业绩考核和职业道德评价已保存。"))
            return redirect(f"{reverse('applications:step_verify', args=[public_id])}#assessment")
    return _page(request, application, step, assess=form, refusals=refusals)


def _seen(request: HttpRequest) -> str:
    """The snapshot that the page showed when the button was pressed."""
    return request.POST.get("seen", "")


def _page(
    request: HttpRequest,
    application: Application,
    step: ApprovalStep,
    *,
    denied: dict[str, PortalForm] | None = None,
    attested: dict[str, PortalForm] | None = None,
    assess: PortalForm | None = None,
    refusals: list[str] | None = None,
) -> HttpResponse:
    """`denied`, `attested` and `assess` are posted forms that were not accepted, to be shown with their errors."""
    denied, attested = denied or {}, attested or {}
    read = _read(application)
    said = {row.clause: row for row in application.attestations.all()}
    invalid = next(iter([*denied.values(), *attested.values(), *([assess] if assess else [])]), None)
    status = CONFLICT if refusals else INVALID if invalid else 200
    records = _records(read)
    clauses = services.attestable(application)
    unsaid = [clause.number for clause in clauses if clause.number not in said]
    to_assess = step.kind == StepKind.EMPLOYER and application.assessed_at is None
    initial = {"performance": application.performance_assessment, "ethics": application.ethics_assessment}
    return render(
        request,
        "applications/step_verify.html",
        {
            "application": application,
            "step": step,
            "crumbs": way_to(request, application),
            "chapters": [
                (chapter.section, _with_forms(chapter.records, denied), len(_waiting(chapter.records)))
                for chapter in read
            ],
            "total": len(records),
            "seen": len(records) - len(_waiting(records)),
            "clauses": [
                (clause, said.get(clause.number), attested.get(clause.number) or _attest_form(clause.number))
                for clause in clauses
            ],
            "clauses_left": len(unsaid),
            "waiting_at": _first_waiting(records, unsaid=bool(unsaid), to_assess=to_assess),
            "assess": assess or AssessForm(initial=initial),
            "form": invalid,
            "refusals": refusals or [],
        },
        status=status,
    )


def _read(application: Application) -> list[CheckedChapter]:
    return checked_chapters(dossiers.frozen(application.snapshot)) if application.snapshot else []


def _records(read: list[CheckedChapter]) -> list[CheckedRecord]:
    return [record for chapter in read for record in chapter.records]


def _waiting(records: list[CheckedRecord]) -> list[CheckedRecord]:
    return [record for record in records if record.confirmed is None]


def _first_waiting(records: list[CheckedRecord], *, unsaid: bool, to_assess: bool) -> str:
    """The anchor of what is to be done next on the page; empty where nothing is left."""
    if waiting := _waiting(records):
        return f"record-{waiting[0].id}"
    if unsaid:
        return "clauses"
    return "assessment" if to_assess else ""


def _with_forms(records: list[CheckedRecord], denied: dict[str, PortalForm]) -> list[tuple[CheckedRecord, PortalForm]]:
    return [(record, denied.get(record.id) or VerifyForm(prefix=record.id)) for record in records]


def _attest_form(number: str) -> AttestForm:
    return AttestForm(auto_id=f"id_%s_{number}")


def _next(application: Application, done: str) -> str:
    """The anchor of the next record nobody has looked at, after the one just done; else of the clauses."""
    records = _records(_read(application))
    place = next((at for at, record in enumerate(records) if record.id == done), 0)
    ahead = _waiting([*records[place:], *records[:place]])
    return f"record-{ahead[0].id}" if ahead else "clauses"
