"""Public notices: read by anybody, objected to by anybody, cheap to ask for again."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from applications import services
from applications.models import Notice, Objection
from applications.status import Status
from applications.views.objections import OBJECTIONS
from portal import clock
from portal.models import Workday
from tests.applications.filed import filed
from tests.applications.pages import address, words

TYPED = {"text": "其论文署名不实，可向期刊核实。", "contact": "演示 13800007777"}

pytestmark = pytest.mark.unlawful(
    "results are posted without the meeting, which the room above knows", "review.passed_by_ballot"
)


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def passed(world, round_):
    return [filed(world, round_, name, at="office", status=Status.PASSED) for name in ("lin", "zhou")]


@pytest.fixture
def notice(world, round_, passed) -> Notice:
    return services.open_notice(
        kind="result", round=round_, organization=world.units["office"], applications=passed, by=world.people["sun"]
    )


def object_to(client: Client, notice: Notice, place: int = 0, **changes: str):
    entry = notice.entries.all()[place]
    return client.post(address("objection_add", notice.public_id, entry.public_id), TYPED | changes)


@pytest.mark.duty("TJ23-052")
def test_anybody_reads_the_list_and_four_things_of_a_person(notice):
    listed = Client().get(address("notice_list"))
    page = Client().get(address("notice_detail", notice.public_id))

    assert address("notice_detail", notice.public_id) in listed.content.decode()
    for told in ("林申报", "津能示范电池有限公司", "高级工程师", "公示 5 个工作日，至 2025年3月10日 24:00"):
        assert told in words(page)
    for kept in ("120104", "SB", "逐级", "@"):
        assert kept not in words(page)


def test_the_days_are_shown_as_counted(notice):
    days = Client().get(address("notice_detail", notice.public_id)).context["calendar"]

    assert [day.kind for day in days] == ["first", "work", "work", "work", "work", "rest", "rest", "last"]
    assert [day.today for day in days] == [True, *[False] * 7]


@pytest.mark.parametrize("name", ["notice_list", "notice_detail"])
def test_an_unchanged_page_is_answered_with_304(notice, name):
    where = address(name, *([notice.public_id] if name == "notice_detail" else []))
    first = Client().get(where)

    assert Client().get(where, headers={"If-None-Match": first["ETag"]}).status_code == 304
    clock.move_to(notice.closes_at)
    assert Client().get(where, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_an_objection_holds_that_person_alone_and_its_words_are_nowhere_public(notice):
    client = Client()

    lodged = object_to(client, notice)
    page = client.get(lodged.url)

    assert lodged.url == address("notice_detail", notice.public_id)
    assert "异议已登记" in words(page)
    assert list(notice.entries.values_list("held", flat=True)) == [True, False]
    assert TYPED["text"] not in page.content.decode()
    assert TYPED["contact"] not in Objection.objects.get().contact


@pytest.mark.parametrize("missing", ["text", "contact"])
def test_an_objection_without_words_or_contact_is_asked_for_them(notice, missing):
    asked = object_to(Client(), notice, **{missing: " "})

    assert asked.status_code == 422
    back = f'class="btn btn-outline-secondary" href="{address("notice_detail", notice.public_id)}"'
    assert back in asked.content.decode()
    assert not Objection.objects.exists()


def test_objections_are_taken_until_it_is_closed_and_then_the_page_says_where_to_turn(world, notice):
    clock.move_to(notice.closes_at)
    waiting = words(Client().get(address("notice_detail", notice.public_id)))
    assert ("提出异议" in waiting, "结束之前仍接受异议" in waiting) == (True, True)
    assert object_to(Client(), notice).status_code == 302

    services.close_notice(notice=notice, by=world.people["sun"])
    late = object_to(Client(), notice)

    assert (late.status_code, "可以向职称办投诉举报" in words(late)) == (409, True)
    assert "公示已经结束，不再接受异议" in words(late)
    assert "提出异议" not in words(Client().get(address("notice_detail", notice.public_id)))


def test_a_provisional_end_stops_no_objection_and_is_shown_as_one(world, notice):
    Workday.objects.filter(day__year__gte=2025).delete()
    type(notice).objects.filter(pk=notice.pk).update(provisional=True)
    clock.move_to(notice.closes_at + timedelta(days=40))

    page = words(Client().get(address("notice_detail", notice.public_id)))
    lodged = object_to(Client(), notice)

    assert ("截止日期为暂定" in page, "公示期已满" in page) == (True, False)
    assert lodged.status_code == 302
    managed = Client()
    managed.force_login(world.people["sun"])
    assert "公示期满待结束的公示" not in words(managed.get("/"))
    assert (
        address("notice_close", notice.public_id)
        not in managed.get(address("notice_manage", notice.public_id)).content.decode()
    )


def test_objections_of_one_address_are_limited(notice):
    codes = [object_to(Client(), notice, text="").status_code for _ in range(OBJECTIONS.times)]
    stopped = object_to(Client(), notice)
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")

    assert codes == [422] * OBJECTIONS.times
    assert (stopped.status_code, stopped["Retry-After"]) == (429, str(OBJECTIONS.seconds))
    assert object_to(elsewhere, notice).status_code == 302


def test_a_notice_inside_a_unit_is_not_public(world, round_):
    application = filed(world, round_, "lin")
    inside = services.open_notice(
        kind="employer",
        round=round_,
        organization=application.employer,
        applications=[application],
        by=world.people["wang"],
    )
    named = Client()
    named.force_login(world.people["lin"])

    assert Client().get(address("notice_detail", inside.public_id)).status_code == 404
    assert object_to(Client(), inside).status_code == 404
    assert named.get(address("notice_detail", inside.public_id)).status_code == 200
    assert address("notice_detail", inside.public_id) not in Client().get(address("notice_list")).content.decode()


def test_a_withdrawn_notice_is_public_no_more(world, notice):
    services.withdraw_notice(notice=notice, by=world.people["sun"], reason="名单有误。")

    assert Client().get(address("notice_detail", notice.public_id)).status_code == 404


def test_an_entry_of_another_notice_is_not_found(world, notice):
    assert (
        Client()
        .get(address("objection_add", world.people["sun"].public_id, notice.entries.first().public_id))
        .status_code
        == 404
    )
