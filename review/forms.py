"""The forms of review. What the law says is refused by services; forms check that something sensible was typed."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import Application, Round
from applications.status import Status
from applications.wording import DIRECTIONS
from portal.forms import DayField, PortalForm
from portal.models import Organization, OrganizationKind, Ownership, User
from review.models import Choice, Meeting, RecusalReason, Seat
from review.models.expert import SeniorTitle
from review.procedure import procedure_of


class Applicants(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.applicant.get_full_name()}（{obj.employer.name}，{obj.number}）"


class Seats(forms.ModelMultipleChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.expert.name}（{obj.expert.unit_name}）"


class OneSeat(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.expert.name}（{obj.expert.unit_name}）"


class PlanForm(PortalForm):
    held_on = DayField(label=_("会议日期"))
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    panel_size = forms.IntegerField(label=_("评委人数"), min_value=1, max_value=99, help_text=_("须为单数。"))
    shares_bind = forms.BooleanField(
        label=_("专家库的构成比例同样约束评委组成"),
        required=False,
        initial=True,
        help_text=_(
            "正高级、企业、民营企业和社会组织专家的比例；通知对专家库作出规定，是否约束每次评委组成由评委会确定。"
        ),
    )
    applications = Applicants(
        label=_("上会申报"), queryset=Application.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accepted = Application.objects.filter(round=round_, status=Status.ACCEPTED)
        applicants = self.fields["applications"]
        if isinstance(applicants, Applicants):
            applicants.queryset = accepted.select_related("applicant", "employer")
            applicants.initial = list(accepted.values_list("pk", flat=True))
        self.fields["panel_size"].initial = procedure_of(round_).panel.size.value


class PostponeForm(PortalForm):
    held_on = DayField(label=_("新的会议日期"))
    reason = forms.CharField(label=_("改期理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DrawForm(PortalForm):
    public_value = forms.CharField(
        label=_("公开随机值及来源"),
        max_length=200,
        help_text=_(
            "填写上报计划（补抽的，为上报补抽）之后才公开、任何人可查的数值及其来源，例如当日公开彩票的开奖号码。"
        ),
    )


class AttendanceForm(PortalForm):
    seats = Seats(
        label=_("到会评委"),
        queryset=Seat.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只列出已接受邀请并签署承诺书的评委；不得代签到、代投票。"),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ready = meeting.seats.filter(state="accepted", committed_at__isnull=False).select_related("expert__user")
        seats = self.fields["seats"]
        if isinstance(seats, Seats):
            seats.queryset = ready
            seats.initial = list(ready.values_list("pk", flat=True))


class ReasonForm(PortalForm):
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class EndForm(ReasonForm):
    struck_off = forms.BooleanField(
        label=_("因违反评审纪律取消专家资格"),
        required=False,
        help_text=_("取消资格的记录予以保留。"),
    )


class AnswerForm(PortalForm):
    accepts = forms.ChoiceField(
        label=_("能否参加"), choices=[("yes", _("能参加")), ("no", _("不能参加"))], widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label=_("不能参加的理由"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class CommitForm(PortalForm):
    agreed = forms.BooleanField(
        label=_("本人已阅读并承诺遵守以上各项"), error_messages={"required": _("请勾选确认后再签署。")}
    )


class RecuseForm(PortalForm):
    reason = forms.ChoiceField(label=_("回避情形"), choices=RecusalReason.choices)
    detail = forms.CharField(label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class OrderRecusalForm(RecuseForm):
    seat = OneSeat(label=_("评委"), queryset=Seat.objects.none())
    field_order = ["seat", "reason", "detail"]

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        seat = self.fields["seat"]
        if isinstance(seat, OneSeat):
            seat.queryset = meeting.seats.taken().select_related("expert__user")


class OpinionForm(PortalForm):
    text = forms.CharField(label=_("评审意见"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class VoteForm(PortalForm):
    choice = forms.ChoiceField(label=_("您的表决"), choices=Choice.choices, widget=forms.RadioSelect)


class EnrolForm(PortalForm):
    username = forms.CharField(label=_("专家登录名"), max_length=150, help_text=_("专家须先在本系统注册账户。"))
    title_level = forms.ChoiceField(label=_("职称层级"), choices=SeniorTitle.choices)
    employer_kind = forms.ChoiceField(label=_("单位性质"), choices=Ownership.choices)
    unit_name = forms.CharField(label=_("工作单位"), max_length=120)
    skilled = forms.BooleanField(label=_("高技能人才专家"), required=False)
    directions = forms.MultipleChoiceField(
        label=_("专业方向"),
        choices=DIRECTIONS.items(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("专家须从事本评审委员会所评专业的相关领域。"),
    )
    term_from = DayField(label=_("任期开始"))
    term_until = DayField(label=_("任期结束"), help_text=_("每届任期不超过三年。"))

    def clean_username(self) -> str:
        found = User.objects.filter(username=self.cleaned_data["username"].strip(), is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("没有这个登录名的用户，请核对后重新填写。"))
        self.user = found
        return found.username

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        first, last = data.get("term_from"), data.get("term_until")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("term_until", _("任期结束日期早于开始日期。"))
        return data

    def organization(self, root: Organization | None) -> Organization | None:
        """The unit in the tree that bears exactly the name typed, so that recusals find it."""
        named = Organization.objects.filter(
            name=self.cleaned_data["unit_name"].strip(), kind=OrganizationKind.EMPLOYER, root=root
        )
        return named.first()
