"""An application joins a person and a round; what it says is frozen in snapshots."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.querysets import ApplicationQuerySet
from applications.status import DECIDED, EDITABLE, UNTOLD, Face, Status


class PerformanceAssessment(models.TextChoices):
    """所在单位业绩考核, in the words of the eligibility contract."""

    PASSED = "passed", _("合格")
    FAILED = "failed", _("不合格")


class Application(models.Model):
    """`claims` are the special routes asked for; `items` the records of the archive that go into the dossier.

    `direction` is a code of the pack's, `topic` one of that direction's topics in the pack's words.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("申报编号"), max_length=30, blank=True)
    applicant = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    round = models.ForeignKey("applications.Round", models.PROTECT, related_name="applications")
    employer = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+", verbose_name=_("用人单位"))
    level = models.CharField(_("申报层级"), max_length=20)
    direction = models.CharField(_("专业方向"), max_length=60, blank=True)
    topic = models.CharField(_("具体内容"), max_length=60, blank=True)
    claims = models.JSONField(default=list)
    items = models.ManyToManyField("applications.ArchiveItem", related_name="applications")
    status = models.CharField(max_length=20, choices=[(s.value, s.face.label) for s in Status], default=Status.DRAFT)
    snapshot = models.ForeignKey("applications.Snapshot", models.PROTECT, null=True, related_name="+")
    performance_assessment = models.CharField(
        _("业绩考核"), max_length=10, choices=PerformanceAssessment.choices, blank=True
    )
    ethics_assessment = models.TextField(_("职业道德评价"), blank=True)
    assessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    assessed_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    result_told_at = models.DateTimeField(_("结果公布时间"), null=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("申报")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["applicant", "round"],
                condition=~Q(status=Status.WITHDRAWN.value),
                name="one_application_a_person_and_round",
            ),
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="application_number_once"),
            models.CheckConstraint(
                condition=Q(submitted_by__isnull=True, submitted_at__isnull=True)
                | Q(submitted_by__isnull=False, submitted_at__isnull=False),
                name="application_submitted_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(assessed_by__isnull=True, assessed_at__isnull=True, performance_assessment="")
                | (Q(assessed_by__isnull=False, assessed_at__isnull=False) & ~Q(performance_assessment="")),
                name="application_assessed_by_and_at",
            ),
        ]
        indexes = [
            models.Index(fields=["round", "status"], name="application_by_round"),
            models.Index(fields=["employer", "status"], name="application_by_employer"),
        ]

    @property
    def face(self) -> Face:
        return Status(self.status).face

    @property
    def status_label(self) -> Promise:
        return self.face.label

    @property
    def awaits_publication(self) -> bool:
        """The meeting has decided, and only those who run or watch it may know what."""
        return self.status in DECIDED and self.result_told_at is None

    @property
    def told_status(self) -> str:
        """The status as far as it is public to those concerned; empty while the result is closed."""
        return "" if self.awaits_publication else self.status

    @property
    def told_face(self) -> Face:
        return UNTOLD if self.awaits_publication else self.face

    @property
    def told_status_label(self) -> Promise:
        return self.told_face.label

    @property
    def applicant_status_label(self) -> Promise:
        return self.told_face.applicant_label

    @property
    def is_editable(self) -> bool:
        return self.status in EDITABLE

    @property
    def scope(self) -> str:
        """The chain of the audit log that this application's acts stand in."""
        return f"application:{self.public_id}"


class Snapshot(models.Model):
    """What was submitted: canonical JSON, hashed, never changed. At most one of an application is live."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="snapshots")
    revision = models.PositiveSmallIntegerField()
    live = models.BooleanField(default=True)
    content = models.TextField(help_text=_("规范化 JSON 文本"))
    sha256 = models.CharField(max_length=64)
    policy_id = models.CharField(max_length=60)
    policy_sha256 = models.CharField(max_length=64)
    identity_masked = models.CharField(max_length=40)
    taken_at = models.DateTimeField()

    class Meta:
        verbose_name = _("申报快照")
        ordering = ["application", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["application", "revision"], name="snapshot_revision_once"),
            models.UniqueConstraint(fields=["application"], condition=Q(live=True), name="one_live_snapshot"),
        ]

    @property
    def data(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.content)
        return read


class QualificationCheck(models.Model):
    """What the rules found on a snapshot: stored, never recomputed. The engine advises; people decide."""

    class View(models.TextChoices):
        CLAIMED = "claimed", _("按申报内容")
        VERIFIED = "verified", _("按已核验内容")

    snapshot = models.ForeignKey(Snapshot, models.CASCADE, related_name="checks")
    view = models.CharField(max_length=10, choices=View.choices)
    as_of = models.DateField()
    occasion = models.CharField(max_length=20)
    result = models.JSONField()
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("条件核对结果")
        ordering = ["pk"]


class Attestation(models.Model):
    """What a competent person confirmed or denied of a clause that only a person can judge."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="attestations")
    clause = models.CharField(max_length=40)
    value = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    organization = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    attested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    attested_at = models.DateTimeField()

    class Meta:
        verbose_name = _("条款确认")
        ordering = ["clause"]
        constraints = [models.UniqueConstraint(fields=["application", "clause"], name="clause_attested_once")]


class TransitionRecord(models.Model):
    """One legal move, as it happened."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="history")
    move = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    target = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("办理记录")
        ordering = ["pk"]
        indexes = [models.Index(fields=["application", "move"], name="history_by_move")]
