"""Stored files: what was received, whether it may be served, and where its bytes stand."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class FileState(models.TextChoices):
    RECEIVED = "received", _("已接收，等待检查")
    SCANNING = "scanning", _("正在检查")
    CLEAN = "clean", _("可以使用")
    REFUSED = "refused", _("未通过检查")


class StoredFile(models.Model):
    """A file by its content. `sha256` names the bytes in the private storage; `received_sha256` the bytes as uploaded.

    Pictures are re-encoded once by the check, so the two may differ; PDFs are kept byte for byte.
    Only a clean file is served. `max_pixels` is the limit the file was received under.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("文件名"), max_length=120)
    content_type = models.CharField(_("类型"), max_length=80)
    size = models.PositiveBigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64, db_index=True)
    received_sha256 = models.CharField(max_length=64)
    purpose = models.CharField(max_length=60)
    state = models.CharField(_("状态"), max_length=8, choices=FileState.choices, default=FileState.RECEIVED)
    refusal = models.TextField(_("未通过的原因"), blank=True)
    max_pixels = models.PositiveIntegerField(default=40_000_000)
    pages = models.PositiveIntegerField(_("页数"), null=True)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField(_("上传时间"), default=clock.now)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("文件")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(refusal=""), name="file_refused_says_why"
            ),
        ]

    @property
    def path(self) -> str:
        """Where the bytes stand in the private storage."""
        return content_path(self.sha256)

    @property
    def is_clean(self) -> bool:
        return self.state == FileState.CLEAN

    @property
    def is_waiting(self) -> bool:
        return self.state in {FileState.RECEIVED, FileState.SCANNING}


def content_path(sha256: str) -> str:
    """The place of a content in the private storage: two levels of folders, then the hash."""
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"
