"""The pages of review that test_queries.py does not count: pools, seats, the dossier, the transcript, the start page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.models import Organization, OrganizationKind
from review.models import Meeting, PoolMember, PoolState, Seat
from tests.applications.filed import filed
from tests.review import walk


def asked(client: Client, name: str, *args) -> int:
    address = reverse(name, args=args)
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


@pytest.fixture
def enter(world):
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name])
        return client

    return signed_in


def test_pools(world, round_, enter):
    committee, sun = world.units["committee"], enter("sun")
    others = PoolMember.objects.filter(committee=committee).order_by("pk")[1:]
    PoolMember.objects.filter(pk__in=[member.pk for member in others]).update(
        state=PoolState.ENDED, ended_reason="届满"
    )

    def counts() -> list[int]:
        return [asked(sun, "review:pool_list"), asked(sun, "review:pool_detail", committee.public_id)]

    alone = counts()
    PoolMember.objects.filter(committee=committee).update(state=PoolState.ACTIVE, ended_reason="")
    for number in range(29):
        Organization.objects.create(
            name=f"评委会{number}", kind=OrganizationKind.COMMITTEE, parent=world.units["office"]
        )

    assert counts() == alone
    assert PoolMember.objects.filter(committee=committee, state=PoolState.ACTIVE).count() >= 30


def test_the_seats_of_an_expert_and_the_transcript(world, drawn, enter):
    walk.everybody_accepts(drawn)
    seat = walk.seats(drawn)[0]
    expert, sun = Client(), enter("sun")
    expert.force_login(seat.expert.user)
    alone = asked(expert, "review:seat_list")
    short = asked(sun, "review:draw_transcript", drawn.public_id)
    copies = [Meeting.objects.create(**_copied(drawn), round=drawn.round) for _number in range(29)]
    Seat.objects.bulk_create(Seat(**_copied(seat), meeting=copy) for copy in copies)
    assert (Seat.objects.of(seat.expert.user).count(), asked(expert, "review:seat_list")) == (30, alone)
    Seat.objects.filter(meeting__in=copies).delete()
    Meeting.objects.filter(pk__in=[copy.pk for copy in copies]).delete()  # nothing was drawn for them
    crowd = [walk.accepted_application(world, drawn.round, f"many{number:02d}") for number in range(30)]
    crowded = walk.draw(world, walk.plan(world, crowd))

    assert asked(sun, "review:draw_transcript", crowded.public_id) == short


def test_the_dossier_an_expert_reads(world, round_):
    counts = []
    for size in (1, 30):
        records = [
            {
                "id": str(year),
                "kind": "assessment",
                "facts": {"year": year, "result": "competent"},
                "details": {},
                "evidence": [],
            }
            for year in range(1990, 1990 + size)
        ]
        one = walk.accepted_application(world, round_, f"of{size}", content={"records": records})
        meeting = walk.draw(world, walk.plan(world, [one]))
        walk.everybody_accepts(meeting)
        expert = Client()
        expert.force_login(walk.seats(meeting)[0].expert.user)
        counts.append(asked(expert, "review:entry_read", meeting.entries.get().public_id))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(("who", "at"), [("wang", "employer"), ("zhao", "supervisor"), ("sun", "office")])
def test_the_start_page_of_those_who_have_thirty_to_decide(world, round_, enter, who, at):
    client = enter(who)
    filed(world, round_, "lin", at=at)
    alone = asked(client, "portal:home")
    for number in range(29):
        filed(world, round_, f"many{number:02d}", at=at)

    assert asked(client, "portal:home") == alone


def _copied(row) -> dict[str, object]:
    """The columns of a row, without what is its own."""
    own = {"id", "public_id", "meeting", "round"}
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in own}
