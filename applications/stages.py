"""Where an application stands, as a track: every stage of the line with its state, day and holder."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from applications.models import Application, ApprovalStep, Notice, NoticeKind, NoticeState, StepKind, StepState
from applications.notice_days import workdays_run
from applications.status import Status
from portal import clock
from portal.composed import Given, composed
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
WITH_NOTICE = frozenset({Status.IN_NOTICE, Status.CONFIRMED, Status.CERTIFIED})
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
    """A stage of the track (components/stage_track.html). `date` is a business day, `holder` who has it in hand.

    `due` is the last day of a stage that has one, `clause` where the notice sets the stage or its day.
    """

    name: str
    state: str
    date: dt.date | None = None
    holder: str = ""
    note: str = ""
    due: dt.date | None = None
    clause: str = ""


def track(application: Application) -> list[Stage]:
    """Every stage from filling in to the certificate, of an application taken `with_way`."""
    steps = sorted(application.steps.all(), key=lambda step: (step.revision, step.order))
    live = [step for step in steps if step.revision == steps[-1].revision] if steps else []
    posting = any(step.state == StepState.OPEN and step.kind == StepKind.EMPLOYER for step in live)
    notices = _notices(application) if posting or application.status in WITH_NOTICE else {}
    stages = [_filing(application, live), *_levels(application, live, notices), *_afterwards(application, notices)]
    ended = application.status in {Status.WITHDRAWN, Status.CANCELLED}
    return list(_stop(stages, str(application.status_label))) if ended else stages


def _filing(application: Application, live: list[ApprovalStep]) -> Stage:
    name, holder = _("填报提交"), application.applicant.name
    clause = _clause(application, "applicant")
    if application.status == Status.RETURNED:
        returned = next((step for step in live if step.state == StepState.RETURNED), None)
        due = returned.due_on if returned else None
        note = _("退回补正，%(month)s月%(day)s日截止") % {"month": due.month, "day": due.day} if due else _("退回补正")
        return Stage(name, CURRENT, None, holder, note, due, clause)
    if application.submitted_at is None:
        closes = application.round.applicant_closes_on
        note = _("%(month)s月%(day)s日 24:00 截止") % {"month": closes.month, "day": closes.day}
        return Stage(name, CURRENT, None, holder, note, closes, clause)
    return Stage(name, DONE, _day(application.submitted_at), holder, clause=clause)


def _levels(application: Application, live: list[ApprovalStep], notices: Mapping[str, Notice]) -> list[Stage]:
    """The steps of the live revision; before the first submission, the levels of the pack's route."""
    if not live:
        labels, round_ = dict(StepKind.choices), application.round
        return [
            Stage(
                str(labels[step.kind]), WAITING, due=round_.closes_on(step.kind), clause=_clause(application, step.kind)
            )
            for step in catalog.get(round_.policy_id).procedure.steps
        ]
    return [_level(application, step, notices.get(step.kind)) for step in live]


def _level(application: Application, step: ApprovalStep, notice: Notice | None) -> Stage:
    state = STEP_STATES[StepState(step.state)]
    note = _("已退回补正") if step.state == StepState.RETURNED else ""
    if state == CURRENT and notice is not None:
        note = _running(notice)
    day = step.decided_at if state in {DONE, STOPPED} else step.opened_at if state == CURRENT else None
    due = step.last_day if state in {CURRENT, WAITING} else None
    clause = _clause(application, step.kind)
    return Stage(str(step.get_kind_display()), state, _day(day), step.organization.name, note, due, clause)


def _afterwards(application: Application, notices: Mapping[str, Notice]) -> list[Stage]:
    reached = REACHED.get(Status(application.status), -1)
    moved = {record.move: record.at for record in application.history.all()}
    entry, office = catalog.get(application.round.policy_id), application.round.office.name
    stages = [
        Stage(_("专家评审"), _state(reached, REVIEW), _day(moved.get("publish")), office if reached >= REVIEW else ""),
        _result(
            _state(reached, RESULT),
            notices.get(NoticeKind.RESULT) if reached >= RESULT else None,
            office if reached >= RESULT else "",
            entry.cite(entry.procedure.notices.result.work_days),
        ),
        Stage(
            _("制发证书"),
            _state(reached, PAPER),
            _day(moved.get("certify")),
            office if reached >= PAPER else "",
            clause=entry.cite(entry.procedure.certificate.mode),
        ),
    ]
    if application.status == Status.FAILED and not application.awaits_publication:
        stages[REVIEW] = Stage(_("专家评审"), STOPPED)
    return stages


def _result(state: str, notice: Notice | None, holder: str, clause: str) -> Stage:
    name = _("评审结果公示")
    if notice is None:
        return Stage(name, state, holder=holder, clause=clause)
    due = notice.ends_on if state == CURRENT else None
    return Stage(name, state, notice.posted_on, holder, _running(notice), due, clause)


def _running(notice: Notice) -> str:
    """A notice with its days: the working days that are over while it runs, and its end."""
    end = notice.end.day
    until = _("公示至 %(month)s月%(day)s日 24:00") % {"month": end.month, "day": end.day}
    if not notice.is_running:
        return until
    counted = _("第 %(day)d 个工作日，共 %(days)d 个") % {"day": workdays_run(notice), "days": notice.days}
    return f"{until}（{counted}）" if workdays_run(notice) else until


def _clause(application: Application, stage: str) -> str:
    """Where the notice fixes the day of a stage, or else sets the stage itself."""
    entry = catalog.get(application.round.policy_id)
    procedure = entry.procedure
    named = [window for window in procedure.windows if window.stage == stage and stage != StepKind.OFFICE.value]
    route = [step for step in procedure.steps if step.kind == stage]
    return next(filter(None, (entry.cite(stated) for stated in (*named, *route))), "")


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


def _notices(application: Application) -> dict[str, Notice]:
    """The latest notice of each kind that names the person; the unit's own only on the material as it stands."""
    live = application.snapshot.sha256 if application.snapshot else ""
    return {
        notice.kind: notice
        for notice in _naming(application.pk)
        if notice.kind == NoticeKind.RESULT or notice.named_on == live
    }


@composed
def _naming(application: Given) -> QuerySet[Any]:
    """Every notice that names the person, each with the material it was posted on, in the order of being named."""
    named = Notice.objects.filter(entries__application=application).exclude(state=NoticeState.WITHDRAWN)
    return named.annotate(named_on=F("entries__snapshot_sha256")).order_by("entries__pk")


def _day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(clock.ZONE).date() if moment else None
