"""The same line through pages: office, expert, watch; and who does not get in."""

import json
from datetime import datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from applications.status import Status
from portal import clock
from portal.models import AuditEntry
from review.models import BallotChoice, Meeting, Opinion, Seat
from review.services import answer_invitation, commit
from rules import catalog
from tests.review import walk

LAW = {"sun": 200, "chen": 200, "feng": 200, "zheng": 404, "wang": 404, "lin": 404, "zhou": 404}


def post(client: Client, name: str, key, **data):
    return client.post(reverse(f"review:{name}", args=[key]), data)


def expert_of(meeting: Meeting, place: int = 0) -> Seat:
    return walk.seats(meeting)[place]


def sitting(seat: Seat) -> Client:
    client = Client()
    client.force_login(seat.expert.user)
    return client


@pytest.mark.duty("TJ27-023", "TJ27-024", "TJ39-033", "TJ23-005", "TJ23-044", "TJ23-046", "TJ23-047")
def test_the_office_walks_a_meeting_through_its_pages(world, round_, application, enter):
    office = enter("sun")
    plan = {
        "held_on": (clock.today() + timedelta(days=9)).isoformat(),
        "panel_size": 11,
        "shares_bind": "on",
        "place": "第一会议室",
        "applications": [application.pk],
    }
    assert post(office, "meeting_plan", round_.public_id, **plan).status_code == 302
    meeting = Meeting.objects.get()
    assert post(office, "meeting_draw", meeting.public_id, public_value=walk.VALUE).status_code == 302
    meeting.refresh_from_db()
    assert sum(seat.expert.skilled for seat in walk.seats(meeting)) >= 1
    for seat in walk.seats(meeting):
        expert = sitting(seat)
        assert post(expert, "seat_answer", seat.public_id, accepts="yes").status_code == 302
        assert post(expert, "seat_commit", seat.public_id, agreed="on").status_code == 302
    clock.move_to(datetime.combine(meeting.held_on, time(9), tzinfo=clock.ZONE))
    assert post(office, "meeting_open", meeting.public_id).status_code == 302
    present = [seat.pk for seat in walk.seats(meeting)]
    assert post(office, "attendance_mark", meeting.public_id, seats=present).status_code == 302
    entry = walk.entries(meeting)[0]
    assert post(office, "ballot_open", entry.public_id).status_code == 302
    for place, seat in enumerate(walk.seats(meeting)):
        choice = "consent" if place < 8 else "against"
        assert post(sitting(seat), "ballot_cast", entry.public_id, choice=choice).status_code == 302
    page = office.get(reverse("review:meeting_detail", args=[meeting.public_id])).content.decode()
    assert "计票前不显示" in page
    assert "投票中，已投 11 人" in page
    assert post(office, "ballot_close", entry.public_id).status_code == 302
    assert post(office, "meeting_close", meeting.public_id).status_code == 302
    assert post(office, "result_publish", meeting.public_id).status_code == 302
    application.refresh_from_db()
    assert application.status == Status.IN_NOTICE
    notice = application.notice_entries.get().notice
    assert (notice.kind, notice.days, notice.posted_on) == ("result", 5, meeting.held_on)
    told = office.get(reverse("review:draw_transcript", args=[meeting.public_id])).content.decode()
    assert "复核通过" in told
    early = post(office, "result_confirm", meeting.public_id).content.decode()
    assert "暂不确认" in early


@pytest.mark.parametrize("name", ["meeting_detail", "draw_transcript", "draw_transcript_file"])
def test_a_meeting_is_shown_to_its_office_and_the_watch_alone(drawn, enter, name):
    address = reverse(f"review:{name}", args=[drawn.public_id])
    assert {person: enter(person).get(address).status_code for person in LAW} == LAW
    assert Client().get(address).status_code == 302


@pytest.mark.duty("TJ27-043")
def test_the_watch_reads_on_record_and_does_not_act(drawn, enter):
    watch = enter("chen")
    page = watch.get(reverse("review:meeting_detail", args=[drawn.public_id])).content.decode()
    assert "开始签到" not in page.split("上会申报")[0].split("stage-track")[1].split("</ol>")[1]
    assert post(watch, "meeting_open", drawn.public_id).status_code == 403
    watch.get(reverse("review:draw_transcript_file", args=[drawn.public_id]))
    sampled = AuditEntry.objects.filter(scope=drawn.scope, actor="陈监督").order_by("sequence")
    assert list(sampled.values_list("act", flat=True)) == ["meeting.observe", "draw.export"]


