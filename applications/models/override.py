"""What an officer sets beside a finding of the rules. The finding itself is never changed (ADR 0021)."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class FindingOverride(models.Model):
    """A named officer's own finding on one clause of one submission, with reason and basis.

    `found` is what the rules said at that moment of the verified facts. At most one stands for a clause; one that was
    withdrawn stays in the history, and the submission it is about with it.
    """

    class Verdict(models.TextChoices):
        MET = "met", _("符合")
        UNMET = "unmet", _("不符合")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    snapshot = models.ForeignKey("applications.Snapshot", models.PROTECT, related_name="overrides")
    clause = models.CharField(_("条款"), max_length=40)
    found = models.CharField(_("系统核对结果"), max_length=10)
    verdict = models.CharField(_("人工认定"), max_length=10, choices=Verdict.choices)
    basis = models.CharField(_("依据"), max_length=200)
    reason = models.TextField(_("理由"))
    organization = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_reason = models.TextField(_("撤销理由"), blank=True)

    class Meta:
        verbose_name = _("人工认定")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "clause"], condition=Q(withdrawn_at__isnull=True), name="override_stands_once"
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(basis="") & ~Q(clause=""), name="override_reasoned_and_based"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True, withdrawn_reason="")
                | (Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason="")),
                name="override_withdrawn_by_whom_and_why",
            ),
        ]

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None
