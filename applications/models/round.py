"""A yearly round: one committee, one specialty, its levels and its dates."""

import uuid
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.querysets import RoundQuerySet
from portal import clock


class RoundState(models.TextChoices):
    DRAFT = "draft", _("筹备中")
    OPEN = "open", _("已发布")
    CLOSED = "closed", _("已结束")


# A grace is for whoever pressed the button in the last minutes, and is no second deadline.
MOST_GRACE = 120


class Round(models.Model):
    """Dates are whole days in Asia/Shanghai and close at 24:00. `as_of` is the last day that counts (终算时间).

    `grace_minutes`, told beforehand: how long after 24:00 of the applicants' last day a draft may still be submitted.
    `fee_yuan` is what the office charges where the notice leaves the amount open (`applications.fees`).
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("批次名称"), max_length=120)
    year = models.PositiveSmallIntegerField(_("年度"))
    committee = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    office = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    region = models.CharField(max_length=20)
    series = models.CharField(_("系列"), max_length=40)
    specialty = models.CharField(_("专业"), max_length=40)
    policy_id = models.CharField(max_length=60)
    policy_sha256 = models.CharField(max_length=64)
    levels = models.JSONField(_("层级"), default=list)
    opens_on = models.DateField(_("开始申报"))
    applicant_closes_on = models.DateField(_("个人申报截止"))
    employer_closes_on = models.DateField(_("用人单位审核截止"))
    supervisor_closes_on = models.DateField(_("主管部门审核截止"))
    office_closes_on = models.DateField(_("受理截止"))
    as_of = models.DateField(_("终算时间"))
    grace_minutes = models.PositiveSmallIntegerField(_("提交宽限（分钟）"), default=0)
    fee_yuan = models.PositiveIntegerField(_("收费金额（元）"), null=True)
    fee_before_acceptance = models.BooleanField(_("缴费后方可受理"), default=False)
    state = models.CharField(max_length=10, choices=RoundState.choices, default=RoundState.DRAFT)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("批次")
        ordering = ["-year", "applicant_closes_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(opened_by__isnull=True, opened_at__isnull=True)
                | Q(opened_by__isnull=False, opened_at__isnull=False),
                name="round_opened_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(opens_on__lte=F("applicant_closes_on"))
                & Q(applicant_closes_on__lte=F("employer_closes_on"))
                & Q(employer_closes_on__lte=F("supervisor_closes_on"))
                & Q(supervisor_closes_on__lte=F("office_closes_on")),
                name="round_dates_in_order",
            ),
            models.CheckConstraint(condition=Q(grace_minutes__lte=MOST_GRACE), name="round_grace_is_short"),
            models.UniqueConstraint(fields=["committee", "year", "specialty", "name"], name="round_named_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def takes_applications(self) -> bool:
        return self.state == RoundState.OPEN and self.opens_on <= clock.today() <= self.applicant_closes_on

    @property
    def submission_ends_at(self) -> datetime:
        """The first moment at which nothing new is submitted any more: the applicants' last day, then the grace."""
        return clock.end_of(self.applicant_closes_on) + timedelta(minutes=self.grace_minutes)

    @property
    def grace_told(self) -> str:
        """The grace, for whoever reads the deadline; empty where there is none."""
        if not self.grace_minutes:
            return ""
        return gettext("截止后 %(minutes)d 分钟内仍可提交") % {"minutes": self.grace_minutes}

    def takes_submission_at(self, moment: datetime) -> bool:
        """Whether a draft that is submitted at this moment counts; beginning one ends with the last day itself."""
        opened = self.state == RoundState.OPEN and self.opens_on <= moment.astimezone(clock.ZONE).date()
        return opened and moment < self.submission_ends_at

    def closes_on(self, step_kind: str) -> date:
        """The last day of a level of the route."""
        closing: dict[str, date] = {
            "employer": self.employer_closes_on,
            "supervisor": self.supervisor_closes_on,
            "office": self.office_closes_on,
        }
        return closing[step_kind]
