"""The meeting itself: opening, attendance and quorum, closing."""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from applications import transitions
from applications.status import Status
from portal import access, audit, clock
from portal.chinese_dates import cn_date
from portal.models import User
from portal.roles import Permission
from review import tally
from review.errors import NoQuorum, PanelShort, ReviewError, WrongState
from review.models import BallotState, Entry, Meeting, MeetingState, Seat, SeatState
from review.procedure import procedure_of, thresholds


@transaction.atomic
def open_meeting(*, by: User, meeting: Meeting) -> Meeting:
    """Opens the meeting for signing in.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        WrongState: the panel is not drawn, or the meeting has begun.
        PanelShort: places of the panel are open.
        ReviewError: before its day, or with invitations unanswered.
    """
    access.require(by, Permission.MANAGE_MEETING, meeting.round.office)
    if clock.today() < meeting.held_on:
        raise ReviewError(_("会议定于 %(day)s 召开，当日方可签到。") % {"day": cn_date(meeting.held_on)})
    # The lock comes first, so that nobody declines between counting and opening.
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.DRAWN).update(state=MeetingState.OPEN):
        raise WrongState(_("会议尚未抽取专家，或已经开始。请刷新页面。"))
    if places := meeting.panel_size - meeting.seats.taken().count():
        raise PanelShort(
            _("评委会缺员 %(places)d 人，补抽完成前不能召开会议。请补充专家库，在会议页面上报补抽并抽取。")
            % {"places": places}
        )
    waiting = meeting.seats.filter(state=SeatState.DRAWN).count()
    if waiting:
        raise ReviewError(
            _("还有 %(count)d 位专家未答复邀请。请先联系专家答复；不能参加的由系统补抽。") % {"count": waiting}
        )
    _note(meeting, "meeting.open", by=by)
    return meeting


@transaction.atomic
def mark_attendance(*, by: User, meeting: Meeting, attending: Collection[Seat]) -> tally.Quorum:
    """Records exactly who attends; may be corrected until the first ballot opens. Nobody attends by proxy.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        WrongState: the meeting is not open for signing in.
        ReviewError: a seat of another meeting, or one that has not signed the commitment.
    """
    access.require(by, Permission.MANAGE_MEETING, meeting.round.office)
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.OPEN).update(state=MeetingState.OPEN):
        raise WrongState(_("只有会议签到期间可以登记到会情况。"))
    keys = {seat.pk for seat in attending}
    allowed = meeting.seats.filter(pk__in=keys, state=SeatState.ACCEPTED, committed_at__isnull=False)
    if allowed.count() != len(keys):
        raise ReviewError(_("只能登记已接受邀请并签署承诺书的专家。请提醒专家先在线签署承诺书。"))
    meeting.seats.update(attended=False)
    allowed.update(attended=True)
    present = quorum_of(meeting)
    _note(meeting, "meeting.attendance", by=by, change={"members": present.members, "attending": present.attending})
    return present


def quorum_of(meeting: Meeting) -> tally.Quorum:
    """Members, attending, how many are needed, and whether it suffices (27号 leaves the measure to the pack)."""
    return tally.quorum(
        members=meeting.panel_size,
        attending=meeting.seats.filter(attended=True).count(),
        thresholds=thresholds(procedure_of(meeting.round)),
    )


def begin_voting(*, by: User, meeting: Meeting) -> None:
    """Ends signing in: attendance and quorum stand from here. Runs in the caller's transaction.

    Raises:
        NoQuorum: too few attend.
        WrongState: the meeting is not open.
    """
    # The lock comes first, so that nobody's attendance changes between counting and deciding.
    if not Meeting.objects.filter(pk=meeting.pk, state=MeetingState.OPEN).update(state=MeetingState.VOTING):
        raise WrongState(_("会议尚未开始签到，或已经结束，不能开始投票。"))
    present = quorum_of(meeting)
    if not present.met:
        raise NoQuorum(
            _("到会 %(attending)d 人，少于应到 %(members)d 人所需的 %(needed)d 人，会议不能表决。请补充签到或改期。")
            % {"attending": present.attending, "members": present.members, "needed": present.needed}
        )
    _note(meeting, "meeting.begin_voting", by=by, change={"members": present.members, "attending": present.attending})


@transaction.atomic
def close_meeting(*, by: User, meeting: Meeting) -> Meeting:
    """Closes the meeting and decides: every application moves by its counted ballot. Publishing is another act.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        WrongState: the meeting is not voting.
        ReviewError: an application on the agenda has no counted ballot.
    """
    access.require(by, Permission.MANAGE_MEETING, meeting.round.office)
    closed = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.VOTING).update(
        state=MeetingState.CLOSED, closed_by=by, closed_at=clock.now()
    )
    if not closed:
        raise WrongState(_("会议不在表决阶段，不能结束。"))
    entries = live_entries(meeting)
    open_ones = [entry for entry in entries if entry.ballot_state != BallotState.SEALED]
    if open_ones:
        raise ReviewError(_("还有 %(count)d 份申报未完成投票计票，不能结束会议。") % {"count": len(open_ones)})
    meeting.refresh_from_db()
    for entry in entries:
        move = "pass_review" if entry.outcome.passed else "fail_review"
        transitions.perform(entry.application, move, by=by, meeting=str(meeting.public_id))
    passed = sum(entry.outcome.passed for entry in entries)
    _note(meeting, "meeting.close", by=by, change={"decided": len(entries), "passed": passed})
    return meeting


def live_entries(meeting: Meeting) -> list[Entry]:
    """The agenda without applications that were cancelled meanwhile."""
    return list(
        meeting.entries.exclude(application__status=Status.CANCELLED).select_related(
            "application__applicant", "application__round__office", "application__employer", "outcome"
        )
    )


def _note(meeting: Meeting, act: str, *, by: User, change: dict[str, object] | None = None) -> None:
    meeting.refresh_from_db()
    audit.record(
        act,
        by=by,
        scope=meeting.scope,
        kind="meeting",
        target=str(meeting.public_id),
        change=change,
        organization=meeting.round.office,
    )
