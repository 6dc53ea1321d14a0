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
        for field in self.fields.values():  # type: ignore[attr-defined]
            _ask_by_name(field)


def _ask_by_name(field: forms.Field) -> None:
    """Lets the error of an empty field say what is asked for, unless the form has a sentence of its own."""
    if not field.label or field.error_messages["required"] != forms.Field.default_error_messages["required"]:
        return
    if isinstance(field, forms.FileField):
        sentence = _("请上传“%(label)s”。")
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        sentence = _("请选择“%(label)s”。")
    elif isinstance(field, forms.BooleanField):
        sentence = _("请勾选“%(label)s”。")
    else:
        sentence = _("请填写“%(label)s”。")
    field.error_messages["required"] = str(sentence) % {"label": field.label}


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
            self.fields["reason"].error_messages["required"] = _("请填写“%(label)s”。") % {"label": reason_label}
