"""What the employer says of a record, of a clause, of the person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import PerformanceAssessment
from portal.forms import PortalForm


class VerifyForm(PortalForm):
    """One record: confirmed, or denied with the reason."""

    confirmed = forms.TypedChoiceField(
        choices=[("yes", _("属实")), ("no", _("不属实"))], coerce=lambda said: said == "yes", widget=forms.HiddenInput
    )
    reason = forms.CharField(
        label=_("不属实的理由"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("confirmed") is False and not data.get("reason", "").strip():
            self.add_error("reason", _("核验不属实须写明理由，申报人将据此补正。"))
        return data


class AttestForm(PortalForm):
    """A clause that only a person can judge."""

    clause = forms.CharField(widget=forms.HiddenInput, max_length=40)
    value = forms.TypedChoiceField(
        choices=[("yes", _("符合")), ("no", _("不符合"))], coerce=lambda said: said == "yes", widget=forms.HiddenInput
    )
    note = forms.CharField(
        label=_("不符合的理由"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("value") is False and not data.get("note", "").strip():
            self.add_error("note", _("认为不符合的，须写明理由。"))
        return data


class AssessForm(PortalForm):
    """业绩考核 and 职业道德."""

    performance = forms.ChoiceField(
        label=_("业绩考核结果"), choices=PerformanceAssessment.choices, widget=forms.RadioSelect
    )
    ethics = forms.CharField(
        label=_("职业道德评价"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明申报人遵守职业道德、履行岗位职责的情况，随申报材料报送。"),
    )