@pytest.mark.parametrize(
    "name",
    [
        "meeting_draw",
        "meeting_supplement",
        "meeting_postpone",
        "meeting_open",
        "attendance_mark",
        "meeting_close",
        "result_publish",
        "result_confirm",
    ],
)
def test_acts_of_the_office_are_its_own(planned, enter, name):
    address = reverse(f"review:{name}", args=[planned.public_id])
    got = {person: enter(person).get(address).status_code for person in LAW}
    assert got == {**dict.fromkeys(LAW, 403), "sun": 200, "zheng": 404}


@pytest.mark.duty("TJ23-044")
def test_a_refused_act_says_why_and_keeps_what_was_typed(world, round_, application, enter):
    soon = (clock.today() + timedelta(days=3)).isoformat()
    refused = post(
        enter("sun"), "meeting_plan", round_.public_id, held_on=soon, panel_size=11, applications=[application.pk]
    )
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "7 日前" in page
    assert f'value="{soon}"' in page


@pytest.mark.duty("TJ39-033")
def test_names_of_experts_stay_closed_to_applicants_and_employers(drawn, enter):
    for name in ("lin", "wang", "zhou"):
        client = enter(name)
        assert client.get(reverse("review:meeting_list")).status_code == 403
        assert client.get(reverse("review:pool_list")).status_code == 403
        assert "评委" not in client.get(reverse("review:seat_list")).content.decode().split("<main")[1]


def test_the_dossier_opens_with_the_commitment_and_closes_with_the_recusal(world, drawn):
    seat, entry = expert_of(drawn), walk.entries(drawn)[0]
    client, address = sitting(seat), reverse("review:entry_read", args=[entry.public_id])
    assert client.get(address).status_code == 404
    answer_invitation(by=seat.expert.user, seat=seat, accepts=True)
    assert client.get(address).status_code == 404
    commit(by=seat.expert.user, seat=seat)
    assert client.get(address).status_code == 200
    assert post(client, "entry_recuse", entry.public_id, reason="relative", detail="表兄").status_code == 302
    assert client.get(address).status_code == 404
    assert post(client, "ballot_cast", entry.public_id, choice="consent").status_code == 404


def test_who_declined_sees_nothing_of_the_meeting_any_more(drawn):
    seat = walk.replaceable(drawn)[0]
    client = sitting(seat)
    assert post(client, "seat_answer", seat.public_id, accepts="no").status_code == 409
    assert post(client, "seat_answer", seat.public_id, accepts="no", reason="出差").status_code == 302
    assert client.get(reverse("review:seat_detail", args=[seat.public_id])).status_code == 404


def test_a_seat_is_its_experts_alone(drawn, enter):
    seat, other = expert_of(drawn, 0), expert_of(drawn, 1)
    for name in ("seat_detail", "seat_answer", "seat_commit"):
        address = reverse(f"review:{name}", args=[seat.public_id])
        assert sitting(other).get(address).status_code == 404
        assert enter("sun").get(address).status_code == 404


@pytest.mark.duty("TJ23-046")
def test_opinions_are_signed_online_and_seen_by_nobody_else(voting):
    entry = walk.entries(voting)[0]
    first, second = expert_of(voting, 0), expert_of(voting, 1)
    assert post(sitting(first), "entry_read", entry.public_id, text="业绩扎实，同意晋升。").status_code == 302
    assert post(sitting(first), "entry_read", entry.public_id, text="  ").status_code == 422
    assert "业绩扎实" not in sitting(second).get(reverse("review:entry_read", args=[entry.public_id])).content.decode()
    assert Opinion.objects.get().text == "业绩扎实，同意晋升。"


def test_a_double_click_votes_once(voting):
    entry, seat = walk.entries(voting)[0], expert_of(voting)
    assert post(sitting(seat), "ballot_cast", entry.public_id, choice="consent").status_code == 302
    assert post(sitting(seat), "ballot_cast", entry.public_id, choice="consent").status_code == 409
    assert BallotChoice.objects.count() == 1


