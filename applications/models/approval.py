"""Approval level by level: rows made from the route and the organisation tree."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    EMPLOYER = "employer", _("用人单位审核推荐")
    SUPERVISOR = "supervisor", _("主管部门审核")
    OFFICE = "office", _("评审办事机构受理")


class StepState(models.TextChoices):
    WAITING = "waiting", _("尚未到达")
    OPEN = "open", _("待办理")
    PASSED = "passed", _("已通过")
    RETURNED = "returned", _("已退回")
    REFUSED = "refused", _("不予通过")
    LAPSED = "lapsed", _("因退回或撤回终止")


FIRST_REVISION = 1
DECIDED = (StepState.PASSED, StepState.RETURNED, StepState.REFUSED)


class ApprovalStep(models.Model):
    """One level's turn at one revision. A decision pins the hash of the snapshot it was taken on.

    `statement` is what the unit put its name to with its pass, word for word (`applications.commitments`).
    A return lists its `corrections`, each with `section`, `text` and, of one record, its `item` and `name`; `answers`,
    by the number of the line, are what the applicant says was done about each (`applications.corrections`).
    """

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="steps")
    revision = models.PositiveSmallIntegerField()
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=StepKind.choices)
    organization = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=StepState.choices, default=StepState.WAITING)
    opened_at = models.DateTimeField(null=True)
    note = models.TextField(blank=True)
    statement = models.TextField(_("签署的承诺或确认"), blank=True)
    checks = models.JSONField(default=dict)
    corrections = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    due_on = models.DateField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    snapshot_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("审核环节")
        ordering = ["application", "revision", "order"]
        constraints = [
            models.UniqueConstraint(fields=["application", "revision", "order"], name="step_order_once"),
            models.UniqueConstraint(fields=["application"], condition=Q(state="open"), name="one_open_step"),
            models.CheckConstraint(
                condition=(
                    Q(state__in=["passed", "returned", "refused"], decided_by__isnull=False, decided_at__isnull=False)
                    & ~Q(snapshot_sha256="")
                )
                | Q(
                    state__in=["waiting", "open", "lapsed"],
                    decided_by__isnull=True,
                    decided_at__isnull=True,
                    snapshot_sha256="",
                ),
                name="step_decided_by_at_and_on",
            ),
            models.CheckConstraint(
                condition=~Q(state="passed", kind__in=["employer", "supervisor"]) | ~Q(statement=""),
                name="step_passed_with_a_statement",
            ),
        ]
        indexes = [models.Index(fields=["organization", "state"], name="step_by_organization")]

    @property
    def last_day(self) -> date:
        """Its last day in the round. What came back mended keeps its place, so only the office's day binds it."""
        kind = self.kind if self.revision == FIRST_REVISION else StepKind.OFFICE.value
        return self.application.round.closes_on(kind)


class ExceptionConsent(models.Model):
    """The supervising body's word on an exception (破格): a signed decision of its own beside that on its step.

    Given once and refused once at most; a refusal takes the application off the level's desk in the same act.
    """

    step = models.ForeignKey(ApprovalStep, models.CASCADE, related_name="consents")
    clause = models.CharField(_("破格条款"), max_length=40)
    given = models.BooleanField(_("同意"))
    reason = models.TextField(_("理由"))
    statement = models.TextField(_("签署的文字"), blank=True)
    snapshot_sha256 = models.CharField(max_length=64)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("破格同意")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["step", "given"], name="consent_said_once"),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(snapshot_sha256="") & (Q(given=False) | ~Q(statement="")),
                name="consent_reasoned_and_signed",
            ),
        ]
