"""A person's order for everything the portal holds of them, and the ZIP that came of it."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class OwnDataState(models.TextChoices):
    QUEUED = "queued", _("正在准备")
    READY = "ready", _("可以下载")
    FAILED = "failed", _("没有做成，请重新申请")
    EXPIRED = "expired", _("已过期清除")


class OwnDataOrder(models.Model):
    """One order. The file is the person's alone, and is let go of when its days are over."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(_("状态"), max_length=8, choices=OwnDataState.choices, default=OwnDataState.QUEUED)
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, null=True, related_name="+")
    ordered_at = models.DateTimeField(_("申请时间"), default=clock.now)
    expires_at = models.DateTimeField(_("保存至"), null=True)

    class Meta:
        verbose_name = _("本人资料")
        ordering = ["-ordered_at", "-pk"]
        indexes = [models.Index(fields=["person", "-ordered_at"], name="own_data_of_person")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="ready", file__isnull=False, expires_at__isnull=False)
                | models.Q(~models.Q(state="ready"), file__isnull=True),
                name="own_data_file_while_ready",
            ),
        ]
