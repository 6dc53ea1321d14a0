"""What happened to an application, newest first. Who did it is named to staff; to the applicant, the body."""

from dataclasses import dataclass
from datetime import datetime

from applications.models import Application, StepState, TransitionRecord
from applications.moves import TRANSITIONS, Mover

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
    """Every move with its time; two queries. `with_result` shows what the meeting decided."""
    bodies = {
        (step.kind, step.revision): step.organization.name
        for step in application.steps.exclude(state=StepState.WAITING).select_related("organization")
    }
    found, revision = [], 0
    for record in application.history.select_related("by"):
        revision = record.facts.get("revision", revision)
        if for_applicant and record.move in CLOSED_TO_APPLICANTS:
            continue
        if record.move in RESULTS and not with_result:
            continue
        body = _body(application, record, bodies.get((record.facts.get("step", ""), revision), ""))
        person = record.by.get_full_name() if record.by else ""
        who = body if for_applicant else " ".join(filter(None, (body, person if person != body else "")))
        found.append(Event(record.at, str(TRANSITIONS[record.move].label), who, record.note))
    return found[::-1]


def _body(application: Application, record: TransitionRecord, level: str) -> str:
    mover = TRANSITIONS[record.move].mover
    if mover is Mover.APPLICANT:
        return application.applicant.name
    if mover is Mover.STEP:
        return level
    return application.round.office.name if mover is Mover.OFFICE else ""
    if mover is Mover.TITLE_OFFICE:
        return str(record.facts.get("body", ""))
