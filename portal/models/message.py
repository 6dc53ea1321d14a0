"""Messages to people, and their deliveries by channel."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class Message(models.Model):
    """What a person reads in the portal. The text is rendered once; a later change of the template leaves it alone."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages")
    template = models.CharField(max_length=60)
    subject = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("正文"))
    link = models.CharField(max_length=300, blank=True)
    dedupe = models.CharField(max_length=160, blank=True)
    created_at = models.DateTimeField(_("时间"), default=clock.now)
    read_at = models.DateTimeField(null=True)

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


class Delivery(models.Model):
    """A message on its way out of the portal. Staff hold and resend; each sending is one row."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    message = models.ForeignKey(Message, models.CASCADE, related_name="deliveries")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    state = models.CharField(_("状态"), max_length=8, choices=DeliveryState.choices, default=DeliveryState.QUEUED)
    last_error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    resend_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="resends")
    resent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("发送记录")
        constraints = [
            models.UniqueConstraint(
                fields=["message", "channel"], condition=models.Q(resend_of__isnull=True), name="delivery_first_once"
            ),
            models.CheckConstraint(
                condition=models.Q(held_by__isnull=True, held_at__isnull=True)
                | models.Q(held_by__isnull=False, held_at__isnull=False),
                name="delivery_held_pair",
            ),
        ]
