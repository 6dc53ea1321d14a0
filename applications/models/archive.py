"""The personal archive: what a person keeps between rounds, and who has verified what of it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from applications.querysets import ArchiveItemQuerySet, EvidenceQuerySet


class ArchiveItem(models.Model):
    """One record. `facts` is a piece of the rules dossier; `details` is what people need and rules never see.

    `content_sha256` covers facts, details and evidence, so that a verification holds for exactly what was seen.
    `unread` is what was typed and could not be read yet, by the name of its form field: it goes into no dossier, and
    nothing is submitted while it stands. `fetched` is where it was fetched from (`applications.fetched`), empty where
    it was typed.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    details = models.JSONField(default=dict)
    unread = models.JSONField(default=dict)
    fetched = models.JSONField(default=dict)
    vocabulary = models.PositiveSmallIntegerField(help_text=_("写入时所用词汇的版本"))
    content_sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = ArchiveItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("业绩档案条目")
        ordering = ["kind", "pk"]
        indexes = [models.Index(fields=["owner", "kind"], name="archive_by_owner_and_kind")]


class Verification(models.Model):
    """What a competent organisation found about a record as it stood: confirmed, or denied with the reason."""

    item = models.ForeignKey(ArchiveItem, models.CASCADE, related_name="verifications")
    content_sha256 = models.CharField(max_length=64)
    confirmed = models.BooleanField()
    reason = models.CharField(max_length=500, blank=True)
    organization = models.ForeignKey("portal.Organization", models.PROTECT, related_name="+")
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    verified_at = models.DateTimeField()

    class Meta:
        verbose_name = _("核验记录")
        ordering = ["verified_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "content_sha256", "organization"], name="verified_once_by_each"),
            models.CheckConstraint(condition=Q(confirmed=True) | ~Q(reason=""), name="denial_has_a_reason"),
        ]


class Evidence(models.Model):
    """A file in a slot: of a record (reused in later rounds) or of one application.

    `document` is which of the documents that a notice asks for it is, by its name there; empty for any other proof.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    item = models.ForeignKey(ArchiveItem, models.CASCADE, null=True, related_name="evidence")
    application = models.ForeignKey("applications.Application", models.CASCADE, null=True, related_name="evidence")
    section = models.CharField(max_length=40)
    slot = models.CharField(max_length=40)
    document = models.CharField(_("材料名称"), max_length=120, blank=True, default="")
    file = models.ForeignKey("portal.StoredFile", models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("佐证材料")
        ordering = ["section", "slot", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, application__isnull=True)
                | Q(item__isnull=True, application__isnull=False),
                name="evidence_of_one_thing",
            ),
        ]
