"""Background work as rows. The row is the truth; Celery only wakes workers."""

import uuid
from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock

# A running job whose heartbeat is older has lost its worker. The pulse of a living worker is far quicker.
STALE_AFTER = timedelta(seconds=8)
# The sweeper comes by every ten seconds; what has waited longer than this waits for nobody.
LATE_AFTER = timedelta(minutes=1)
FIRST_DELAY = timedelta(seconds=2)
LONGEST_DELAY = timedelta(minutes=10)
MAX_TRIES = 5
# With the delays above, more than a day: whatever is away, somebody has seen it by then.
MOST_OUTAGES = 160
# What was announced is given this long to be taken before the sweeper announces it again.
PATIENCE = timedelta(seconds=30)
LONGEST_PATIENCE = timedelta(hours=1)


class ClaimLostError(RuntimeError):
    """Another worker has taken this job over; whoever sees this stops working on it."""


class JobState(models.TextChoices):
    QUEUED = "queued", _("等待处理")
    RUNNING = "running", _("正在处理")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未能完成")


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, moment: datetime) -> Self:
        """Waiting, and its time has come."""
        return self.filter(state=JobState.QUEUED, run_after__lte=moment)

    def stale(self, moment: datetime) -> Self:
        """Running by name, but without a sign of life."""
        return self.filter(state=JobState.RUNNING, heartbeat__lt=moment - STALE_AFTER)

    def stuck(self, moment: datetime) -> Self:
        """What an operator looks at: given up, tried in vain so far, late, or left lying by a worker that died."""
        in_vain = models.Q(state=JobState.QUEUED, tries__gt=0)
        late = models.Q(state=JobState.QUEUED, run_after__lt=moment - LATE_AFTER)
        lost = models.Q(state=JobState.RUNNING, heartbeat__lt=moment - STALE_AFTER)
        return self.filter(models.Q(state=JobState.FAILED) | in_vain | late | lost)

    def takeable(self, moment: datetime) -> Self:
        """What a worker may claim: due, or left lying by a worker that died."""
        has_tries = models.Q(tries__lt=models.F("max_tries") + models.F("outages"))
        lost = models.Q(state=JobState.RUNNING, heartbeat__lt=moment - STALE_AFTER) & has_tries
        return self.filter(models.Q(state=JobState.QUEUED, run_after__lte=moment) | lost)

    def live(self) -> Self:
        """Waiting or at work: something will come of it."""
        return self.filter(state__in=[JobState.QUEUED, JobState.RUNNING])


class Job(models.Model):
    """One piece of background work. All times are the machine's. `claim` names the run that owns a running row.

    Of the `tries`, `outages` failed for something that may pass by itself; the others count against `max_tries`.
    The sweeper leaves a row alone until `announce_after`.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160, unique=True, null=True)  # noqa: DJ001  unique where given
    payload = models.JSONField(default=dict)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="jobs")
    state = models.CharField(max_length=8, choices=JobState.choices, default=JobState.QUEUED)
    run_after = models.DateTimeField(default=clock.machine_now)
    announce_after = models.DateTimeField(default=clock.machine_now)
    heartbeat = models.DateTimeField(null=True)
    claim = models.CharField(max_length=32, blank=True)
    tries = models.PositiveIntegerField(default=0)
    max_tries = models.PositiveIntegerField(default=MAX_TRIES)
    outages = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=clock.machine_now)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="running") | (models.Q(heartbeat__isnull=False) & ~models.Q(claim="")),
                name="job_running_has_owner",
            ),
        ]
        indexes = [
            models.Index(fields=["run_after"], condition=models.Q(state="queued"), name="job_queued"),
            models.Index(fields=["heartbeat"], condition=models.Q(state="running"), name="job_running"),
        ]

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 100 * (self.state == JobState.DONE)

    def beat(self) -> None:
        """A sign of life. Raises ClaimLostError when another worker has taken the job over."""
        self._own_update(heartbeat=clock.machine_now())

    def progress(self, done: int, total: int) -> None:
        """Shows how far the work is, and is a sign of life. Raises ClaimLostError."""
        self.done, self.total = done, total
        self._own_update(heartbeat=clock.machine_now(), done=done, total=total)

    def retry_delay(self) -> timedelta:
        """How long to wait after the failed try number `tries`: 2 s, 4 s, 8 s … at most ten minutes.

        A batch counts its tries by the item, so its outages may be more.
        """
        failed = max(self.tries, self.outages)
        return min(FIRST_DELAY * 2 ** min(max(failed - 1, 0), 12), LONGEST_DELAY)

    def _own_update(self, **values: Any) -> None:
        owned = Job.objects.filter(pk=self.pk, state=JobState.RUNNING, claim=self.claim)
        if not owned.update(**values):
            raise ClaimLostError(f"job {self.pk} is no longer ours")


class ItemState(models.TextChoices):
    OPEN = "open", _("等待处理")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未能完成")


class JobItem(models.Model):
    """One of the things a batch works through, so that a resumed batch repeats only what is unfinished."""

    job = models.ForeignKey(Job, models.CASCADE, related_name="items")
    key = models.CharField(max_length=160)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.OPEN)
    tries = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["job", "key"], name="job_item_once")]
