"""Two people at the same moment, on real row locks: exactly one outcome, nothing lost, nothing counted twice."""

import threading
from collections.abc import Callable
from datetime import datetime, time

import pytest
from django.db import connection, connections

from portal import clock
from review import errors, services, transcript
from review.models import BallotChoice, BallotParticipation, Draw, Entry, Outcome, Seat
from review.services import ballots
from tests.conftest import BUSINESS_NOW
from tests.counts import times
from tests.review import walk

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Runs the acts in a thread and connection each, started together; answers "ok" or the error's name, in order."""
    start, answers = threading.Barrier(len(acts)), [""] * len(acts)

    def run(place: int, act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            act()
            answers[place] = "ok"
        except errors.ReviewError as refused:
            answers[place] = type(refused).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


@pytest.fixture(autouse=True)
def on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time; the race is PostgreSQL's")


def test_vote_against_close(world, voting):
    entry, seats = walk.entries(voting)[0], walk.seats(voting)
    seen = set()
    for number in times(100):
        seat = seats[number % len(seats)]
        voted, closed = at_once(
            lambda seat=seat: services.cast(by=seat.expert.user, entry=Entry.objects.get(), choice="consent"),
            lambda: services.close_ballot(by=world.people["sun"], entry=Entry.objects.get()),
        )
        assert (voted, closed) in {("ok", "ok"), ("WrongState", "ok")}
        counted = int(voted == "ok")
        outcome = Outcome.objects.get()
        assert (outcome.consent, BallotChoice.objects.count(), BallotParticipation.objects.count()) == (counted,) * 3
        assert list(ballots.mismatches()) == []
        seen.add(voted)
        outcome.delete()
        BallotChoice.objects.all().delete()
        BallotParticipation.objects.all().delete()
        Entry.objects.filter(pk=entry.pk).update(ballot_state="open")
    Entry.objects.filter(pk=entry.pk).update(ballot_state="closed")


def test_the_same_expert_twice_at_once(voting):
    entry = walk.entries(voting)[0]
    for seat in walk.seats(voting):
        answers = at_once(
            lambda seat=seat: services.cast(by=seat.expert.user, entry=Entry.objects.get(), choice="consent"),
            lambda seat=seat: services.cast(by=seat.expert.user, entry=Entry.objects.get(), choice="against"),
        )
        assert sorted(answers) == ["AlreadyVoted", "ok"]
    assert (
        BallotChoice.objects.filter(entry=entry).count()
        == BallotParticipation.objects.filter(entry=entry).count()
        == 11
    )


def test_everybody_at_once(voting):
    answers = at_once(
        *[
            lambda seat=seat: services.cast(by=seat.expert.user, entry=Entry.objects.get(), choice="consent")
            for seat in walk.seats(voting)
        ]
    )
    assert answers == ["ok"] * 11
    assert BallotChoice.objects.count() == BallotParticipation.objects.count() == 11


def test_recusal_against_vote(voting):
    entry = walk.entries(voting)[0]
    for seat in walk.seats(voting):
        voted, recused = at_once(
            lambda seat=seat: services.cast(by=seat.expert.user, entry=Entry.objects.get(), choice="consent"),
            lambda seat=seat: services.declare_recusal(
                by=seat.expert.user, seat=seat, entry=Entry.objects.get(), reason="relative"
            ),
        )
        assert (voted, recused) in {("ok", "WrongState"), ("NotYours", "ok")}
    assert BallotParticipation.objects.filter(entry=entry, seat__recusals__entry=entry).count() == 0


def test_two_declines_are_two_rounds(drawn):
    first, second = walk.replaceable(drawn)[:2]
    answers = at_once(
        lambda: services.answer_invitation(by=first.expert.user, seat=first, accepts=False, reason="出差"),
        lambda: services.answer_invitation(by=second.expert.user, seat=second, accepts=False, reason="生病"),
    )
    assert answers == ["ok", "ok"]
    assert list(Draw.objects.order_by("number").values_list("number", flat=True)) == [1, 2, 3]
    assert Seat.objects.taken().count() == 11
    assert clock.now() == BUSINESS_NOW


def test_a_decline_against_the_opening_of_the_meeting(world, drawn):
    """Either the decline is too late, or the meeting is not opened with the new member's answer outstanding."""
    walk.everybody_accepts(drawn)
    clock.move_to(datetime.combine(drawn.held_on, time(9), tzinfo=clock.ZONE))
    seat = walk.replaceable(drawn)[0]
    declined, opened = at_once(
        lambda: walk.decline(seat),
        lambda: services.open_meeting(by=world.people["sun"], meeting=type(drawn).objects.get()),
    )
    assert (declined, opened) in {("ok", "ReviewError"), ("WrongState", "ok")}


def test_two_clerks_file_a_supplement_and_draw_it_at_once(world, drawn):
    walk.decline(walk.the_skilled(drawn))
    walk.enrol(world, "xin")
    by, meeting = world.people["sun"], type(drawn).objects
    file = lambda: services.file_supplement(by=by, meeting=meeting.get())  # noqa: E731  one act, twice
    assert sorted(at_once(file, file)) == ["WrongState", "ok"]
    draw = lambda: services.draw_panel(by=by, meeting=meeting.get(), public_value=walk.LATER_VALUE)  # noqa: E731
    assert sorted(at_once(draw, draw)) == ["WrongState", "ok"]
    assert (Draw.objects.count(), Seat.objects.taken().count()) == (2, 11)


def test_a_decline_against_the_filing_of_a_supplement(world, drawn):
    """What is filed keeps who declined later; that place is drawn again right after."""
    walk.decline(walk.the_skilled(drawn))
    walk.enrol(world, "xin")
    seat = walk.replaceable(drawn)[0]
    meeting = type(drawn).objects
    answers = at_once(
        lambda: walk.decline(seat), lambda: services.file_supplement(by=world.people["sun"], meeting=meeting.get())
    )
    assert answers == ["ok", "ok"]
    walk.draw_supplement(world, meeting.get())
    assert Seat.objects.taken().count() == 11
    assert transcript.verify(services.transcript_of(meeting.get(), opened=True))


def test_two_clerks_draw_at_once(world, planned):
    draw = lambda: services.draw_panel(  # noqa: E731  one act, twice
        by=world.people["sun"], meeting=type(planned).objects.get(), public_value=walk.VALUE
    )
    assert sorted(at_once(draw, draw)) == ["WrongState", "ok"]
    assert Seat.objects.count() == 11
