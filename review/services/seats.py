"""An expert's commitment, recusals and opinions."""

import hashlib

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal import access, audit, clock
from portal.models import User
from portal.roles import Permission
from review import commitments, recusals
from review.errors import NotYours, ReviewError, WrongState
from review.models import (
    BallotParticipation,
    BallotState,
    Entry,
    Meeting,
    MeetingState,
    Opinion,
    Recusal,
    RecusalOrigin,
    RecusalReason,
    Seat,
    SeatState,
)

RUNNING = (MeetingState.DRAWN, MeetingState.OPEN, MeetingState.VOTING)


@transaction.atomic
def commit(*, by: User, seat: Seat) -> Seat:
    """The expert signs the commitment online; then the dossiers open, save those the system finds a conflict in.

    Raises:
        NotYours: the seat is another person's.
        WrongState: the invitation is not accepted, the commitment is signed, or the meeting is over.
    """
    if seat.expert.user_id != by.pk:
        raise NotYours(_("承诺书须由专家本人签署。"))
    signed = Seat.objects.filter(
        pk=seat.pk, state=SeatState.ACCEPTED, committed_at__isnull=True, meeting__state__in=RUNNING
    ).update(committed_at=clock.now(), commitment_sha256=commitments.sha256())
    if not signed:
        raise WrongState(_("请先接受评审邀请；承诺书只需签署一次。"))
    seat.refresh_from_db()
    audit.record(
        "seat.commit",
        by=by,
        scope=seat.meeting.scope,
        kind="seat",
        target=str(seat.public_id),
        change={"commitment_sha256": seat.commitment_sha256},
    )
    find_recusals(seat)
    return seat


def find_recusals(seat: Seat) -> list[Recusal]:
    """Writes a recusal for every conflict the system sees and none is written of. Runs in the caller's transaction."""
    agenda = seat.meeting.entries.exclude(recusals__seat=seat).select_related(
        "application__applicant", "application__employer", "application__snapshot"
    )
    seen = [(entry, recusals.conflict(seat.expert, recusals.names_in(entry.application))) for entry in agenda]
    return [
        _recuse(seat, entry, conflict.reason, detail=conflict.detail, origin=RecusalOrigin.FOUND, by=None)
        for entry, conflict in seen
        if conflict
    ]


@transaction.atomic
def declare_recusal(*, by: User, seat: Seat, entry: Entry, reason: str, detail: str = "") -> Recusal:
    """Takes a seat off an application: asked for by the expert, or ordered by the office. Access closes at once.

    Raises:
        NotYours: the application is not on this meeting's agenda, or the seat is another person's.
        portal.access.Forbidden: neither the expert nor the office's meeting staff.
        WrongState: the seat has voted on it, is recused already, or the ballot is counted.
    """
    if entry.meeting_id != seat.meeting_id:
        raise NotYours(_("该申报不在本次会议上会名单内。"))
    own = seat.expert.user_id == by.pk
    if not own:
        access.require(by, Permission.MANAGE_MEETING, seat.meeting.round.office)
    # The entry's row is the lock against a ballot being cast or counted at the same moment.
    if not Entry.objects.filter(pk=entry.pk).exclude(ballot_state=BallotState.SEALED).update(order=entry.order):
        raise WrongState(_("该申报已计票，不能再提出回避。请向评审办或监督员说明情况。"))
    if BallotParticipation.objects.filter(entry=entry, seat=seat).exists():
        raise WrongState(_("该席位已就此申报投票，选票不能取出。请立即向评审办说明情况，由评审办决定重新投票。"))
    origin = RecusalOrigin.DECLARED if own else RecusalOrigin.ORDERED
    return _recuse(seat, entry, RecusalReason(reason), detail=detail, origin=origin, by=by)


@transaction.atomic
def give_opinion(*, by: User, seat: Seat, entry: Entry, text: str) -> Opinion:
    """Signs a written opinion, or signs it anew until the ballot is counted.

    Raises:
        NotYours: the expert may not read this application.
        ReviewError: an empty opinion.
        WrongState: the ballot is counted.
    """
    require_reader(by, seat, entry)
    if not text.strip():
        raise ReviewError(_("请填写评审意见后再签署。"))
    if not Entry.objects.filter(pk=entry.pk).exclude(ballot_state=BallotState.SEALED).update(order=entry.order):
        raise WrongState(_("该申报已计票，评审意见不能再修改。"))
    opinion, _created = Opinion.objects.update_or_create(
        entry=entry,
        seat=seat,
        defaults={"text": text.strip(), "sha256": _sha256(text.strip()), "signed_at": clock.now()},
    )
    audit.record(
        "opinion.sign",
        by=by,
        scope=seat.meeting.scope,
        kind="entry",
        target=str(entry.public_id),
        change={"sha256": opinion.sha256},
    )
    return opinion


def require_reader(by: User, seat: Seat, entry: Entry) -> None:
    """Raises NotYours unless this is the person's own seat and it may read the application."""
    if seat.expert.user_id != by.pk or seat.meeting_id != entry.meeting_id:
        raise NotYours(_("只能以您本人的席位办理。"))
    if not Entry.objects.readable_by(by).filter(pk=entry.pk).exists():
        raise NotYours(_("您不能办理该申报：须先接受邀请并签署承诺书；须回避的申报不能查看、评议和投票。"))


def recused_from(entry: Entry) -> int:
    """How many of those attending are recused from the application."""
    return Seat.objects.filter(meeting=entry.meeting_id, attended=True, recusals__entry=entry).count()


def _recuse(
    seat: Seat, entry: Entry, reason: RecusalReason, *, detail: str, origin: RecusalOrigin, by: User | None
) -> Recusal:
    try:
        with transaction.atomic():
            recusal = Recusal.objects.create(
                seat=seat, entry=entry, reason=reason, detail=detail[:500], origin=origin, at=clock.now()
            )
    except IntegrityError as error:
        raise WrongState(_("该席位已对此申报回避。")) from error
    audit.record(
        "seat.recuse",
        by=by,
        scope=Meeting.objects.get(pk=seat.meeting_id).scope,
        kind="entry",
        target=str(entry.public_id),
        change={"seat": str(seat.public_id), "reason": reason.value, "origin": origin.value},
        reason=detail,
    )
    return recusal


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
