"""The working days of China, as the State Council announces them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Workday(models.Model):
    """A day that differs from the plain week: a weekday off, or a weekend day worked. Weekdays off include festivals.

    A year with any row counts as announced; `source` names the paper.
    """

    day = models.DateField(_("日期"), primary_key=True)
    is_workday = models.BooleanField(_("上班"))
    name = models.CharField(_("节日"), max_length=40, blank=True)
    source = models.CharField(_("依据文件"), max_length=120)

    class Meta:
        verbose_name = _("工作日安排")
        ordering = ["day"]
