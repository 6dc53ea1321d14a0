"""Opening a round from a pack, and changing its dates."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.models import Round
from applications.services import RoundDates
from portal import clock
from portal.forms import DayField, PortalForm
from rules import catalog
from rules.procedure import Procedure


class DatesForm(PortalForm):
    """The days of a round; `dates` is what the service takes."""

    opens_on = DayField(label=_("开始申报"))
    applicant_closes_on = DayField(label=_("个人申报截止"), help_text=_("当日 24:00 截止，下同。"))
    employer_closes_on = DayField(label=_("用人单位审核截止"))
    supervisor_closes_on = DayField(label=_("主管部门审核截止"))
    office_closes_on = DayField(label=_("受理截止"))
    as_of = DayField(label=_("终算时间"), help_text=_("资历年限、业绩成果计算到这一天。"))

    @property
    def dates(self) -> RoundDates:
        return RoundDates(**{name: self.cleaned_data[name] for name in RoundDates.__dataclass_fields__})


class RoundForm(DatesForm):
    """`year` and `name` may be left as offered; levels are those the pack has criteria for."""

    field_order = ["year", "name", "levels"]

    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    name = forms.CharField(
        label=_("批次名称"), max_length=120, required=False, help_text=_("不填则按年度和专业自动命名。")
    )
    levels = forms.MultipleChoiceField(label=_("申报层级"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, entry: catalog.Entry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        levels = self.fields["levels"]
        if isinstance(levels, forms.MultipleChoiceField):
            levels.choices = [
                (level, entry.procedure.title_of(level))
                for level in entry.levels
                if entry.procedure.modes.value.get(level) == "review"  # type: ignore[call-overload]
            ]
        self.fields["year"].initial = clock.today().year
        self.fields["opens_on"].initial = clock.today()
        for name, day in _stated_days(entry.procedure).items():
            if name in self.fields:  # the plan and the review have windows, and a round no dates for them
                self.fields[name].initial = day


def _stated_days(procedure: Procedure) -> dict[str, date]:
    """The days that the notice itself names, where they are this year's; the cut-off may be of the year before."""
    year = clock.today().year
    named = {f"{window.stage}_closes_on": window.closes for window in procedure.windows if window.closes.year == year}
    cut_off = procedure.cut_off.value if procedure.cut_off else None
    if cut_off is not None and cut_off.year in (year - 1, year):
        named["as_of"] = cut_off
    return named


class DatesChangeForm(DatesForm):
    reason = forms.CharField(
        label=_("调整理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("留存备查。")
    )

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in RoundDates.__dataclass_fields__:
            self.fields[name].initial = getattr(round_, name)
