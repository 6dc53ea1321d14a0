"""What is applied for: level, direction and topic, the place one files through, special routes."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application, Round
from applications.services.drafts import FILING_PLACES
from applications.wording import route_name
from portal.forms import PortalForm
from portal.models import Organization, OrganizationKind
from rules import catalog
from rules.procedure import Direction

SUGGESTED = 200
NAMED = 5
UNIT, WINDOW = "unit", "window"
PLACES = (
    (UNIT, gettext_lazy("用人单位（在站博士后填写设站单位）")),
    (WINDOW, gettext_lazy("申报专门窗口（自由职业者、新就业形态劳动者）")),
)
# Codes of directions and their topics have no such sign in them.
BETWEEN = "/"


class DraftForm(PortalForm):
    """The choice of an application, within what its round offers.

    Args:
        round_: the round applied to.
        application: the draft whose choice is changed; None for a new one.
        place: through what a new one files unless the person says otherwise.
    """

    level = forms.ChoiceField(label=gettext_lazy("申报层级"), widget=forms.RadioSelect)
    direction = forms.ChoiceField(label=gettext_lazy("专业方向"), widget=forms.RadioSelect)
    topic = forms.ChoiceField(
        label=gettext_lazy("具体内容"),
        required=False,
        help_text=gettext_lazy("在所选方向之下选最接近的一项，供评审分组和选派专家参考；拿不准的可以不选。"),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("从哪里申报"), choices=PLACES, required=False, initial=UNIT, widget=forms.RadioSelect
    )
    employer = forms.CharField(
        label=gettext_lazy("用人单位"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("填写单位全称或统一社会信用代码。从窗口申报的不填。"),
    )
    window = forms.ModelChoiceField(
        label=gettext_lazy("申报专门窗口"),
        queryset=Organization.objects.none(),
        required=False,
        to_field_name="public_id",
        empty_label=gettext_lazy("请选择"),
        help_text=gettext_lazy("选择劳动关系或人事档案所在区的窗口，由窗口代替用人单位核验、公示和推荐。"),
    )
    claims = forms.MultipleChoiceField(
        label=gettext_lazy("特别申报途径"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("一般申报不用选。选了的，系统还会按该途径的条款核对。"),
    )

    def __init__(
        self, *args: Any, round_: Round, application: Application | None = None, place: str = UNIT, **kwargs: Any
    ) -> None:
        kwargs["initial"] = _initial(application) if application else {"place": place}
        super().__init__(*args, **kwargs)
        self.region = round_.office.root
        self.units = Organization.objects.filter(kind__in=FILING_PLACES, is_active=True).order_by("name")
        self._offer_places()
        entry = catalog.get(round_.policy_id)
        _offer(self.fields["level"], [(level, entry.procedure.title_of(level)) for level in round_.levels])
        if len(round_.levels) == 1:
            self.fields["level"].initial = round_.levels[0]
        self._offer_directions(entry.procedure.directions)
        routes = {claim: section for level in round_.levels for claim, section in entry.level(level).claims.items()}
        _offer(self.fields["claims"], [(claim, _route_label(claim, routes[claim])) for claim in routes])
        if not routes:
            del self.fields["claims"]

    @property
    def suggested(self) -> list[str]:
        """Names of registered units that the page offers while one types."""
        own = self.units.filter(root=self.region, kind=OrganizationKind.EMPLOYER)
        return list(own.values_list("name", flat=True)[:SUGGESTED])

    @property
    def choice(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        return {
            "level": given["level"],
            "direction": given["direction"],
            "topic": given.get("topic", ""),
            "employer": given["filed_through"],
            "claims": given.get("claims", []),
        }

    def clean_topic(self) -> str:
        """The topic alone; one of another direction than the chosen one is not taken."""
        direction, _between, topic = self.cleaned_data["topic"].partition(BETWEEN)
        if topic and direction != self.cleaned_data.get("direction"):
            raise forms.ValidationError(_("这一项不在所选的专业方向之下，请在该方向下重新选择，或留空。"))
        return topic

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        by_window = given.get("place") == WINDOW
        name = "window" if by_window else "employer"
        if name in given:
            try:
                given["filed_through"] = self._window(given["window"]) if by_window else self._unit(given["employer"])
            except forms.ValidationError as error:
                self.add_error(name, error)
        return given

    def _window(self, window: Organization | None) -> Organization:
        if window is None:
            raise forms.ValidationError(_("请选择受理申报的窗口。"))
        return window

    def _unit(self, typed: str) -> Organization:
        if not typed.strip():
            raise forms.ValidationError(_("请填写用人单位；没有用人单位的，请改选“申报专门窗口”。"))
        typed = typed.strip()
        exact = list(self.units.filter(Q(name=typed) | Q(uscc=typed.upper())).select_related("root"))
        own = [unit for unit in exact if unit.root == self.region]
        if own:
            return own[0]
        near = list(self.units.filter(root=self.region, name__icontains=typed)[: NAMED + 1])
        if len(near) == 1:
            return near[0]
        if near:
            names = "、".join(unit.name for unit in near[:NAMED])
            raise forms.ValidationError(_("有多个单位含有所填内容，请填写全称，例如：%(names)s。") % {"names": names})
        if exact:
            raise forms.ValidationError(
                _("该单位登记在其他地区（%(other)s），本批次只接受“%(own)s”的单位。")
                % {"other": exact[0].root, "own": self.region}
            )
        raise forms.ValidationError(
            _("没有找到该单位。请核对全称或统一社会信用代码；单位尚未登记的，请单位人事联系职称办登记。")
        )

    def _offer_places(self) -> None:
        """Windows are offered where the region has some; without any there is nothing to choose between."""
        windows = self.units.filter(root=self.region, kind=OrganizationKind.SERVICE_WINDOW)
        self.fields["employer"].widget.attrs |= {"list": "employers", "autocomplete": "organization"}
        self.fields["window"].queryset = windows  # type: ignore[attr-defined]
        if not windows.exists():
            del self.fields["window"], self.fields["place"]
            self.fields["employer"].required = True
            self.fields["employer"].help_text = _("填写单位全称或统一社会信用代码；在站博士后填写设站单位。")

    def _offer_directions(self, directions: list[Direction]) -> None:
        _offer(
            self.fields["direction"],
            [(known.code, f"{known.label}（{'、'.join(known.topics)}）") for known in directions],
        )
        self.fields["direction"].required = bool(directions)
        groups = [
            (known.label, [(f"{known.code}{BETWEEN}{topic}", topic) for topic in known.topics])
            for known in directions
            if len(known.topics) > 1
        ]
        if groups:
            _offer(self.fields["topic"], [("", _("不选")), *groups])
        else:
            del self.fields["topic"]


def _initial(application: Application) -> dict[str, Any]:
    by_window = application.employer.kind == OrganizationKind.SERVICE_WINDOW
    return {
        "level": application.level,
        "direction": application.direction,
        "topic": f"{application.direction}{BETWEEN}{application.topic}" if application.topic else "",
        "place": WINDOW if by_window else UNIT,
        "employer": "" if by_window else application.employer.name,
        "window": application.employer if by_window else None,
        "claims": application.claims,
    }


def _offer(field: forms.Field, choices: list[Any]) -> None:
    if isinstance(field, forms.ChoiceField):
        field.choices = choices


def _route_label(claim: str, section: Any) -> str:
    clause = section.clauses[0]
    return f"{route_name(claim, clause.label)}（{clause.number}）"
