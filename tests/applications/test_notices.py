"""Notices: their end, photographs, objections, never early."""

from datetime import date, datetime

import pytest

from applications.errors import NoticeRunning, Refused, Stale
from applications.models import NoticeState, Objection
from applications.services import (
    add_photograph,
    close_notice,
    lodge_objection,
    open_notice,
    settle_objection,
    withdraw_notice,
)
from portal import clock, crypto, files
from portal.access import Forbidden
from portal.models import Workday
from tests.applications import walk


@pytest.fixture
def notice(draft, world):
    walk.submit(draft)
    return walk.post(draft, world)


def test_the_end_is_counted_and_the_list_says_four_things(notice, draft):
    assert (notice.posted_on, notice.days, notice.ends_on) == (date(2025, 3, 3), 5, date(2025, 3, 10))
    entry = notice.entries.get()
    assert (entry.name, entry.unit, entry.specialty, entry.title) == (
        "林申报", "津能示范电池有限公司", "锂离子电池专业", "高级工程师",
    )  # fmt: skip
    assert entry.snapshot_sha256 == draft.snapshot.sha256


def test_over_the_may_holiday_the_end_moves(draft, world):
    clock.move_to(datetime(2025, 3, 31, 9, tzinfo=clock.ZONE))
    walk.submit(draft)

    assert walk.post(draft, world).ends_on == date(2025, 4, 8)


def test_never_closed_early_and_the_moment_is_named(notice, world):
    add_photograph(notice=notice, upload=walk.picture(), name="a.jpg", by=world.people["wang"])
    clock.move_to(datetime(2025, 3, 10, 23, 59, 59, tzinfo=clock.ZONE))

    with pytest.raises(NoticeRunning, match="最早可于 2025年3月11日 00:00 结束"):
        close_notice(notice=notice, by=world.people["wang"])

    clock.move_to(datetime(2025, 3, 11, tzinfo=clock.ZONE))
    assert close_notice(notice=notice, by=world.people["wang"]).state == NoticeState.CLOSED
    with pytest.raises(Stale):
        close_notice(notice=notice, by=world.people["wang"])


def test_a_year_not_announced_keeps_it_open(notice, world):
    type(notice).objects.filter(pk=notice.pk).update(
        posted_on=date(2031, 3, 3), ends_on=date(2031, 3, 10), provisional=True
    )
    notice.refresh_from_db()
    clock.move_to(datetime(2031, 4, 1, tzinfo=clock.ZONE))

    with pytest.raises(NoticeRunning, match="放假安排"):
        close_notice(notice=notice, by=world.people["wang"])


def test_without_photograph_it_is_not_closed(notice, world):
    clock.move_to(notice.closes_at)

    with pytest.raises(Refused, match="公示照片"):
        close_notice(notice=notice, by=world.people["wang"])


def test_only_a_picture_is_a_photograph(notice, world):
    from io import BytesIO

    with pytest.raises(files.Refused):
        add_photograph(notice=notice, upload=BytesIO(b"%PDF-1.7 nothing"), name="a.pdf", by=world.people["wang"])


def test_photographs_are_taken_while_it_is_posted_and_so_many(notice, world, monkeypatch):
    wang = world.people["wang"]
    monkeypatch.setattr("applications.services.notices.MOST_PICTURES", 1)
    add_photograph(notice=notice, upload=walk.picture(), name="a.jpg", by=wang)
    with pytest.raises(Refused, match="最多上传 1 张"):
        add_photograph(notice=notice, upload=walk.picture(), name="b.jpg", by=wang)
    monkeypatch.undo()
    clock.move_to(notice.closes_at)
    close_notice(notice=notice, by=wang)
    with pytest.raises(Refused, match="已经结束或撤下"):
        add_photograph(notice=notice, upload=walk.picture(), name="c.jpg", by=wang)
    assert notice.photographs.count() == 1


def test_an_objection_holds_that_person_alone_until_dismissed(notice, draft, world):
    walk.verify_all(draft, world)
    walk.assess(draft, world)
    entry = notice.entries.get()
    objection = lodge_objection(entry=entry, text="奖项排名不实。", contact="13900000000", by=world.people["wang"])
    entry.refresh_from_db()
    assert entry.held
    assert "13900000000" not in Objection.objects.values_list("contact", flat=True).get()
    assert crypto.decrypt(objection.contact) == "13900000000"

    walk.sit_out(notice, world)
    with pytest.raises(Refused, match="异议"):
        walk.decide(draft, world.people["wang"])

    settle_objection(objection=objection, upheld=False, outcome="经查排名属实。", by=world.people["wang"])
    walk.decide(draft, world.people["wang"])


