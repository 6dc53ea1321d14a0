"""The secret ballot: opening, casting, sealing, counting.

The one module that reads or writes `BallotChoice`. With every vote all choices of the entry are read, deleted and
written anew in random order under fresh random keys, so that neither row order, keys nor transaction marks join a
choice to the participation written beside it. Nothing counts them before the box is sealed.
"""

import secrets
from collections import Counter
from collections.abc import Iterator

from django.db import connection, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from portal import access, audit, clock, jobs
from portal.models import User
from portal.roles import Permission
from review import tally
from review.errors import AlreadyVoted, NotYours, WrongState
from review.models import (
    BallotChoice,
    BallotParticipation,
    BallotState,
    Choice,
    Entry,
    Meeting,
    MeetingState,
    Outcome,
    Seat,
)
from review.procedure import procedure_of, thresholds
from review.services.meetings import begin_voting
from review.services.seats import recused_from, require_reader

_chance = secrets.SystemRandom()
FORGET = "review.forget_ballot_rows"


@transaction.atomic
def open_ballot(*, by: User, entry: Entry) -> None:
    """Opens the ballot on one application. The first of a meeting ends signing in and needs the quorum.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        NoQuorum: too few attend.
        WrongState: the ballot is open or counted, or the meeting is not sitting.
    """
    meeting = entry.meeting
    access.require(by, Permission.MANAGE_MEETING, meeting.round.office)
    meeting.refresh_from_db(fields=["state"])
    if meeting.state == MeetingState.OPEN:
        begin_voting(by=by, meeting=meeting)
    opened = Entry.objects.filter(
        pk=entry.pk, ballot_state=BallotState.CLOSED, meeting__state=MeetingState.VOTING
    ).update(ballot_state=BallotState.OPEN)
    if not opened:
        raise WrongState(_("该申报的投票已经开始或已计票，或会议不在进行中。请刷新页面。"))
    entry.refresh_from_db()
    _note(entry, "ballot.open", by=by)


@transaction.atomic
def cast(*, by: User, entry: Entry, choice: str) -> None:
    """Casts the expert's own ballot, once and for good. The audit log learns that it was cast, not what it says.

    Raises:
        NotYours: no seat, not attending, or recused from this application.
        AlreadyVoted: the seat has voted.
        WrongState: the ballot is not open.
        ValueError: no such choice.
    """
    choice = Choice(choice).value
    # The entry's row is the lock: ballots of one entry come one after the other, and closing waits or wins.
    if not Entry.objects.filter(pk=entry.pk, ballot_state=BallotState.OPEN).update(ballot_state=BallotState.OPEN):
        raise WrongState(_("该申报的投票尚未开始或已经结束，您的选票未计入。"))
    seat = Seat.objects.of(by).filter(meeting=entry.meeting_id).select_related("meeting").first()
    if seat is None or not seat.attended:
        raise NotYours(_("只有到会的评委可以投票，不得委托他人代投。"))
    require_reader(by, seat, entry)
    if BallotParticipation.objects.filter(entry=entry, seat=seat).exists():
        raise AlreadyVoted(_("您已就该申报投票，每位评委只能投一次。"))
    BallotParticipation.objects.create(entry=entry, seat=seat)
    _refill_box(entry, choice)
    _note(entry, "ballot.cast", by=by)


@transaction.atomic
def close_ballot(*, by: User, entry: Entry) -> Outcome:
    """Seals the box and counts it. Whoever attends and has not voted does not consent.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        WrongState: the ballot is not open.
    """
    meeting = entry.meeting
    access.require(by, Permission.MANAGE_MEETING, meeting.round.office)
    sealed = Entry.objects.filter(pk=entry.pk, ballot_state=BallotState.OPEN).update(ballot_state=BallotState.SEALED)
    if not sealed:
        raise WrongState(_("该申报的投票没有在进行，不能计票。请刷新页面。"))
    entry.refresh_from_db()
    attending, recused = meeting.seats.filter(attended=True).count(), recused_from(entry)
    box = _box(entry)
    counted = tally.count(
        consent=box[Choice.CONSENT],
        against=box[Choice.AGAINST],
        abstain=box[Choice.ABSTAIN],
        attending=attending,
        recused=recused,
        thresholds=thresholds(procedure_of(meeting.round)),
    )
    outcome = Outcome.objects.create(
        entry=entry,
        members=meeting.panel_size,
        attending=attending,
        recused=recused,
        consent=counted.consent,
        against=counted.against,
        abstain=counted.abstain,
        needed=counted.needed,
        passed=counted.passed,
        sentence=counted.sentence(),
        counted_at=clock.now(),
    )
    _note(entry, "ballot.close", by=by, change={"passed": outcome.passed, "sentence": outcome.sentence})
    jobs.enqueue(FORGET, payload={"entry": entry.pk})
    return outcome


