"""Sample values for the component gallery of the demonstration."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal import clock
from portal.forms import PortalForm


class SampleForm(PortalForm):
    """One field of each common kind."""

    name = forms.CharField(label=_("论文题目"), help_text=_("与发表时一致。"))
    rank = forms.ChoiceField(
        label=_("本人排名"), choices=[("1", _("第一作者")), ("2", _("通讯作者"))], widget=forms.RadioSelect
    )
    year = forms.IntegerField(label=_("发表年份"), min_value=1980)
    abstract = forms.CharField(label=_("内容摘要"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    paper = forms.FileField(label=_("佐证材料"), required=False, help_text=_("JPG 或 PDF，单个不超过 2 MB。"))
    own_work = forms.BooleanField(label=_("确认为本人业绩"))


def samples() -> dict[str, Any]:
    """What portal/components.html shows; days run from today in business time."""
    today = clock.today()
    return {
        "badges": [
            (_("草稿"), "neutral"),
            (_("逐级审核"), "info"),
            (_("退回补正"), "warning"),
            (_("评审通过"), "success"),
            (_("不予受理"), "danger"),
        ],
        "stages": [
            {"name": _("填报提交"), "state": "done", "date": today - timedelta(days=9), "holder": "林申报"},
            {"name": _("单位审核推荐"), "state": "done", "date": today - timedelta(days=2), "holder": _("用人单位")},
            {"name": _("主管部门审核"), "state": "current", "date": today, "holder": "赵主管", "note": _("5 日内办结")},
            *(
                {"name": name, "state": "waiting"}
                for name in (_("评审办受理"), _("专家评审"), _("结果公示"), _("发证"))
            ),
        ],
        "notice_days": [_notice_day(offset) for offset in range(8)],
        "fields": [(_("姓名"), "林申报"), (_("申报层级"), _("高级工程师")), (_("备注"), "")],
        "events": [
            {"when": clock.now(), "who": "王人事", "what": _("推荐上报"), "note": _("公示期满，无异议。")},
            {"when": clock.now() - timedelta(days=9), "who": "林申报", "what": _("提交申报")},
        ],
        "last_day": today + timedelta(days=12),
        "form": SampleForm({"name": "", "year": "1900"}),
        "consequences": [_("提交后不能自行修改，只有退回补正时才能更改。"), _("单位人事会收到通知。")],
    }


def _notice_day(offset: int) -> dict[str, Any]:
    day = clock.today() + timedelta(days=offset)
    kind = {0: "first", 7: "last"}.get(offset) or ("rest" if day.weekday() >= 5 else "work")
    return {"day": day, "kind": kind, "today": offset == 2}
