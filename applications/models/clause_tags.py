"""Which clauses of the level a record is meant to serve, as the applicant says it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClauseTags(models.Model):
    """The clauses that a record serves in one application; an empty list says: none. No row: nothing said yet.

    Clauses that the round's pack knows stand by their number, others as the applicant wrote them.
    """

    application = models.ForeignKey("applications.Application", models.CASCADE, related_name="clause_tags")
    item = models.ForeignKey("applications.ArchiveItem", models.CASCADE, related_name="clause_tags")
    clauses = models.JSONField(_("对应条款"), default=list)

    class Meta:
        verbose_name = _("对应条款")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="clause_tags_once_a_record")]
