"""Where an application stands, as a track: every stage of the line with its state, day and holder."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.models import Application, ApprovalStep, Notice, NoticeKind, StepKind, StepState
from applications.status import Status
from portal import clock
from rules import catalog

DONE, CURRENT, WAITING, STOPPED = "done", "current", "waiting", "stopped"

# How far along the line a status is: the index of the stage after the approval steps that it is in.
REVIEW, RESULT, PAPER, THE_END = range(4)
REACHED = {
    Status.ACCEPTED: REVIEW,
    Status.IN_REVIEW: REVIEW,
    Status.PASSED: REVIEW,
    Status.FAILED: REVIEW,
    Status.IN_NOTICE: RESULT,
    Status.CONFIRMED: PAPER,
    Status.CERTIFIED: THE_END,
}
STEP_STATES = {
    StepState.PASSED: DONE,
    StepState.OPEN: CURRENT,
    StepState.REFUSED: STOPPED,
    StepState.RETURNED: WAITING,
    StepState.LAPSED: WAITING,
    StepState.WAITING: WAITING,
}


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the track (components/stage_track.html). `date` is a business day, `holder` who has it in hand."""

    name: str
    state: str
    date: dt.date | None = None
    holder: str = ""
    note: str = ""


def track(application: Application) -> list[Stage]:
    """Every stage from filling in to the certificate, of an application taken `with_way`."""
    steps = sorted(application.steps.all(), key=lambda step: (step.revision, step.order))
    live = [step for step in steps if step.revision == steps[-1].revision] if steps else []
    stages = [_filing(application, live), *(_levels(application, live)), *_afterwards(application)]
    ended = application.status in {Status.WITHDRAWN, Status.CANCELLED}
    return list(_stop(stages, str(application.status_label))) if ended else stages


def _filing(application: Application, live: list[ApprovalStep]) -> Stage:
    name, holder = _("填报提交"), application.applicant.name
    if application.status == Status.RETURNED:
        returned = next((step for step in live if step.state == StepState.RETURNED), None)
        due = returned.due_on if returned else None
        note = _("退回补正，%(month)s月%(day)s日截止") % {"month": due.month, "day": due.day} if due else _("退回补正")
        return Stage(name, CURRENT, None, holder, note)
    if application.submitted_at is None:
        closes = application.round.applicant_closes_on
        note = _("%(month)s月%(day)s日 24:00 截止") % {"month": closes.month, "day": closes.day}
        return Stage(name, CURRENT, None, holder, note)
    return Stage(name, DONE, _day(application.submitted_at), holder)


def _levels(application: Application, live: list[ApprovalStep]) -> list[Stage]:
    """The steps of the live revision; before the first submission, the levels of the pack's route."""
    if not live:
        labels = dict(StepKind.choices)
        route = catalog.get(application.round.policy_id).procedure.steps
        return [Stage(str(labels[step.kind]), WAITING) for step in route]
    return [_level(step) for step in live]


def _level(step: ApprovalStep) -> Stage:
    state = STEP_STATES[StepState(step.state)]
    note = _("已退回补正") if step.state == StepState.RETURNED else ""
    day = step.decided_at if state in {DONE, STOPPED} else step.opened_at if state == CURRENT else None
    return Stage(str(step.get_kind_display()), state, _day(day), step.organization.name, note)


def _afterwards(application: Application) -> list[Stage]:
    reached = REACHED.get(Status(application.status), -1)
    moved = {record.move: record.at for record in application.history.all()}
    notice = _result_notice(application) if reached >= RESULT else None
    stages = [
        Stage(_("专家评审"), _state(reached, REVIEW), _day(moved.get("publish"))),
        _result(_state(reached, RESULT), notice),
        Stage(_("制发证书"), _state(reached, PAPER), _day(moved.get("certify"))),
    ]
    if application.status == Status.FAILED and not application.awaits_publication:
        stages[REVIEW] = Stage(_("专家评审"), STOPPED)
    return stages


def _result(state: str, notice: Notice | None) -> Stage:
    name = _("评审结果公示")
    if notice is None:
        return Stage(name, state)
    until = _("至 %(month)s月%(day)s日 24:00") % {"month": notice.ends_on.month, "day": notice.ends_on.day}
    return Stage(name, state, notice.posted_on, note=until)


def _state(reached: int, stage: int) -> str:
    if reached > stage:
        return DONE
    return CURRENT if reached == stage else WAITING


def _stop(stages: Iterable[Stage], note: str) -> Iterable[Stage]:
    """The line as it was when it ended: nothing is current any more, the first stage not done is where it stopped."""
    stopped = False
    for stage in stages:
        if stage.state == DONE or stopped:
            yield stage if stage.state == DONE else Stage(stage.name, WAITING)
        else:
            stopped = True
            yield Stage(stage.name, STOPPED, stage.date, stage.holder, note)


def _result_notice(application: Application) -> Notice | None:
    entries = application.notice_entries.filter(notice__kind=NoticeKind.RESULT).exclude(notice__state="withdrawn")
    entry = entries.select_related("notice").order_by("-pk").first()
    return entry.notice if entry else None


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(clock.ZONE).date() if moment else None
