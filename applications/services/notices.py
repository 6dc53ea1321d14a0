"""Public notices: posted for as long as the pack says, photographed, objected to, never closed early."""

from collections.abc import Iterable
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from applications import bases
from applications.bases import basis
from applications.errors import OWN_CASE, NoticeRunning, Refused, Stale
from applications.messages import tell_noticed
from applications.models import (
    Application,
    Notice,
    NoticeEntry,
    NoticeKind,
    NoticePhotograph,
    NoticeState,
    Objection,
    ObjectionState,
    Round,
)
from applications.services.evidence import limits_for
from applications.status import Status
from applications.transitions import open_step
from portal import access, audit, clock, crypto, files, workdays
from portal.chinese_dates import cn_date, cn_datetime
from portal.models import Organization, User
from portal.roles import Permission
from rules import catalog

PICTURES = ("image/jpeg", "image/png")
MOST_PICTURES = 20  # of our own: no notice names a number


@transaction.atomic
def open_notice(
    *,
    kind: str,
    round: Round,  # noqa: A002  the term
    organization: Organization,
    applications: Iterable[Application],
    by: User,
) -> Notice:
    """Posts a notice today. Its length comes from the pack, its end from the working-day calendar.

    `kind` is `employer` (inside the unit, before it recommends) or `result` (for everybody); each of the
    `applications` named has a live snapshot, which its entry pins.

    Raises:
        Refused: nobody is named, or somebody cannot be named; every reason is given.
        access.Forbidden: no right to post for this organisation.
    """
    access.require(
        by, Permission.PUBLISH_RESULT if kind == NoticeKind.RESULT else Permission.MANAGE_NOTICE, organization
    )
    named = list(applications)
    faults = [fault for application in named for fault in _entry_faults(kind, round, organization, application)]
    if not named:
        faults.append(_("公示名单不能为空，请选择要公示的人员。"))
    if faults:
        raise Refused(faults)
    procedure = catalog.get(round.policy_id).procedure
    days = procedure.result_notice_days if kind == NoticeKind.RESULT else procedure.employer_notice_days
    posted_on = clock.today()
    end = workdays.notice_end(posted_on, days)
    notice = Notice.objects.create(
        kind=kind,
        round=round,
        organization=organization,
        posted_on=posted_on,
        days=days,
        ends_on=end.day,
        provisional=end.provisional,
        posted_by=by,
    )
    specialty = catalog.get(round.policy_id).policy.specialty.label
    NoticeEntry.objects.bulk_create(
        NoticeEntry(
            notice=notice,
            application=application,
            **_named_in(application),
            specialty=specialty,
            title=procedure.title_of(application.level),
        )
        for application in named
    )
    if kind != NoticeKind.RESULT:
        tell_noticed(notice, named)
    _record(notice, "notice.open", by=by, change={"kind": kind, "ends_on": end.day.isoformat(), "names": len(named)})
    return notice


def add_photograph(*, notice: Notice, upload: UploadedFile | BinaryIO, name: str, by: User) -> NoticePhotograph:
    """Keeps a picture of the posted notice; the file is read before the transaction begins.

    Raises:
        files.Refused: not a picture, or larger than the pack allows.
        Refused: the notice is not posted any more, or has as many pictures as it may.
    """
    access.require(by, Permission.MANAGE_NOTICE, notice.organization)
    if notice.state != NoticeState.OPEN:
        raise Refused([_("该公示已经结束或撤下，不能再补传照片。")])
    if notice.photographs.count() >= MOST_PICTURES:
        raise Refused([_("每个公示最多上传 %(most)d 张照片，已经足够证明公示情况。") % {"most": MOST_PICTURES}])
    limits = files.FileLimits(types=PICTURES, max_bytes=limits_for(notice.round).max_bytes)
    with (
        files.received(upload, by=by, name=name, limits=limits, purpose="notice") as stored,
        transaction.atomic(),
    ):
        photograph = NoticePhotograph.objects.create(
            notice=notice, file=stored, uploaded_by=by, uploaded_at=clock.now()
        )
        _record(notice, "notice.photograph", by=by, change={"sha256": stored.received_sha256})
    return photograph


