"""Cancelling an application on proved facts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm


class CancelForm(PortalForm):
    clause = forms.CharField(
        label=_("依据的条款"),
        max_length=100,
        help_text=_("文件和条款号，例如：2023年度通知三(九)（继续教育承诺不实）、27号 正文八(三)（违规查实）。"),
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
