"""Meetings and the applications they decide."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal import crypto
from review.querysets import EntryQuerySet, MeetingQuerySet


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("已上报计划")
    DRAWN = "drawn", _("已抽取专家")
    OPEN = "open", _("签到中")
    VOTING = "voting", _("评审表决中")
    CLOSED = "closed", _("已结束")
    PUBLISHED = "published", _("结果已公示")


DONE = (MeetingState.CLOSED, MeetingState.PUBLISHED)


class Meeting(models.Model):
    """A committee's meeting for a round.

    `secret` (encrypted) is sealed when the plan is filed and `commitment` is its SHA-256; the draw's seed needs it and
    a value nobody knew on that day. `shares_bind`: the pool's shares bind the panel too (a committee's setting).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey("applications.Round", models.PROTECT, related_name="+")
    held_on = models.DateField(_("会议日期"))
    place = models.CharField(_("地点"), max_length=120, blank=True)
    panel_size = models.PositiveSmallIntegerField(_("评委人数"))
    shares_bind = models.BooleanField(_("专家库比例同样约束评委组成"), default=True)
    secret = models.TextField(editable=False)
    commitment = models.CharField(max_length=64, editable=False)
    state = models.CharField(max_length=10, choices=MeetingState.choices, default=MeetingState.PLANNED)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    result_notice = models.OneToOneField("applications.Notice", models.PROTECT, null=True, related_name="+")

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("评审会议")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["closed", "published"], closed_by__isnull=False, closed_at__isnull=False)
                | (~Q(state__in=["closed", "published"]) & Q(closed_by__isnull=True, closed_at__isnull=True)),
                name="meeting_closed_by_and_at",
            ),
        ]

    @property
    def scope(self) -> str:
        """The chain of the audit log that this meeting's acts stand in."""
        return f"meeting:{self.public_id}"

    @property
    def is_done(self) -> bool:
        return self.state in DONE

    @property
    def opened_secret(self) -> bytes:
        return bytes.fromhex(crypto.decrypt(self.secret))


class BallotState(models.TextChoices):
    CLOSED = "closed", _("尚未投票")
    OPEN = "open", _("投票中")
    SEALED = "sealed", _("已计票")


class Entry(models.Model):
    """An application on a meeting's agenda, with the state of its ballot."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="entries")
    application = models.ForeignKey("applications.Application", models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()
    ballot_state = models.CharField(max_length=8, choices=BallotState.choices, default=BallotState.CLOSED)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("上会申报")
        ordering = ["meeting", "order"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "application"], name="application_once_in_a_meeting"),
            models.UniqueConstraint(fields=["meeting", "order"], name="entry_order_once"),
        ]
