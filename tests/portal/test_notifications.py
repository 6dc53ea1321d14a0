import smtplib

import pytest
from django.core import mail

import portal.tasks  # noqa: F401  loaded by Celery it would take pytest's log handler away
from portal import clock, deliveries, delivery_acts, invariants, jobs, notifications
from portal.logs import JsonLine
from portal.models import Delivery, DeliveryState, Job, JobState, Message
from portal.models.job import MOST_OUTAGES
from portal.notifications import TemplateError

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

notifications.register("test.returned", "{name}的申报被退回", "请于{due}前补正：{list}", ["name", "due", "list"])
CONTEXT = {"name": "林申报", "due": "2025年3月10日", "list": "学历证明"}


def test_a_message_is_read_in_the_portal_and_mailed_once(lin, office):
    message = notifications.notify(lin, "test.returned", CONTEXT, organization=office, link="/applications/1/")
    assert (message.subject, message.body) == ("林申报的申报被退回", "请于2025年3月10日前补正：学历证明")
    assert message.created_at == clock.now()
    assert jobs.work_off() == 1
    deliveries.deliver(Job.objects.get())
    assert [(sent.to, sent.subject) for sent in mail.outbox] == [(["lin@portal.example"], "林申报的申报被退回")]
    assert "http://127.0.0.1:8000/applications/1/" in mail.outbox[0].body
    assert message.deliveries.get().state == DeliveryState.SENT


def test_a_person_without_an_address_is_told_in_the_portal_alone(lin, office):
    lin.email = ""
    assert notifications.notify(lin, "test.returned", CONTEXT, organization=office)
    assert (Message.objects.count(), Delivery.objects.count(), jobs.work_off()) == (1, 0, 0)


def test_the_same_news_reaches_a_person_once(lin, sun, office):
    first = notifications.notify(lin, "test.returned", CONTEXT, organization=office, dedupe="returned:1")
    assert notifications.notify(lin, "test.returned", CONTEXT, organization=office, dedupe="returned:1") == first
    assert notifications.notify(sun, "test.returned", CONTEXT, organization=office, dedupe="returned:1")
    assert (Message.objects.count(), Delivery.objects.count()) == (2, 2)


@pytest.mark.parametrize(
    ("subject", "body", "names"),
    [
        ("{name}", "{due}", ["name"]),
        ("{name}", "", ["name", "due"]),
        ("{name.password}", "", ["name"]),
        ("{name!r}", "", ["name"]),
        ("{name:>9999999}", "", ["name"]),
        ("{}", "", [""]),
    ],
)
def test_a_template_uses_exactly_its_placeholders(subject, body, names):
    with pytest.raises(TemplateError):
        notifications.register("test.wrong", subject, body, names)
    assert "test.wrong" not in [template.key for template in notifications.registered()]


@pytest.mark.parametrize("context", [{}, {**CONTEXT, "more": 1}, {"name": "x", "due": "y"}])
def test_a_context_fits_its_template(lin, context, office):
    with pytest.raises(TemplateError, match="placeholders"):
        notifications.notify(lin, "test.returned", context, organization=office)
    assert Message.objects.count() == 0


def test_an_unknown_template_is_refused(lin, office):
    with pytest.raises(TemplateError, match="no message"):
        notifications.notify(lin, "test.nothing", {}, organization=office)


def test_a_subject_is_one_line_whatever_is_put_into_it(lin, office):
    message = notifications.notify(lin, "test.returned", {**CONTEXT, "name": "甲\r\nBcc: x@y.z"}, organization=office)
    jobs.work_off()
    assert message.subject == "甲 Bcc: x@y.z的申报被退回"
    assert mail.outbox[0].recipients() == ["lin@portal.example"]


def test_a_text_in_braces_is_text(lin, office):
    message = notifications.notify(lin, "test.returned", {**CONTEXT, "list": "{name} {0}"}, organization=office)
    assert message.body.endswith("{name} {0}")


def test_a_full_stop_that_stands_in_text_and_template_is_written_once(lin, office):
    notifications.register("test.stops", "{a}。", "理由：{a}。另：{b}", ["a", "b"])
    message = notifications.notify(lin, "test.stops", {"a": "缺证书。", "b": "完。"}, organization=office)
    assert (message.subject, message.body) == ("缺证书。", "理由：缺证书。另：完。")