def test_the_downloaded_transcript_is_the_published_one(world, voting, enter):
    meeting = walk.decided(world, voting)
    got = enter("chen").get(reverse("review:draw_transcript_file", args=[meeting.public_id]))
    from scripts import verify_draw_standalone as standalone

    told = json.loads(got.content)
    assert standalone.check(told, told["filed"]) == told["panel"]


@pytest.mark.duty("TJ39-032")
def test_a_committee_whose_filing_lapsed_plans_nothing(world, round_, application, enter):
    committee = round_.committee
    committee.filed_until = clock.today()
    committee.save()
    day = (clock.today() + timedelta(days=9)).isoformat()
    refused = post(
        enter("sun"), "meeting_plan", round_.public_id, held_on=day, panel_size=11, applications=[application.pk]
    )
    assert refused.status_code == 409
    assert "备案有效期" in refused.content.decode()
    assert Meeting.objects.count() == 0


@pytest.mark.duty("TJ27-010", "TJ27-012", "TJ27-013", "TJ27-014", "TJ27-047", "TJ23-004", "TJ23-031")
def test_the_pool_page_shows_every_duty_with_its_clause(world, round_, enter):
    address = reverse("review:pool_detail", args=[world.units["committee"].public_id])
    page = enter("sun").get(address).content.decode()
    assert page.count("正文四(一)") == 5
    assert page.count("2023年度通知") >= 2
    assert "不符合" not in page
    assert {person: enter(person).get(address).status_code for person in LAW} == LAW


@pytest.mark.duty("TJ27-048")
def test_experts_are_enrolled_for_the_directions_that_applicants_choose(world, enter):
    page = enter("sun").get(reverse("review:pool_enrol", args=[world.units["committee"].public_id]))
    offered = [code for code, _label in page.context["form"].fields["directions"].choices]
    assert offered == [one.code for one in catalog.get("tianjin-lithium-2022").procedure.directions]


@pytest.mark.duty("TJ27-011", "TJ39-034")
def test_an_expert_is_enrolled_and_taken_out_again(world, round_, enter):
    office, committee = enter("sun"), world.units["committee"]
    facts = {
        "username": "zhou",
        "title_level": "full_senior",
        "employer_kind": "private_enterprise",
        "unit_name": world.units["employer"].name,
        "directions": ["cells"],
        "term_from": "2025-03-01",
        "term_until": "2028-02-29",
    }
    assert post(office, "pool_enrol", committee.public_id, **facts).status_code == 302
    assert post(office, "pool_enrol", committee.public_id, **facts).status_code == 409
    assert post(office, "pool_enrol", committee.public_id, **{**facts, "username": "nobody"}).status_code == 422
    assert (
        post(office, "pool_enrol", committee.public_id, **{**facts, "title_level": "intermediate"}).status_code == 422
    )
    assert post(office, "pool_enrol", committee.public_id, **{**facts, "directions": []}).status_code == 422
    from review.models import PoolMember

    member = PoolMember.objects.get(expert__user__username="zhou")
    assert member.expert.organization == world.units["employer"]
    assert post(office, "pool_member_end", member.public_id, reason="泄露名单", struck_off="on").status_code == 302
    member.refresh_from_db()
    assert (member.state, member.ended_reason) == ("struck_off", "泄露名单")


@pytest.mark.parametrize(
    ("name", "person"),
    [("meeting_list", "sun"), ("pool_list", "sun"), ("seat_list", "qian"), ("meeting_list", "chen")],
)
def test_lists_open_before_there_is_anything(world, enter, name, person):
    assert enter(person).get(reverse(f"review:{name}")).status_code == 200


def test_the_office_orders_a_recusal(voting, enter):
    entry, seat = walk.entries(voting)[0], expert_of(voting)
    address = reverse("review:entry_read", args=[entry.public_id])
    assert sitting(seat).get(address).status_code == 200
    ordered = post(enter("sun"), "recusal_order", entry.public_id, seat=seat.pk, reason="relative", detail="举报属实")
    assert ordered.status_code == 302
    assert sitting(seat).get(address).status_code == 404
    assert post(enter("zheng"), "recusal_order", entry.public_id, seat=seat.pk, reason="other").status_code == 404
