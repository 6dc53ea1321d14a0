"""The audit log: text rows chained by hash, a head a scope, and the heads chained daily."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal import clock


class AuditEntry(models.Model):
    """One act or one refusal. `text` is the canonical text that was hashed; the columns repeat it for searching.

    Everything is text, no row points anywhere: nothing that happens to people or files later can alter the log.
    Written by portal.audit alone; the database refuses changing and deleting (portal.audit_walls).
    """

    scope = models.CharField(max_length=100)
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField(_("时间"))
    business_day = models.DateField(_("业务日期"))
    actor = models.CharField(_("操作人"), max_length=100, blank=True)
    actor_id = models.CharField(max_length=36, blank=True)
    acting_for = models.CharField(_("代表单位"), max_length=160, blank=True)
    role = models.CharField(_("角色"), max_length=60, blank=True)
    request_id = models.CharField(max_length=40, blank=True)
    act = models.CharField(_("操作"), max_length=60)
    refused = models.BooleanField(_("被拒绝"), default=False)
    kind = models.CharField(_("对象类别"), max_length=60)
    target = models.CharField(_("对象"), max_length=100)
    change = models.TextField(_("变更"), blank=True)
    reason = models.TextField(_("理由"), blank=True)
    text = models.TextField()
    previous = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("审计记录")
        ordering = ["scope", "sequence"]
        constraints = [models.UniqueConstraint(fields=["scope", "sequence"], name="audit_entry_place_once")]
        indexes = [
            models.Index(fields=["kind", "target"], name="audit_entry_target"),
            models.Index(fields=["at"], name="audit_entry_at"),
        ]


class AuditHead(models.Model):
    """The last entry of a scope. A writer locks this row, so that a scope grows one entry after the other."""

    scope = models.CharField(max_length=100, unique=True)
    sequence = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    chained = models.PositiveBigIntegerField(default=0, help_text="the sequence that the last AuditDay recorded")


class AuditDay(models.Model):
    """A link of the one list of heads: `text` names every head that moved since the link before."""

    number = models.PositiveBigIntegerField(unique=True)
    day = models.DateField(db_index=True)
    at = models.DateTimeField(default=clock.machine_now)
    text = models.TextField()
    previous = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
