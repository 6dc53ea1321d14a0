"""Reading an application: facts, details, evidence, and what the rules find of it."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications import corrections, dossiers, services
from applications.dossier_reading import checked_chapters
from applications.findings import findings
from applications.models import Application, ApprovalStep, Attestation, Snapshot, StepKind, StepState
from applications.querysets import may_know_result
from applications.views.outlook import beside_of, ways_of
from applications.views.steps import own_open_step, shown_application, way_to
from portal import access, audit, clock
from portal.access import person
from portal.models import User
from portal.roles import Permission
from rules import catalog


@access.signed_in
@require_safe
def dossier_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The whole of what was submitted, for staff; what the watch reads is kept in the audit log.

    With `?outlook` also what would turn the finding, and the other levels and policies beside it.
    """
    user = person(request)
    application = shown_application(request, public_id)
    if application.applicant_id == user.pk:
        raise access.Forbidden(_("此页面供审核人员使用。请从“我的申报”查看您的申报。"))
    note_observation(user, application)
    snapshot, step = application.snapshot, own_open_step(user, application)
    return render(
        request,
        "applications/dossier_detail.html",
        {
            "application": application,
            "reveals_identity": services.reveals_identity(application, user),
            "may_know_result": may_know_result(user, application),
            "snapshot": snapshot,
            "content": snapshot.data if snapshot else {},
            "crumbs": way_to(request, application),
            "chapters": checked_chapters(dossiers.frozen(snapshot)) if snapshot else [],
            "findings": findings(application),
            "may_override": step is not None and step.kind == StepKind.OFFICE,
            "attestations": _attested(application),
            "consent": dossiers.consent_on(snapshot) if snapshot else None,
            "signed": _signed(snapshot) if snapshot else [],
            "step": step,
            "returns": corrections.answered(application.steps.select_related("organization")),
            **(_outlook(application, snapshot) if snapshot and "outlook" in request.GET else {}),
        },
    )


def _outlook(application: Application, snapshot: Snapshot) -> dict[str, object]:
    """Asked for by `?outlook`: it costs the rules the better part of a second."""
    dossier = services.dossier_submitted(snapshot)
    return {"ways": ways_of(application, dossier), "beside": beside_of(application, dossier)}


@access.signed_in
@require_safe
def findings_paper(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The findings alone, every clause open, for paper."""
    user = person(request)
    application = shown_application(request, public_id)
    if application.applicant_id == user.pk:
        raise access.Forbidden(_("此页面供审核人员使用。请从“我的申报”查看您的申报。"))
    note_observation(user, application)
    return render(
        request,
        "applications/findings_paper.html",
        {
            "application": application,
            "panel": findings(application).panel,
            "today": clock.today(),
            "crumbs": way_to(request, application),
        },
    )


def _attested(application: Application) -> list[Attestation]:
    """What people have confirmed, clause by clause in the notice's order."""
    clauses = catalog.get(application.round.policy_id).clauses(application.level)
    places = {clause.number: place for place, clause in enumerate(clauses)}
    rows = application.attestations.select_related("attested_by", "organization")
    return sorted(rows, key=lambda row: places.get(row.clause, len(places)))


def _signed(snapshot: Snapshot) -> QuerySet[ApprovalStep]:
    """The levels that passed exactly this material, with what each put its name to."""
    passed = snapshot.application.steps.filter(snapshot_sha256=snapshot.sha256, state=StepState.PASSED)
    return passed.exclude(statement="").select_related("organization", "decided_by")


def note_observation(user: User, application: Application) -> None:
    """What the watch reads of an application is on record."""
    if application.applicant_id == user.pk or not _only_watches(user, application):
        return
    audit.record(
        "application.observe", by=user, scope=application.scope, kind="application", target=str(application.public_id)
    )


def note_file_observed(user: User, owner: User, target: str) -> None:
    """What the watch opens of a person's files is on record, in the chain of each application it may see."""
    if owner.pk == user.pk or not access.holds_anywhere(user, Permission.OBSERVE):
        return
    for application in Application.objects.visible_to(user).filter(applicant=owner):
        if _only_watches(user, application):
            audit.record("evidence.observe", by=user, scope=application.scope, kind="evidence", target=target)


def _only_watches(user: User, application: Application) -> bool:
    if not access.holds_anywhere(user, Permission.OBSERVE):
        return False
    return not application.steps.filter(
        organization__in=user.memberships.filter(active=True).values("organization")
    ).exists()
