"""Posting a notice and what goes with it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from portal.forms import PortalForm


class Applicants(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.applicant.name}（{obj.number}，{obj.round.name}）"


class NoticeForm(PortalForm):
    applications = Applicants(
        label=_("公示人员"),
        queryset=Application.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("同一批次的人员可以一并公示。"),
    )

    def __init__(self, *args: Any, candidates: QuerySet[Application], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = self.fields["applications"]
        if isinstance(people, Applicants):
            people.queryset = candidates
            people.initial = list(candidates.values_list("pk", flat=True))

    def clean_applications(self) -> QuerySet[Application]:
        chosen: QuerySet[Application] = self.cleaned_data["applications"]
        if len({(one.round_id, one.employer_id) for one in chosen}) > 1:
            raise forms.ValidationError(_("一次公示只能包含同一单位、同一批次的人员，请分别公示。"))
        return chosen


class PhotographForm(PortalForm):
    file = forms.FileField(
        label=_("公示照片"),
        help_text=_("拍到公示内容和张贴地点，JPG 或 PNG 图片。"),
        widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png"}),
    )


class WithdrawForm(PortalForm):
    reason = forms.CharField(label=_("撤下的理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
