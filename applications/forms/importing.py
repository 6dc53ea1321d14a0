"""Choosing the workbook, and the word on twins."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm

ACCEPT = ".xlsx,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(PortalForm):
    book = forms.FileField(
        label=_("填好的模板"),
        help_text=_(".xlsx 格式，不超过 2 MB、500 行。"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        allow_empty_file=True,
    )


class ConfirmImportForm(PortalForm):
    sealed = forms.CharField(widget=forms.HiddenInput)
    with_twins = forms.BooleanField(
        label=_("与档案或前面行重复的，也一并导入"),
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
    )
