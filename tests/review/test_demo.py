"""The demonstration: the pool, what the other experts do, the way to the meeting, the to-do list."""

import pytest

from portal import worklist
from review import demo_acts, entrances, services
from review.models import PoolMember, Seat


def test_the_pool_of_the_demonstration_is_lawful_with_room(world, round_):
    found = services.composition_of(world.units["committee"], round_.policy_id, round_.opens_on)
    assert [finding.duty for finding in found if not finding.holds] == []
    assert PoolMember.objects.count() == 36


def test_the_other_experts_answer_and_commit(world, drawn):
    demo_acts.accept_and_commit()
    waiting = drawn.seats.filter(committed_at__isnull=True).values_list("expert__user__username", flat=True)
    assert set(waiting) <= {"qian"}
    assert not demo_acts._anyone_unready(None)


def test_the_other_experts_vote(world, voting):
    assert demo_acts._anyone_to_vote(None)
    demo_acts.vote()
    assert not demo_acts._anyone_to_vote(None)


def test_the_way_leads_to_the_next_meeting(world, planned):
    assert entrances.next_meeting(None).date() == planned.held_on


@pytest.mark.parametrize("state", ["drawn"])
def test_an_invitation_waits_on_the_experts_list(world, drawn, state):
    seat = Seat.objects.filter(state=state).select_related("expert__user").first()
    items = [item.title for item in worklist.items_for(seat.expert.user)]
    assert "待答复的评审邀请" in items
