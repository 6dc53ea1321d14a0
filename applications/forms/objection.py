"""Objecting to a person on a notice, and recording what the inquiry found."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm


class ObjectionForm(PortalForm):
    text = forms.CharField(
        label=_("异议内容和依据"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("写明具体事实，以及可以核查的线索或材料名称。"),
    )
    contact = forms.CharField(
        label=_("联系方式"),
        max_length=200,
        help_text=_("姓名和电话或电子邮箱。加密保存，仅供核查人员联系您，不向被反映人公开。"),
    )


class SettleForm(PortalForm):
    upheld = forms.TypedChoiceField(
        label=_("核查结论"),
        choices=[("no", _("异议不成立")), ("yes", _("异议成立"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    outcome = forms.CharField(label=_("核查情况和处理结果"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
