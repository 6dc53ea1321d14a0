"""Cancelling an application on proved facts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm
from rules.catalog import Entry

NAMED = 2


class CancelForm(PortalForm):
    """`entry` is the application's policy, whose own clauses on breaches serve as examples."""

    clause = forms.CharField(
        label=_("依据的条款"),
        max_length=100,
        help_text=_("文件和条款号。"),
    )
    reason = forms.CharField(
        label=_("查实的事实和理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("申报人将看到；不要写证件号码和举报人信息。"),
    )
    confirmed = forms.BooleanField(
        label=_("已按程序核实，确认取消"), error_messages={"required": _("请确认已按程序核实。")}
    )

    def __init__(self, *args: Any, entry: Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        breaches = "、".join(f"{entry.cite(one)}（{one.label}）" for one in entry.procedure.consequences[:NAMED])
        if breaches:
            self.fields["clause"].help_text = _("文件和条款号，例如：%(breaches)s。") % {"breaches": breaches}
