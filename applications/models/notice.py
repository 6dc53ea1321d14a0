"""Public notices (公示): what is posted, until when, and who objects."""

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.querysets import NoticeQuerySet
from portal import clock, workdays
from portal.workdays import NoticeEnd


class NoticeKind(models.TextChoices):
    EMPLOYER = "employer", _("用人单位内部公示")
    SUPERVISOR = "supervisor", _("主管部门公示")
    RESULT = "result", _("评审结果公示")


class NoticeState(models.TextChoices):
    OPEN = "open", _("公示中")
    CLOSED = "closed", _("公示已结束")
    WITHDRAWN = "withdrawn", _("已撤下")


class ObjectionState(models.TextChoices):
    OPEN = "open", _("核查中")
    UPHELD = "upheld", _("异议成立")
    DISMISSED = "dismissed", _("异议不成立")


class Notice(models.Model):
    """`days` are working days; the posting day is not counted; the last day closes at 24:00 (Asia/Shanghai)."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    round = models.ForeignKey("applications.Round", models.PROTECT, related_name="notices")
    organization = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    posted_on = models.DateField()
    days = models.PositiveSmallIntegerField()
    ends_on = models.DateField()
    provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=NoticeState.choices, default=NoticeState.OPEN)
    posted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("公示")
        ordering = ["-posted_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("posted_on")), name="notice_ends_after_posting"),
            models.CheckConstraint(
                condition=Q(state="open", closed_by__isnull=True, closed_at__isnull=True)
                | (~Q(state="open") & Q(closed_by__isnull=False, closed_at__isnull=False)),
                name="notice_closed_by_and_at",
            ),
        ]

    @property
    def end(self) -> NoticeEnd:
        """Its last day as far as the calendar tells it today: a provisional one is counted again."""
        if self.provisional and self.state == NoticeState.OPEN:
            return workdays.notice_end(self.posted_on, self.days)
        return NoticeEnd(day=self.ends_on, provisional=self.provisional)

    @property
    def closes_at(self) -> datetime:
        """The first moment at which the notice may be closed."""
        return clock.end_of(self.end.day)

    @property
    def is_running(self) -> bool:
        """Open, and its days not over; a provisional end is none."""
        if self.state != NoticeState.OPEN:
            return False
        end = self.end
        return end.provisional or clock.now() < clock.end_of(end.day)

    @property
    def takes_objections(self) -> bool:
        """As long as nobody has closed it, whatever the calendar says: the public sees it posted."""
        return self.state == NoticeState.OPEN


class NoticePhotograph(models.Model):
    """The picture kept as proof that the notice hung (2023年度通知四(二))."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="photographs")
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("公示照片")
        ordering = ["pk"]


class NoticeEntry(models.Model):
    """A line of the list: name, unit, specialty and title only. `snapshot_sha256` pins what was posted."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="entries")
    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="notice_entries")
    name = models.CharField(max_length=60)
    unit = models.CharField(max_length=120)
    specialty = models.CharField(max_length=60)
    title = models.CharField(max_length=60)
    held = models.BooleanField(default=False)
    snapshot_sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("公示名单")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "application"], name="notice_names_a_person_once")]


class Objection(models.Model):
    """An objection to one person; it holds that person alone. The contact is encrypted and shown to handlers only."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    entry = models.ForeignKey(NoticeEntry, models.PROTECT, related_name="objections")
    text = models.TextField()
    contact = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    outcome = models.TextField(blank=True)
    lodged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lodged_at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("公示异议")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", settled_by__isnull=True, settled_at__isnull=True)
                | (~Q(state="open") & ~Q(outcome="") & Q(settled_by__isnull=False, settled_at__isnull=False)),
                name="objection_settled_by_and_at",
            ),
        ]
