"""The form fields of the questions of a `Part`, and what is said to them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.sections import Field, Input
from portal.forms import DayField

Values = dict[str, Any]
Unsaid = tuple[str, Any]
UNSAID: Unsaid = ("", gettext_lazy("请选择"))
OTHER = "other"
LONGEST_LINE, LONGEST_PROSE = 200, 4000
# What is too long to be read is kept for its writer to shorten.
LONGEST_KEPT = 5 * LONGEST_PROSE
LARGEST_WHOLE, LARGEST_NUMBER = 999_999, 999_999_999
NUMBER_SAYINGS = {
    "invalid": gettext_lazy("请填写数字。"),
    "min_value": gettext_lazy("不能小于 %(limit_value)s。"),
    "max_value": gettext_lazy("数字太大，请核对后重新填写。"),
}
CHOICE_SAYINGS = {"invalid_choice": gettext_lazy("没有“%(value)s”这一项，请从列表中选择。")}
WHOLE_SAYINGS = {**NUMBER_SAYINGS, "invalid": gettext_lazy("请填写整数。")}
PROSE_ROWS = 5
# Which keys a telephone shows for a particular of one's own.
KEYS = {"tel": "tel", "email": "email"}


class ProseField(forms.CharField):
    """A text of several lines; what is too long is refused with its length.

    A browser that knew the limit would cut off in silence what is pasted: the page counts instead (js/site.js).
    """

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        said = {"max_length": _("最多 %(limit_value)d 字，现有 %(show_value)d 字，请删减后再保存。")}
        super().__init__(max_length=LONGEST_PROSE, error_messages=said, **kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        del widget
        count, over = (
            _("已写 {count} 字，最多 {most} 字。"),
            _("已写 {count} 字，超出 {over} 字，最多 {most} 字，请删减。"),
        )
        return {"rows": PROSE_ROWS, "data-most": LONGEST_PROSE, "data-count": count, "data-over": over}

    def to_python(self, value: Any) -> str:
        """A browser sends two characters for the end of a line; they are not counted against the person."""
        text = super().to_python(value) or ""
        return text.replace("\r\n", "\n") if len(text) > LONGEST_PROSE else text


def form_name(field: Field) -> str:
    """The name of a question in the form; details and facts of one part share no name."""
    return field.name.replace(".", "__")


def never_name(field: Field) -> str:
    return f"{form_name(field)}__never"


def other_name(field: Field) -> str:
    return f"{form_name(field)}__other"


def said_to(field: Field, data: Mapping[str, Any]) -> Any:
    """What is said to a question that may be asked by two form fields."""
    value = data.get(form_name(field))
    if field.input is Input.DAY_OR_NEVER and value is None and data.get(never_name(field)):
        return False
    if field.input is Input.OPEN_CHOICE and value == OTHER:
        return data.get(other_name(field), "").strip()
    if field.input is Input.YES_NO and value:
        return value == "yes"
    return value


def questions(field: Field, said: Any, unsaid: Unsaid) -> Iterator[tuple[str, forms.Field]]:
    """The form fields of one question, with what was said before."""
    for name, made in _fields(field, said, unsaid):
        if field.purpose:
            made.widget.attrs["autocomplete"] = field.purpose
        if field.purpose in KEYS:
            made.widget.attrs["inputmode"] = KEYS[field.purpose]
        yield name, made


def _fields(field: Field, said: Any, unsaid: Unsaid) -> Iterator[tuple[str, forms.Field]]:
    name, label = form_name(field), _label(field)
    shared: dict[str, Any] = {"label": label, "help_text": field.help, "required": False}
    if field.input is Input.DAY:
        yield name, DayField(initial=said, **shared)
    elif field.input is Input.DAY_OR_NEVER:
        yield name, DayField(initial=None if said is False else said, **shared)
        yield never_name(field), forms.BooleanField(label=_("从未聘任"), initial=said is False, required=False)
    elif field.input is Input.WHOLE:
        number = {"initial": said, "error_messages": WHOLE_SAYINGS, **shared}
        yield name, forms.IntegerField(min_value=0, max_value=LARGEST_WHOLE, **number)
    elif field.input is Input.NUMBER:
        plain = int(said) if isinstance(said, float) and said.is_integer() else said  # 5, as it was typed, not 5.0
        number = {"initial": plain, "error_messages": NUMBER_SAYINGS, **shared}
        yield name, forms.FloatField(min_value=0, max_value=LARGEST_NUMBER, **number)
    elif field.input is Input.YES_NO:
        initial = {True: "yes", False: "no"}.get(said, "")
        yes_no = [unsaid, ("yes", _("是")), ("no", _("否"))]
        yield name, forms.ChoiceField(choices=yes_no, initial=initial, error_messages=CHOICE_SAYINGS, **shared)
    elif field.input is Input.CHOICE:
        choices = [unsaid, *(field.choices or {}).items()]
        yield name, forms.ChoiceField(choices=choices, initial=said, error_messages=CHOICE_SAYINGS, **shared)
    elif field.input is Input.OPEN_CHOICE:
        yield from _open_choice(field, said, shared, unsaid)
    elif field.input is Input.PROSE:
        yield name, ProseField(initial=said, **shared)
    else:
        yield name, forms.CharField(max_length=LONGEST_LINE, initial=said, **shared)


def _open_choice(field: Field, said: Any, shared: dict[str, Any], unsaid: Unsaid) -> Iterator[tuple[str, forms.Field]]:
    """A list that does not hold every case: what is not in it is written beside it."""
    known = dict(field.choices or {})
    outside = bool(said) and said not in known
    choices = [unsaid, *known.items(), (OTHER, _("其他（在下一栏写明）"))]
    initial = OTHER if outside else said
    yield (
        form_name(field),
        forms.ChoiceField(choices=choices, initial=initial, error_messages=CHOICE_SAYINGS, **shared),
    )
    yield (
        other_name(field),
        forms.CharField(
            label=_("其他%(label)s") % {"label": field.label},
            max_length=LONGEST_LINE,
            required=False,
            initial=said if outside else "",
        ),
    )


def _label(field: Field) -> str:
    return _("%(label)s（必填）") % {"label": field.label} if field.required else str(field.label)


def put(values: dict[str, Any], dotted: str, value: Any) -> None:
    *path, last = dotted.split(".")
    for name in path:
        values = values.setdefault(name, {})
    values[last] = value.isoformat() if isinstance(value, date) else value


def drop(values: Values, dotted: str) -> bool:
    """Takes a value out; whether it was there."""
    *path, last = dotted.split(".")
    for name in path:
        values = values.get(name) or {}
    return values.pop(last, None) is not None
