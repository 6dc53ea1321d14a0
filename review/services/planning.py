"""The meeting's plan: filed with the first input of the draw frozen and the office's secret sealed."""

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from applications import bases, transitions
from applications.bases import basis
from applications.models import Application, Round
from applications.status import Status
from portal import access, audit, clock, crypto
from portal.models import User
from portal.roles import Permission
from review import drawing
from review.errors import PoolNotLawful, ReviewError, TooLate
from review.models import Entry, Meeting
from review.procedure import panel_rules, procedure_of
from review.services.candidates import assess, pool_of
from review.services.pool import composition_of
from review.services.rounds import freeze
from review.transcript import filed_digest


@transaction.atomic
def plan_meeting(
    *,
    by: User,
    round_: Round,
    held_on: date,
    applications: Sequence[Application],
    panel_size: int | None = None,
    shares_bind: bool = True,
    place: str = "",
) -> Meeting:
    """Files a meeting's plan: its agenda, its panel's rules, and the draw's first input, frozen.

    Whoever has a conflict with any application on the agenda is out of the draw, with the reason. The applications
    move to `in_review`.

    Raises:
        portal.access.Forbidden: `by` does not run draws and meetings of the round's office.
        TooLate: fewer days than the lead time of the pack before the meeting.
        PoolNotLawful: the pool breaks a composition duty on the day of the meeting.
        NoLawfulPanel: no lawful panel can be drawn from who is left; the binding rules are named.
        ReviewError: nothing on the agenda, an application not accepted in this round, an even panel, a lapsed filing.
    """
    for permission in (Permission.RUN_DRAW, Permission.MANAGE_MEETING):
        access.require(by, permission, round_.office)
    procedure = procedure_of(round_)
    require_lead(round_, held_on)
    _require_agenda(round_, applications)
    size = panel_size or procedure.panel.size.value
    if size % 2 == 0:
        raise ReviewError(_("评委人数须为单数，您填写的是 %(size)d。") % {"size": size})
    require_pool(round_, held_on)
    secret = secrets.token_bytes(drawing.SEED_BYTES)
    meeting = Meeting.objects.create(
        round=round_,
        held_on=held_on,
        place=place,
        panel_size=size,
        shares_bind=shares_bind,
        secret=crypto.encrypt(secret.hex()),
        commitment=drawing.commitment(secret),
        filed_by=by,
        filed_at=clock.now(),
    )
    for order, application in enumerate(sorted(applications, key=lambda application: application.pk), 1):
        Entry.objects.create(meeting=meeting, application=application, order=order)
        transitions.perform(application, "enter_review", by=by, meeting=str(meeting.public_id))
    rules = panel_rules(procedure, size=size, shares_bind=shares_bind)
    candidates, excluded = assess(meeting, pool_of(meeting))
    first = drawing.DrawInput(str(meeting.public_id), 1, rules, tuple(candidates), tuple(excluded))
    draw = freeze(meeting, first)
    audit.record(
        "meeting.plan",
        by=by,
        scope=meeting.scope,
        kind="meeting",
        target=str(meeting.public_id),
        change={
            "held_on": str(held_on),
            "panel_size": size,
            "agenda": [str(application.public_id) for application in applications],
            "input_sha256": draw.input_sha256,
            "filed": filed_digest(meeting.commitment, draw.input_sha256),
        },
        organization=round_.office,
    )
    return meeting


@transaction.atomic
def postpone(*, by: User, meeting: Meeting, held_on: date, reason: str) -> None:
    """Moves a planned or drawn meeting to a later day; the draw stands.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        ReviewError: no reason, an earlier day, the committee's filing lapsed by then, or the meeting has begun.
    """
    access.require(by, Permission.MANAGE_MEETING, meeting.round.office)
    if not reason.strip() or held_on <= meeting.held_on:
        raise ReviewError(_("会议只能改到更晚的日期，并须写明理由。"))
    require_filing(meeting.round, held_on)
    before = meeting.held_on
    if not Meeting.objects.filter(pk=meeting.pk, state__in=["planned", "drawn"]).update(held_on=held_on):
        raise ReviewError(_("会议已经开始或结束，不能再改期。"))
    meeting.refresh_from_db()
    audit.record(
        "meeting.postpone",
        by=by,
        scope=meeting.scope,
        kind="meeting",
        target=str(meeting.public_id),
        change={"held_on": [str(before), str(held_on)]},
        reason=reason,
        organization=meeting.round.office,
    )


def require_lead(round_: Round, held_on: date) -> None:
    """Raises TooLate where the meeting is nearer than the calendar days that the round's pack asks for."""
    lead_days = procedure_of(round_).draw_lead_days
    if (held_on - clock.today()).days < lead_days:
        latest = max(held_on, date.min + timedelta(days=lead_days)) - timedelta(days=lead_days)
        raise TooLate(
            _(
                "会议召开 %(days)d 日前须上报评审计划并完成专家抽取%(basis)s："
                "会议日期 %(held_on)s，最迟应于 %(latest)s 办理。请改定更晚的会议日期。"
            )
            % {
                "days": lead_days,
                "basis": basis(round_, bases.lead_days),
                "held_on": held_on,
                "latest": latest,
            }
        )


def _require_agenda(round_: Round, applications: Sequence[Application]) -> None:
    if not applications:
        raise ReviewError(_("请至少选择一份已受理的申报上会。"))
    for application in applications:
        if application.round_id != round_.pk or application.status != Status.ACCEPTED:
            raise ReviewError(
                _("%(name)s的申报不是本批次已受理的申报，不能上会。请刷新名单后重新选择。")
                % {"name": application.applicant.get_full_name()}
            )


def require_pool(round_: Round, held_on: date) -> None:
    """Raises PoolNotLawful where the committee's pool is not lawful on the day, ReviewError where its filing lapsed."""
    require_filing(round_, held_on)
    broken = [found for found in composition_of(round_.committee, round_.policy_id, held_on) if not found.holds]
    if broken:
        raise PoolNotLawful(found.sentence() for found in broken)


def require_filing(round_: Round, held_on: date) -> None:
    """Raises ReviewError where the committee is not filed on the day: nobody who passes then gets a certificate."""
    filed_until = round_.committee.filed_until
    if filed_until is None or filed_until < held_on:
        raise ReviewError(
            _("评审委员会在会议当日不在备案有效期内，其结果不进入查询验证系统%(basis)s。请先备案。")
            % {"basis": basis(round_, bases.filing)}
        )
