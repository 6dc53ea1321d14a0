"""A panel short of members through pages, and a ballot box that was touched."""

from django.test import Client
from django.urls import reverse

from portal.demo import World
from review.models import BallotChoice, Meeting, Seat
from tests.review import walk


def enter(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name])
    return client


def shown(client: Client, meeting: Meeting) -> str:
    return client.get(reverse("review:meeting_detail", args=[meeting.public_id])).content.decode()


def address(name: str, meeting: Meeting) -> str:
    return reverse(f"review:{name}", args=[meeting.public_id])


def test_an_expert_declines_on_a_page_and_the_seat_is_closed_to_them(drawn):
    seat = walk.the_skilled(drawn)
    expert = Client()
    expert.force_login(seat.expert.user)
    answer = reverse("review:seat_answer", args=[seat.public_id])
    assert expert.post(answer, {"accepts": "no"}).status_code == 409
    told = expert.post(answer, {"accepts": "no", "reason": "出差"}, follow=True)
    assert told.redirect_chain == [(reverse("review:seat_list"), 302)]
    assert "已登记不能参加" in told.content.decode()
    assert Seat.objects.get(pk=seat.pk).state == "declined"
    assert expert.get(reverse("review:seat_detail", args=[seat.public_id])).status_code == 404
    assert expert.post(answer, {"accepts": "no", "reason": "出差"}).status_code == 404


def test_the_office_is_led_from_the_shortage_to_the_drawn_supplement(world, drawn):
    walk.decline(walk.the_skilled(drawn))
    office, watch = enter(world, "sun"), enter(world, "chen")
    page = shown(office, drawn)
    assert [words for words in ("缺员 1 人", "高技能人才专家不足", "补充专家库") if words not in page] == []
    assert (address("meeting_open", drawn) in page, address("meeting_supplement", drawn) in page) == (False, False)
    assert "缺员" in office.get(reverse("review:meeting_list")).content.decode()
    observed = shown(watch, drawn)
    assert ("缺员 1 人" in observed, reverse("review:pool_list") in observed.split("<h1")[1]) == (True, False)

    refused = office.post(address("meeting_supplement", drawn))
    assert (refused.status_code, "高技能人才专家不足" in refused.content.decode()) == (409, True)
    walk.enrol(world, "xin")
    assert address("meeting_supplement", drawn) in shown(office, drawn)
    assert watch.post(address("meeting_supplement", drawn)).status_code == 403
    assert office.post(address("meeting_supplement", drawn)).status_code == 302
    assert address("meeting_draw", drawn) in shown(office, drawn)

    draw = address("meeting_draw", drawn)
    assert office.post(draw, {"public_value": ""}).status_code == 422
    again = office.post(draw, {"public_value": walk.VALUE})
    assert (again.status_code, walk.VALUE in again.content.decode()) == (409, True)
    done = office.post(draw, {"public_value": walk.LATER_VALUE}, follow=True).content.decode()
    assert ("已抽取 1 名评委" in done, "缺员" in done) == (True, False)
    told = office.get(address("draw_transcript", drawn)).content.decode()
    assert [words for words in ("第 2 轮", "上报补抽", "其后答复不能参加") if words not in told] == []


def test_a_box_that_was_touched_is_told_to_clerk_and_voter(world, voting):
    entry = walk.entries(voting)[0]
    walk.vote(entry, consent=3)
    BallotChoice.objects.filter(pk=BallotChoice.objects.first().pk).update(choice="consent")
    counted = enter(world, "sun").post(reverse("review:ballot_close", args=[entry.public_id]))
    assert (counted.status_code, "没有计票" in counted.content.decode()) == (409, True)
    voter = Client()
    voter.force_login(walk.seats(voting)[5].expert.user)
    cast = voter.post(reverse("review:ballot_cast", args=[entry.public_id]), {"choice": "consent"})
    assert (cast.status_code, "您的选票未计入" in cast.content.decode()) == (409, True)
    repeat = reverse("review:ballot_repeat", args=[entry.public_id])
    assert enter(world, "sun").post(repeat, {"reason": "票箱核对不符"}).status_code == 302
