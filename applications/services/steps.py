"""Deciding an approval step: pass, return once with the whole list, or refuse."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from applications import commitments, posts
from applications.errors import Refused, Stale
from applications.messages import tell_forwarded, tell_step
from applications.models import Application, ApprovalStep, StepKind, StepState
from applications.services.precheck import VERIFIED, check_snapshot
from applications.services.returns import lines_for, return_faults
from applications.transitions import perform
from portal import clock
from portal.models import User
from rules import catalog

PASS, RETURN, REFUSE = "pass", "return", "refuse"

SUPERVISOR_CHECKS = commitments.SUPERVISOR

MOVES = {
    (StepKind.EMPLOYER.value, PASS): "advance",
    (StepKind.SUPERVISOR.value, PASS): "advance",
    (StepKind.OFFICE.value, PASS): "accept",
    (StepKind.EMPLOYER.value, REFUSE): "not_recommend",
    (StepKind.SUPERVISOR.value, REFUSE): "not_recommend",
    (StepKind.OFFICE.value, REFUSE): "refuse",
}
STATES = {PASS: StepState.PASSED, RETURN: StepState.RETURNED, REFUSE: StepState.REFUSED}


@transaction.atomic
def decide_step(
    *,
    step: ApprovalStep,
    by: User,
    decision: str,
    note: str = "",
    checks: Mapping[str, Any] | None = None,
    corrections: Sequence[Mapping[str, str]] = (),
    due_on: date | None = None,
    seen_sha256: str = "",
) -> ApprovalStep:
    """Decides an open step on the live snapshot, whose hash the step keeps.

    `decision` is `pass`, `return` or `refuse`; `note`, seen by the applicant, is needed unless it passes. `checks`
    is what goes with a pass: an employer gives under `commitment` the hash of `commitments.EMPLOYER` as it was read
    and signed, a public institution its `posts` too (`managed`, and then `set` and `filled`); a supervising body
    confirms each of `SUPERVISOR_CHECKS`. A return brings the whole list of `corrections`, each with `section`,
    `text` and, of one record alone, its public id as `item`, and `due_on`, the last day for mending (closing at 24:00).
    `seen_sha256` is the snapshot the person had before them; another one is not decided.

    Raises:
        Refused: everything that stands against it, each with its reason.
        Stale: the step was decided, fell away or got other material meanwhile.
    """
    application = step.application
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    step.refresh_from_db()
    if step.state != StepState.OPEN or application.snapshot is None:
        raise Stale(_("此环节已经办理完毕，您的操作没有生效。请刷新页面查看最新进展。"))
    if seen_sha256 and seen_sha256 != application.snapshot.sha256:
        raise Stale(_("您打开页面之后申报材料已经更新，您的操作没有生效。请重新阅读材料后再办理。"))
    given: dict[str, Any] = {
        "checks": dict(checks or {}),
        "corrections": [dict(line) for line in corrections],
        "due_on": due_on,
    }
    if faults := _faults(step, decision, given):
        raise Refused(faults)
    given["corrections"] = lines_for(application.snapshot, given["corrections"])
    if decision == PASS and step.kind == StepKind.EMPLOYER and posts.rule_for(application) is not None:
        given["checks"]["posts"] = posts.counted(application, given["checks"]["posts"])
    check_snapshot(application.snapshot, view=VERIFIED, occasion=f"{step.kind}.{decision}")
    statement = _statement(step) if decision == PASS else ""
    perform(
        application,
        RETURN if decision == RETURN else MOVES[step.kind, decision],
        by=by,
        note=note,
        step=step.kind,
        snapshot=application.snapshot.sha256,
        **({"statement": commitments.sha256_of(statement)} if statement else {}),
        **(_told_of_return(step, given) if decision == RETURN else {}),
    )
    _settle(step, STATES[decision], by=by, note=note, statement=statement, given=given)
    if decision == PASS:
        _open_next(step)
    return step


def _faults(step: ApprovalStep, decision: str, given: Mapping[str, Any]) -> list[str]:
    if decision == PASS and step.kind == StepKind.EMPLOYER:
        checks = given["checks"]
        return [*_unsigned(step, checks.get("commitment")), *posts.faults(step.application, checks.get("posts"))]
    if decision == PASS and step.kind == StepKind.SUPERVISOR:
        return [
            _("尚未确认：%(check)s（%(clause)s）。") % {"check": _(label), "clause": _basis(step)}
            for key, label in SUPERVISOR_CHECKS.items()
            if given["checks"].get(key) is not True
        ]
    if decision == RETURN:
        return return_faults(step, given["corrections"], given["due_on"])
    return []


def _told_of_return(step: ApprovalStep, given: Mapping[str, Any]) -> dict[str, Any]:
    """What the message of a return says, kept with the move."""
    return {
        "organization": step.organization.name,
        "lines": len(given["corrections"]),
        "due_on": given["due_on"].isoformat(),
    }


def _unsigned(step: ApprovalStep, signed: object) -> list[str]:
    if signed == commitments.sha256(commitments.EMPLOYER):
        return []
    if signed:
        return [_("承诺书的文字在您打开页面之后有更新，您的签署没有生效。请重新阅读并签署承诺书。")]
    return [
        _("单位尚未签署推荐承诺书，不能推荐（%(clause)s）。请阅读承诺书全文，勾选确认后再推荐。")
        % {"clause": _basis(step)}
    ]


def _basis(step: ApprovalStep) -> str:
    """Where the notice sets this level its task."""
    entry = catalog.get(step.application.round.policy_id)
    return entry.cite(next((level for level in entry.procedure.steps if level.kind == step.kind), None))


def _statement(step: ApprovalStep) -> str:
    """What the unit says with its pass, word for word; the office accepts without one."""
    said = {StepKind.EMPLOYER.value: commitments.EMPLOYER, StepKind.SUPERVISOR.value: tuple(SUPERVISOR_CHECKS.values())}
    return commitments.text(said.get(step.kind, ()))


def _settle(
    step: ApprovalStep, state: StepState, *, by: User, note: str, statement: str, given: Mapping[str, Any]
) -> None:
    live = step.application.snapshot
    settled = ApprovalStep.objects.filter(pk=step.pk, state=StepState.OPEN).update(
        state=state,
        note=note,
        statement=statement,
        checks=given["checks"],
        corrections=given["corrections"],
        due_on=given["due_on"],
        decided_by=by,
        decided_at=clock.now(),
        snapshot_sha256=live.sha256 if live else "",
    )
    if settled != 1:
        raise Stale(_("此环节刚刚被他人办理，您的操作没有生效。请刷新页面后再试。"))
    step.refresh_from_db()


def _open_next(step: ApprovalStep) -> None:
    after = step.application.steps.filter(revision=step.revision, order=step.order + 1).first()
    if after is None:
        return
    waiting = ApprovalStep.objects.filter(pk=after.pk, state=StepState.WAITING)
    if waiting.update(state=StepState.OPEN, opened_at=clock.now()) != 1:
        raise Stale(_("下一环节刚刚有变动，您的操作没有生效。请刷新页面后再试。"))
    tell_step(after)
    tell_forwarded(after, passed=step.organization)
