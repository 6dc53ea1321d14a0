"""Truths of review that hold at any moment."""

from collections.abc import Iterator

from django.db.models import Count, F, Q

from applications.models import Application
from applications.status import Status
from portal.crypto import DecryptionError
from portal.invariants import invariant
from review import transcript
from review.models import BallotParticipation, Entry, Meeting, MeetingState, Recusal
from review.services.ballots import mismatches
from review.services.draws import transcript_of

DECIDED = (Status.PASSED, Status.IN_NOTICE, Status.CONFIRMED, Status.CERTIFIED)


@invariant("review.ballots_match_participations")
def ballots_match_participations() -> list[str]:
    return mismatches()


@invariant("review.passed_by_ballot")
def passed_by_ballot() -> Iterator[str]:
    """Whoever stands as passed has a counted ballot that passed, in the meeting that decided."""
    passed = Entry.objects.filter(outcome__passed=True)
    for application in Application.objects.filter(status__in=DECIDED).exclude(pk__in=passed.values("application")):
        yield f"application {application.public_id}: {application.status} without a ballot that passed"
    decided = Entry.objects.filter(application__status__in=DECIDED, meeting__state__in=["closed", "published"])
    for entry in decided.exclude(outcome__passed=True):
        yield f"entry {entry.public_id}: stands as passed without a ballot that passed"


@invariant("review.seats_are_the_drawn_panel")
def seats_are_the_drawn_panel() -> Iterator[str]:
    """Seated are those drawn, or kept by a supplement that is filed, without who declined since."""
    for meeting in Meeting.objects.exclude(state=MeetingState.PLANNED).prefetch_related("draws"):
        last = max(meeting.draws.all(), key=lambda draw: draw.number)
        seated = [person for person in last.panel or sorted(last.given["kept"]) if person not in last.declined]
        if sorted(meeting.seats.taken().values_list("pseudonym", flat=True)) != seated:
            yield f"meeting {meeting.public_id}: those seated are not those drawn"


@invariant("review.meetings_sit_in_full")
def meetings_sit_in_full() -> Iterator[str]:
    """No meeting is held with a place of its panel open."""
    begun = Meeting.objects.exclude(state__in=[MeetingState.PLANNED, MeetingState.DRAWN])
    for meeting in begun.annotate(taken=Count("seats", filter=~Q(seats__state="declined"))):
        if meeting.taken != meeting.panel_size:
            yield f"meeting {meeting.public_id}: begun with {meeting.taken} of {meeting.panel_size} members"


@invariant("review.draws_repeat")
def draws_repeat() -> Iterator[str]:
    """Every draw comes out again from its stored input and seed, also while the meeting lies ahead."""
    for meeting in Meeting.objects.exclude(state=MeetingState.PLANNED):
        try:
            transcript.verify(transcript_of(meeting, opened=True))
        except (transcript.TranscriptError, DecryptionError) as wrong:
            yield f"meeting {meeting.public_id}: {wrong}"


@invariant("review.only_those_present_vote")
def only_those_present_vote() -> Iterator[str]:
    """A vote is given by a seat of the entry's own meeting that attends (2023年度通知 四(三))."""
    votes = BallotParticipation.objects.select_related("entry", "seat")
    for vote in votes.exclude(seat__attended=True, seat__meeting=F("entry__meeting")):
        yield f"entry {vote.entry.public_id}: {vote.seat.pseudonym} has voted without attending"


@invariant("review.nobody_judges_a_recused_case")
def nobody_judges_a_recused_case() -> Iterator[str]:
    for recusal in Recusal.objects.select_related("entry"):
        if BallotParticipation.objects.filter(entry=recusal.entry_id, seat=recusal.seat_id).exists():
            yield f"entry {recusal.entry.public_id}: a recused seat has voted"
