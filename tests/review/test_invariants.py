"""Each truth of review notices its breach; that they hold is asked by the fixtures after every test of the room."""

import pytest
from django.db import transaction

from applications.models import Application
from portal import clock, invariants
from review.models import BallotChoice, Meeting, Outcome, Recusal, Seat
from tests.review import walk


def breaches() -> set[str]:
    return {found.invariant for found in invariants.check() if found.invariant.startswith("review.")}


@pytest.fixture
def closed(world, voting) -> Meeting:
    return walk.decided(world, voting)


def recuse_a_voter(meeting: Meeting) -> None:
    seat = walk.seats(meeting)[0]
    Recusal.objects.create(
        seat=seat, entry=walk.entries(meeting)[0], reason="relative", origin="declared", at=clock.now()
    )


@pytest.mark.parametrize(
    ("breach", "name"),
    [
        (lambda _meeting: BallotChoice.objects.first().delete(), "ballots_match_participations"),
        (lambda _meeting: Outcome.objects.update(passed=False), "passed_by_ballot"),
        (lambda meeting: Seat.objects.filter(meeting=meeting).update(attended=False), "only_those_present_vote"),
        (lambda meeting: meeting.draws.update(result="[]"), "draws_repeat"),
        (recuse_a_voter, "nobody_judges_a_recused_case"),
        (
            lambda meeting: Seat.objects.filter(pk=walk.seats(meeting)[0].pk).update(pseudonym="somebody else"),
            "seats_are_the_drawn_panel",
        ),
        (lambda meeting: Meeting.objects.filter(pk=meeting.pk).update(panel_size=13), "meetings_sit_in_full"),
    ],
    ids=["ballots", "passed", "present", "draw", "recused", "seated", "in full"],
)
def test_each_notices_its_breach(closed, breach, name):
    assert breaches() == set()
    with transaction.atomic():
        breach(closed)
        assert f"review.{name}" in breaches()
        transaction.set_rollback(True)


def test_a_pass_without_any_meeting_is_noticed(application):
    with transaction.atomic():
        Application.objects.filter(pk=application.pk).update(status="passed")
        assert "review.passed_by_ballot" in breaches()
        transaction.set_rollback(True)
