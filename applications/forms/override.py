"""An officer's own finding on a clause, and taking it back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import FindingOverride
from portal.forms import PortalForm


class OverrideForm(PortalForm):
    """`example` is a basis as it is written down, `clauses` are the numbers and labels offered.

    `seen` is the hash of the material the person has before them.
    """

    clause = forms.ChoiceField(label=_("条款"))
    verdict = forms.ChoiceField(label=_("认定为"), choices=FindingOverride.Verdict.choices, widget=forms.RadioSelect)
    basis = forms.CharField(label=_("依据的文件和条款"), max_length=200)
    reason = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_(
            "写明所见材料和事实，为什么与系统核对结果不同。会署您的姓名和日期，并写入审计记录；不要写证件号码。"
        ),
    )
    seen_sha256 = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args: Any, clauses: Sequence[tuple[str, str]], example: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["basis"].help_text = _("例如：%(example)s。") % {"example": example}
        self.fields["clause"].choices = [("", _("请选择")), *clauses]  # type: ignore[attr-defined]


class WithdrawForm(PortalForm):
    reason = forms.CharField(label=_("撤销理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
