"""The one factory of record forms: a `Part` of `applications.sections` becomes a form over facts and details.

Saving is lenient: nothing is required before submission, and a half-filled record is kept. What the rules or the
archive could not read is refused here, at the field it stands in, by the very readers that services use.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.utils.translation import gettext as _

from applications.forms.questions import (
    LONGEST_KEPT,
    OTHER,
    UNSAID,
    Unsaid,
    Values,
    drop,
    form_name,
    never_name,
    other_name,
    put,
    questions,
    said_to,
)
from applications.forms.refusals import in_chinese
from applications.reading import value_of
from applications.records import RecordError, read_details, read_facts
from applications.sections import Field, Input, Part
from portal import identity_numbers
from portal.chinese_dates import cn_date
from portal.forms import PortalForm


@dataclass(frozen=True, slots=True)
class Readable:
    """What of a form can be stored as it stands; `unread` is the text of the questions that cannot, by form name."""

    facts: Values
    details: Values
    unread: dict[str, str]


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
        self.facts: Values = {}
        self.details: Values = {}
        for field in part.fields:
            said = value_of(field, facts or {}, details or {})
            for name, made in questions(field, said, self.unsaid):
                self.fields[name] = made

    @classmethod
    def reopened(cls, *, unread: Mapping[str, str], **kwargs: Any) -> Self:
        """The form as somebody left it: what could not be read stands in its place, with what is wrong with it."""
        shown = cls(**kwargs)
        if not unread:
            return shown
        texts = {bound.html_name: bound.field.widget.format_value(bound.value()) for bound in shown}
        typed = {name: text for name, text in texts.items() if text not in (None, "", [])}
        return cls({**typed, **{shown.add_prefix(name): text for name, text in unread.items()}}, **kwargs)

    def clean(self) -> Values:
        data = super().clean() or self.cleaned_data
        if self.errors:
            return data
        self._refuse_reversed(data)
        for field in self.part.fields:
            self._refuse_half_said(field, data)
        if not self.errors:
            self.facts, self.details = self._said(data)
            if self.says_nothing:
                self._refuse_empty()
        if not self.errors:
            self._read_strictly()
        return data

    def readable(self) -> Readable:
        """Of a form that need not be valid, what can be stored; an identity number is kept nowhere."""
        wrong = set(self.errors)
        doubtful = wrong | {never_name(field) for field in self.part.fields if form_name(field) in wrong}
        facts, details = self._said({name: said for name, said in self.cleaned_data.items() if name not in doubtful})
        for read, values in ((read_facts, facts), (read_details, details)):
            wrong |= self._leave_out_unreadable(read, values)
        typed = {name: self._typed(name) for name in self.fields if name in wrong}
        return Readable(
            facts,
            details,
            {name: text for name, text in typed.items() if text and not identity_numbers.stands_in(text)},
        )

    def _leave_out_unreadable(self, read: Any, values: Values) -> set[str]:
        """Takes out of the values what their reader refuses; the names it stands under in the form."""
        refused: set[str] = set()
        while True:
            try:
                read(self.part.kind, values)
            except RecordError as error:
                field = self._of_place(error.place)
                if field is None or not drop(values, field.name):
                    values.clear()
                    return refused
                refused.add(form_name(field))
            else:
                return refused

    def _typed(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), ""))[:LONGEST_KEPT]

    @property
    def says_nothing_at_all(self) -> bool:
        """The same of a form that need not be valid."""
        known = self.readable()
        return known.facts == self.part.facts and not known.details and not known.unread

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

    def _refuse_half_said(self, field: Field, data: Mapping[str, Any]) -> None:
        name = form_name(field)
        value = data.get(name)
        if field.input is Input.DAY_OR_NEVER and data.get(never_name(field)) and value is not None:
            self.add_error(name, _("已填日期的，不要再勾选“从未”。请保留其中一项。"))
        elif field.input is Input.OPEN_CHOICE and value == OTHER and not data.get(other_name(field), "").strip():
            self.add_error(other_name(field), _("选了“其他”的，请写明是什么。"))

    def _said(self, data: Mapping[str, Any]) -> tuple[Values, Values]:
        """Facts and details, what is not said left out."""
        facts: Values = dict(self.part.facts)
        details: Values = {}
        for field in self.part.fields:
            value = said_to(field, data)
            if value is not None and value != "":
                put(facts if field.fact else details, field.name, value)
        return facts, details

    def _read_strictly(self) -> None:
        for read, values in ((read_facts, self.facts), (read_details, self.details)):
            try:
                read(self.part.kind, values)
            except RecordError as error:
                self._blame(error)

    def _blame(self, error: RecordError) -> None:
        """Puts a reader's refusal at the field it names."""
        field = self._of_place(error.place)
        self.add_error(form_name(field) if field else None, in_chinese(error.message))

    def _of_place(self, place: str) -> Field | None:
        return next((one for one in self.part.fields if place == one.name or place.endswith(f".{one.name}")), None)
