"""What each row would become, what is wrong with it, and how it comes back: sealed in the page for its person."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.core import signing
from django.utils.translation import gettext as _

from applications.errors import ActError
from applications.forms.questions import form_name
from applications.forms.section_forms import RecordForm
from applications.importing.reading import RowRead
from applications.importing.sheets import NO, SHEETS, YES, Sheet, plain
from applications.reading import in_words, title_of, value_of
from applications.sections import Field, Input
from applications.services.importing import NewRecord, likeness
from portal import identity_numbers
from portal.models import User

SHEET_OF = {sheet.part.kind: sheet for sheet in SHEETS}
GOOD_FOR_SECONDS = 12 * 3600
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")


class Lapsed(ActError):  # noqa: N818  as the other answers to a person
    """The preview is too old, or another person's."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Rows as they were read, with an id for the file: that of a row follows from it, its sheet and its number."""

    id: UUID
    rows: Sequence[RowRead]

    def row_id(self, row: RowRead) -> UUID:
        return uuid5(self.id, f"{row.kind}:{row.number}")


@dataclass(frozen=True, slots=True)
class Judged:
    """A row and what it would become. `faults` are label and message; `lacks` may be filled in later."""

    row: RowRead
    sheet: Sheet
    record: NewRecord
    title: str
    lines: list[tuple[str, str]]
    faults: list[tuple[str, str]]
    lacks: list[str] = field(default_factory=list)
    twin: bool = False

    @property
    def sound(self) -> bool:
        return not self.faults


def new(rows: Sequence[RowRead]) -> Preview:
    return Preview(uuid4(), rows)


def seal(preview: Preview, owner: User) -> str:
    """The preview as the page carries it: only what this portal has read comes back, and only from its person."""
    rows = [[row.kind, row.number, dict(row.texts), dict(row.faults)] for row in preview.rows]
    return signing.dumps([str(preview.id), rows], salt=_salt(owner), compress=True)


def opened(sealed: str, owner: User) -> Preview:
    """The preview of a page.

    Raises:
        Lapsed: it was made too long ago, for somebody else, or not here.
    """
    try:
        id_, rows = signing.loads(sealed, salt=_salt(owner), max_age=GOOD_FOR_SECONDS)
    except signing.BadSignature:
        raise Lapsed(_("预览已过期，没有导入任何内容。请重新上传文件。")) from None
    return Preview(UUID(id_), [RowRead(*row) for row in rows])


def judge(preview: Preview, held: Iterable[Any] = ()) -> list[Judged]:
    """Every row in the order of the file; `held` are the likenesses of what the archive holds."""
    seen, judged = set(held), []
    for row in preview.rows:
        found = _judge(row, preview.row_id(row), seen)
        if found.sound:
            seen.add(likeness(row.kind, found.record.facts, found.record.details))
        judged.append(found)
    return judged


def _judge(row: RowRead, id_: UUID, seen: set[Any]) -> Judged:
    sheet = SHEET_OF[row.kind]
    form = RecordForm(_typed(sheet, row.texts), part=sheet.part)
    faults = _faults(sheet, row, form)
    known = form.readable()
    facts, details = known.facts, known.details
    said = [(one, value_of(one, facts, details)) for one in sheet.columns]
    return Judged(
        row=row,
        sheet=sheet,
        record=NewRecord(id_, row.kind, facts, details),
        title=identity_numbers.mask_in(title_of(sheet.part, facts, details)),
        lines=[
            (str(one.label), identity_numbers.mask_in(in_words(one, value)))
            for one, value in said
            if value not in (None, "")
        ],
        faults=faults,
        lacks=[str(one.label) for one, value in said if one.required and value in (None, "")],
        twin=not faults and likeness(row.kind, facts, details) in seen,
    )


def _faults(sheet: Sheet, row: RowRead, form: RecordForm) -> list[tuple[str, str]]:
    """What is wrong, in the forms' own words, each with the column it stands in."""
    labels = {form_name(one): str(one.label) for one in sheet.columns}
    found = {labels[form_name(one)]: row.faults[one.name] for one in sheet.columns if one.name in row.faults}
    for name, messages in form.errors.items():
        said = "".join(str(message) for message in messages)
        found.setdefault(labels.get(name, ""), identity_numbers.mask_in(said))
    return list(found.items())


def _typed(sheet: Sheet, texts: Mapping[str, str]) -> dict[str, str]:
    """The row as its form would have been filled in."""
    return {form_name(one): _as_typed(one, texts[one.name]) for one in sheet.columns if one.name in texts}


def _as_typed(one: Field, text: str) -> str:
    if one.input in {Input.LINE, Input.PROSE}:
        return text
    folded = plain(text)
    if one.input is Input.YES_NO:
        return {plain(YES): "yes", plain(NO): "no"}.get(folded, text)
    if one.input is Input.CHOICE:
        return next((key for key, label in (one.choices or {}).items() if plain(label) == folded), text)
    if one.input is Input.DAY and (day := DAY.fullmatch(folded)):
        return f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}"
    return unicodedata.normalize("NFKC", text)


def _salt(owner: User) -> str:
    return f"applications.importing:{owner.public_id}"