@transaction.atomic
def close_notice(*, notice: Notice, by: User) -> Notice:
    """Closes a notice whose days are over. Open objections go on and hold their persons.

    Raises:
        NoticeRunning: before its end, or while the end is provisional; names the first moment.
        Refused: the photograph is missing, or it is no longer open.
    """
    _require_manager(notice, by)
    _settle_end(notice)
    if notice.provisional:
        raise NoticeRunning(
            _("国务院尚未公布相关年度的放假安排，公示截止日期暂定为 %(day)s，公布后方可结束公示。")
            % {"day": cn_date(notice.ends_on)}
        )
    if clock.now() < notice.closes_at:
        raise NoticeRunning(
            _("公示须满 %(days)s 个工作日（发布当日不计），最早可于 %(moment)s 结束。")
            % {"days": notice.days, "moment": cn_datetime(notice.closes_at)}
        )
    if notice.kind != NoticeKind.RESULT and not notice.photographs.exists():
        asked = basis(notice.round, bases.photographs)
        raise Refused([_("请先上传公示照片，至少一张%(basis)s。") % {"basis": asked}])
    closed = Notice.objects.filter(pk=notice.pk, state=NoticeState.OPEN).update(
        state=NoticeState.CLOSED, closed_by=by, closed_at=clock.now()
    )
    if not closed:
        raise Stale(_("该公示已经结束或撤下。"))
    notice.refresh_from_db()
    _record(notice, "notice.close", by=by)
    return notice


@transaction.atomic
def withdraw_notice(*, notice: Notice, by: User, reason: str) -> Notice:
    """Takes a faulty notice down; a new one counts from its own day."""
    _require_manager(notice, by)
    if not reason.strip():
        raise Refused([_("撤下公示须写明理由。")])
    taken = Notice.objects.filter(pk=notice.pk, state=NoticeState.OPEN).update(
        state=NoticeState.WITHDRAWN, closed_by=by, closed_at=clock.now()
    )
    if not taken:
        raise Stale(_("该公示已经结束或撤下。"))
    notice.refresh_from_db()
    _record(notice, "notice.withdraw", by=by, reason=reason)
    return notice


@transaction.atomic
def lodge_objection(*, entry: NoticeEntry, text: str, contact: str, by: User | None = None) -> Objection:
    """Registers an objection to one person while the notice is not closed; that person alone is held.

    `contact`, how to reach whoever objects, is stored encrypted. `by` is the signed-in person, or the clerk who
    registers it; None for the public.

    Raises:
        Refused: the notice is closed or taken down, or there is nothing to follow up.
    """
    entry, faults = _locked(entry), []
    if not entry.notice.takes_objections:
        faults.append(_("公示已经结束，不再接收异议；可以向职称办投诉举报。"))
    if not text.strip():
        faults.append(_("请写明异议的内容和依据。"))
    if not contact.strip():
        faults.append(_("请留下联系方式，以便核查和反馈；联系方式加密保存，仅供核查使用。"))
    if entry.notice.kind != NoticeKind.RESULT and by is None:
        faults.append(_("单位内部公示的异议请向单位人事部门提出。"))
    if faults:
        raise Refused(faults)
    objection = Objection.objects.create(
        entry=entry, text=text, contact=crypto.encrypt(contact), lodged_by=by, lodged_at=clock.now()
    )
    NoticeEntry.objects.filter(pk=entry.pk).update(held=True)
    _record(entry.notice, "objection.lodge", by=by, change={"entry": str(entry.public_id)})
    return objection