def test_an_upheld_objection_goes_on_holding(notice, world):
    entry = notice.entries.get()
    for upheld in (True, False):
        objection = lodge_objection(entry=entry, text="不实。", contact="x@example.org", by=world.people["wang"])
        settle_objection(objection=objection, upheld=upheld, outcome="已核查。", by=world.people["wang"])
        with pytest.raises(Stale):
            settle_objection(objection=objection, upheld=upheld, outcome="已核查。", by=world.people["wang"])

    entry.refresh_from_db()
    assert entry.held


def test_an_objection_needs_substance(notice):
    with pytest.raises(Refused) as refusal:
        lodge_objection(entry=notice.entries.get(), text="", contact=" ")

    assert len(refusal.value.reasons) == 3


@pytest.mark.parametrize("moment", ["2025-03-10T23:59:59", "2025-03-11T00:00:00", "2025-03-20T09:00:00"])
def test_objections_are_taken_until_the_notice_is_closed(notice, world, moment):
    add_photograph(notice=notice, upload=walk.picture(), name="a.jpg", by=world.people["wang"])
    entry, wang = notice.entries.get(), world.people["wang"]
    clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=clock.ZONE))

    assert lodge_objection(entry=entry, text="不实", contact="x", by=wang).state == "open"

    clock.move_to(datetime(2025, 3, 21, tzinfo=clock.ZONE))
    close_notice(notice=notice, by=wang)
    with pytest.raises(Refused, match="不再接收异议"):
        lodge_objection(entry=entry, text="不实", contact="x", by=wang)


def test_a_provisional_end_stops_neither_objections_nor_moves_by_itself(notice, world):
    """Posted into a year whose holidays nobody has announced; announced later, with a day of rest in its week."""
    wang = world.people["wang"]
    add_photograph(notice=notice, upload=walk.picture(), name="a.jpg", by=wang)
    posted = date(2031, 3, 3)
    type(notice).objects.filter(pk=notice.pk).update(posted_on=posted, ends_on=date(2031, 3, 10), provisional=True)
    notice.refresh_from_db()
    clock.move_to(datetime(2031, 3, 11, 9, tzinfo=clock.ZONE))

    assert (notice.is_running, notice.takes_objections) == (True, True)
    lodge_objection(entry=notice.entries.get(), text="不实", contact="x", by=wang)

    Workday.objects.create(day=date(2031, 3, 10), is_workday=False, name="示例", source="示例")
    assert (notice.end.day, notice.end.provisional, notice.is_running) == (date(2031, 3, 11), False, True)
    with pytest.raises(NoticeRunning, match="2031年3月12日 00:00"):
        close_notice(notice=notice, by=wang)
    clock.move_to(datetime(2031, 3, 12, tzinfo=clock.ZONE))
    assert notice.is_running is False
    lodge_objection(entry=notice.entries.get(), text="仍不实", contact="x", by=wang)
    closed = close_notice(notice=notice, by=wang)
    assert (closed.state, closed.ends_on, closed.provisional) == (NoticeState.CLOSED, date(2031, 3, 11), False)


def test_only_its_own_organisation_handles_a_notice(notice, draft, world):
    clock.move_to(notice.closes_at)
    for by in ("wu", "zhao", "lin"):
        with pytest.raises(Forbidden):
            close_notice(notice=notice, by=world.people[by])
        with pytest.raises(Forbidden):
            withdraw_notice(notice=notice, by=world.people[by], reason="x")


def test_the_same_material_is_posted_once_unless_taken_down(notice, draft, world):
    with pytest.raises(Refused, match="不需要重复公示"):
        walk.post(draft, world)
    withdraw_notice(notice=notice, by=world.people["wang"], reason="名单有误。")
    assert walk.post(draft, world).state == NoticeState.OPEN


def test_results_are_not_posted_before_the_review(draft, world):
    walk.submit(draft)
    with pytest.raises(Refused, match="未处于评审通过状态"):
        open_notice(
            kind="result",
            round=draft.round,
            organization=draft.round.office,
            applications=[draft],
            by=world.people["sun"],
        )
    with pytest.raises(Refused, match="名单不能为空"):
        open_notice(
            kind="result", round=draft.round, organization=draft.round.office, applications=[], by=world.people["sun"]
        )
