"""Setting an officer's own finding beside that of the rules, and taking it back. The result itself is never touched."""

import re
from dataclasses import dataclass
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from applications.errors import OWN_CASE, Refused, Stale
from applications.models import Application, ApprovalStep, FindingOverride, StepKind
from applications.services.precheck import check_verified
from applications.transitions import open_step
from portal import access, audit, clock
from portal.models import User
from portal.roles import Permission
from rules import catalog
from rules.sections import Clause

# What names a document or a clause: 〔2022〕27号, 27号, 五(三)1, 第四条, 正文二.
CITED: Final = re.compile(
    r"\d+\s*号|[一二三四五六七八九十]+\s*[(（][一二三四五六七八九十\d]+[)）]"
    r"|第[一二三四五六七八九十百\d]+[条款项]|正文[一二三四五六七八九十]+"
)


@dataclass(frozen=True, slots=True)
class Offer:
    """A clause on which an own finding may be set: `found` is what the rules find of it now."""

    clause: Clause
    found: str
    is_overridden: bool


@transaction.atomic
def override_finding(
    *, application: Application, clause: str, verdict: str, basis: str, reason: str, by: User, seen_sha256: str
) -> FindingOverride:
    """Sets an own finding beside that of the rules, for exactly the submission that is live.

    `basis` is the document or clause the officer rests on, `seen_sha256` the snapshot the person had before them.

    Raises:
        Refused: everything that stands against it.
        Stale: the material changed, or somebody else has set a finding on this clause, meanwhile.
        access.Forbidden: not this review office's staff.
    """
    step = _own_office_step(application, by)
    snapshot = application.snapshot
    if snapshot is None or seen_sha256 != snapshot.sha256:
        raise Stale(_("您打开页面之后申报材料已经更新，您的操作没有生效。请重新阅读材料后再办理。"))
    faults = _unsaid(verdict, basis, reason, example=basis_example(application))
    found = check_verified(application).clauses.get(clause)
    if found is None:
        faults.append(_("所申报的层级没有“%(clause)s”这一条款，请从列出的条款中选择。") % {"clause": clause})
    elif verdict in FindingOverride.Verdict.values and found.verdict == verdict:
        faults.append(
            _("“%(clause)s”的系统核对结果已是“%(verdict)s”，不必另作认定。请核对所选的条款和结论。")
            % {"clause": clause, "verdict": FindingOverride.Verdict(found.verdict).label}
        )
    if faults or found is None:
        raise Refused(faults)
    try:
        with transaction.atomic():
            made = FindingOverride.objects.create(
                snapshot=snapshot,
                clause=clause,
                found=found.verdict,
                verdict=verdict,
                basis=basis.strip(),
                reason=reason.strip(),
                organization=step.organization,
                decided_by=by,
                decided_at=clock.now(),
            )
    except IntegrityError as error:
        raise Stale(
            _("“%(clause)s”已有人工认定，您的认定没有保存。请刷新页面查看；要改的，先撤销原认定。") % {"clause": clause}
        ) from error
    _record("application.override_finding", made, application, step, by=by, reason=made.reason)
    return made


@transaction.atomic
def withdraw_override(*, override: FindingOverride, reason: str, by: User) -> FindingOverride:
    """Takes an own finding back; it stays in the history with who withdrew it, when and why.

    Raises:
        Refused: no reason, or nothing to be decided by this office any more.
        Stale: it was withdrawn meanwhile, or belongs to a submission that has been replaced.
        access.Forbidden: not this review office's staff.
    """
    application = override.snapshot.application
    step = _own_office_step(application, by)
    if override.snapshot_id != application.snapshot_id:
        raise Stale(_("该认定属于上一次提交的材料，已随材料更新失效，不需要撤销。"))
    if not reason.strip():
        raise Refused([_("请写明撤销的理由。")])
    moved = FindingOverride.objects.filter(pk=override.pk, withdrawn_at=None).update(
        withdrawn_by=by, withdrawn_at=clock.now(), withdrawn_reason=reason.strip()
    )
    if not moved:
        raise Stale(_("该认定已经撤销，您的操作没有生效。请刷新页面查看。"))
    override.refresh_from_db()
    _record("application.withdraw_override", override, application, step, by=by, reason=reason.strip())
    return override


def offered_clauses(application: Application) -> list[Offer]:
    """The clauses of the level that the rules have judged of this application, in the notice's order."""
    judged = check_verified(application).clauses
    clauses = catalog.get(application.round.policy_id).clauses(application.level)
    standing = FindingOverride.objects.filter(snapshot=application.snapshot_id, withdrawn_at=None)
    overridden = set(standing.values_list("clause", flat=True))
    return [
        Offer(clause, judged[clause.number].verdict, clause.number in overridden)
        for clause in clauses
        if clause.number in judged
    ]


def basis_example(application: Application) -> str:
    """How a document and clause are written down: one of the application's own policy."""
    clauses = catalog.get(application.round.policy_id).clauses(application.level)
    return str(clauses[0].citation)


def _own_office_step(application: Application, by: User) -> ApprovalStep:
    """The office's open step, once it is clear that this person may act on it now."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    step = open_step(application)
    if step is None or step.kind != StepKind.OFFICE:
        access.require(by, Permission.ACCEPT, application.round.office)
        raise Refused(
            [
                _("申报现为“%(status)s”，人工认定只能在评审办事机构受理环节作出或撤销。")
                % {"status": application.told_status_label}
            ]
        )
    access.require(by, Permission.ACCEPT, step.organization)
    if application.applicant_id == by.pk:
        raise Refused([_(OWN_CASE)])
    return step


def _unsaid(verdict: str, basis: str, reason: str, *, example: str) -> list[str]:
    faults = []
    if verdict not in FindingOverride.Verdict.values:
        faults.append(_("请选择认定为符合或不符合。"))
    if not basis.strip():
        faults.append(_("请写明依据的文件和条款。"))
    elif not CITED.search(basis):
        faults.append(
            _("“%(basis)s”看不出是哪份文件、哪一条款。请写明文件号或条款号，例如：%(example)s。")
            % {"basis": basis.strip(), "example": example}
        )
    if not reason.strip():
        faults.append(_("请写明作出不同认定的理由。"))
    return faults


def _record(
    act: str, override: FindingOverride, application: Application, step: ApprovalStep, *, by: User, reason: str
) -> None:
    audit.record(
        act,
        by=by,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change={
            "override": str(override.public_id),
            "clause": override.clause,
            "found": override.found,
            "verdict": override.verdict,
            "basis": override.basis,
            "snapshot": override.snapshot.sha256,
        },
        reason=reason,
        organization=step.organization,
    )
