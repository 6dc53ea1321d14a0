"""What the experts nobody plays do in the demonstration: accept and commit, vote. Through services, as themselves."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal import demo_bar
from portal.demo import PERSONAS
from portal.models import User
from review.models import BallotState, Choice, Entry, MeetingState, Seat, SeatState
from review.services import answer_invitation, cast, commit, has_voted

PLAYED = frozenset(persona.username for persona in PERSONAS)


def register() -> None:
    """Adds the acts to the demonstration's bar."""
    demo_bar.register_act("其他专家接受邀请并承诺", accept_and_commit, available=_anyone_unready, key="review-accept")
    demo_bar.register_act("其他专家投票", vote, available=_anyone_to_vote, key="review-vote")


def accept_and_commit(_user: User | None = None) -> str:
    """Everybody nobody plays accepts the invitation and signs the commitment."""
    ready = 0
    for seat in _unready():
        if seat.state == SeatState.DRAWN:
            answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
        commit(by=seat.expert.user, seat=seat)
        ready += 1
    return _("%(count)d 位专家已接受邀请并签署承诺书。") % {"count": ready}


def vote(_user: User | None = None) -> str:
    """Everybody nobody plays who attends votes on what is open: one against, the others for."""
    votes = 0
    for entry in Entry.objects.filter(ballot_state=BallotState.OPEN).select_related("meeting"):
        for number, seat in enumerate(_voters(entry)):
            cast(by=seat.expert.user, entry=entry, choice=Choice.AGAINST if number == 0 else Choice.CONSENT)
            votes += 1
    return _("其他到会专家已投票 %(count)d 张。") % {"count": votes}


def _unready() -> QuerySet[Seat]:
    return (
        Seat.objects.taken()
        .filter(meeting__state=MeetingState.DRAWN, committed_at__isnull=True)
        .exclude(expert__user__username__in=PLAYED)
        .select_related("expert__user", "meeting")
    )


def _voters(entry: Entry) -> list[Seat]:
    seats = entry.meeting.seats.filter(attended=True).exclude(recusals__entry=entry)
    unplayed = seats.exclude(expert__user__username__in=PLAYED).select_related("expert__user")
    return [seat for seat in unplayed if not has_voted(entry, seat)]


def _anyone_unready(_user: User | None) -> bool:
    return _unready().exists()


def _anyone_to_vote(_user: User | None) -> bool:
    voting = Entry.objects.filter(ballot_state=BallotState.OPEN).select_related("meeting")
    return any(_voters(entry) for entry in voting)
