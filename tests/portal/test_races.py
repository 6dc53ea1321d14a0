"""Real threads on real connections: the audit chain and the claim of a job under contention."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from portal import audit, audit_verification, clock, invariants, jobs, notifications
from portal.models import AuditDay, AuditEntry, AuditHead, Job, Message, User
from tests.counts import times

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
def test_one_piece_of_news_makes_one_message(round_number, office):
    person = User.objects.create_user("lin", email="lin@portal.example")
    told = at_once(8, lambda _: notifications.notify(person, "test.race", {}, organization=office, dedupe="once").pk)
    assert len(set(told)) == 1
    assert (Message.objects.count(), Job.objects.count()) == (1, 1)


def elsewhere(act):
    """Runs act() to its end in a thread with a connection of its own."""
    assert at_once(1, lambda _: act()) == [None]


def write(scope):
    audit.record("thing.change", by=None, scope=scope, kind="thing", target="1")


def test_whoever_writes_while_the_log_is_verified_is_no_alarm(monkeypatch):
    write("a")
    read_days = audit_verification._read_days

    def read_while_others_write(scope):
        elsewhere(lambda: write("a"))
        elsewhere(lambda: write("b"))
        return read_days(scope)

    # Between the heads and the entries.
    monkeypatch.setattr(audit_verification, "_read_days", read_while_others_write)
    assert audit.verify() == []
    assert invariants.check() == []


def test_nothing_can_be_written_while_the_invariants_are_checked(monkeypatch):
    def meddle():
        write("a")
        return []

    monkeypatch.setitem(invariants._checks, "a meddler", meddle)
    (breach,) = invariants.check()
    assert (breach.invariant, "could not be checked" in breach.sentence) == ("a meddler", True)
    assert AuditEntry.objects.count() == 0


def test_chaining_the_day_stands_in_nobodys_way():
    """Whoever publishes locks application before round; the list is made in alphabetical order or not at all."""
    for scope in ("a", "z"):
        write(scope)
    holds_z, chained = threading.Event(), threading.Event()

    def act(place):
        if place:
            assert holds_z.wait(10)
            # Waits for z at the end, and must not hold a by then.
            audit.chain_day()
            return
        with transaction.atomic():
            write("z")
            holds_z.set()
            chained.wait(1)
            write("a")

    assert at_once(2, act) == [None, None]
    assert audit.verify() == []
    assert AuditDay.objects.count() == 1
    audit.chain_day()
    assert list(AuditHead.objects.values_list("scope", "sequence", "chained")) == [("a", 2, 2), ("z", 2, 2)]


def test_two_who_chain_at_once_make_one_list():
    write("a")
    days = at_once(4, lambda _: audit.chain_day().number)
    assert audit.verify() == []
    assert AuditDay.objects.count() == max(days)
