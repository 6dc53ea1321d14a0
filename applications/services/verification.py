"""What the employer establishes before it recommends: records one by one, ethics and performance, judged clauses."""

from django.db import transaction
from django.utils.translation import gettext as _

from applications import dossiers
from applications.errors import OWN_CASE, Refused, Stale
from applications.models import (
    Application,
    ApprovalStep,
    ArchiveItem,
    Attestation,
    PerformanceAssessment,
    Verification,
)
from applications.services.precheck import attestable
from applications.transitions import open_step
from portal import access, audit, clock
from portal.models import User
from portal.roles import Permission

LEVEL_PERMISSION = {
    "employer": Permission.CHECK,
    "supervisor": Permission.SUPERVISE,
    "office": Permission.ACCEPT,
}


@transaction.atomic
def verify_item(
    *,
    application: Application,
    item: ArchiveItem,
    by: User,
    confirmed: bool = True,
    reason: str = "",
    seen_sha256: str = "",
) -> Verification:
    """Confirms or denies a record exactly as the live snapshot holds it; a later word of the same unit replaces it.

    `seen_sha256` is the snapshot the person had before them; of another one nothing is confirmed.

    Raises:
        Refused: no open step of one's own, a record not in the snapshot, or a denial without a reason.
        Stale: the material was mended meanwhile.
    """
    step = _own_step(application, by, seen_sha256)
    record = next((found for found in dossiers.frozen(_live(application)) if found.id == str(item.public_id)), None)
    if record is None:
        raise Refused([_("该条目不在本次提交的材料中。")])
    if not confirmed and not reason.strip():
        raise Refused([_("核验不属实须写明理由。")])
    verification, _created = Verification.objects.update_or_create(
        item=item,
        content_sha256=record.sha256,
        organization=step.organization,
        defaults={
            "confirmed": confirmed,
            "reason": "" if confirmed else reason,
            "verified_by": by,
            "verified_at": clock.now(),
        },
    )
    _record(
        application,
        step,
        "application.verify_item",
        by=by,
        change={"item": record.id, "kind": record.kind, "sha256": record.sha256, "confirmed": confirmed},
        reason=reason,
    )
    return verification


@transaction.atomic
def assess(*, application: Application, by: User, performance: str, ethics: str) -> Application:
    """Records the employer's assessment of performance (业绩考核) and of professional ethics.

    Raises:
        Refused: no open employer step, an unknown value, or no words on ethics.
    """
    step = _own_step(application, by)
    faults = []
    if step.kind != "employer":
        faults.append(_("业绩考核和职业道德评价由用人单位填写。"))
    if performance not in PerformanceAssessment.values:
        faults.append(_("请选择业绩考核结果。"))
    if not ethics.strip():
        faults.append(_("请填写职业道德评价。"))
    if faults:
        raise Refused(faults)
    Application.objects.filter(pk=application.pk).update(
        performance_assessment=performance, ethics_assessment=ethics, assessed_by=by, assessed_at=clock.now()
    )
    application.refresh_from_db()
    _record(application, step, "application.assess", by=by, change={"performance": performance})
    return application


@transaction.atomic
def attest(
    *, application: Application, clause: str, value: bool, by: User, note: str = "", seen_sha256: str = ""
) -> Attestation:
    """Confirms or denies a clause that only a person can judge. `seen_sha256` as in `verify_item`.

    Raises:
        Refused: no open step of one's own, a clause that facts decide so far, or a denial without words.
        Stale: the material was mended meanwhile.
    """
    step = _own_step(application, by, seen_sha256)
    if clause not in {known.number for known in attestable(application)}:
        raise Refused(
            [
                _("“%(clause)s”目前由填报内容判断，不须由人确认。如对核对结果有异议，由受理机构另作认定。")
                % {"clause": clause}
            ]
        )
    if not value and not note.strip():
        raise Refused([_("认为不符合“%(clause)s”的，须写明理由。") % {"clause": clause}])
    attestation, _created = Attestation.objects.update_or_create(
        application=application,
        clause=clause,
        defaults={
            "value": value,
            "note": note,
            "organization": step.organization,
            "attested_by": by,
            "attested_at": clock.now(),
        },
    )
    _record(application, step, "application.attest", by=by, change={"clause": clause, "value": value}, reason=note)
    return attestation


def _own_step(application: Application, by: User, seen_sha256: str = "") -> ApprovalStep:
    """The open step, its application's row taken: what is said stands on the material that was read."""
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    step = open_step(application)
    if step is None:
        raise Refused([_("该申报没有正在办理的审核环节。")])
    access.require(by, LEVEL_PERMISSION[step.kind], step.organization)
    if application.applicant_id == by.pk:
        raise Refused([_(OWN_CASE)])
    if seen_sha256 and seen_sha256 != _live(application).sha256:
        raise Stale(_("您打开页面之后申报材料已经更新，您的操作没有生效。请重新阅读材料后再办理。"))
    return step


def _live(application: Application) -> dossiers.Snapshot:
    if application.snapshot is None:
        raise Refused([_("该申报尚未提交。")])
    return application.snapshot


def _record(
    application: Application,
    step: ApprovalStep,
    act: str,
    *,
    by: User,
    change: dict[str, object],
    reason: str = "",
) -> None:
    audit.record(
        act,
        by=by,
        scope=application.scope,
        kind="application",
        target=str(application.public_id),
        change=change,
        reason=reason,
        organization=step.organization,
    )
