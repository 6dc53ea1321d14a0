"""What happened to an application, newest first. Who did it is named to staff; to the applicant, the body."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from applications.models import Application, ExceptionConsent, FindingOverride, StepKind, StepState, TransitionRecord
from applications.moves import TRANSITIONS, Mover
from portal.composed import Given, composed

# What the meeting decided stays closed to the applicant until the result is published.
RESULTS = frozenset({"pass_review", "fail_review"})
CLOSED_TO_APPLICANTS = RESULTS | {"enter_review"}


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the timeline (components/timeline.html)."""

    when: datetime
    what: str
    who: str = ""
    note: str = ""


def events(application: Application, *, for_applicant: bool, with_result: bool) -> list[Event]:
    """Every move with its time, the consents to an exception and the officers' own findings, taken `with_way`.

    `with_result` shows what the meeting decided. Officers' findings are for staff: applicants read them with the
    office's opinion on the review form.
    """
    bodies = {
        (step.kind, step.revision): step.organization.name
        for step in application.steps.all()
        if step.state != StepState.WAITING
    }
    found, revision = [], 0
    for record in application.history.all():
        revision = record.facts.get("revision", revision)
        if for_applicant and record.move in CLOSED_TO_APPLICANTS:
            continue
        if record.move in RESULTS and not with_result:
            continue
        body = _body(application, record, bodies.get((record.facts.get("step", ""), revision), ""))
        who = body if for_applicant else _with_person(body, record)
        found.append(Event(record.at, str(TRANSITIONS[record.move].label), who, record.note))
    found += _consents(application, for_applicant=for_applicant)
    found += [] if for_applicant else _overrides(application)
    return sorted(found, key=lambda event: event.when)[::-1]


def _with_person(body: str, record: TransitionRecord) -> str:
    person = record.by.get_full_name() if record.by else ""
    return " ".join(filter(None, (body, person if person != body else "")))


def _consents(application: Application, *, for_applicant: bool) -> list[Event]:
    """What the supervising bodies said of an exception; nobody else is asked."""
    bodies = {step.pk: step.organization.name for step in application.steps.all() if step.kind == StepKind.SUPERVISOR}
    said = (_said if for_applicant else _said_by)(application.pk) if bodies else []
    return [
        Event(
            consent.decided_at,
            _("同意破格") if consent.given else _("不同意破格"),
            " ".join([bodies[consent.step_id], *([] if for_applicant else [consent.decided_by.get_full_name()])]),
            consent.reason,
        )
        for consent in said
    ]


@composed
def _said(application: Given) -> QuerySet[ExceptionConsent]:
    return ExceptionConsent.objects.filter(step__application=application)


@composed
def _said_by(application: Given) -> QuerySet[ExceptionConsent]:
    return ExceptionConsent.objects.filter(step__application=application).select_related("decided_by")


def _overrides(application: Application) -> list[Event]:
    """What officers set beside the rules' findings, and took back."""
    rows = FindingOverride.objects.filter(snapshot__application=application)
    found = []
    for row in rows.select_related("organization", "decided_by", "withdrawn_by"):
        about = {"clause": row.clause, "verdict": row.get_verdict_display()}
        found.append(
            Event(
                row.decided_at,
                _("人工认定：%(clause)s %(verdict)s") % about,
                f"{row.organization.name} {row.decided_by.get_full_name()}",
                _("依据：%(basis)s") % {"basis": row.basis} + "\n" + row.reason,
            )
        )
        if row.withdrawn_at and row.withdrawn_by:
            found.append(
                Event(
                    row.withdrawn_at,
                    _("撤销人工认定：%(clause)s %(verdict)s") % about,
                    f"{row.organization.name} {row.withdrawn_by.get_full_name()}",
                    row.withdrawn_reason,
                )
            )
    return found


def _body(application: Application, record: TransitionRecord, level: str) -> str:
    mover = TRANSITIONS[record.move].mover
    if mover is Mover.APPLICANT:
        return application.applicant.name
    if mover is Mover.STEP:
        return level
    if mover is Mover.TITLE_OFFICE:
        return str(record.facts.get("body", ""))
    return application.round.office.name if mover is Mover.OFFICE else ""
