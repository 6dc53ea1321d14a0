"""The form on which a person registers an identity document."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm
from portal.models import IdentityKind


class IdentityForm(PortalForm):
    """Kind and number; whether the number can be one of its kind is judged by `portal.identity`."""

    kind = forms.ChoiceField(label=_("证件类型"), choices=IdentityKind.choices)
    number = forms.CharField(
        label=_("证件号码"),
        max_length=60,
        help_text=_("照证件填写。护照和工作许可证两个号码之间用“/”隔开。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
