"""Staff against staff, and staff against the worker, on real connections: one letter leaves, never two, never none."""

import pytest
from django.db import connection, transaction

from portal import delivery_acts, jobs, notifications
from portal.delivery_acts import NotHeldError, ResentJustNowError, TooLateToHoldError
from portal.models import AuditEntry, Delivery, DeliveryState, Job
from tests.counts import times
from tests.portal.test_races import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

notifications.register("test.raced", "标题", "正文", [])


@pytest.fixture(autouse=True)
def real_locks():
    if connection.vendor != "postgresql":
        pytest.skip("threads share one in-memory SQLite; there every writer waits for the one before")


@pytest.fixture
def delivery(lin, office) -> Delivery:
    return notifications.notify(lin, "test.raced", {}, organization=office).deliveries.get()


def kinds(results) -> list[str]:
    return sorted(type(result).__name__ for result in results)


@pytest.mark.parametrize("round_number", times(30))
def test_eight_presses_of_resend_send_once_more(round_number, delivery, sun, mail_server):
    jobs.work_off()
    results = at_once(8, lambda _: delivery_acts.resend(delivery=delivery, by=sun))
    assert kinds(results) == sorted(["Delivery"] + [ResentJustNowError.__name__] * 7)
    jobs.work_off()
    assert len(mail_server.received) == 2
    assert AuditEntry.objects.filter(act="delivery.resend").count() == 1


@pytest.mark.parametrize("round_number", times(30))
def test_eight_presses_of_release_send_once(round_number, delivery, sun, mail_server):
    delivery_acts.hold(delivery=delivery, by=sun, reason="待核对")
    results = at_once(8, lambda _: delivery_acts.release(delivery=delivery, by=sun))
    assert kinds(results) == sorted(["NoneType"] + [NotHeldError.__name__] * 7)
    # The job of the beginning and that of the release run at once.
    due = list(Job.objects.filter(state="queued").values_list("pk", flat=True))
    at_once(len(due), lambda place: jobs.run(due[place]))
    assert (len(due), len(mail_server.received), Delivery.objects.get().state) == (2, 1, DeliveryState.SENT)


@pytest.mark.parametrize("round_number", times(50))
def test_hold_against_the_worker_either_holds_or_comes_too_late(round_number, delivery, sun, mail_server):
    job = Job.objects.get()

    def act(place):
        return jobs.run(job.pk) if place else delivery_acts.hold(delivery=delivery, by=sun, reason="待核对")

    held, ran = at_once(2, act)
    assert ran is True
    outcome = (type(held).__name__, Delivery.objects.get().state, len(mail_server.received))
    assert outcome in [("NoneType", DeliveryState.HELD, 0), (TooLateToHoldError.__name__, DeliveryState.SENT, 1)]
    assert AuditEntry.objects.count() == (held is None)


@pytest.mark.parametrize("round_number", times(30))
def test_resend_against_an_operator_who_sets_the_job_going_again(round_number, delivery, sun, mail_server):
    job = Job.objects.get()
    Job.objects.update(state="failed", tries=5)
    Delivery.objects.update(state=DeliveryState.FAILED)

    def act(place):
        if place:
            return delivery_acts.resend(delivery=delivery, by=sun)
        jobs.retry_failed(job)
        return jobs.run(job.pk)

    at_once(2, act)
    jobs.work_off()
    # Whoever came first decides: the old row goes out and may be sent anew, or the new one goes out alone.
    old, *new = Delivery.objects.order_by("pk")
    assert len(mail_server.received) == (old.state == DeliveryState.SENT) + len(new)
    if old.state == DeliveryState.FAILED:
        assert [one.state for one in new] == [DeliveryState.SENT]


def test_a_resend_that_is_refused_leaves_the_minute_to_the_next(delivery, sun, mail_server):
    with transaction.atomic():
        delivery_acts.hold(delivery=delivery, by=sun, reason="待核对")
    refused = at_once(2, lambda _: delivery_acts.resend(delivery=delivery, by=sun))
    assert kinds(refused) == ["NothingToResendError"] * 2
