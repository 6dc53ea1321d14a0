"""The draw of the panel, the experts' answers, and the next round where one declines."""

import json
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import access, audit, clock, notifications
from portal.models import User
from portal.roles import Permission
from portal.templatetags.portal_tags import cn_date
from review import drawing
from review.errors import NoLawfulPanel, NotYours, ReviewError, WrongState
from review.models import Draw, ExpertProfile, Meeting, MeetingState, PoolMember, Seat, SeatState
from review.procedure import procedure_of
from review.services.planning import drawing_of, freeze, require_lead
from review.transcript import assemble, filed_digest

DECLINED = "declined"


@transaction.atomic
def draw_panel(*, by: User, meeting: Meeting, public_value: str) -> Draw:
    """Draws the panel from the frozen input, once, and invites those drawn.

    Args:
        by: a person who runs draws of the round's office.
        meeting: a planned meeting.
        public_value: a value nobody knew when the plan was filed, with its source, e.g. a public lottery's number.

    Raises:
        portal.access.Forbidden: `by` does not run draws of the office.
        TooLate: fewer days than the lead time before the meeting.
        WrongState: the panel has been drawn already.
        ReviewError: without a public value.
    """
    access.require(by, Permission.RUN_DRAW, meeting.round.office)
    if not public_value.strip():
        raise ReviewError(_("请填写公开随机值及其来源（如上报计划之后开出的公开彩票号码），以便任何人复核抽取结果。"))
    require_lead(meeting.held_on, procedure_of(meeting.round).draw_lead_days)
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED).update(state=MeetingState.DRAWN):
        raise WrongState(_("本次会议已完成专家抽取，不能重复抽取。专家不能参加时由系统补抽。"))
    meeting.refresh_from_db()
    return _draw(meeting.draws.get(number=1), by=by, public_value=public_value.strip())


@transaction.atomic
def answer_invitation(*, by: User, seat: Seat, accepts: bool, reason: str = "") -> Seat:
    """The expert's own answer. A decline keeps the others and draws again as the next round of the same draw.

    Who accepted may still decline until the meeting opens.

    Raises:
        NotYours: the seat is another person's.
        WrongState: it was answered already, or the meeting has begun.
        ReviewError: a decline without a reason.
    """
    if seat.expert.user_id != by.pk:
        raise NotYours(_("只能答复发给您本人的邀请。"))
    if not accepts and not reason.strip():
        raise ReviewError(_("不能参加时请说明理由，评审办将据此补抽专家。"))
    # The meeting's row is the lock: two declines at once are two rounds, one after the other.
    if not Meeting.objects.filter(pk=seat.meeting_id, state=MeetingState.DRAWN).update(state=MeetingState.DRAWN):
        raise WrongState(_("会议已经开始或结束，不能再答复邀请。如有特殊情况请联系评审办。"))
    answerable = [SeatState.DRAWN] if accepts else [SeatState.DRAWN, SeatState.ACCEPTED]
    answered = Seat.objects.filter(pk=seat.pk, state__in=answerable).update(
        state=SeatState.ACCEPTED if accepts else SeatState.DECLINED,
        decline_reason="" if accepts else reason.strip(),
        answered_at=clock.now(),
    )
    if not answered:
        raise WrongState(_("您已答复过本次邀请。"))
    seat.refresh_from_db()
    audit.record(
        "seat.accept" if accepts else "seat.decline",
        by=by,
        scope=seat.meeting.scope,
        kind="seat",
        target=str(seat.public_id),
        reason=reason,
    )
    if not accepts:
        _redraw(seat, by=by)
    return seat


def transcript_of(meeting: Meeting, *, opened: bool = False) -> dict[str, Any]:
    """The draw as it is published; secret and seeds are blank until the meeting is over, unless `opened`."""
    rounds = list(meeting.draws.order_by("number"))
    return assemble(
        meeting=str(meeting.public_id),
        commitment=meeting.commitment,
        filed=filed_digest(meeting.commitment, rounds[0].input_sha256),
        rounds=[
            {
                "number": draw.number,
                "input": draw.input,
                "input_sha256": draw.input_sha256,
                "public_value": draw.public_value,
                "seed": draw.seed,
                "panel": draw.panel,
                "declined": draw.declined,
            }
            for draw in rounds
        ],
        panel=list(meeting.seats.taken().values_list("pseudonym", flat=True)),
        secret=meeting.opened_secret if meeting.is_done or opened else None,
    )


def _redraw(seat: Seat, *, by: User) -> None:
    meeting = seat.meeting
    last = meeting.draws.order_by("number").last()
    if last is None or not last.panel:
        raise WrongState(_("本次会议尚未抽取专家。"))
    declined = {seat.pseudonym: DECLINED}
    given = drawing.DrawInput.from_text(last.input).after_declines(last.panel, declined)
    try:
        drawing_of(given)
    except NoLawfulPanel as none:
        raise NoLawfulPanel(
            [*none.reasons, _("现有专家库无法合规补抽，您的答复尚未生效，请联系评审办补充专家后再答复。")]
        ) from none
    Draw.objects.filter(pk=last.pk).update(declined=declined)
    _draw(freeze(meeting, given), by=by, public_value=last.public_value)


def _draw(draw: Draw, *, by: User, public_value: str) -> Draw:
    meeting = draw.meeting
    seed = drawing.seed_of(meeting.opened_secret, public_value, draw.input)
    try:
        panel = drawing_of(drawing.DrawInput.from_text(draw.input)).panel(seed)
    except drawing.TooManyTries as none:
        raise ReviewError(
            _("合规组合在候选专家中过于稀少，多次抽取仍未抽到，本次抽取没有生效。请补充专家库后重新上报计划。")
        ) from none
    drawn = Draw.objects.filter(pk=draw.pk, seed="").update(
        public_value=public_value, seed=seed.hex(), result=json.dumps(panel), drawn_by=by, drawn_at=clock.now()
    )
    if drawn != 1:
        raise WrongState(_("本轮专家已经抽取，不能重复抽取。"))
    draw.refresh_from_db()
    kept = set(draw.given["kept"])
    for pseudonym, expert in _who(meeting).items():
        if pseudonym in set(panel) - kept:
            seat = Seat.objects.create(meeting=meeting, expert=expert, draw=draw, pseudonym=pseudonym)
            _invite(seat)
    audit.record(
        "draw.run",
        by=by,
        scope=meeting.scope,
        kind="draw",
        target=f"{meeting.public_id}/{draw.number}",
        change={
            "input_sha256": draw.input_sha256,
            "public_value": public_value,
            "panel": panel,
            "lawful_panels": draw.lawful_panels,
        },
        organization=meeting.round.office,
    )
    return draw


def _who(meeting: Meeting) -> dict[str, ExpertProfile]:
    """Pseudonym → expert, over everyone who ever was in the committee's pool."""
    secret = meeting.opened_secret
    members = PoolMember.objects.filter(committee=meeting.round.committee).select_related("expert__user")
    return {drawing.pseudonym(secret, str(member.expert.public_id)): member.expert for member in members}


def _invite(seat: Seat) -> None:
    notifications.notify(
        seat.expert.user,
        "review.invitation",
        {"committee": seat.meeting.round.committee.name, "held_on": cn_date(seat.meeting.held_on)},
        link=reverse("review:seat_detail", args=[seat.public_id]),
        dedupe=f"invitation:{seat.public_id}",
    )
