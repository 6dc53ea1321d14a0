"""Shows the jobs that are stuck, and sets them going again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal import audit, clock, jobs
from portal.models import Job, JobState

ALL = "all"
WIDTH = 120


class Command(BaseCommand):
    help = "Lists jobs that were given up, fail, are late or lost their worker; --retry sets them going at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--retry", nargs="+", metavar="NUMBER", help=f"set these going; `{ALL}` for all that wait")

    def handle(self, *_args: Any, retry: list[str] | None, **_options: Any) -> None:
        stuck = Job.objects.stuck(clock.machine_now()).order_by("pk")
        if retry:
            # What a dead worker left lying is taken over by itself.
            chosen = stuck.exclude(state=JobState.RUNNING) if retry == [ALL] else map(_job, retry)
            for job in list(chosen):
                self._retry(job)
            return
        for job in stuck:
            self.stdout.write(_line(job))
        self.stdout.write(f"{stuck.count()} of {Job.objects.count()} jobs are stuck")

    def _retry(self, job: Job) -> None:
        with transaction.atomic():
            if not jobs.retry(job):
                raise CommandError(f"Job {job.pk} ({job.kind}) is {job.state}; only failed and waiting jobs go again.")
            audit.record("job.retry", by=None, scope="system", kind="job", target=str(job.public_id))
        self.stdout.write(f"job {job.pk} ({job.kind}) goes again")


def _job(number: str) -> Job:
    job = Job.objects.filter(pk=number).first() if number.isdecimal() else None
    if job is None:
        raise CommandError(f"There is no job {number}. Without --retry the command lists the stuck ones by number.")
    return job


def _line(job: Job) -> str:
    since = job.created_at.astimezone(clock.ZONE).strftime("%Y-%m-%d %H:%M")
    error = job.last_error.partition("\n")[0][:WIDTH]
    return f"{job.pk}  {job.kind}  {job.state}  {job.tries}/{job.max_tries} tries  since {since}  {error}".rstrip()
