"""What the office says to applicants of a round, and the papers it offers; and who has paid where there is a fee."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from applications.querysets import RoundPaperQuerySet


class RoundContent(models.Model):
    """The words of a round's page. `contacts` holds a line each: whose telephone, a blank, the number."""

    round = models.OneToOneField("applications.Round", models.CASCADE, related_name="content")
    notice_title = models.CharField(_("通知标题"), max_length=200, blank=True)
    notice_number = models.CharField(_("文号"), max_length=60, blank=True)
    notice_url = models.URLField(_("通知网址"), max_length=300, blank=True)
    plan = models.TextField(_("评审安排"), blank=True)
    preparation = models.TextField(_("申报须知"), blank=True)
    contacts = models.TextField(_("咨询电话"), blank=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("批次说明")

    @property
    def telephones(self) -> list[tuple[str, str]]:
        """Whose, and the number."""
        lines = [line.split() for line in self.contacts.splitlines() if line.strip()]
        return [(" ".join(words[:-1]), words[-1]) for words in lines]


class RoundPaper(models.Model):
    """A manual or a form that applicants of a round download. One that was taken away is offered no more."""

    class Kind(models.TextChoices):
        MANUAL = "manual", _("操作手册")
        FORM = "form", _("表格")
        NOTICE = "notice", _("通知和附件")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey("applications.Round", models.CASCADE, related_name="papers")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("名称"), max_length=120)
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, related_name="+")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = RoundPaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("批次资料")
        ordering = ["kind", "pk"]


class FeePayment(models.Model):
    """That an application's fee has come in, as the office says; there is no payment in the portal itself."""

    application = models.OneToOneField("applications.Application", models.CASCADE, related_name="fee_payment")
    amount = models.PositiveIntegerField(_("金额（元）"))
    receipt = models.CharField(_("票据号"), max_length=60, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = _("缴费登记")
        ordering = ["pk"]
