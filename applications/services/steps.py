"""Deciding an approval step: pass, return once with the whole list, or refuse."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.errors import Refused, Stale
from applications.messages import tell_step
from applications.models import Application, ApprovalStep, StepKind, StepState
from applications.sections import SECTIONS
from applications.services.precheck import VERIFIED, check_snapshot
from applications.transitions import perform
from portal import clock
from portal.models import User

PASS, RETURN, REFUSE = "pass", "return", "refuse"

# The three checks of a supervising body (27号 正文六(二), 2023年度通知四(二)).
SUPERVISOR_CHECKS: dict[str, Promise] = {
    "conditions": gettext_lazy("申报人符合申报条件"),
    "quality": gettext_lazy("材料清晰、真实、完整、规范"),
    "uploads": gettext_lazy("上传材料与填报内容一致"),
}

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
    checks: Mapping[str, bool] | None = None,
    corrections: Sequence[Mapping[str, str]] = (),
    due_on: date | None = None,
) -> ApprovalStep:
    """Decides an open step on the live snapshot, whose hash the step keeps.

    `decision` is `pass`, `return` or `refuse`; `note`, seen by the applicant, is needed unless it passes. A
    supervising body that passes confirms each of `SUPERVISOR_CHECKS` in `checks`. A return brings the whole list
    of `corrections`, each with `section` and `text`, and `due_on`, the last day for mending (closing at 24:00).

    Raises:
        Refused: everything that stands against it, each with its reason.
        Stale: the step was decided or fell away meanwhile.
    """
    application = step.application
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    step.refresh_from_db()
    if step.state != StepState.OPEN or application.snapshot is None:
        raise Stale(_("此环节已经办理完毕，您的操作没有生效。请刷新页面查看最新进展。"))
    given = {"checks": dict(checks or {}), "corrections": [dict(line) for line in corrections], "due_on": due_on}
    if faults := _faults(step, decision, given):
        raise Refused(faults)
    check_snapshot(application.snapshot, view=VERIFIED, occasion=f"{step.kind}.{decision}")
    perform(
        application,
        RETURN if decision == RETURN else MOVES[step.kind, decision],
        by=by,
        note=note,
        step=step.kind,
        snapshot=application.snapshot.sha256,
    )
    _settle(step, STATES[decision], by=by, note=note, given=given)
    if decision == PASS:
        _open_next(step)
    return step


def _faults(step: ApprovalStep, decision: str, given: Mapping[str, Any]) -> list[str]:
    if decision == PASS and step.kind == StepKind.SUPERVISOR:
        return [
            _("尚未确认：%(check)s。") % {"check": label}
            for key, label in SUPERVISOR_CHECKS.items()
            if given["checks"].get(key) is not True
        ]
    if decision == RETURN:
        return _return_faults(step, given)
    return []


def _return_faults(step: ApprovalStep, given: Mapping[str, Any]) -> list[str]:
    """一次性告知: one return a level, with the whole list and a day by which it is to be mended."""
    faults = []
    earlier = step.application.steps.filter(kind=step.kind, organization=step.organization, state=StepState.RETURNED)
    if earlier.exists():
        faults.append(_("本环节已经退回过一次，须一次告知全部问题，不能再次退回。请审核通过，或写明理由不予通过。"))
    known = {page.key for page in SECTIONS}
    if not given["corrections"]:
        faults.append(_("退回须逐项列出需要补正的内容。"))
    if any(line.get("section") not in known or not line.get("text", "").strip() for line in given["corrections"]):
        faults.append(_("每一项补正须指明所在部分并写明要求。"))
    due_on, last = given["due_on"], step.application.round.office_closes_on
    if due_on is None or not clock.today() < due_on <= last:
        faults.append(_("补正期限须在明天至 %(last)s 之间。") % {"last": last.isoformat()})
    return faults


def _settle(step: ApprovalStep, state: StepState, *, by: User, note: str, given: Mapping[str, Any]) -> None:
    live = step.application.snapshot
    settled = ApprovalStep.objects.filter(pk=step.pk, state=StepState.OPEN).update(
        state=state,
        note=note,
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
