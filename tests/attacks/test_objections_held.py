"""An objection holds its person until somebody has looked into it: not by luck, not by taking the notice down."""

import threading
from datetime import datetime

import pytest
from django.db import connection, connections, transaction

from applications import services
from applications.errors import Refused
from applications.models import Application, Notice, NoticeEntry, Objection
from portal import clock
from portal.demo import World
from review import services as review
from review.models import Meeting
from tests.applications import walk
from tests.review import walk as meetings


def object_to(entry: NoticeEntry, world: World) -> Objection:
    return services.lodge_objection(entry=entry, text="业绩不实", contact="13800000000", by=world.people["zhou"])


def after(seconds: float, act) -> threading.Thread:
    def run() -> None:
        try:
            act()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(seconds)
    return thread


@pytest.fixture
def notice(draft, world) -> Notice:
    walk.submit(draft)
    return walk.post(draft, world)


def only_postgres() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite takes one writer at a time; the race is PostgreSQL's")


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_objection_lodged_while_another_is_settled_still_holds(notice, world):
    only_postgres()
    entry = notice.entries.get()
    first = object_to(entry, world)

    def settle() -> None:
        again = Objection.objects.get(pk=first.pk)
        services.settle_objection(objection=again, upheld=False, outcome="不成立", by=world.people["wang"])

    with transaction.atomic():
        object_to(entry, world)
        other = after(1, settle)
    other.join(10)

    assert Objection.objects.filter(entry=entry, state="open").count() == 1
    assert NoticeEntry.objects.get(pk=entry.pk).held


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_objections_dismissed_at_once_free_the_person(notice, world):
    only_postgres()
    entry = notice.entries.get()
    first, second = object_to(entry, world), object_to(entry, world)

    def settle(objection: Objection) -> None:
        services.settle_objection(
            objection=Objection.objects.get(pk=objection.pk), upheld=False, outcome="不成立", by=world.people["wang"]
        )

    with transaction.atomic():
        settle(first)
        other = after(1, lambda: settle(second))
    other.join(10)

    assert not NoticeEntry.objects.get(pk=entry.pk).held


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_an_objection_that_meets_the_closing_waits_and_is_refused(notice, world):
    only_postgres()
    wang, entry, answers = world.people["wang"], notice.entries.get(), []
    services.add_photograph(notice=notice, upload=walk.picture(), name="a.jpg", by=wang)
    clock.move_to(notice.closes_at)

    def late() -> None:
        try:
            object_to(NoticeEntry.objects.get(pk=entry.pk), world)
        except Refused as refused:
            answers.append(str(refused))

    with transaction.atomic():
        services.close_notice(notice=notice, by=wang)
        other = after(1, late)
        assert other.is_alive()
    other.join(10)

    assert [("不再接收异议" in answer) for answer in answers] == [True]
    assert not Objection.objects.exists()


@pytest.mark.django_db
def test_a_new_notice_does_not_shake_off_an_open_objection(notice, draft, world):
    objection = object_to(notice.entries.get(), world)
    services.withdraw_notice(notice=notice, by=world.people["wang"], reason="名单有误")
    walk.verify_all(draft, world)
    walk.attest_all(draft, world)
    walk.assess(draft, world)
    walk.sit_out(walk.post(draft, world), world)

    with pytest.raises(Refused, match="异议"):
        walk.decide(draft, world.people["wang"])

    services.settle_objection(objection=objection, upheld=False, outcome="不成立", by=world.people["wang"])
    walk.decide(draft, world.people["wang"])


@pytest.fixture
def published(world, voting) -> tuple[Meeting, Notice]:
    meeting = meetings.decided(world, voting)
    notice = review.publish_results(by=world.people["sun"], meeting=meeting)
    assert notice is not None
    meeting.refresh_from_db()
    return meeting, notice


@pytest.mark.django_db
def test_a_result_notice_taken_down_is_posted_anew(published, world):
    meeting, notice = published
    sun = world.people["sun"]
    objection = object_to(notice.entries.first(), world)
    services.withdraw_notice(notice=notice, by=sun, reason="单位名称有误")
    clock.move_to(datetime(2025, 5, 20, 9, tzinfo=clock.ZONE))

    again = review.publish_results(by=sun, meeting=meeting)

    assert again.entries.count() == 2
    clock.move_to(again.closes_at)
    services.close_notice(notice=again, by=sun)
    meeting.refresh_from_db()
    done = {found.application.pk: found.confirmed for found in review.confirm_results(by=sun, meeting=meeting)}
    held = objection.entry.application_id
    assert done == {
        held: False,
        **dict.fromkeys(Application.objects.exclude(pk=held).values_list("pk", flat=True), True),
    }
    assert meeting.result_notice == again


@pytest.mark.django_db
def test_a_result_notice_that_stands_is_not_posted_twice(published, world):
    from review.errors import WrongState

    with pytest.raises(WrongState):
        review.publish_results(by=world.people["sun"], meeting=published[0])
