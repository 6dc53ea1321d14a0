"""The base of every form: one crispy helper, an error summary, words instead of asterisks."""

from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

SELECTED = mark_safe(" selected")
# What a person can mean by a day: nobody alive was born before, nothing is planned beyond. Year 0001 is a slip.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class DayField(forms.DateField):
    """A day, of a year that somebody can mean."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        sentence = _("年份不对，请填写 1900 年至 2100 年之间的日期。")
        self.validators += [MinValueValidator(FIRST_DAY, sentence), MaxValueValidator(LAST_DAY, sentence)]
        self.widget.attrs |= {"min": FIRST_DAY.isoformat(), "max": LAST_DAY.isoformat()}


class PlainSelect(forms.Select):
    """A select without groups, written at once: Django's own renders a template for every option."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        del renderer
        chosen = self.format_value(value)
        options = format_html_join(
            "\n",
            '<option value="{}"{}>{}</option>',
            ((key, SELECTED if str(key) in chosen else "", label) for key, label in self.choices),
        )
        return format_html(
            "<select{}>{}</select>", flatatt(self.build_attrs({"name": name, **self.attrs}, attrs)), options
        )


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
