"""The base of every form: one crispy helper, an error summary, words instead of asterisks."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _


class _PortalFormMixin:
    """Gives a form its helper: `{% crispy form %}` renders the csrf token, the error summary and the fields.

    The page (or components/form.html) writes the form tag and the buttons.
    """

    use_required_attribute = False  # our error summary speaks, not the browser's bubble

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.include_media = False


class PortalForm(_PortalFormMixin, forms.Form):
    """A form of the portal."""


class PortalModelForm(_PortalFormMixin, forms.ModelForm):
    """A form of the portal over a model."""


class ConfirmForm(PortalForm):
    """The form of a confirm page: a reason, demanded where `reason_required`.

    Args:
        reason_required: whether the act may not be done without a reason.
        reason_label: what the reason is called on the page; None leaves the field out.
    """

    reason = forms.CharField(label=_("理由"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(
        self, *args: Any, reason_required: bool = False, reason_label: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if reason_label is None and not reason_required:
            del self.fields["reason"]
            return
        self.fields["reason"].required = reason_required
        if reason_label is not None:
            self.fields["reason"].label = reason_label
