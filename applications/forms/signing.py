"""The signature: strokes drawn on the page, or one's name typed, with the hashes of what it is given on."""

import base64
import binascii
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.services.signing import Written
from applications.signature_picture import MOST_BYTES
from portal.forms import PortalForm

PREFIX = "data:image/png;base64,"
MOST_CHARACTERS = len(PREFIX) + MOST_BYTES * 4 // 3 + 4


class SignatureForm(PortalForm):
    """One of the two is given; where a pad was drawn on, the strokes count."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    words_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    picture = forms.CharField(
        widget=forms.HiddenInput(attrs={"data-sign-picture": ""}),
        required=False,
        max_length=MOST_CHARACTERS,
        error_messages={"max_length": _("收到的签名图片过大。请清除后重新签写。")},
    )
    name = forms.CharField(
        label=_("键入本人姓名"),
        required=False,
        max_length=100,
        help_text=_("与申报人姓名一致。记录为“键入姓名”，效力与手写签名相同。"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_picture(self) -> bytes:
        """The bytes of the data address that the pad makes."""
        given: str = self.cleaned_data["picture"]
        if not given:
            return b""
        try:
            return base64.b64decode(given.removeprefix(PREFIX), validate=True)
        except binascii.Error:
            raise forms.ValidationError(_("收到的签名图片不能识别。请清除后重新签写。")) from None

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not self.errors and not said.get("picture") and not said.get("name"):
            raise forms.ValidationError(_("请在方框内签写姓名，或键入本人姓名。"))
        return said

    def written(self, user_agent: str) -> Written:
        """What was given, for the service."""
        return Written(self.cleaned_data["picture"], self.cleaned_data["name"], user_agent)
