"""The secret ballot: opening, casting, sealing, counting.

The one module that reads or writes `BallotChoice`, which lies there under seal (`review.ballot_seal`). With every vote
all choices of the entry are read, deleted and written anew, in random order under fresh random keys and seals, so that
neither row order, keys, transaction marks nor two looks at the table join a choice to the participation written beside
it. They are opened to be sealed anew, and counted only once the box is closed.
"""

import re
import secrets
import time
import uuid
from collections import Counter
from collections.abc import Iterator

from django.db import OperationalError, connection, transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from applications.status import Status
from portal import access, audit, clock, jobs
from portal.models import User
from portal.roles import Permission
from portal.steady_view import steady_view
from review import tally
from review.ballot_seal import SealError, opened, register_sha256, seal
from review.errors import AlreadyVoted, BoxBroken, NotYours, WrongState
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
OLDER_VIEWS_LOOKS = 10
OLDER_VIEWS_PAUSE_SECONDS = 0.5


@transaction.atomic
def open_ballot(*, by: User, entry: Entry) -> None:
    """Opens the ballot on one application. The first of a meeting ends signing in and needs the quorum.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        NoQuorum: too few attend.
        WrongState: the ballot is open or counted, the application cancelled, or the meeting is not sitting.
    """
    meeting = entry.meeting
    access.require(by, Permission.MANAGE_MEETING, meeting.round.office)
    meeting.refresh_from_db(fields=["state"])
    if meeting.state == MeetingState.OPEN:
        begin_voting(by=by, meeting=meeting)
    closed = Entry.objects.filter(pk=entry.pk, ballot_state=BallotState.CLOSED, meeting__state=MeetingState.VOTING)
    if not closed.exclude(application__status=Status.CANCELLED).update(ballot_state=BallotState.OPEN):
        raise WrongState(_("该申报的投票已经开始或已计票，或已取消资格，或会议不在进行中。请刷新页面。"))
    entry.refresh_from_db()
    _note(entry, "ballot.open", by=by)


@transaction.atomic
def cast(*, by: User, entry: Entry, choice: str) -> None:
    """Casts the expert's own ballot, once and for good. The audit log learns that it was cast, not what it says.

    Raises:
        NotYours: no seat, not attending, or recused from this application.
        AlreadyVoted: the seat has voted.
        WrongState: the ballot is not open.
        BoxBroken: the box is not as it was left.
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
    try:
        _register_and_refill(entry, seat, choice)
    except SealError as broken:
        raise BoxBroken(
            _("票箱与投票登记核对不符，可能已被改动，您的选票未计入。请立即告知评审办和监督员，暂勿再次投票。")
        ) from broken
    _note(entry, "ballot.cast", by=by)


@transaction.atomic
def close_ballot(*, by: User, entry: Entry) -> Outcome:
    """Seals the box and counts it. Whoever attends and has not voted does not consent.

    Raises:
        portal.access.Forbidden: `by` does not manage the office's meetings.
        WrongState: the ballot is not open.
        BoxBroken: the box is not as it was left; nothing is counted, the ballot stays open.
    """
    meeting = entry.meeting
    access.require(by, Permission.MANAGE_MEETING, meeting.round.office)
    sealed = Entry.objects.filter(pk=entry.pk, ballot_state=BallotState.OPEN).update(ballot_state=BallotState.SEALED)
    if not sealed:
        raise WrongState(_("该申报的投票没有在进行，不能计票。请刷新页面。"))
    entry.refresh_from_db()
    attending, recused = meeting.seats.filter(attended=True).count(), recused_from(entry)
    try:
        box = Counter(_choices(entry))
    except SealError as broken:
        raise BoxBroken(
            _(
                "票箱与投票登记核对不符：有选票被改动、增减或从别处移入，或所用密钥已从系统中撤下。本次没有计票，票箱保持原状。"
                "请勿再操作该票箱，立即报告监督员和系统管理员核查；查明后写明理由，作废并重新投票。"
            )
        ) from broken
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

    Raises OperationalError where a transaction older than the last ballot still sees replaced rows, so that they were
    copied: it passes by itself, and the job is tried again.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return False
    for _look in range(OLDER_VIEWS_LOOKS):
        if not _rows_copied_though_dead():
            return True
        time.sleep(OLDER_VIEWS_PAUSE_SECONDS)
    raise OperationalError("an older transaction still sees ballots that were replaced")


def _rows_copied_though_dead() -> int:
    """Writes the box anew; how many replaced rows had to come along: the first number of the notice's detail."""
    connection.ensure_connection()
    notices = connection.connection.notices
    notices.clear()
    with connection.cursor() as cursor:
        cursor.execute(f"VACUUM (FULL, VERBOSE) {connection.ops.quote_name(BallotChoice._meta.db_table)}")  # noqa: SLF001
    told = [found for notice in notices if (found := re.search(r"\n\w+:\s+(\d+)", notice))]
    if not told:
        raise OperationalError("the server did not tell how many replaced ballots it kept")
    return int(told[-1][1])


