"""`manage.py jobs`: what an operator sees of stuck jobs, and how they go again."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from portal import audit, clock, jobs, notifications
from portal.models import AuditEntry, Delivery, DeliveryState, Job, JobState

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

came = {"back": False}
notifications.register("test.command", "标题", "正文", [])


@jobs.handler("test.stuck")
def stuck(job):
    if not came["back"]:
        raise ValueError("no line")


@pytest.fixture(autouse=True)
def line_is_down():
    came["back"] = False


def made(state, kind="test.stuck", **values) -> Job:
    job = jobs.enqueue(kind, payload={})
    Job.objects.filter(pk=job.pk).update(state=state, **values)
    return Job.objects.get(pk=job.pk)


def lines(capsys, *arguments) -> list[str]:
    call_command("jobs", *arguments)
    return capsys.readouterr().out.splitlines()


def test_it_lists_what_is_stuck_and_nothing_else(capsys):
    now = clock.machine_now()
    long_ago = now - timedelta(minutes=5)
    made(JobState.DONE, finished_at=now)
    made(JobState.QUEUED)
    made(JobState.RUNNING, claim="a", heartbeat=now, tries=1)
    failed = made(JobState.FAILED, tries=5, last_error="OSError: no line\nsecond line", created_at=long_ago)
    late = made(JobState.QUEUED, run_after=long_ago)
    in_vain = made(JobState.QUEUED, tries=2, run_after=now + timedelta(minutes=9), last_error="x" * 200)
    lost = made(JobState.RUNNING, claim="b", heartbeat=long_ago, tries=1)
    shown = lines(capsys)
    since = long_ago.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")
    assert shown[0] == f"{failed.pk}  test.stuck  failed  5/5 tries  since {since}  OSError: no line"
    assert [line.split()[0] for line in shown[1:-1]] == [str(job.pk) for job in (late, in_vain, lost)]
    assert shown[2].endswith("x" * 120)
    assert shown[-1] == "4 of 7 jobs are stuck"


def test_a_failed_job_goes_again_at_once_and_the_log_says_so(capsys):
    job = jobs.enqueue("test.stuck", payload={}, max_tries=1)
    jobs.work_off()
    assert lines(capsys)[-1] == "1 of 1 jobs are stuck"
    came["back"] = True
    assert lines(capsys, "--retry", str(job.pk)) == [f"job {job.pk} (test.stuck) goes again"]
    assert (jobs.work_off(), Job.objects.get().state) == (1, JobState.DONE)
    assert list(AuditEntry.objects.values_list("act", "target")) == [("job.retry", str(job.public_id))]
    assert audit.verify() == []


def test_all_that_waits_for_its_next_try_or_was_given_up_goes_again(capsys):
    for tries in (1, 5):
        jobs.enqueue("test.stuck", payload={}, max_tries=tries)
    jobs.work_off()
    lost = made(JobState.RUNNING, claim="b", heartbeat=clock.machine_now() - timedelta(minutes=5), tries=1)
    came["back"] = True
    assert len(lines(capsys, "--retry", "all")) == 2
    assert Job.objects.get(pk=lost.pk).state == JobState.RUNNING
    assert jobs.work_off() == 3
    assert lines(capsys) == ["0 of 3 jobs are stuck"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [("0", "There is no job 0"), ("x", "There is no job x"), ("1" * 30, "There is no job 1111"), ("", "no job")],
)
def test_a_job_that_is_not_there_is_named(number, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("jobs", "--retry", number)


@pytest.mark.parametrize("state", [JobState.DONE, JobState.RUNNING])
def test_a_job_that_runs_or_is_done_is_left_alone(state):
    job = made(state, claim="a", heartbeat=clock.machine_now())
    with pytest.raises(CommandError, match=f"is {state.value}; only failed and waiting"):
        call_command("jobs", "--retry", str(job.pk))
    assert (Job.objects.get().state, AuditEntry.objects.count()) == (state, 0)


def test_given_up_mail_goes_out_once_the_server_is_back(lin, office, capsys, mail_server):
    delivery = notifications.notify(lin, "test.command", {}, organization=office).deliveries.get()
    mail_server.refused.add("lin@portal.example")
    Job.objects.update(max_tries=1)
    jobs.work_off()
    assert Delivery.objects.get().state == DeliveryState.FAILED
    mail_server.refused.clear()
    lines(capsys, "--retry", "all")
    jobs.work_off()
    assert (mail_server.ids, Delivery.objects.get().state) == (
        [f"<{delivery.public_id}@127.0.0.1>"],
        DeliveryState.SENT,
    )
