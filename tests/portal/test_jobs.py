from datetime import timedelta

import pytest
from django.db import transaction

from portal import clock, jobs
from portal.models import ClaimLostError, ItemState, Job, JobState

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

done: list[str] = []


@jobs.handler("test.note")
def note(job):
    done.append(job.payload["word"])


@jobs.handler("test.fail")
def fail(job):
    raise OSError("no line")


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
        assert (job.state, job.tries, job.last_error) == (JobState.QUEUED, tries, "OSError: no line")
        set_back(job, run_after=clock.machine_now())
    jobs.work_off()
    job.refresh_from_db()
    assert (job.state, job.tries, delays) == (JobState.FAILED, 3, [2, 4])
    assert jobs.sweep() == 0


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
    assert (job.state, job.last_error) == (JobState.FAILED, "KeyError: 'test.nobody'")


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
    del jobs._handlers["test.slow"]


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
        ("bad", ItemState.FAILED, "ValueError: bad cannot be done"),
        ("b", ItemState.DONE, ""),
    ]
    jobs.retry_failed(job)
    job.items.filter(key="bad").update(key="good")
    jobs.work_off()
    job.refresh_from_db()
    assert (done, job.state, job.done) == (["a", "b", "good"], JobState.DONE, 3)


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


def test_the_sweeper_announces_what_is_due_and_what_was_left():
    jobs.enqueue("test.note", payload={"word": "a"})
    left = jobs.enqueue("test.note", payload={"word": "b"})
    held = jobs.enqueue("test.note", payload={"word": "c"})
    assert jobs.claim(left.pk)
    assert jobs.claim(held.pk)
    set_back(left, heartbeat=clock.machine_now() - timedelta(minutes=1))
    assert jobs.sweep() == 2
