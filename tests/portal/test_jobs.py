import re
from datetime import timedelta

import pytest
from django.db import transaction

from portal import clock, job_kinds, jobs
from portal.models import ClaimLostError, ItemState, Job, JobState
from portal.models.job import FIRST_DELAY, MOST_OUTAGES, PATIENCE, STALE_AFTER

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

done: list[str] = []


@jobs.handler("test.note")
def note(job):
    done.append(job.payload["word"])


@jobs.handler("test.fail")
def fail(job):
    raise ValueError("林申报 lin@portal.example")


@jobs.handler("test.away")
def away(job):
    raise ConnectionRefusedError("no line to lin@portal.example")


ended: list[str] = []


@jobs.given_up("test.fail")
@jobs.given_up("test.away")
@jobs.given_up("test.note")
def end(job):
    ended.append(job.kind)


@jobs.taken_up("test.fail")
def begin_anew(job):
    ended.clear()


@jobs.handler("test.batch")
def batch(job):
    jobs.work_items(job, act_on_item)


def act_on_item(key):
    if key.startswith("bad"):
        raise ValueError(f"{key} cannot be done")
    done.append(key)


@pytest.fixture(autouse=True)
def empty():
    done.clear()
    ended.clear()


def set_back(job, **values):
    Job.objects.filter(pk=job.pk).update(**values)


def test_a_job_runs_once_and_is_done():
    job = jobs.enqueue("test.note", payload={"word": "a"})
    assert jobs.work_off() == 1
    assert jobs.work_off() == 0
    assert not jobs.run(job.pk)
    job.refresh_from_db()
    assert (done, job.state, job.tries, job.percent) == (["a"], JobState.DONE, 1, 100)


def test_the_same_key_is_the_same_job():
    first = jobs.enqueue("test.note", payload={"word": "a"}, key="one")
    assert jobs.enqueue("test.note", payload={"word": "b"}, key="one") == first
    jobs.work_off()
    assert jobs.enqueue("test.note", payload={"word": "c"}, key="one") == first
    assert (jobs.work_off(), done) == (0, ["a"])


def test_a_rolled_back_act_leaves_no_job():
    with transaction.atomic():
        jobs.enqueue("test.note", payload={"word": "a"})
        transaction.set_rollback(True)
    assert jobs.work_off() == 0


def test_a_job_waits_for_its_time():
    job = jobs.enqueue("test.note", payload={"word": "a"}, run_after=clock.machine_now() + timedelta(hours=1))
    assert (jobs.work_off(), jobs.run(job.pk), jobs.sweep()) == (0, False, 0)
    set_back(job, run_after=clock.machine_now())
    assert jobs.work_off() == 1


def test_a_failing_job_is_tried_again_later_and_later_and_then_given_up():
    job = jobs.enqueue("test.fail", payload={}, max_tries=3)
    delays = []
    for tries in (1, 2):
        assert jobs.work_off() == 1
        job.refresh_from_db()
        delays.append(round((job.run_after - clock.machine_now()).total_seconds()))
        # The kind of the error and its place; its words are whatever the failing library was given.
        assert (job.state, job.tries) == (JobState.QUEUED, tries)
        assert re.fullmatch(r"ValueError at tests/portal/test_jobs\.py:\d+ \(fail\)", job.last_error)
        set_back(job, run_after=clock.machine_now())
    assert ended == []
    jobs.work_off()
    job.refresh_from_db()
    assert (job.state, job.tries, delays, ended) == (JobState.FAILED, 3, [2, 4], ["test.fail"])
    assert jobs.sweep() == 0
    jobs.retry_failed(job)
    assert ended == []


def test_what_may_pass_by_itself_is_tried_for_more_than_a_day():
    job = jobs.enqueue("test.away", payload={}, max_tries=2)
    waited = 0.0
    for tries in range(1, MOST_OUTAGES):
        jobs.run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.tries, job.outages) == (JobState.QUEUED, tries, tries)
        waited += (job.run_after - clock.machine_now()).total_seconds()
        set_back(job, run_after=clock.machine_now())
    assert (waited > 24 * 3600, ended) == (True, [])
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, ended) == (JobState.FAILED, ["test.away"])


