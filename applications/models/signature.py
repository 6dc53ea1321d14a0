"""An applicant's signature on a commitment, and the links under which it is given on a phone (ADR 0024)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Signature(models.Model):
    """Given on exactly this content and these words; used by one submission at most. Never changed.

    `image` is what was written by hand, `name` what was typed instead; `device` tells browser and system, no more.
    """

    class How(models.TextChoices):
        HERE = "here", _("本机手写")
        PHONE = "phone", _("手机扫码手写")
        TYPED = "typed", _("键入姓名")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="signatures")
    content_sha256 = models.CharField(max_length=64)
    words = models.TextField(_("承诺内容"))
    words_sha256 = models.CharField(max_length=64)
    how = models.CharField(_("签署方式"), max_length=10, choices=How.choices)
    image = models.ForeignKey("portal.StoredFile", models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("键入的姓名"), max_length=100, blank=True)
    device = models.CharField(max_length=60, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    snapshot = models.OneToOneField("applications.Snapshot", models.CASCADE, null=True, related_name="signature")

    class Meta:
        verbose_name = _("承诺签名")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(how="typed", image__isnull=True) & ~Q(name=""))
                | (~Q(how="typed") & Q(image__isnull=False, name="")),
                name="signature_written_or_typed",
            ),
        ]


class SigningLink(models.Model):
    """What a QR code leads to: once, for ten minutes of the machine's clock, for exactly this content and these words.

    The address itself is nowhere kept, only its hash.
    """

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="signing_links")
    token_sha256 = models.CharField(max_length=64, unique=True)
    content_sha256 = models.CharField(max_length=64)
    words_sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("手机签名链接")
        ordering = ["pk"]