def test_a_mail_server_that_is_down_is_tried_again(lin, settings, office):
    message = notifications.notify(lin, "test.returned", CONTEXT, organization=office)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    jobs.work_off()
    delivery, job = message.deliveries.get(), Job.objects.get()
    assert (delivery.state, delivery.last_error, job.state) == (
        DeliveryState.QUEUED,
        "ConnectionRefusedError",
        JobState.QUEUED,
    )
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    Job.objects.update(run_after=clock.machine_now())
    jobs.work_off()
    assert len(mail.outbox) == 1


def test_staff_hold_release_and_resend(lin, sun, office):
    delivery = notifications.notify(lin, "test.returned", CONTEXT, organization=office).deliveries.get()
    delivery_acts.hold(delivery=delivery, by=sun, reason="待核对")
    jobs.work_off()
    assert mail.outbox == []
    delivery_acts.release(delivery=delivery, by=sun)
    with pytest.raises(delivery_acts.NotHeldError):
        delivery_acts.release(delivery=delivery, by=sun)
    jobs.work_off()
    assert len(mail.outbox) == 1
    with pytest.raises(delivery_acts.TooLateToHoldError):
        delivery_acts.hold(delivery=delivery, by=sun, reason="待核对")
    again = delivery_acts.resend(delivery=delivery, by=sun)
    jobs.work_off()
    again.refresh_from_db()
    assert (len(mail.outbox), again.state, again.resent_by) == (2, DeliveryState.SENT, sun)


def use_up_tries(job):
    """Everything but the last try of a job has failed for something outside."""
    Job.objects.filter(pk=job.pk).update(
        tries=MOST_OUTAGES - 1, outages=MOST_OUTAGES - 1, run_after=clock.machine_now()
    )


def test_a_mail_server_away_for_longer_than_a_day_leaves_a_failed_delivery_that_can_be_taken_up(lin, settings, office):
    delivery = notifications.notify(lin, "test.returned", CONTEXT, organization=office).deliveries.get()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    job = Job.objects.get()
    use_up_tries(job)
    jobs.work_off()
    delivery.refresh_from_db()
    assert (delivery.state, delivery.last_error) == (DeliveryState.FAILED, "ConnectionRefusedError")
    assert [breach for breach in invariants.check() if "delivery" in str(breach)] == []
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    jobs.retry_failed(job)
    jobs.work_off()
    delivery.refresh_from_db()
    assert (delivery.state, len(mail.outbox)) == (DeliveryState.SENT, 1)


def test_a_delivery_whose_job_was_given_up_is_a_breach_while_it_waits(lin, office):
    delivery = notifications.notify(lin, "test.returned", CONTEXT, organization=office).deliveries.get()
    Job.objects.update(state=JobState.FAILED)
    assert [str(breach) for breach in invariants.check()] == [
        f"a waiting file or delivery has a live job: delivery {delivery.public_id} waits for a job that nobody will do"
    ]


def refusing(code):
    """A mail server's refusal, as smtplib hands it on."""

    def send(message):
        raise smtplib.SMTPRecipientsRefused({message.to[0]: (code, b"no such user lin@portal.example")})

    return send


@pytest.mark.parametrize(("code", "outages"), [(450, 1), (550, 0)])
def test_a_refused_address_stands_in_no_job_and_no_log(lin, monkeypatch, caplog, code, outages, *, office):
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refusing(code))
    delivery = notifications.notify(lin, "test.returned", CONTEXT, organization=office).deliveries.get()
    jobs.work_off()
    delivery.refresh_from_db()
    job = Job.objects.get()
    kind = "MailError" if outages else "MailRefusedError"
    assert (job.last_error, job.outages) == (f"{kind}: SMTPRecipientsRefused", outages)
    assert delivery.last_error == "SMTPRecipientsRefused"
    assert caplog.records
    written = "".join(JsonLine().format(record) + caplog.handler.format(record) for record in caplog.records)
    assert kind in written
    assert "portal.example" not in written
