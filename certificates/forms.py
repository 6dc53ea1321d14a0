"""The forms of this room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import RevocationReason
from portal.forms import DayField, PortalForm


class NumberForm(PortalForm):
    """Number and name together, so that numbers alone cannot be walked through."""

    number = forms.CharField(
        label=_("证书编号"), max_length=60, help_text=_("证书左侧照片下方的编号，有无短横线均可。")
    )
    name = forms.CharField(label=_("持证人姓名"), max_length=60)


class RegisterForm(PortalForm):
    """What the register is searched for: a number as typed, or a name."""

    q = forms.CharField(label=_("按证书编号或姓名查找"), max_length=60, required=False)


class FileForm(PortalForm):
    file = forms.FileField(
        label=_("证书或评审表的 PDF 文件"),
        help_text=_("须是从本系统下载、未经改动的原文件，10 MB 以内。文件只用于比对，不会保存。"),
    )


class ReleaseForm(PortalForm):
    approval_number = forms.CharField(
        label=_("批准或备案文号"), max_length=60, help_text=_("市职称办确认备案的文号，将印在证书和评审表上。")
    )


class ArchivingForm(PortalForm):
    sealed_on = DayField(label=_("盖章日期"), help_text=_("不早于发证日期，不晚于今天。"))
    place = forms.CharField(label=_("存入何处的人事档案"), max_length=120)


class RevocationForm(PortalForm):
    reason = forms.TypedChoiceField(
        label=_("撤销原因"),
        choices=RevocationReason.choices,
        coerce=RevocationReason,
        help_text=_("查验页向公众显示这一类别和撤销日期。"),
    )
    note = forms.CharField(
        label=_("依据和核查结论"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写入审计记录并通知持证人，不向公众显示。"),
    )


class ReissueForm(PortalForm):
    note = forms.CharField(label=_("换发原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
