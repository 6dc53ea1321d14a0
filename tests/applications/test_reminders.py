"""Before a day ends people are reminded of it, once for each day told and each date; and of their archive once a year."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse

from applications import demo, reminders, services
from applications.models import Application, ArchiveItem, Round
from applications.tasks import REMIND, remind_daily
from portal import clock, jobs
from portal.models import Delivery, Job, Message, User
from portal.roles import Role
from tests.applications import walk
from tests.applications.pages import words

DRAFT, RETURN, ARCHIVE = "applications.draft_closes", "applications.return_closes", "applications.archive_yearly"


def at(day: date, hour: int = 9) -> None:
    clock.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=clock.ZONE))


def subjects(template: str) -> list[str]:
    return list(Message.objects.filter(template=template).order_by("pk").values_list("subject", flat=True))


def every_day(first: date, last: date) -> None:
    """As the beat would: each day, several times."""
    for number in range((last - first).days + 1):
        for hour in (9, 17):
            at(first + timedelta(days=number), hour)
            reminders.remind()


def test_a_draft_is_reminded_of_seven_three_and_one_days_before_once_each(empty_draft, round_):
    every_day(clock.today() + timedelta(days=1), round_.applicant_closes_on + timedelta(days=1))

    assert subjects(DRAFT) == [
        f"申报还没有提交：{left}（{round_.name}）" for left in ("还有 7 天", "还有 3 天", "明天截止")
    ]


def test_a_reminder_goes_out_by_mail_to_who_has_an_address_and_says_what_to_do(empty_draft, round_):
    User.objects.filter(pk=empty_draft.applicant_id).update(email="lin@example.org")
    at(round_.applicant_closes_on - timedelta(days=3))
    reminders.remind()

    message = Message.objects.get(template=DRAFT)
    assert "个人申报 2025年3月31日 24:00 截止，还有 3 天；草稿不算申报。请登录系统核对并提交。" in message.body
    assert message.link.endswith(f"{empty_draft.public_id}/")
    assert Delivery.objects.filter(message=message).count() == 1


def test_a_run_that_was_missed_is_made_up_for(empty_draft, round_):
    at(round_.applicant_closes_on - timedelta(days=5))
    reminders.remind()
    assert subjects(DRAFT) == [f"申报还没有提交：还有 5 天（{round_.name}）"]


def test_who_began_within_the_days_is_not_told_of_those_before(world, round_):
    at(round_.applicant_closes_on - timedelta(days=2))
    services.open_draft(
        applicant=world.people["lin"], round=round_, level="associate_senior", employer=world.units["employer"]
    )
    every_day(clock.today(), round_.applicant_closes_on)
    assert subjects(DRAFT) == [f"申报还没有提交：明天截止（{round_.name}）"]


def test_a_day_that_is_moved_is_told_anew(empty_draft, round_):
    closes = round_.applicant_closes_on
    every_day(closes - timedelta(days=7), closes - timedelta(days=3))
    Round.objects.filter(pk=round_.pk).update(applicant_closes_on=closes + timedelta(days=10))
    every_day(closes - timedelta(days=2), closes + timedelta(days=7))

    assert [subject[8:14] for subject in subjects(DRAFT)] == ["还有 7 天", "还有 3 天"] * 2


@pytest.mark.parametrize("end", ["submitted", "withdrawn", "closed"])
def test_what_does_not_wait_for_its_applicant_is_left_alone(draft, round_, end):
    if end == "submitted":
        walk.submit(draft)
    elif end == "withdrawn":
        services.withdraw(application=draft, by=draft.applicant)
    else:
        Round.objects.filter(pk=round_.pk).update(state="closed")
    at(round_.applicant_closes_on - timedelta(days=1))
    reminders.remind()
    assert subjects(DRAFT) == []


def test_a_return_is_reminded_of_with_what_is_left(draft, world):
    walk.submit(draft)
    asked = [{"section": "patents", "text": "请补副本。"}, {"section": "summary", "text": "请补写。"}]
    due = clock.today() + timedelta(days=10)
    walk.decide(draft, world.people["wang"], "return", note="不全。", corrections=asked, due_on=due)
    draft.refresh_from_db()
    services.answer_correction(application=draft, number=1, text="已补。", by=draft.applicant)

    every_day(clock.today() + timedelta(days=1), due)

    assert subjects(RETURN) == [
        f"补正后还没有重新提交：{left}（{draft.number}）" for left in ("还有 7 天", "还有 3 天", "明天截止")
    ]
    body = Message.objects.filter(template=RETURN).earliest("pk").body
    assert "补正期限为 2025年3月13日 24:00，还有 7 天；还有 1 项要求没有写明怎样补正。" in body


def add_post(owner: User) -> None:
    services.add_item(owner=owner, kind="post", facts={}, details={"unit": "某单位"})


@pytest.mark.duty("ZJ15-032")
def test_an_archive_nobody_touched_for_a_year_is_reminded_of_once_in_january(world, enter):
    lin, zhou = world.people["lin"], world.people["wu"]
    add_post(lin)
    at(date(2026, 5, 1))
    add_post(zhou)
    at(date(2026, 12, 31))
    reminders.remind()
    assert subjects(ARCHIVE) == []

    every_day(date(2027, 1, 1), date(2027, 1, 3))
    at(date(2027, 2, 1))
    reminders.remind()

    told = Message.objects.get(template=ARCHIVE)
    assert (told.recipient, told.subject) == (lin, "请更新您的业绩档案（2027年）")
    assert "自 2025年3月3日 以后没有更新" in told.body
    assert told.subject in words(enter("lin").get(reverse("portal:message_list")))
    at(date(2028, 1, 5))
    reminders.remind()
    assert sorted(Message.objects.filter(template=ARCHIVE).values_list("recipient__username", "subject")) == [
        ("lin", "请更新您的业绩档案（2027年）"), ("lin", "请更新您的业绩档案（2028年）"),
        ("wu", "请更新您的业绩档案（2028年）"),
    ]  # fmt: skip


def test_who_keeps_nothing_is_not_reminded_of_an_archive(world):
    add_post(world.people["lin"])
    services.remove_item(item=ArchiveItem.objects.get(), by=world.people["lin"])
    at(date(2027, 1, 4))
    reminders.remind()
    assert subjects(ARCHIVE) == []


def test_the_beat_orders_one_job_a_day_from_the_morning_on(empty_draft, round_):
    day = round_.applicant_closes_on - timedelta(days=3)
    at(day, 7)
    remind_daily()
    assert Job.objects.filter(kind=REMIND).count() == 0
    for hour in (8, 9, 20):
        at(day, hour)
        remind_daily()
    assert list(Job.objects.filter(kind=REMIND).values_list("key", flat=True)) == [f"{REMIND}:{day.isoformat()}"]

    jobs.work_off()

    assert len(subjects(DRAFT)) == 1
    assert Job.objects.get(kind=REMIND).state == "done"


def test_each_turn_is_told_once_in_words_for_a_person(draft, world):
    walk.recommended(draft, world)
    walk.decide(draft, world.people["zhao"], checks=walk.CHECKS)
    walk.decide(draft, world.people["sun"])
    number = draft.number

    told = Message.objects.filter(recipient=draft.applicant, link__contains=str(draft.public_id)).order_by("pk")

    assert [(message.template, message.subject) for message in told] == [
        ("applications.submitted", f"您的申报已提交（{number}）"),
        ("applications.noticed", f"您的申报正在单位公示（{number}）"),
        ("applications.forwarded", f"您的申报已到下一审核环节（{number}）"),
        ("applications.forwarded", f"您的申报已到下一审核环节（{number}）"),
        ("applications.accepted", f"您的申报已受理（{number}）"),
    ]
    supervisor = draft.steps.get(kind="supervisor").organization.name
    submitted = (
        f"您的申报（{number}）已于 2025年3月3日 10:00 提交，现由“津能示范电池有限公司”审核，"
        "该环节 2025年4月18日 24:00 截止。每到下一环节都会通知您；受理之前可以撤回。"
    )
    noticed = (
        f"您的申报（{number}）由“津能示范电池有限公司”在单位内部公示，自 2025年3月3日 起 5 个工作日，"
        "至 2025年3月10日 24:00。公示期满无异议的，单位再作推荐。"
    )
    forwarded = (
        f"您的申报（{number}）已由“津能示范电池有限公司”审核通过，现由“{supervisor}”办理，"
        "该环节 2025年4月30日 24:00 截止。"
    )
    assert [message.body for message in told][:3] == [submitted, noticed, forwarded]


def test_a_withdrawal_is_told_to_whoever_had_it_in_hand(draft, world):
    walk.recommended(draft, world)
    services.withdraw(application=draft, by=draft.applicant, note="另有安排。")

    told = Message.objects.get(template="applications.withdrawn")
    assert (told.recipient, told.subject) == (world.people["zhao"], "申报已由本人撤回：林申报")
    assert told.body == (
        f"林申报 的申报（{draft.number}）已由本人撤回，“{draft.steps.get(kind='supervisor').organization.name}”"
        "不须再办理；正在公示的，请撤下该申报人。"
    )


def test_a_draft_that_is_given_up_is_told_to_nobody(draft):
    services.withdraw(application=draft, by=draft.applicant)
    assert not Message.objects.filter(template="applications.withdrawn").exists()


def test_whoever_files_at_their_own_desk_is_not_told_to_decide_it(world, round_):
    """A clerk who applies cannot decide their own application: it is the others who are told that it waits."""
    draft = demo.fill_in(world, round_, applicant="zhou")
    world.people["zhou"].memberships.create(organization=draft.employer, role=Role.EMPLOYER_CLERK)

    walk.submit(draft)

    arrived = Message.objects.filter(template="applications.arrived")
    assert [message.recipient.username for message in arrived] == ["wang"]


def test_a_return_tells_how_many_lines_until_when_by_whom(draft, world):
    walk.submit(draft)
    asked = [{"section": "patents", "text": "请补副本。"}]
    walk.decide(draft, world.people["wang"], "return", note="材料不全。", corrections=asked, due_on=date(2025, 3, 20))

    assert Message.objects.get(template="applications.returned").body == (
        f"您的申报（{Application.objects.get().number}）由“津能示范电池有限公司”退回补正，共 1 项，补正期限为 2025年3月20日 24:00。"
        "说明：材料不全。请登录系统逐项查看，改好后写明怎样补正，再重新提交。"
    )
