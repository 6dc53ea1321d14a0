"""Lists and detail pages ask the same number of questions of the database, however many rows they show."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal import clock
from tests.review import walk


def asked(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.fixture
def office(world) -> Client:
    client = Client()
    client.force_login(world.people["sun"])
    return client


def test_meeting_pages_with_one_and_thirty_rows(world, round_, office):
    first = walk.plan(world, [walk.accepted_application(world, round_, "lin")])
    listed, detail = reverse("review:meeting_list"), reverse("review:meeting_detail", args=[first.public_id])
    alone = asked(office, listed), asked(office, detail)
    many = [walk.accepted_application(world, round_, f"many{n:02d}") for n in range(30)]
    second = walk.plan(world, many)
    third = walk.plan(
        world, [walk.accepted_application(world, round_, "zhou")], held_on=clock.today() + timedelta(days=20)
    )
    crowded = reverse("review:meeting_detail", args=[second.public_id])
    assert (asked(office, listed), asked(office, crowded)) == alone
    assert third.entries.count() == 1


def test_seat_pages_with_one_and_thirty_rows(world, round_):
    counts = []
    for size in (1, 30):
        people = [walk.accepted_application(world, round_, f"size{size}n{n}") for n in range(size)]
        meeting = walk.draw(world, walk.plan(world, people))
        walk.everybody_accepts(meeting)
        seat = walk.seats(meeting)[0]
        client = Client()
        client.force_login(seat.expert.user)
        counts.append(asked(client, reverse("review:seat_detail", args=[seat.public_id])))
    assert counts[0] == counts[1]
