"""Who may not apply in a region, why, by which clause and for how long."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from applications.querysets import BanQuerySet
from portal import clock


class BanTerm(models.TextChoices):
    THIS_YEAR = "this_year", _("取消当年的申报资格")
    YEARS = "years", _("自次年起若干年内不得申报")
    UNTIL_LIFTED = "until_lifted", _("列入黑名单，至移出为止")


class Ban(models.Model):
    """A bar to applying in one region, from its first day to its last, both included; `ends_on` is None until lifted.

    It names its person by the keyed digest of their document, so that it finds one who signs up later, and by their
    log-in where there is one. One that was lifted stays in the list, with who lifted it and why.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    region = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+", verbose_name=_("地区"))
    name = models.CharField(_("姓名"), max_length=60)
    identity_digest = models.CharField(max_length=64, blank=True, db_index=True)
    identity_masked = models.CharField(_("证件号码"), max_length=60, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    term = models.CharField(_("期限"), max_length=12, choices=BanTerm.choices)
    clause = models.CharField(_("依据的条款"), max_length=200)
    reason = models.TextField(_("查实的事实和理由"))
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("截止日期"), null=True)
    organization = models.ForeignKey(
        "portal.Organization", models.PROTECT, related_name="+", verbose_name=_("登记单位")
    )
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_reason = models.TextField(_("解除理由"), blank=True)

    objects = BanQuerySet.as_manager()

    class Meta:
        verbose_name = _("不得申报的登记")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(user__isnull=False) | ~Q(identity_digest=""), name="ban_names_somebody"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(clause=""), name="ban_reasoned_and_based"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__lte=F("ends_on")), name="ban_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_by__isnull=True, lifted_reason="")
                | (Q(lifted_at__isnull=False, lifted_by__isnull=False) & ~Q(lifted_reason="")),
                name="ban_lifted_by_whom_and_why",
            ),
        ]

    @property
    def is_lifted(self) -> bool:
        return self.lifted_at is not None

    def stands_on(self, day: date) -> bool:
        return not self.is_lifted and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def stands(self) -> bool:
        return self.stands_on(clock.today())

    @property
    def is_over(self) -> bool:
        return self.ends_on is not None and self.ends_on < clock.today()
