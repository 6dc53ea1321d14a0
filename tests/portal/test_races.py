"""Real threads on real connections: the audit chain and the claim of a job under contention."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from portal import audit, clock, jobs, notifications
from portal.models import AuditEntry, Job, Message, User
from tests.portal.counts import times

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

notifications.register("test.race", "标题", "正文", [])


@pytest.fixture(autouse=True)
def real_locks():
    if connection.vendor != "postgresql":
        pytest.skip("threads share one in-memory SQLite; processes are tested in test_jobs_killed")


def at_once(number, act):
    """Runs act(n) in so many threads that start together; returns what they gave, errors included."""
    barrier = threading.Barrier(number)
    results: list[Any] = [None] * number

    def body(place):
        try:
            barrier.wait()
            results[place] = act(place)
        except Exception as error:  # noqa: BLE001  the test looks at it
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=body, args=(place,)) for place in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


@pytest.mark.parametrize("round_number", times(20))
def test_writers_of_one_scope_form_one_chain(round_number):
    def write(place):
        with transaction.atomic():
            audit.record("thing.change", by=None, scope="busy", kind="thing", target=str(place))
            if place % 3 == 0:
                transaction.set_rollback(True)

    assert at_once(12, write) == [None] * 12
    assert AuditEntry.objects.count() == 8
    assert audit.verify() == []


@pytest.mark.parametrize("round_number", times(50))
def test_one_worker_gets_a_job(round_number):
    job = jobs.enqueue("test.race", payload={})
    if round_number % 2:
        jobs.claim(job.pk)
        Job.objects.update(heartbeat=clock.machine_now() - timedelta(minutes=1))
    taken = [claimed for claimed in at_once(8, lambda _: jobs.claim(job.pk)) if isinstance(claimed, Job)]
    assert [claimed.pk for claimed in taken] == [job.pk]
    job.refresh_from_db()
    assert job.claim == taken[0].claim


@pytest.mark.parametrize("round_number", times(20))
def test_one_key_makes_one_job(round_number):
    made = at_once(8, lambda _: jobs.enqueue("test.race", payload={}, key="once", items=["a", "b"]).pk)
    assert (len(set(made)), Job.objects.get().items.count()) == (1, 2)


@pytest.mark.parametrize("round_number", times(20))
def test_one_piece_of_news_makes_one_message(round_number):
    person = User.objects.create_user("lin", email="lin@portal.example")
    told = at_once(8, lambda _: notifications.notify(person, "test.race", {}, dedupe="once").pk)
    assert len(set(told)) == 1
    assert (Message.objects.count(), Job.objects.count()) == (1, 1)
