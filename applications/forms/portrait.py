"""The form on which a picture is chosen and framed; its sliders work with and without a preview."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications import portrait_rules
from applications.services.portrait import Frame
from portal.forms import PortalForm

MOST_ZOOM = 400


class Slider(forms.NumberInput):
    input_type = "range"


def slider(label: Any, *, least: int, most: int, start: int, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        initial=start,
        help_text=help_text,
        required=False,
        widget=Slider(attrs={"step": 1, "data-frame": True}),
    )


class PortraitForm(PortalForm):
    picture = forms.FileField(
        label=_("选择照片"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,.jpg,.jpeg"}),
        error_messages={"required": _("请选择一张照片。")},
    )
    zoom = slider(_("放大"), least=100, most=MOST_ZOOM, start=100, help_text=_("向右放大，只留头肩部分。"))
    across = slider(_("左右位置"), least=0, most=100, start=50, help_text=_("向左看照片的左边，向右看右边。"))
    down = slider(_("上下位置"), least=0, most=100, start=50, help_text=_("向左看照片的上边，向右看下边。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["picture"].help_text = portrait_rules.told()

    @property
    def frame(self) -> Frame:
        told = {name: value for name, value in self.cleaned_data.items() if name != "picture" and value is not None}
        return Frame(**{name: value / 100 for name, value in told.items()})
