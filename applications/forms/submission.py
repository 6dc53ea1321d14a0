"""The press of the button that submits, and the reason for withdrawing."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.forms import PortalForm


class SubmitForm(PortalForm):
    """The hash of the content that was checked and signed."""

    seen_sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)


class WithdrawForm(PortalForm):
    """`seen` is how the application stood on the page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    note = forms.CharField(
        label=_("撤回原因"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