@transaction.atomic
def settle_objection(*, objection: Objection, upheld: bool, outcome: str, by: User) -> Objection:
    """Records what the inquiry found; a dismissed objection frees the person when no other one stands.

    Raises:
        Refused: without words on the outcome.
        Stale: it has been settled already.
    """
    entry = _locked(objection.entry)
    _require_manager(entry.notice, by)
    if entry.application.applicant_id == by.pk:
        raise Refused([_(OWN_CASE)])
    if not outcome.strip():
        raise Refused([_("请写明核查情况和处理结果。")])
    settled = Objection.objects.filter(pk=objection.pk, state=ObjectionState.OPEN).update(
        state=ObjectionState.UPHELD if upheld else ObjectionState.DISMISSED,
        outcome=outcome,
        settled_by=by,
        settled_at=clock.now(),
    )
    if not settled:
        raise Stale(_("该异议已经处理完毕。"))
    objection.refresh_from_db()
    standing = entry.objections.exclude(state=ObjectionState.DISMISSED).exists()
    NoticeEntry.objects.filter(pk=entry.pk).update(held=standing)
    _record(entry.notice, "objection.settle", by=by, change={"entry": str(entry.public_id), "upheld": upheld})
    return objection


def _entry_faults(kind: str, round_: Round, organization: Organization, application: Application) -> list[str]:
    name = application.applicant.name
    if application.round_id != round_.pk or application.snapshot is None:
        return [_("%(name)s 不属于该批次或尚未提交，不能列入公示。") % {"name": name}]
    if kind == NoticeKind.RESULT:
        return _result_faults(application, name)
    step = open_step(application)
    if step is None or step.organization_id != organization.pk or step.kind != kind:
        return [_("%(name)s 的申报不在本单位办理环节，不能列入公示。") % {"name": name}]
    again = application.notice_entries.filter(
        notice__kind=kind, notice__organization=organization, snapshot_sha256=application.snapshot.sha256
    ).exclude(notice__state=NoticeState.WITHDRAWN)
    return [_("%(name)s 的同一份材料已经公示，不需要重复公示。") % {"name": name}] if again.exists() else []


def _result_faults(application: Application, name: str) -> list[str]:
    if application.status == Status.PASSED:
        return []
    posted = application.notice_entries.filter(notice__kind=NoticeKind.RESULT)
    if application.status == Status.IN_NOTICE and not posted.exclude(notice__state=NoticeState.WITHDRAWN).exists():
        return []
    return [_("%(name)s 未处于评审通过状态。") % {"name": name}]


def _named_in(application: Application) -> dict[str, str]:
    """Person and unit as the live snapshot names them: a profile may be renamed afterwards."""
    snapshot = application.snapshot
    if snapshot is None:
        raise Refused([_("%(name)s 不属于该批次或尚未提交，不能列入公示。") % {"name": application.applicant.name}])
    content = snapshot.data
    return {
        "name": content["applicant"]["name"],
        "unit": content["employer"]["name"],
        "snapshot_sha256": snapshot.sha256,
    }


def _locked(entry: NoticeEntry) -> NoticeEntry:
    """The entry as it is now: objections to one person are lodged and settled one after the other.

    The notice is held with it, so that it is not closed between the question whether it is open and the objection.
    """
    entries = NoticeEntry.objects.select_related("notice__round", "notice__organization", "application")
    return entries.select_for_update(of=("self", "notice")).get(pk=entry.pk)


def _settle_end(notice: Notice) -> None:
    """Counts a provisional end again: the calendar may have been announced since."""
    notice.refresh_from_db()
    if not notice.provisional:
        return
    end = notice.end
    Notice.objects.filter(pk=notice.pk).update(ends_on=end.day, provisional=end.provisional)
    notice.refresh_from_db()


def _require_manager(notice: Notice, by: User) -> None:
    needed = Permission.PUBLISH_RESULT if notice.kind == NoticeKind.RESULT else Permission.MANAGE_NOTICE
    access.require(by, needed, notice.organization)


def _record(
    notice: Notice, act: str, *, by: User | None, change: dict[str, object] | None = None, reason: str = ""
) -> None:
    audit.record(
        act,
        by=by,
        scope=f"round:{notice.round.public_id}",
        kind="notice",
        target=str(notice.public_id),
        change=change,
        reason=reason,
        organization=notice.organization,
    )