def test_a_job_that_waited_out_an_outage_has_its_own_tries_left():
    job = jobs.enqueue("test.away", payload={}, max_tries=2)
    for _ in range(5):
        set_back(job, run_after=clock.machine_now())
        jobs.run(job.pk)
    set_back(job, run_after=clock.machine_now())
    assert jobs.claim(job.pk)
    set_back(job, heartbeat=clock.machine_now() - timedelta(minutes=1))
    assert (jobs.sweep(), ended) == (1, [])
    assert jobs.claim(job.pk)
    set_back(job, heartbeat=clock.machine_now() - timedelta(minutes=1))
    assert (jobs.sweep(), ended) == (0, ["test.away"])


def test_a_failing_ending_leaves_the_job_for_the_next_sweep(monkeypatch):
    job = jobs.enqueue("test.note", payload={"word": "a"}, max_tries=1)
    assert jobs.claim(job.pk)
    set_back(job, heartbeat=clock.machine_now() - timedelta(minutes=1))
    monkeypatch.setitem(job_kinds._given_up, "test.note", fail)
    jobs.sweep()
    job.refresh_from_db()
    assert job.state == JobState.RUNNING
    monkeypatch.undo()
    jobs.sweep()
    job.refresh_from_db()
    assert (job.state, ended) == (JobState.FAILED, ["test.note"])


def test_the_delay_is_bounded():
    assert [Job(tries=tries).retry_delay().total_seconds() for tries in (1, 2, 3, 9, 10, 500)] == [
        2,
        4,
        8,
        512,
        600,
        600,
    ]


def test_an_unknown_kind_fails_and_says_so():
    job = jobs.enqueue("test.nobody", payload={}, max_tries=1)
    jobs.work_off()
    job.refresh_from_db()
    assert (job.state, job.last_error) == (JobState.FAILED, "UnknownKindError: nobody does jobs of kind 'test.nobody'")


def test_a_kind_has_one_handler():
    with pytest.raises(ValueError, match="two handlers"):
        jobs.handler("test.note")(fail)


def test_a_job_left_lying_is_taken_over_and_the_first_worker_stops():
    job = jobs.enqueue("test.note", payload={"word": "a"})
    mine = jobs.claim(job.pk)
    assert jobs.claim(job.pk) is None
    set_back(job, heartbeat=clock.machine_now() - timedelta(seconds=9))
    theirs = jobs.claim(job.pk)
    assert mine is not None
    assert theirs is not None
    assert theirs.tries == 2
    with pytest.raises(ClaimLostError):
        mine.beat()
    with pytest.raises(ClaimLostError):
        mine.progress(1, 2)
    theirs.beat()


def test_a_job_that_was_taken_over_cannot_be_finished_by_the_first_worker():
    job = jobs.enqueue("test.slow", payload={})

    @jobs.handler("test.slow")
    def slow(running):
        set_back(running, claim="another")

    assert jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.claim) == (JobState.RUNNING, "another")
    del job_kinds._handlers["test.slow"]


def test_a_job_that_kills_its_worker_each_time_is_given_up():
    job = jobs.enqueue("test.note", payload={"word": "a"}, max_tries=2)
    for _ in range(2):
        assert jobs.claim(job.pk)
        set_back(job, heartbeat=clock.machine_now() - timedelta(minutes=1))
    assert jobs.claim(job.pk) is None
    jobs.sweep()
    job.refresh_from_db()
    assert (job.state, job.last_error) == (JobState.FAILED, "the worker died each time")


def test_a_batch_does_every_item_and_repeats_only_what_failed():
    job = jobs.enqueue("test.batch", payload={}, items=["a", "bad", "b", "a"], max_tries=2)
    assert job.total == 3
    jobs.work_off()
    job.refresh_from_db()
    assert (done, job.state, job.done, job.percent) == (["a", "b"], JobState.QUEUED, 2, 66)
    set_back(job, run_after=clock.machine_now())
    jobs.work_off()
    job.refresh_from_db()
    assert (done, job.state) == (["a", "b"], JobState.FAILED)
    assert list(job.items.values_list("key", "state", "last_error")) == [
        ("a", ItemState.DONE, ""),
        ("bad", ItemState.FAILED, job.items.get(key="bad").last_error),
        ("b", ItemState.DONE, ""),
    ]
    assert job.items.get(key="bad").last_error.startswith("ValueError at tests/portal/test_jobs.py:")
    jobs.retry_failed(job)
    job.items.filter(key="bad").update(key="good")
    jobs.work_off()
    job.refresh_from_db()
    assert (done, job.state, job.done) == (["a", "b", "good"], JobState.DONE, 3)


