"""The lists of the self-check: entries, the tick that there are none, and a row to go on with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.forms.refusals import in_chinese
from applications.forms.section_forms import RecordForm
from applications.sections import Part
from applications.self_check import questions
from applications.self_check.single import NOT_KNOWN
from applications.self_check.state import MOST_ENTRIES, State
from portal.forms import PortalForm
from rules.dossier import DossierError, decode_piece

ACHIEVEMENT = "achievement"
Data = Mapping[str, str] | None


class EntryForm(RecordForm):
    """One entry of a list, its facts alone."""

    unsaid = NOT_KNOWN

    def _refuse_empty(self) -> None:
        """An entry with nothing in it is dropped, unless its kind says something by itself."""

    def _read_strictly(self) -> None:
        try:
            decode_piece(ACHIEVEMENT if self.part.facts else self.part.kind, self.facts)
        except DossierError as error:
            field = error.place.replace(".", "__")
            self.add_error(field if field in self.fields else None, in_chinese(error.message))


class NoneForm(PortalForm):
    """The statement that there is nothing to enter in a list."""

    none = forms.BooleanField(required=False)

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["none"].label = label


class KindForm(PortalForm):
    """Which kind of achievement is added next."""

    new = forms.ChoiceField(label=gettext_lazy("要添加的成果类别"), required=False)

    def __init__(self, *args: Any, kinds: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["new"].choices = [("", gettext_lazy("请选择")), *kinds]  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry on the page; `name` is what the button that drops it sends."""

    place: int
    name: str
    title: str
    kind: str
    form: EntryForm

    @property
    def is_blank(self) -> bool:
        """Nothing was entered; an achievement whose kind alone is known is something."""
        return not self.form.facts


class ListForm:
    """One list of the dossier. `data` is what was sent, `drop` the name of the row that goes."""

    def __init__(self, kind: str, state: State, data: Data, *, drop: str = "") -> None:
        self.kind, self.state = kind, state
        self.place, none_label = questions.PLACES[kind]
        said = questions.list_at(state.dossier, self.place)
        offered = questions.achievement_kinds(state.entry) if kind == ACHIEVEMENT else []
        self.offered = dict(offered)
        self.kinds = KindForm(data, kinds=offered, prefix=kind) if offered else None
        self.none = NoneForm(data, label=str(none_label), prefix=kind, initial={"none": said == []})
        self.rows = list(self._told(said or []) if data is None else self._posted(data, drop))

    @property
    def label(self) -> str:
        return _("业绩成果") if self.kinds else str(questions.part_of(self.kind).label)

    @property
    def always_has_a_row(self) -> bool:
        """Whether an empty row waits to be filled in: dropping the last one empties it."""
        return self.kinds is None

    @property
    def next_place(self) -> int:
        return self.rows[-1].place + 1 if self.rows else 0

    @property
    def is_full(self) -> bool:
        return len(self.rows) >= MOST_ENTRIES

    @property
    def forms(self) -> list[PortalForm]:
        return [*(row.form for row in self.rows), *([self.kinds] if self.kinds else []), self.none]

    def is_valid(self) -> bool:
        """Every entry can be read, and nothing is both entered and said not to be."""
        readable = [form.is_valid() for form in self.forms]
        if not all(readable):
            return False
        if self.none.cleaned_data["none"] and self.entries:
            self.none.add_error("none", _("已经填写了条目，请取消勾选，或删除这些条目。"))
            return False
        return True

    @property
    def entries(self) -> list[dict[str, Any]]:
        return [row.form.facts for row in self.rows if not row.is_blank]

    @property
    def answer(self) -> list[dict[str, Any]] | None:
        """The list as the dossier has it: None while nothing is said of it."""
        if self.entries:
            return self.entries
        return [] if self.none.cleaned_data["none"] else None

    def add(self, kind: str = "") -> None:
        """Another row, of the kind of achievement that was chosen; without one the choice is asked for."""
        if self.kinds and kind not in self.offered:
            self.kinds = KindForm({}, kinds=list(self.offered.items()), prefix=self.kind)
            self.kinds.add_error("new", _("请先在这里选择成果的类别，再按“添加一项成果”。"))
        elif not self.is_full:
            self.rows.append(self._row(self.next_place, kind, None))

    def _posted(self, data: Mapping[str, str], drop: str) -> Iterator[EntryRow]:
        count = data.get(f"{self.kind}-count", "")
        for place in range(min(int(count), MOST_ENTRIES) if count.isascii() and count.isdecimal() else 0):
            name, kind = f"{self.kind}-{place}", data.get(f"{self.kind}-{place}-kind", "")
            if name != drop and (kind in self.offered if self.kinds else True):
                yield self._row(place, kind, data)

    def _told(self, said: list[dict[str, Any]]) -> Iterator[EntryRow]:
        for place, entry in enumerate(said):
            yield self._row(place, str(entry.get("kind", "")), None, facts=entry)
        if not said and self.always_has_a_row:
            yield self._row(0, "", None)

    def _row(self, place: int, kind: str, data: Data, *, facts: Mapping[str, Any] | None = None) -> EntryRow:
        part = self._part(kind)
        name = f"{self.kind}-{place}"
        title = _("第%(place)d条：%(label)s") % {"place": place + 1, "label": part.label}
        return EntryRow(place, name, title, kind, EntryForm(data, part=part, facts=facts, prefix=name))

    def _part(self, kind: str) -> Part:
        return questions.achievement_part(self.state.entry, kind) if self.kinds else questions.part_of(self.kind)
