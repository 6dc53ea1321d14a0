"""The one factory of record forms: a `Part` of `applications.sections` becomes a form over facts and details.

Saving is lenient: nothing is required before submission, and a half-filled record is kept. What the rules or the
archive could not read is refused here, at the field it stands in, by the very readers that services use.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.refusals import in_chinese
from applications.reading import value_of
from applications.records import RecordError, read_details, read_facts
from applications.sections import Field, Input, Part
from portal.chinese_dates import cn_date
from portal.forms import DayField, PortalForm

Unsaid = tuple[str, Any]
UNSAID: Unsaid = ("", gettext_lazy("请选择"))
OTHER = "other"
LONGEST_LINE, LONGEST_PROSE = 200, 4000
LARGEST_WHOLE, LARGEST_NUMBER = 999_999, 999_999_999
NUMBER_SAYINGS = {
    "invalid": gettext_lazy("请填写数字。"),
    "min_value": gettext_lazy("不能小于 %(limit_value)s。"),
    "max_value": gettext_lazy("数字太大，请核对后重新填写。"),
}
PROSE_ROWS = 5


class RecordForm(PortalForm):
    """A record of one kind. After `is_valid`, `facts` and `details` hold it as JSON values, unsaid ones left out.

    Args:
        part: the kind of record and its questions.
        facts, details: the record as it stands; None for a new one.
    """

    unsaid: Unsaid = UNSAID

    def __init__(
        self,
        *args: Any,
        part: Part,
        facts: Mapping[str, Any] | None = None,
        details: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        self.facts: dict[str, Any] = {}
        self.details: dict[str, Any] = {}
        for field in part.fields:
            said = value_of(field, facts or {}, details or {})
            for name, made in _questions(field, said, self.unsaid):
                self.fields[name] = made

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        self._refuse_reversed(data)
        self.facts, self.details = dict(self.part.facts), {}
        for field in self.part.fields:
            self._keep(field, data)
        if not self.errors and self.says_nothing:
            self._refuse_empty()
        if not self.errors:
            self._read_strictly()
        return data

    @property
    def says_nothing(self) -> bool:
        """Whether nothing was filled in beyond the kind of the record."""
        return self.facts == self.part.facts and not self.details

    def _refuse_empty(self) -> None:
        self.add_error(None, _("还没有填写任何内容，请至少填写一项再保存。"))

    def _refuse_reversed(self, data: Mapping[str, Any]) -> None:
        """The engine counts nothing for a span that ends before it begins; the person is told before that."""
        labels = {field.name: field.label for field in self.part.fields}
        for field in self.part.fields:
            first, last = data.get(form_name(field)), data.get(field.ends)
            if isinstance(first, date) and isinstance(last, date) and last < first:
                told = {"last": labels[field.ends], "first": field.label, "day": cn_date(first)}
                self.add_error(field.ends, _("%(last)s早于%(first)s（%(day)s）。请核对这两个日期。") % told)

    def _keep(self, field: Field, data: Mapping[str, Any]) -> None:
        name = form_name(field)
        value = data.get(name)
        if field.input is Input.DAY_OR_NEVER and data.get(never_name(field)):
            if value is not None:
                self.add_error(name, _("已填日期的，不要再勾选“从未”。请保留其中一项。"))
            value = False
        elif field.input is Input.OPEN_CHOICE and value == OTHER:
            value = data.get(other_name(field), "").strip()
            if not value:
                self.add_error(other_name(field), _("选了“其他”的，请写明是什么。"))
        elif field.input is Input.YES_NO and value:
            value = value == "yes"
        if value is None or value == "":
            return
        _put(self.facts if field.fact else self.details, field.name, _plain(value))

    def _read_strictly(self) -> None:
        for read, values in ((read_facts, self.facts), (read_details, self.details)):
            try:
                read(self.part.kind, values)
            except RecordError as error:
                self._blame(error)

    def _blame(self, error: RecordError) -> None:
        """Puts a reader's refusal at the field it names."""
        for field in self.part.fields:
            if error.place == field.name or error.place.endswith(f".{field.name}"):
                self.add_error(form_name(field), in_chinese(error.message))
                return
        self.add_error(None, in_chinese(error.message))


def form_name(field: Field) -> str:
    """The name of a question in the form; details and facts of one part share no name."""
    return field.name.replace(".", "__")


def never_name(field: Field) -> str:
    return f"{form_name(field)}__never"


def other_name(field: Field) -> str:
    return f"{form_name(field)}__other"


def _questions(field: Field, said: Any, unsaid: Unsaid) -> Iterator[tuple[str, forms.Field]]:
    """The form fields of one question, with what was said before."""
    name, label = form_name(field), _label(field)
    shared: dict[str, Any] = {"label": label, "help_text": field.help, "required": False}
    if field.input is Input.DAY:
        yield name, DayField(initial=said, **shared)
    elif field.input is Input.DAY_OR_NEVER:
        yield name, DayField(initial=None if said is False else said, **shared)
        yield never_name(field), forms.BooleanField(label=_("从未聘任"), initial=said is False, required=False)
    elif field.input is Input.WHOLE:
        yield (
            name,
            forms.IntegerField(
                min_value=0, max_value=LARGEST_WHOLE, initial=said, error_messages=NUMBER_SAYINGS, **shared
            ),
        )
    elif field.input is Input.NUMBER:
        yield (
            name,
            forms.FloatField(
                min_value=0, max_value=LARGEST_NUMBER, initial=said, error_messages=NUMBER_SAYINGS, **shared
            ),
        )
    elif field.input is Input.YES_NO:
        initial = {True: "yes", False: "no"}.get(said, "")
        yield name, forms.ChoiceField(choices=[unsaid, ("yes", _("是")), ("no", _("否"))], initial=initial, **shared)
    elif field.input is Input.CHOICE:
        yield name, forms.ChoiceField(choices=[unsaid, *(field.choices or {}).items()], initial=said, **shared)
    elif field.input is Input.OPEN_CHOICE:
        yield from _open_choice(field, said, shared, unsaid)
    elif field.input is Input.PROSE:
        prose = forms.Textarea(attrs={"rows": PROSE_ROWS})
        yield name, forms.CharField(widget=prose, max_length=LONGEST_PROSE, initial=said, **shared)
    else:
        yield name, forms.CharField(max_length=LONGEST_LINE, initial=said, **shared)


def _open_choice(field: Field, said: Any, shared: dict[str, Any], unsaid: Unsaid) -> Iterator[tuple[str, forms.Field]]:
    """A list that does not hold every case: what is not in it is written beside it."""
    known = dict(field.choices or {})
    outside = bool(said) and said not in known
    choices = [unsaid, *known.items(), (OTHER, _("其他（在下一栏写明）"))]
    yield form_name(field), forms.ChoiceField(choices=choices, initial=OTHER if outside else said, **shared)
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


def _put(values: dict[str, Any], dotted: str, value: Any) -> None:
    *path, last = dotted.split(".")
    for name in path:
        values = values.setdefault(name, {})
    values[last] = value


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
