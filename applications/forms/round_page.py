"""What the office sets on a round's page: terms, words, papers; and payments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.fees import fee_of
from applications.models import Round, RoundContent, RoundPaper
from applications.models.round import MOST_GRACE
from applications.services import Words
from portal.forms import PortalForm

ACCEPTED = "application/pdf,image/jpeg,image/png,.pdf,.jpg,.jpeg,.png"


class TermsForm(PortalForm):
    """Grace and, where the notice leaves the amount open, the fee."""

    grace_minutes = forms.IntegerField(
        label=_("提交宽限（分钟）"),
        min_value=0,
        max_value=MOST_GRACE,
        help_text=_("截止后仍可提交的分钟数，0 至 120，0 为没有宽限。只用于提交；须在截止日之前公布。"),
    )
    fee_yuan = forms.IntegerField(
        label=_("收费金额（元，整数）"), min_value=1, max_value=100_000, required=False,
        help_text=_("不填为尚未公布。系统不收款，由评审办登记是否缴费。"),
    )  # fmt: skip
    fee_before_acceptance = forms.BooleanField(label=_("缴费后方可受理"), required=False)

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("grace_minutes", "fee_yuan", "fee_before_acceptance"):
            self.fields[name].initial = getattr(round_, name)
        if not fee_of(round_).open_to_office:
            del self.fields["fee_yuan"], self.fields["fee_before_acceptance"]


class ContentForm(PortalForm):
    notice_title = forms.CharField(label=_("通知标题"), max_length=200, required=False)
    notice_number = forms.CharField(label=_("文号"), max_length=60, required=False)
    notice_url = forms.URLField(
        label=_("通知网址"), max_length=300, required=False, assume_scheme="https",
        help_text=_("以 https:// 或 http:// 开头。"),
    )  # fmt: skip
    plan = forms.CharField(
        label=_("评审安排"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("评审方式、会议和答辩的大致时间、材料报送地点等。日期由系统列出，不必重复。"),
    )  # fmt: skip
    preparation = forms.CharField(
        label=_("申报须知"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("申报人需要准备和注意的事项。通知规定的材料由系统列出。"),
    )  # fmt: skip
    contacts = forms.CharField(
        label=_("咨询电话"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一个：先写单位或事项，空一格，再写号码。地区和受理机构的电话都写上。"),
    )  # fmt: skip

    def __init__(self, *args: Any, content: RoundContent | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.initial = getattr(content, name, "")

    @property
    def words(self) -> Words:
        return Words(**self.cleaned_data)


class PaperForm(PortalForm):
    kind = forms.ChoiceField(label=_("类别"), choices=RoundPaper.Kind.choices)
    title = forms.CharField(label=_("名称"), max_length=120, help_text=_("申报人看到的名称，如“申报人操作手册”。"))
    file = forms.FileField(
        label=_("文件"),
        help_text=_("PDF、JPG 或 PNG，不超过 10 MB；表格请先导出为 PDF。"),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )


class PaidForm(PortalForm):
    receipt = forms.CharField(label=_("票据号"), max_length=60, required=False, help_text=_("没有的不填。"))


class UnpaidForm(PortalForm):
    reason = forms.CharField(label=_("撤销理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
