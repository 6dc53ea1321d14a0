"""Deciding a step: pass, return once with the whole list, refuse."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.day import DayInput
from applications.models import ApprovalStep, StepKind
from applications.sections import SECTIONS
from applications.services.steps import SUPERVISOR_CHECKS
from portal import clock
from portal.forms import PortalForm

LINES, MORE_LINES, MOST_LINES = 3, 3, 60
LONGEST_COUNT = 4  # digits of a number of lines; what is longer was not written by the page
DAYS_TO_MEND = 7
SECTION_CHOICES = [("", _("请选择")), *((page.key, page.title) for page in SECTIONS)]


class PassForm(PortalForm):
    """The checks of a supervising body, or the employer's commitment; the words are kept with the step."""

    def __init__(self, *args: Any, step: ApprovalStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, Any] = {}
        if step.kind == StepKind.SUPERVISOR:
            self.asked = dict(SUPERVISOR_CHECKS)
        elif step.kind == StepKind.EMPLOYER:
            self.asked = {"commitment": _("本单位承诺：已逐项核验申报材料，内容真实，并对推荐结果负责")}
        for key, label in self.asked.items():
            missing = _("请逐项核对并勾选：%(label)s。") % {"label": label}
            self.fields[key] = forms.BooleanField(label=label, error_messages={"required": missing})
        opinion = _("推荐意见") if step.kind == StepKind.EMPLOYER else _("审核意见")
        self.fields["note"] = forms.CharField(
            label=opinion, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )

    @property
    def checks(self) -> dict[str, bool]:
        return {key: bool(self.cleaned_data.get(key)) for key in self.asked}


class RefuseForm(PortalForm):
    note = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("申报人将看到该理由；请写明事实和依据的条款。"),
    )


class ReturnForm(PortalForm):
    due_on = forms.DateField(label=_("补正期限"), widget=DayInput())
    note = forms.CharField(
        label=_("退回说明"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("总的说明，写在逐项要求之前，申报人将看到。"),
    )

    def __init__(self, *args: Any, step: ApprovalStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        last = step.application.round.office_closes_on
        due = self.fields["due_on"]
        due.initial = min(clock.today() + timedelta(days=DAYS_TO_MEND), last)
        due.help_text = _("当日 24:00 截止，不晚于 %(last)s。") % {"last": last.isoformat()}


class CorrectionForm(PortalForm):
    """One thing to mend. A line left wholly empty counts for nothing."""

    section = forms.ChoiceField(label=_("所在部分"), choices=SECTION_CHOICES, required=False)
    text = forms.CharField(
        label=_("补正要求"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        section, text = data.get("section"), data.get("text", "").strip()
        if text and not section:
            self.add_error("section", _("请指明需要补正的部分。"))
        if section and not text:
            self.add_error("text", _("请写明这一部分怎样补正。"))
        return data


Corrections = forms.formset_factory(CorrectionForm, extra=LINES, max_num=MOST_LINES)


def corrections(data: Any = None) -> "forms.BaseFormSet[CorrectionForm]":
    """The list of things to mend; a post with `more` brings further empty lines."""
    if data is not None and "more" in data:
        data = data.copy()
        shown = str(data.get("lines-TOTAL_FORMS", ""))
        lines = int(shown) if shown.isdecimal() and len(shown) <= LONGEST_COUNT else 0
        data["lines-TOTAL_FORMS"] = str(min(lines + MORE_LINES, MOST_LINES))
    return Corrections(data, prefix="lines")