def test_an_item_that_waits_for_something_outside_loses_no_try(monkeypatch):
    job = jobs.enqueue("test.batch", payload={}, items=["a", "b"], max_tries=1)

    def stumble(key):
        if key == "a":
            raise TimeoutError(key)
        done.append(key)

    monkeypatch.setitem(globals(), "act_on_item", stumble)
    delays = []
    for _ in range(3):
        set_back(job, run_after=clock.machine_now())
        jobs.run(job.pk)
        job.refresh_from_db()
        delays.append(round((job.run_after - clock.machine_now()).total_seconds()))
    assert delays == [2, 4, 8]
    monkeypatch.undo()
    set_back(job, run_after=clock.machine_now())
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (done, job.state, job.outages) == (["b", "a"], JobState.DONE, 3)


def test_an_item_that_kills_its_worker_is_given_up_and_the_rest_goes_on():
    job = jobs.enqueue("test.batch", payload={}, items=["killer", "b"], max_tries=2)
    job.items.filter(key="killer").update(tries=2)
    jobs.work_off()
    job.refresh_from_db()
    assert (done, job.state) == (["b"], JobState.FAILED)
    assert job.items.get(key="killer").last_error == "the worker died each time"


def test_a_broker_that_is_down_is_no_error(monkeypatch):
    def refuse(*args, **kwargs):
        raise ConnectionError

    monkeypatch.setitem(jobs._broker, "rests_until", 0.0)
    monkeypatch.setattr("celery.app.base.Celery.send_task", refuse)
    job = jobs.enqueue("test.note", payload={"word": "a"})
    assert not jobs.wake(job.pk)
    assert jobs._broker["rests_until"] > 0
    assert jobs.sweep() == 0
    assert jobs.work_off() == 1


@pytest.fixture
def told(monkeypatch):
    """The numbers of the jobs that were announced."""
    numbers: list[int] = []

    def note_down(pk):
        numbers.append(pk)
        return True

    monkeypatch.setattr(jobs, "wake", note_down)
    return numbers


@pytest.fixture
def machine(monkeypatch):
    """The machine's time, to be moved."""
    time = {"now": clock.machine_now()}
    monkeypatch.setattr(clock, "machine_now", lambda: time["now"])
    return time


def test_the_sweeper_announces_what_is_due_and_what_was_left(told, machine):
    waiting = jobs.enqueue("test.note", payload={"word": "a"})
    left = jobs.enqueue("test.note", payload={"word": "b"})
    held = jobs.enqueue("test.note", payload={"word": "c"})
    machine["now"] += PATIENCE
    assert jobs.claim(left.pk)
    assert jobs.claim(held.pk)
    set_back(left, heartbeat=machine["now"] - timedelta(minutes=1))
    assert (jobs.sweep(), set(told)) == (2, {waiting.pk, left.pk})


def test_the_sweeper_leaves_alone_what_was_announced_a_moment_ago(told, machine):
    job = jobs.enqueue("test.note", payload={"word": "a"})
    assert jobs.sweep() == 0
    assert (jobs.sweep(at_start=True), told) == (1, [job.pk])


def test_a_second_try_is_announced_when_its_time_comes(told, machine):
    job = jobs.enqueue("test.fail", payload={})
    jobs.run(job.pk)
    assert jobs.sweep() == 0
    machine["now"] += FIRST_DELAY
    assert (jobs.sweep(), told) == (1, [job.pk])


def test_a_worker_that_dies_at_an_old_job_is_missed_at_the_next_sweep(told, machine):
    job = jobs.enqueue("test.note", payload={"word": "a"})
    machine["now"] += timedelta(hours=5)
    assert jobs.sweep() == 1
    assert jobs.claim(job.pk)
    machine["now"] += STALE_AFTER + timedelta(seconds=1)
    assert (jobs.sweep(), told) == (1, [job.pk] * 2)


def test_a_long_queue_does_not_grow_by_being_looked_at(told, machine):
    """A thousand jobs and no worker for an hour, a look every ten seconds."""
    for place in range(1000):
        jobs.enqueue("test.note", payload={"word": str(place)})
    told.clear()
    for _ in range(360):
        machine["now"] += timedelta(seconds=10)
        jobs.sweep()
    assert set(told) == set(Job.objects.values_list("pk", flat=True))
    assert len(told) <= 8_000
