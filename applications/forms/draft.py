"""What is applied for: level, employer, direction, special routes."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, Round
from applications.services.drafts import FILING_PLACES
from applications.wording import CLAIM, word
from portal.forms import PortalForm
from portal.models import Organization
from rules import catalog

SUGGESTED = 200
NAMED = 5


class DraftForm(PortalForm):
    """The choice of an application, within what its round offers.

    Args:
        round_: the round applied to.
        application: the draft whose choice is changed; None for a new one.
    """

    level = forms.ChoiceField(label=gettext_lazy("申报层级"), widget=forms.RadioSelect)
    employer = forms.CharField(
        label=gettext_lazy("用人单位"),
        max_length=120,
        help_text=gettext_lazy("填写单位全称或统一社会信用代码；自由职业者等没有用人单位的，填写受理的申报专门窗口。"),
    )
    direction = forms.ChoiceField(label=gettext_lazy("专业方向"), widget=forms.RadioSelect)
    claims = forms.MultipleChoiceField(
        label=gettext_lazy("特别申报途径"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一般申报不用选。选了的，系统还会按该途径的条款核对。"),
    )

    def __init__(self, *args: Any, round_: Round, application: Application | None = None, **kwargs: Any) -> None:
        if application is not None:
            kwargs["initial"] = {
                "level": application.level,
                "employer": application.employer.name,
                "direction": application.direction,
                "claims": application.claims,
            }
        super().__init__(*args, **kwargs)
        self.units = Organization.objects.filter(
            root=round_.office.root_id, kind__in=FILING_PLACES, is_active=True
        ).order_by("name")
        self.fields["employer"].widget.attrs |= {"list": "employers", "autocomplete": "organization"}
        entry = catalog.get(round_.policy_id)
        _offer(self.fields["level"], [(level, entry.procedure.title_of(level)) for level in round_.levels])
        if len(round_.levels) == 1:
            self.fields["level"].initial = round_.levels[0]
        _offer(
            self.fields["direction"],
            [(known.code, f"{known.label}（{'、'.join(known.topics)}）") for known in entry.procedure.directions],
        )
        self.fields["direction"].required = bool(entry.procedure.directions)
        routes = {claim: section for level in round_.levels for claim, section in entry.level(level).claims.items()}
        _offer(self.fields["claims"], [(claim, _route_label(claim, routes[claim])) for claim in routes])

    @property
    def suggested(self) -> list[str]:
        """Names of registered units that the page offers while one types."""
        return list(self.units.values_list("name", flat=True)[:SUGGESTED])

    def clean_employer(self) -> Organization:
        typed = self.cleaned_data["employer"].strip()
        exact = self.units.filter(Q(name=typed) | Q(uscc=typed.upper())).first()
        if exact is not None:
            return exact
        near = list(self.units.filter(name__icontains=typed)[: NAMED + 1])
        if len(near) == 1:
            return near[0]
        if near:
            names = "、".join(unit.name for unit in near[:NAMED])
            raise forms.ValidationError(_("有多个单位含有所填内容，请填写全称，例如：%(names)s。") % {"names": names})
        raise forms.ValidationError(
            _("没有找到该单位。请核对全称或统一社会信用代码；单位尚未登记的，请单位人事联系职称办登记。")
        )


def _offer(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _route_label(claim: str, section: Any) -> str:
    clause = section.clauses[0]
    return f"{word(CLAIM, claim)}：{clause.label}（{clause.number}）"
