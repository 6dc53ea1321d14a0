"""Messages to people, and their deliveries by channel."""

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.models.job import Job
from portal.models.organization import Organization
from portal.models.user import User
from portal.roles import Permission


class Message(models.Model):
    """What a person reads in the portal. The text is rendered once; a later change of the template leaves it alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages")
    # On whose business it is written; its staff hold and resend the mail. Null where written before the column was.
    organization = models.ForeignKey(Organization, models.PROTECT, null=True, related_name="+")
    template = models.CharField(max_length=60)
    subject = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"))
    link = models.CharField(max_length=300, blank=True)
    dedupe = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(_("时间"), default=clock.now)
    read_at = models.DateTimeField(null=True)
    # The machine's time: two presses within a minute are one, wherever business time stands.
    resent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("消息")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "dedupe"], condition=~models.Q(dedupe=""), name="message_once"
            ),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at"], name="message_inbox"),
            models.Index(fields=["recipient"], condition=models.Q(read_at__isnull=True), name="message_unread"),
        ]


class Channel(models.TextChoices):
    EMAIL = "email", _("电子邮件")


class DeliveryState(models.TextChoices):
    QUEUED = "queued", _("等待发送")
    HELD = "held", _("暂缓发送")
    SENDING = "sending", _("正在发送")
    SENT = "sent", _("已发送")
    FAILED = "failed", _("发送失败")


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: User) -> Self:
        """What is sent on the business of the organisations whose mail the person looks after, and of those below."""
        from portal import access  # noqa: PLC0415  access reads these models

        held = access.organizations_with(user, Permission.MANAGE_MESSAGES)
        return self.filter(message__organization__in=Organization.objects.filter(access.subtree(held)))

    def on_the_way(self) -> Self:
        return self.filter(state__in=[DeliveryState.QUEUED, DeliveryState.SENDING])

    def failed_for_good(self) -> Self:
        """Given up, and nobody has sent the message anew."""
        return self.filter(state=DeliveryState.FAILED, resends__isnull=True)


class Delivery(models.Model):
    """A message on its way out of the portal. Staff hold and resend; each sending is one row.

    `job` is the one job that may send it: whoever lets a delivery go again names a new one, and the old one finds
    nothing to do. A failed delivery that is sent anew as another row has none.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(_("状态"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    job = models.ForeignKey(Job, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("时间"), default=clock.now)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    sent_to = models.CharField(_("发往"), max_length=254, blank=True, help_text=_("脱敏后的地址"))
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    hold_reason = models.TextField(blank=True)
    resend_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="resends")
    resent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("发送记录")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel"], condition=models.Q(resend_of__isnull=True), name="delivery_first_once"
            ),
            models.UniqueConstraint(fields=["resend_of"], name="delivery_resent_once"),
            models.CheckConstraint(
                condition=models.Q(held_by__isnull=True, held_at__isnull=True)
                | models.Q(held_by__isnull=False, held_at__isnull=False),
                name="delivery_held_pair",
            ),
        ]
