"""Consent to an exception (破格): the supervising body's own signed decision, on the snapshot it has read."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications import commitments, exceptional
from applications.errors import OWN_CASE, Refused, Stale
from applications.models import Application, ApprovalStep, ExceptionConsent, StepKind, StepState
from applications.services.steps import REFUSE, RETURN, decide_step
from portal import access, audit, clock
from portal.models import User
from portal.roles import Permission


@transaction.atomic
def give_consent(
    *, step: ApprovalStep, by: User, reason: str, signed_sha256: str, seen_sha256: str = ""
) -> ExceptionConsent:
    """Signs the consent; the step itself stays open and is decided afterwards.

    `signed_sha256` is the hash of `commitments.EXCEPTION` as it was read, `seen_sha256` the snapshot the person had
    before them.

    Raises:
        Refused: everything that stands against it.
        Stale: the step was decided, the material changed, or the consent given, meanwhile.
        access.Forbidden: not this supervising body's staff.
    """
    clause = _asked(step, by=by, seen_sha256=seen_sha256)
    faults = _unreasoned(reason)
    if signed_sha256 != commitments.sha256(commitments.EXCEPTION):
        faults.append(_("尚未签署破格同意书（%(clause)s）。请阅读全文，勾选确认后再提交。") % {"clause": clause})
    if faults:
        raise Refused(faults)
    return _sign(step, clause, given=True, reason=reason, by=by)


@transaction.atomic
def refuse_consent(
    *,
    step: ApprovalStep,
    by: User,
    decision: str,
    reason: str,
    corrections: Sequence[Mapping[str, str]] = (),
    due_on: date | None = None,
    seen_sha256: str = "",
) -> ExceptionConsent:
    """Refuses the consent and decides the step with it: `decision` returns the application or ends it.

    `reason`, `corrections` and `due_on` are those of `decide_step`; the applicant reads them.

    Raises:
        Refused, Stale, access.Forbidden: as the two acts it consists of.
    """
    if decision not in {RETURN, REFUSE}:
        raise ValueError(decision)
    clause = _asked(step, by=by, seen_sha256=seen_sha256)
    if faults := _unreasoned(reason):
        raise Refused(faults)
    refused = _sign(step, clause, given=False, reason=reason, by=by)
    note = _("不同意破格申报（%(clause)s）：%(reason)s") % {"clause": clause, "reason": reason}
    decide_step(
        step=step,
        by=by,
        decision=decision,
        note=note,
        corrections=corrections,
        due_on=due_on,
        seen_sha256=seen_sha256,
    )
    return refused


def _asked(step: ApprovalStep, *, by: User, seen_sha256: str) -> exceptional.ConsentClause:
    """The clause that consent is asked by, once it is clear that this person may answer now."""
    application = step.application
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    step.refresh_from_db()
    if step.kind != StepKind.SUPERVISOR:
        raise Refused([_("破格同意由业务主管部门在其审核环节签署。")])
    access.require(by, Permission.SUPERVISE, step.organization)
    if application.applicant_id == by.pk:
        raise Refused([_(OWN_CASE)])
    if step.state != StepState.OPEN or application.snapshot is None:
        raise Stale(_("此环节已经办理完毕，您的操作没有生效。请刷新页面查看最新进展。"))
    if seen_sha256 and seen_sha256 != application.snapshot.sha256:
        raise Stale(_("您打开页面之后申报材料已经更新，您的操作没有生效。请重新阅读材料后再办理。"))
    clause = exceptional.consent_clause(application)
    if clause is None:
        raise Refused([_("所申报的层级没有须经主管部门同意的破格条件。")])
    return clause


def _unreasoned(reason: str) -> list[str]:
    return [] if reason.strip() else [_("请写明同意或不同意破格申报的理由。")]


def _sign(
    step: ApprovalStep, clause: exceptional.ConsentClause, *, given: bool, reason: str, by: User
) -> ExceptionConsent:
    live = step.application.snapshot
    try:
        with transaction.atomic():
            signed = ExceptionConsent.objects.create(
                step=step,
                clause=clause.number,
                given=given,
                reason=reason.strip(),
                statement=commitments.text(commitments.EXCEPTION) if given else "",
                snapshot_sha256=live.sha256 if live else "",
                decided_by=by,
                decided_at=clock.now(),
            )
    except IntegrityError as error:
        raise Stale(_("破格同意已经签署，不需要重复办理。请刷新页面查看。")) from error
    audit.record(
        "application.consent" if given else "application.refuse_consent",
        by=by,
        scope=step.application.scope,
        kind="application",
        target=str(step.application.public_id),
        change={"clause": clause.number, "given": given, "snapshot": signed.snapshot_sha256},
        reason=signed.reason,
        organization=step.organization,
    )
    return signed
