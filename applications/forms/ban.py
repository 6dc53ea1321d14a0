"""Entering and lifting a ban."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from applications.ban_grounds import Ground
from applications.models import BanTerm
from portal import clock, identity_numbers
from portal.forms import PortalForm
from portal.models import IdentityKind, Organization, User


class BanForm(PortalForm):
    """Who, on what clause, for how long.

    Args:
        grounds: what the region's notices say follows on a breach.
        organizations: for whom the person may enter it.
        known: the person, where an application names them already.
    """

    name = forms.CharField(label=_("姓名"), max_length=60, help_text=_("与身份证件一致。"))
    kind = forms.ChoiceField(label=_("证件类型"), choices=IdentityKind.choices)
    number = forms.CharField(
        label=_("证件号码"),
        max_length=60,
        help_text=_("只用来辨认本人，不保存原号码；尚未注册的人，注册登记证件时即生效。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    organization = forms.ModelChoiceField(
        label=_("登记单位"), queryset=Organization.objects.none(), to_field_name="public_id", empty_label=None
    )
    ground = forms.ChoiceField(label=_("依据的条款"), widget=forms.RadioSelect)
    term = forms.ChoiceField(label=_("期限"), choices=BanTerm.choices, widget=forms.RadioSelect)
    year = forms.IntegerField(
        label=_("评审年度"), min_value=2000, max_value=2100, help_text=_("查实问题的那一轮评审的年度；年限自次年起算。")
    )
    reason = forms.CharField(
        label=_("查实的事实和理由"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("本人将看到；不要写证件号码和举报人信息。"),
    )
    confirmed = forms.BooleanField(
        label=_("已按程序核实，确认登记"), error_messages={"required": _("请确认已按程序核实。")}
    )

    def __init__(
        self,
        *args: Any,
        grounds: list[Ground],
        organizations: QuerySet[Organization],
        known: User | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.grounds = {ground.key: ground for ground in grounds}
        self.fields["ground"].choices = [  # type: ignore[attr-defined]
            (ground.key, f"{ground.label}（{ground.citation}）") for ground in grounds
        ]
        self.fields["organization"].queryset = organizations  # type: ignore[attr-defined]
        self.fields["organization"].initial = organizations.first()
        self.fields["year"].initial = clock.today().year
        if known is not None:
            del self.fields["name"], self.fields["kind"], self.fields["number"]

    def clean_ground(self) -> Ground:
        return self.grounds[self.cleaned_data["ground"]]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if {"kind", "number"} <= given.keys():
            try:
                identity_numbers.check(given["kind"], given["number"])
            except identity_numbers.IdentityNumberError as wrong:
                self.add_error("number", str(wrong))
        return given


class LiftForm(PortalForm):
    reason = forms.CharField(
        label=_("解除理由"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("本人将看到。")
    )
