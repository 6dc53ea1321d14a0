"""Identity documents: the one table in which an identity number stands, encrypted."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class IdentityKind(models.TextChoices):
    RESIDENT_ID = "resident_id", _("居民身份证（含港澳台居民居住证）")
    HK_MACAO_PERMIT = "hk_macao_permit", _("港澳居民来往内地通行证")
    TAIWAN_PERMIT = "taiwan_permit", _("台湾居民来往大陆通行证")
    FOREIGN_PERMANENT = "foreign_permanent", _("外国人永久居留身份证")
    PASSPORT_WORK_PERMIT = "passport_work_permit", _("护照和外国人工作许可证")


class IdentityDocument(models.Model):
    """One document a person. `digest` finds it, `masked` shows it, `number` is ciphertext (portal.crypto)."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="identity_document")
    kind = models.CharField(_("证件类型"), max_length=24, choices=IdentityKind.choices)
    number = models.TextField(editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    masked = models.CharField(_("证件号码"), max_length=60, editable=False)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("身份证件")

    def __repr__(self) -> str:
        return f"<IdentityDocument {self.masked}>"