def has_voted(entry: Entry, seat: Seat) -> bool:
    return BallotParticipation.objects.filter(entry=entry, seat=seat).exists()


def turnout(meeting: Meeting) -> dict[int, int]:
    """How many have voted on each entry, by the register; what they voted is nobody's business before the count."""
    register = BallotParticipation.objects.filter(entry__meeting=meeting)
    return dict(register.values_list("entry").annotate(cast=Count("pk")))


def mismatches() -> list[str]:
    """A sentence for every entry whose box disagrees with its register or its count; never says how many of what.

    Whether each ballot opens is asked at any time; what the ballots say is counted only once the box is closed.
    """
    with steady_view():  # so that no vote comes between the two tables
        entries = Entry.objects.exclude(ballot_state=BallotState.CLOSED).select_related("outcome")
        return [sentence for entry in entries for sentence in _mismatches(entry)]


def _mismatches(entry: Entry) -> Iterator[str]:
    outcome = getattr(entry, "outcome", None)
    if (entry.ballot_state == BallotState.SEALED) != (outcome is not None):
        yield f"entry {entry.public_id}: sealed and counted do not go together"
    if BallotChoice.objects.filter(entry=entry).count() != len(_register(entry)):
        yield f"entry {entry.public_id}: ballots and participations differ"
        return
    try:
        box = Counter(_choices(entry))
    except SealError:
        yield f"entry {entry.public_id}: a ballot was altered or brought from elsewhere, or its key is gone"
        return
    if outcome and [outcome.consent, outcome.against, outcome.abstain] != [
        box[Choice.CONSENT], box[Choice.AGAINST], box[Choice.ABSTAIN]
    ]:  # fmt: skip
        yield f"entry {entry.public_id}: a recount differs from the recorded result"


def _register_and_refill(entry: Entry, seat: Seat, choice: str) -> None:
    choices = [*_choices(entry), choice]
    BallotParticipation.objects.create(entry=entry, seat=seat)
    register = register_sha256(_register(entry))
    BallotChoice.objects.filter(entry=entry).delete()
    _chance.shuffle(choices)
    rows = [(uuid.uuid4(), one) for one in choices]
    BallotChoice.objects.bulk_create(
        BallotChoice(pk=row, entry=entry, choice=seal(one, entry=entry.public_id, register=register, row=row))
        for row, one in rows
    )


def _register(entry: Entry) -> list[tuple[uuid.UUID, int]]:
    return list(BallotParticipation.objects.filter(entry=entry).values_list("pk", "seat_id"))


def _choices(entry: Entry) -> list[str]:
    """What the box holds. Raises SealError where it is not exactly what the votes on the register put there."""
    votes = _register(entry)
    register = register_sha256(votes)
    rows = list(BallotChoice.objects.filter(entry=entry).values_list("pk", "choice"))
    if len(rows) != len(votes):
        raise SealError(f"ballots and participations of entry {entry.public_id} differ")
    return [opened(sealed, entry=entry.public_id, register=register, row=row) for row, sealed in rows]


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
