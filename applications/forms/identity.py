"""The form on which staff say why they look at a whole identity number."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm


class RevealForm(PortalForm):
    reason = forms.CharField(
        label=_("查看理由"),
        max_length=200,
        help_text=_("如“与纸质证件核对”。理由、查看人和时间记入审计日志。"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
