"""The experts' answers to the invitation."""

from django.db import transaction
from django.utils.translation import gettext as _

from portal import audit, clock
from portal.models import User
from review.errors import NotYours, ReviewError, WrongState
from review.models import Meeting, MeetingState, Seat, SeatState
from review.services.supplements import record_decline


@transaction.atomic
def answer_invitation(*, by: User, seat: Seat, accepts: bool, reason: str = "") -> Seat:
    """The expert's own answer. A decline stands whatever follows from it; the others keep their places.

    Who declined is replaced at once by the next round of the same draw. Where no lawful panel is left, the place stays
    open, the office is told, and a supplement is to be filed. Who accepted may still decline until the meeting opens.

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
        record_decline(seat, by=by)
    return seat
