"""Deciding a step: pass, return once with the whole list, refuse."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications import commitments, posts
from applications.models import ApprovalStep, StepKind
from portal import clock
from portal.chinese_dates import cn_date
from portal.forms import DayField, PortalForm
from rules import catalog

DAYS_TO_MEND = 7
MOST_POSTS = 99_999
POSTS = {"posts_set": "set", "posts_filled": "filled"}


class DecisionForm(PortalForm):
    """Carries the snapshot that the page shows: material that came in since is not decided unseen."""

    seen_sha256 = forms.CharField(
        widget=forms.HiddenInput, max_length=64, error_messages={"required": _("页面已经过期，请刷新后重新办理。")}
    )

    def __init__(self, *args: Any, step: ApprovalStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        live = step.application.snapshot
        self.fields["seen_sha256"].initial = live.sha256 if live else ""


class PassForm(DecisionForm):
    """The checks of a supervising body, or the employer's commitment with the hash of its words."""

    def __init__(self, *args: Any, step: ApprovalStep, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        self.clauses = [gettext(clause) for clause in commitments.EMPLOYER] if step.kind == StepKind.EMPLOYER else []
        self.asked = commitments.SUPERVISOR if step.kind == StepKind.SUPERVISOR else {}
        for key, label in self.asked.items():
            missing = _("请逐项核对并勾选：%(label)s。") % {"label": gettext(label)}
            self.fields[key] = forms.BooleanField(label=gettext(label), error_messages={"required": missing})
        if self.clauses:
            self.fields["commitment_sha256"] = forms.CharField(
                widget=forms.HiddenInput, max_length=64, initial=commitments.sha256(commitments.EMPLOYER)
            )
            self.fields["commitment"] = forms.BooleanField(
                label=_("本单位已阅读以上承诺书并签署"),
                error_messages={"required": _("请阅读推荐承诺书，并代表单位勾选签署。")},
            )
        self.states_posts = bool(self.clauses) and posts.rule_for(step.application) is not None
        if self.states_posts:
            self.fields |= _post_fields(step)
        opinion = _("推荐意见") if step.kind == StepKind.EMPLOYER else _("审核意见")
        self.fields["note"] = forms.CharField(
            label=opinion, max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.states_posts and data.get("posts_managed") == "yes":
            for name in POSTS:
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("全面实行岗位管理的，请填写此项。"))
        return data

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes."""
        checks: dict[str, Any] = {key: bool(self.cleaned_data.get(key)) for key in self.asked}
        if self.clauses:
            checks["commitment"] = self.cleaned_data["commitment_sha256"]
        if self.states_posts:
            counts = {key: self.cleaned_data[name] for name, key in POSTS.items()}
            managed = self.cleaned_data["posts_managed"] == "yes"
            checks["posts"] = {"managed": managed, **(counts if managed else {})}
        return {
            "checks": checks,
            "note": self.cleaned_data["note"],
            "seen_sha256": self.cleaned_data["seen_sha256"],
        }


def _post_fields(step: ApprovalStep) -> dict[str, forms.Field]:
    """What a public institution states of its posts at the level applied for."""
    title = catalog.get(step.application.round.policy_id).procedure.title_of(step.application.level)
    count: dict[str, Any] = {"min_value": 0, "max_value": MOST_POSTS, "required": False}
    return {
        "posts_managed": forms.ChoiceField(
            label=_("本单位是否全面实行岗位管理"),
            choices=[("yes", _("是")), ("no", _("否"))],
            widget=forms.RadioSelect,
            error_messages={"required": _("请选择本单位是否全面实行岗位管理。")},
        ),
        "posts_set": forms.IntegerField(label=gettext("%(title)s岗位核定数") % {"title": title}, **count),
        "posts_filled": forms.IntegerField(
            label=gettext("%(title)s岗位已聘人数") % {"title": title},
            help_text=_("本年度已推荐、尚在办理的人员由系统另行扣除，不计在内。"),
            **count,
        ),
    }


class ConsentForm(DecisionForm):
    """The supervising body's consent to an exception, with the hash of its words."""

    reason = forms.CharField(
        label=_("同意的理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("写明核对的业绩成果和推荐情况，随申报材料留存。"),
    )
    signed_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    agreed = forms.BooleanField(
        label=_("本部门已阅读以上同意书并签署"),
        error_messages={"required": _("请阅读破格同意书，并代表本部门勾选签署。")},
    )

    def __init__(self, *args: Any, step: ApprovalStep, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        self.clauses = [gettext(clause) for clause in commitments.EXCEPTION]
        self.fields["signed_sha256"].initial = commitments.sha256(commitments.EXCEPTION)

    @property
    def given(self) -> dict[str, Any]:
        """What the service takes."""
        return {name: self.cleaned_data[name] for name in ("reason", "signed_sha256", "seen_sha256")}


class RefuseForm(DecisionForm):
    note = forms.CharField(
        label=_("理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("申报人将看到该理由；请写明事实和依据的条款。"),
    )


class ReturnForm(DecisionForm):
    due_on = DayField(label=_("补正期限"))
    note = forms.CharField(
        label=_("退回说明"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("总的说明，写在逐项要求之前，申报人将看到。"),
    )

    def __init__(self, *args: Any, step: ApprovalStep, **kwargs: Any) -> None:
        super().__init__(*args, step=step, **kwargs)
        last = step.application.round.office_closes_on
        due = self.fields["due_on"]
        due.initial = min(clock.today() + timedelta(days=DAYS_TO_MEND), last)
        due.help_text = _("当日 24:00 截止，不晚于 %(last)s。") % {"last": cn_date(last)}

    @classmethod
    def unasked(cls, typed: Mapping[str, str], *, step: ApprovalStep) -> "ReturnForm":
        """The form with what was typed so far, not judged yet: further lines were asked for."""
        return cls(step=step, initial={name: typed.get(name, "") for name in cls.base_fields})
