"""What the killed workers run: the portal's Celery application and a handler whose effects can be counted.

`python -m tests.portal.worker_app migrate`, `… enqueue JOBS` (or FIRST END), `… count` stand for management commands.
"""

import os
import sys
import time

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.core.management import call_command  # noqa: E402  after setup

from portal import audit, jobs  # noqa: E402  after setup
from portal.celery import app  # noqa: E402, F401  after setup; found by `celery -A`
from portal.models import AuditEntry, Job  # noqa: E402  after setup
from tests.portal.workers import ITEMS  # noqa: E402  after setup

BATCH = "test.killed_batch"


@jobs.handler(BATCH)
def batch(job):
    jobs.work_items(job, effect)


def effect(key):
    """An effect that a second run finds done: an audit entry a key."""
    time.sleep(0.02)
    if not AuditEntry.objects.filter(scope="effects", target=key).exists():
        audit.record("effect", by=None, scope="effects", kind="effect", target=key)


def main(command, *arguments):
    if command == "migrate":
        call_command("migrate", verbosity=0)
    elif command == "enqueue":
        first, last = (int(word) for word in ("0", *arguments)[-2:])
        for place in range(first, last):
            jobs.enqueue(BATCH, payload={}, items=[f"{place}-{n}" for n in range(ITEMS)], max_tries=50)
    elif command == "count":
        effects = AuditEntry.objects.filter(scope="effects")
        finished = Job.objects.filter(kind=BATCH, state="done").count()
        print(effects.count(), effects.values("target").distinct().count(), finished, len(audit.verify()))  # noqa: T201  the answer


if __name__ == "__main__":
    main(*sys.argv[1:])
