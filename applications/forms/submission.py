"""The commitment under which an application is submitted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm

# Version 1 of the commitment (services.submission.COMMITMENT_VERSION), in our words.
COMMITMENT = (
    _("本人填报的全部内容和上传的全部材料真实、完整，没有伪造、涂改、抄袭或冒用他人成果。"),
    _("本人知悉本次申报的条件和程序，同一系列、专业本年度只申报这一次。"),
    _("本人已按规定完成继续教育，并接受用人单位和主管部门逐级核验。"),
    _("如承诺不实，本人接受取消当年申报资格、撤销已取得职称并记入诚信档案等处理。"),
)


class CommitmentForm(PortalForm):
    """The commitment, with the hash of the content that was checked."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agreed = forms.BooleanField(
        label=_("本人已逐项核对，并对以上各项作出承诺"),
        error_messages={"required": _("请阅读承诺内容并勾选后再提交。")},
    )


class WithdrawForm(PortalForm):
    note = forms.CharField(
        label=_("撤回原因"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
