"""What a person has agreed to, in which version, and when."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class Consent(models.Model):
    """Agreement to one version of a text (the privacy notice). Withdrawal is a date, never a deletion."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="consents")
    document = models.CharField(_("文本"), max_length=40)
    version = models.CharField(_("版本"), max_length=20)
    given_at = models.DateTimeField(_("同意时间"), default=clock.now)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)

    class Meta:
        verbose_name = _("同意记录")
        constraints = [
            models.UniqueConstraint(fields=["user", "document", "version"], name="consent_once"),
        ]
