"""Staff hold, release and resend mail; what goes out goes over a real mail server, once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from portal import audit, clock, deliveries, delivery_acts, invariants, jobs, notifications
from portal.access import Forbidden
from portal.delivery_acts import NotHeldError, NothingToResendError, ResentJustNowError, TooLateToHoldError
from portal.models import (
    AuditEntry,
    Delivery,
    DeliveryState,
    Job,
    JobState,
    Membership,
    Message,
    Organization,
    OrganizationKind,
    User,
)
from portal.roles import Role

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

notifications.register("test.held", "关于{word}的通知", "内容：{word}。", ["word"])


@pytest.fixture
def delivery(lin, office) -> Delivery:
    return tell(lin, office)


def tell(person, office, word="甲") -> Delivery:
    return notifications.notify(person, "test.held", {"word": word}, organization=office).deliveries.get()


def now(delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def work_off_all_tries():
    for _ in range(5):
        Job.objects.filter(state=JobState.QUEUED).update(run_after=clock.machine_now())
        jobs.work_off()


@pytest.fixture
def failed(delivery, mail_server) -> Delivery:
    mail_server.refused.add("lin@portal.example")
    work_off_all_tries()
    return now(delivery)


def test_a_held_mail_stays_and_a_released_one_is_sent_exactly_once(delivery, sun, mail_server):
    delivery_acts.hold(delivery=delivery, by=sun, reason="名单待核对")
    delivery_acts.release(delivery=delivery, by=sun)
    # Two jobs are due now, that of the beginning and that of the release; only one of them may send.
    assert Job.objects.filter(kind=deliveries.DELIVER, state=JobState.QUEUED).count() == 2
    jobs.work_off()
    assert mail_server.recipients == ["lin@portal.example"]
    sent = now(delivery)
    assert (sent.state, sent.sent_to, sent.sent_at) == (DeliveryState.SENT, "l***@portal.example", clock.now())
    assert (sent.held_by, sent.hold_reason) == (sun, "名单待核对")


def test_a_job_that_is_not_the_named_one_sends_nothing_while_another_is_sending(delivery, sun, mail_server):
    old = now(delivery).job
    delivery_acts.hold(delivery=delivery, by=sun, reason="待核对")
    delivery_acts.release(delivery=delivery, by=sun)
    Delivery.objects.update(state=DeliveryState.SENDING)
    deliveries.deliver(old)
    assert (mail_server.received, now(delivery).state) == ([], DeliveryState.SENDING)


def test_a_worker_that_died_while_sending_is_followed_by_the_same_letter(delivery, mail_server):
    Delivery.objects.update(state=DeliveryState.SENDING)
    jobs.work_off()
    assert mail_server.ids == [f"<{delivery.public_id}@127.0.0.1>"]
    assert now(delivery).state == DeliveryState.SENT


def test_a_refused_address_fails_with_its_reason_and_is_sent_anew_once_it_is_mended(failed, lin, sun, mail_server):
    assert (failed.state, failed.last_error) == (DeliveryState.FAILED, "SMTPRecipientsRefused")
    assert failed.job.state == JobState.FAILED
    assert "与收件人核对邮箱" in deliveries.failure_of(failed)
    User.objects.filter(pk=lin.pk).update(email="lin.new@portal.example")
    again = delivery_acts.resend(delivery=failed, by=sun)
    assert not Delivery.objects.failed_for_good().exists()
    jobs.work_off()
    assert mail_server.recipients == ["lin.new@portal.example"]
    assert (now(again).state, now(failed).state) == (DeliveryState.SENT, DeliveryState.FAILED)
    assert mail_server.ids == [f"<{again.public_id}@127.0.0.1>"]


def test_a_job_set_going_again_sends_what_it_gave_up_unless_staff_did_so(failed, sun, mail_server):
    mail_server.refused.clear()
    delivery_acts.resend(delivery=failed, by=sun)
    jobs.retry_failed(failed.job)
    jobs.work_off()
    assert len(mail_server.received) == 1
    Delivery.objects.filter(resend_of=failed).delete()
    Delivery.objects.filter(pk=failed.pk).update(job=failed.job)
    Job.objects.filter(pk=failed.job_id).update(state=JobState.FAILED)
    jobs.retry_failed(failed.job)
    jobs.work_off()
    assert (len(mail_server.received), now(failed).state) == (2, DeliveryState.SENT)


def test_a_worker_killed_each_time_leaves_a_failed_delivery(delivery):
    Job.objects.update(
        state=JobState.RUNNING, claim="gone", tries=5, heartbeat=clock.machine_now() - timedelta(minutes=1)
    )
    Delivery.objects.update(state=DeliveryState.SENDING)
    jobs.sweep()
    assert (now(delivery).state, now(delivery).job.state) == (DeliveryState.FAILED, JobState.FAILED)
    assert "多次中断" in deliveries.failure_of(now(delivery))


def test_without_an_address_nothing_is_called_sent(delivery, lin, sun, mail_server):
    User.objects.filter(pk=lin.pk).update(email="")
    jobs.work_off()
    assert (mail_server.received, now(delivery).state) == ([], DeliveryState.FAILED)
    with pytest.raises(NothingToResendError, match="没有登记电子邮箱"):
        delivery_acts.resend(delivery=now(delivery), by=sun)
    # A refusal does not use up the minute.
    User.objects.filter(pk=lin.pk).update(email="lin@portal.example")
    assert delivery_acts.resend(delivery=now(delivery), by=sun)


def test_resending_twice_within_a_minute_is_once(delivery, sun, mail_server):
    jobs.work_off()
    again = delivery_acts.resend(delivery=delivery, by=sun)
    jobs.work_off()
    for pressed in (delivery, again):
        with pytest.raises(ResentJustNowError) as twice:
            delivery_acts.resend(delivery=pressed, by=sun)
        assert twice.value.again == again
    jobs.work_off()
    assert len(mail_server.received) == 2
    Message.objects.update(resent_at=clock.machine_now() - delivery_acts.ONCE_IN)
    with pytest.raises(NothingToResendError, match="最新一次"):
        delivery_acts.resend(delivery=delivery, by=sun)
    delivery_acts.resend(delivery=again, by=sun)
    jobs.work_off()
    assert len(mail_server.received) == 3


def test_the_database_keeps_one_resend_of_a_delivery(delivery, sun):
    deliveries.send_later(delivery.message, resend_of=delivery, resent_by=sun)
    with pytest.raises(IntegrityError), transaction.atomic():
        deliveries.send_later(delivery.message, resend_of=delivery, resent_by=sun)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (DeliveryState.SENDING, "该邮件正在发送，来不及暂缓"),
        (DeliveryState.SENT, "该邮件已于 2025年3月3日 10:00 发出，不能再暂缓"),
        (DeliveryState.HELD, "该邮件已由孙受理于 2025年3月3日 10:00 暂缓发送"),
    ],
)
def test_too_late_to_hold_says_why(delivery, sun, state, sentence):
    held = {"held_by": sun, "held_at": clock.now()} if state == DeliveryState.HELD else {}
    Delivery.objects.update(state=state, sent_at=clock.now(), **held)
    with pytest.raises(TooLateToHoldError, match=sentence):
        delivery_acts.hold(delivery=delivery, by=sun, reason="待核对")


@pytest.mark.parametrize("state", [DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.HELD])
def test_what_has_not_ended_is_not_resent(delivery, sun, state):
    Delivery.objects.update(state=state)
    with pytest.raises(NothingToResendError):
        delivery_acts.resend(delivery=delivery, by=sun)
    assert (Delivery.objects.count(), Message.objects.get().resent_at) == (1, None)


@pytest.mark.parametrize(
    "state", [DeliveryState.QUEUED, DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.FAILED]
)
def test_what_is_not_held_is_not_released(delivery, sun, state):
    Delivery.objects.update(state=state)
    with pytest.raises(NotHeldError, match="不需要恢复发送"):
        delivery_acts.release(delivery=delivery, by=sun)
    assert Job.objects.count() == 1


def test_a_failed_mail_can_be_put_aside_and_let_go_later(failed, sun, mail_server):
    delivery_acts.hold(delivery=failed, by=sun, reason="已电话告知")
    assert not Delivery.objects.failed_for_good().exists()
    mail_server.refused.clear()
    delivery_acts.release(delivery=failed, by=sun)
    jobs.work_off()
    assert (len(mail_server.received), now(failed).state) == (1, DeliveryState.SENT)


def test_a_resent_failure_is_not_held(failed, sun):
    delivery_acts.resend(delivery=failed, by=sun)
    with pytest.raises(TooLateToHoldError, match="最新一次"):
        delivery_acts.hold(delivery=failed, by=sun, reason="待核对")


def test_each_act_is_an_entry_without_an_address(delivery, sun, office):
    delivery_acts.hold(delivery=delivery, by=sun, reason="待核对")
    delivery_acts.release(delivery=delivery, by=sun)
    jobs.work_off()
    again = delivery_acts.resend(delivery=delivery, by=sun)
    written = AuditEntry.objects.filter(scope=f"message:{delivery.message.public_id}").order_by("sequence")
    assert list(written.values_list("act", "target", "actor", "acting_for", "role", "reason", "change")) == [
        ("delivery.hold", str(delivery.public_id), "孙受理", "评审办", "office_clerk", "待核对", ""),
        ("delivery.release", str(delivery.public_id), "孙受理", "评审办", "office_clerk", "", ""),
        (
            "delivery.resend",
            str(delivery.public_id),
            "孙受理",
            "评审办",
            "office_clerk",
            "",
            f'{{"again": "{again.public_id}"}}',
        ),
    ]
    assert "portal.example" not in "".join(written.values_list("text", flat=True))
    assert audit.verify() == []


def test_a_refused_act_leaves_no_entry(delivery, sun):
    with pytest.raises(NotHeldError):
        delivery_acts.release(delivery=delivery, by=sun)
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("act", ["hold", "release", "resend"])
@pytest.mark.parametrize("who", ["lin", "beside", "far"])
def test_nobody_else_acts_on_the_mail(delivery, lin, office, act, who):
    person = lin if who == "lin" else clerk_of(who, office)
    Delivery.objects.update(state={"hold": "queued", "release": "held", "resend": "sent"}[act])
    more = {"reason": "待核对"} if act == "hold" else {}
    before = now(delivery).state
    with pytest.raises(Forbidden, match="评审办经办、系统管理员"):
        getattr(delivery_acts, act)(delivery=delivery, by=person, **more)
    assert (now(delivery).state, Delivery.objects.count(), Job.objects.count()) == (before, 1, 1)
    assert not Delivery.objects.visible_to(person).exists()


def test_an_administrator_above_sees_and_acts_for_the_own_organisation(delivery, office, sun):
    admin = User.objects.create_user("admin", name="魏管理")
    Membership.objects.create(user=admin, organization=office.root, role=Role.SYSTEM_ADMIN)
    assert list(Delivery.objects.visible_to(admin)) == list(Delivery.objects.visible_to(sun)) == [delivery]
    delivery_acts.hold(delivery=delivery, by=admin, reason="服务器检修")
    entry = AuditEntry.objects.get()
    assert (entry.acting_for, entry.role) == ("示范市", "system_admin")


def clerk_of(where, office):
    root = office.root
    if where == "far":
        root = Organization.objects.create(name="外省", kind=OrganizationKind.REGION, region="jiangxi")
    other = Organization.objects.create(name="他办", kind=OrganizationKind.REVIEW_OFFICE, parent=root)
    clerk = User.objects.create_user("zheng", name="郑他办")
    Membership.objects.create(user=clerk, organization=other, role=Role.OFFICE_CLERK)
    return clerk


def test_a_waiting_delivery_whose_job_has_ended_breaks_an_invariant(delivery):
    assert breaches() == []
    Job.objects.update(state=JobState.DONE)
    assert breaches() == [f"delivery {delivery.public_id} waits for a job that nobody will do"]
    Delivery.objects.update(job=None)
    assert len(breaches()) == 1
    Delivery.objects.update(state=DeliveryState.HELD)
    assert breaches() == []


def breaches():
    return [breach.sentence for breach in invariants.check() if breach.invariant.startswith("a waiting file")]
