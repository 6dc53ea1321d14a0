"""The first step: by which document, at which level, on which day. What is no longer in force may still be tried."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.panel import in_force
from applications.self_check.questions import Step
from applications.self_check.state import State, cut_off
from applications.wording import REGION, word
from portal.chinese_dates import cn_date
from portal.forms import DayField, PortalForm
from rules import catalog
from rules.catalog import Entry


class PolicyForm(PortalForm):
    """`choice` is a policy and one of its levels, as `id/level`."""

    choice = forms.ChoiceField(label=gettext_lazy("文件和申报层级"), widget=forms.RadioSelect)
    as_of = DayField(
        label=gettext_lazy("年限和业绩算到哪一天"),
        required=False,
        help_text=gettext_lazy("不填的，按文件写明的终算时间；文件没有写的，按今天；已经失效的，按其有效期最后一天。"),
    )
    opened = DayField(
        label=gettext_lazy("批次开放申报的日期"),
        required=False,
        help_text=gettext_lazy("一般不用填。年限算到上一年末、下一年才开放申报的，填开放的日期。"),
    )

    def __init__(self, data: Mapping[str, str] | None = None, *, state: State, today: date) -> None:
        chosen = f"{state.policy}/{state.level}" if state.has_policy else ""
        super().__init__(data, initial={"choice": chosen, "as_of": state.as_of, "opened": state.opened})
        self.today = today
        self.fields["choice"].choices = [  # type: ignore[attr-defined]
            (offer_of(entry, today), [(f"{entry.id}/{level}", title_of(entry, level)) for level in entry.levels])
            for entry in offered()
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        day = data.get("opened") or data.get("as_of")
        if day is None or not data.get("choice"):
            return data
        entry = catalog.get(data["choice"].partition("/")[0])
        if not catalog.in_force(entry, day) and (data.get("opened") or day != cut_off(entry)):
            self.add_error(
                "opened" if data.get("opened") else "as_of",
                _("%(number)s %(force)s，%(day)s不在其中。请改填有效期内的日期，或另选文件。")
                % {"number": entry.source.number, "force": in_force(entry), "day": cn_date(day)},
            )
        return data


class PolicyStepForm:
    """The first step as a step: what the others do with a dossier, it does with the policy."""

    def __init__(self, step: Step, state: State, data: Mapping[str, str] | None, *, today: date) -> None:
        self.step, self.state = step, state
        self.form = PolicyForm(data, state=state, today=today)

    @property
    def forms(self) -> list[PortalForm]:
        return [self.form]

    @property
    def wrong(self) -> PortalForm | None:
        return self.form if self.form.is_bound and self.form.errors else None

    def is_valid(self) -> bool:
        return self.form.is_valid()

    def apply(self) -> State:
        said = self.form.cleaned_data
        policy, _slash, level = said["choice"].partition("/")
        return State(policy=policy, level=level, as_of=said["as_of"], opened=said["opened"], dossier=self.state.dossier)


def offered() -> list[Entry]:
    """Every policy that may be chosen, those of a region together and the newest first."""
    entries = catalog.current()
    regions = list(REGION)
    entries.sort(key=lambda entry: entry.policy.effective.since, reverse=True)
    return sorted(entries, key=lambda entry: (*_place(regions, entry.policy.specialty.region),))


def _place(regions: list[str], region: str) -> tuple[int, str]:
    return (regions.index(region) if region in regions else len(regions), region)


def offer_of(entry: Entry, today: date) -> str:
    """A policy as it is offered: for whom, which document, in force from when to when."""
    specialty = entry.policy.specialty
    said = f"{word(REGION, specialty.region)} · {specialty.label}：{entry.source.number}（{in_force(entry)}"
    return said + (f"；{_('现已失效，可按有效期内的日期试算')}）" if is_over(entry, today) else "）")


def title_of(entry: Entry, level: str) -> str:
    return entry.procedure.title_of(level)


def is_over(entry: Entry, today: date) -> bool:
    until = entry.policy.effective.until
    return until is not None and until < today
