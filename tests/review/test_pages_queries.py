"""The pages of review that test_queries.py does not count: pools, seats, the dossier, the transcript, the start page."""

import pytest
from django.test import Client

from portal.models import Organization, OrganizationKind
from review.models import Meeting, PoolMember, PoolState, Seat
from tests.applications.filed import filed
from tests.costs import cost
from tests.review import walk


@pytest.mark.pins({"review:pool_list": 11, "review:pool_detail": 17})
def test_pools(world, round_, enter):
    committee, sun = world.units["committee"], enter("sun")
    others = PoolMember.objects.filter(committee=committee).order_by("pk")[1:]
    PoolMember.objects.filter(pk__in=[member.pk for member in others]).update(
        state=PoolState.ENDED, ended_reason="届满"
    )

    def counts() -> list[int]:
        return [cost(sun, "review:pool_list"), cost(sun, "review:pool_detail", committee.public_id)]

    alone = counts()
    PoolMember.objects.filter(committee=committee).update(state=PoolState.ACTIVE, ended_reason="")
    for number in range(29):
        Organization.objects.create(
            name=f"评委会{number}", kind=OrganizationKind.COMMITTEE, parent=world.units["office"]
        )

    assert counts() == alone
    assert PoolMember.objects.filter(committee=committee, state=PoolState.ACTIVE).count() >= 30


@pytest.mark.pins({"review:seat_list": 11, "review:draw_transcript": 14})
def test_the_seats_of_an_expert_and_the_transcript(world, drawn, enter):
    walk.everybody_accepts(drawn)
    seat = walk.seats(drawn)[0]
    expert, sun = Client(), enter("sun")
    expert.force_login(seat.expert.user)
    alone = cost(expert, "review:seat_list")
    short = cost(sun, "review:draw_transcript", drawn.public_id)
    copies = [Meeting.objects.create(**_copied(drawn), round=drawn.round) for _number in range(29)]
    Seat.objects.bulk_create(Seat(**_copied(seat), meeting=copy) for copy in copies)
    assert (Seat.objects.of(seat.expert.user).count(), cost(expert, "review:seat_list")) == (30, alone)
    Seat.objects.filter(meeting__in=copies).delete()
    Meeting.objects.filter(pk__in=[copy.pk for copy in copies]).delete()  # nothing was drawn for them
    crowd = [walk.accepted_application(world, drawn.round, f"many{number:02d}") for number in range(30)]
    crowded = walk.draw(world, walk.plan(world, crowd))

    assert cost(sun, "review:draw_transcript", crowded.public_id) == short


@pytest.mark.pins({"review:entry_read": 14})
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
        counts.append(cost(expert, "review:entry_read", meeting.entries.get().public_id))
    assert counts[0] == counts[1]


@pytest.mark.pins({"portal:home": 34})
@pytest.mark.parametrize(("who", "at"), [("wang", "employer"), ("zhao", "supervisor"), ("sun", "office")])
def test_the_start_page_of_those_who_have_thirty_to_decide(world, round_, enter, who, at):
    client = enter(who)
    filed(world, round_, "lin", at=at)
    alone = cost(client, "portal:home")
    for number in range(29):
        filed(world, round_, f"many{number:02d}", at=at)

    assert cost(client, "portal:home") == alone


def _copied(row) -> dict[str, object]:
    """The columns of a row, without what is its own."""
    own = {"id", "public_id", "meeting", "round"}
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if field.name not in own}