@transaction.atomic
def repeat_ballot(*, by: User, entry: Entry, reason: str) -> None:
    """Empties an open box unseen and starts again, where someone voted who should have been recused.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        WrongState: the ballot is not open, or no reason is given.
    """
    access.require(by, Permission.MANAGE_MEETING, entry.meeting.round.office)
    if not reason.strip():
        raise WrongState(_("重新投票须写明理由。"))
    if not Entry.objects.filter(pk=entry.pk, ballot_state=BallotState.OPEN).update(ballot_state=BallotState.CLOSED):
        raise WrongState(_("只有正在进行的投票可以重新开始。"))
    BallotChoice.objects.filter(entry=entry).delete()
    BallotParticipation.objects.filter(entry=entry).delete()
    entry.refresh_from_db()
    _note(entry, "ballot.repeat", by=by, reason=reason)
    jobs.enqueue(FORGET, payload={"entry": entry.pk})


def forget_replaced_rows() -> bool:
    """Takes from the disk the rows that later ballots have replaced: their age would tell who chose what.

    PostgreSQL keeps them until the table is written anew, which waits for ballots under way and takes no transaction
    round it; SQLite overwrites them at once (secure_delete). Whether the table was written anew.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (FULL) {connection.ops.quote_name(BallotChoice._meta.db_table)}")  # noqa: SLF001
    return True


def has_voted(entry: Entry, seat: Seat) -> bool:
    return BallotParticipation.objects.filter(entry=entry, seat=seat).exists()


def turnout(meeting: Meeting) -> dict[int, int]:
    """How many have voted on each entry, by the register; what they voted is nobody's business before the count."""
    register = BallotParticipation.objects.filter(entry__meeting=meeting)
    return dict(register.values_list("entry").annotate(cast=Count("pk")))


def mismatches() -> Iterator[str]:
    """A sentence for every entry whose box disagrees with its register or its count; never says how many of what."""
    for entry in Entry.objects.exclude(ballot_state=BallotState.CLOSED).select_related("meeting", "outcome"):
        box, cast_by = _box(entry), BallotParticipation.objects.filter(entry=entry).count()
        if box.total() != cast_by:
            yield f"entry {entry.public_id}: ballots and participations differ"
        outcome = getattr(entry, "outcome", None)
        if (entry.ballot_state == BallotState.SEALED) != (outcome is not None):
            yield f"entry {entry.public_id}: sealed and counted do not go together"
        if outcome and [outcome.consent, outcome.against, outcome.abstain] != [
            box[Choice.CONSENT], box[Choice.AGAINST], box[Choice.ABSTAIN]
        ]:  # fmt: skip
            yield f"entry {entry.public_id}: a recount differs from the recorded result"


def _refill_box(entry: Entry, choice: str) -> None:
    choices = [*BallotChoice.objects.filter(entry=entry).values_list("choice", flat=True), choice]
    BallotChoice.objects.filter(entry=entry).delete()
    _chance.shuffle(choices)
    BallotChoice.objects.bulk_create(BallotChoice(entry=entry, choice=one) for one in choices)


def _box(entry: Entry) -> Counter[str]:
    return Counter(BallotChoice.objects.filter(entry=entry).values_list("choice", flat=True))


def _note(entry: Entry, act: str, *, by: User, change: dict[str, object] | None = None, reason: str = "") -> None:
    audit.record(
        act,
        by=by,
        scope=entry.meeting.scope,
        kind="entry",
        target=str(entry.public_id),
        change=change,
        reason=reason,
    )
