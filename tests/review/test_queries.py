"""Lists and detail pages ask the same number of questions of the database, however many rows they show."""

from datetime import datetime, time

import pytest
from django.test import Client

from applications.models import Application
from portal import clock
from review import services
from review.models import Meeting
from tests.costs import cost
from tests.review import walk


@pytest.fixture
def office(world) -> Client:
    client = Client()
    client.force_login(world.people["sun"])
    return client


def costs_of(client: Client, meeting: Meeting) -> list[int]:
    return [cost(client, "review:meeting_list"), cost(client, "review:meeting_detail", meeting.public_id)]


@pytest.mark.pins({"review:meeting_list": 13, "review:meeting_detail": 19})
def test_meeting_pages_with_one_and_thirty_rows_at_every_stage(world, round_, office):
    """Planned, drawn, open with everybody there, and voting: a big meeting costs at each what a small one does."""

    def walked(applications: list[Application]) -> dict[str, list[int]]:
        meeting = walk.plan(world, applications)
        costs = {"planned": costs_of(office, meeting)}
        walk.draw(world, meeting)
        costs["drawn"] = costs_of(office, meeting)
        with clock.frozen(clock.now()):
            walk.open_with_everybody(world, meeting)
            costs["open"] = costs_of(office, meeting)
            walk.open_ballots(world, meeting)
            costs["voting"] = costs_of(office, meeting)
        return costs

    alone = walked([walk.accepted_application(world, round_, "lin")])
    assert walked([walk.accepted_application(world, round_, f"many{n:02d}") for n in range(30)]) == alone


@pytest.mark.pins({"review:meeting_plan": 14})
def test_the_form_of_a_plan_over_one_application_and_over_thirty(world, round_, office):
    walk.accepted_application(world, round_, "lin")
    alone = cost(office, "review:meeting_plan", round_.public_id)
    for number in range(29):
        walk.accepted_application(world, round_, f"many{number:02d}")

    assert cost(office, "review:meeting_plan", round_.public_id) == alone


@pytest.mark.pins({"review:attendance_mark": 13})
def test_the_attendance_of_a_small_panel_and_of_a_large_one(world, round_, office):
    """No panel has thirty members, so a small one is compared with a large one."""
    costs = []
    for size, who in ((5, "lin"), (15, "zhou")):
        meeting = walk.draw(world, walk.plan(world, [walk.accepted_application(world, round_, who)], panel_size=size))
        with clock.frozen(clock.now()):
            walk.everybody_accepts(meeting)
            clock.move_to(datetime.combine(meeting.held_on, time(9), tzinfo=clock.ZONE))
            services.open_meeting(by=world.people["sun"], meeting=meeting)
            costs.append(cost(office, "review:attendance_mark", meeting.public_id))
    assert costs[0] == costs[1]


@pytest.mark.pins({"review:seat_detail": 15})
def test_seat_pages_with_one_and_thirty_rows(world, round_):
    costs = []
    for size in (1, 30):
        people = [walk.accepted_application(world, round_, f"size{size}n{n}") for n in range(size)]
        meeting = walk.draw(world, walk.plan(world, people))
        walk.everybody_accepts(meeting)
        seat = walk.seats(meeting)[0]
        client = Client()
        client.force_login(seat.expert.user)
        costs.append(cost(client, "review:seat_detail", seat.public_id))
    assert costs[0] == costs[1]
