"""A submitted dossier as a clerk checks it: every record, statements of none included, with its evidence's state."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications import fetched
from applications.dossiers import Record
from applications.models import Evidence
from applications.reading import in_words, title_of, value_of
from applications.records import NOTHING
from applications.sections import SECTIONS, Part, Section
from portal.models import StoredFile
from portal.models.file import FileState

Lines = list[tuple[str, str]]
PICTURES = frozenset({"image/jpeg", "image/png"})


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a record. `file` is None where only the snapshot still knows it."""

    id: str
    name: str
    file: StoredFile | None

    @property
    def opens(self) -> bool:
        return self.file is not None and self.file.is_clean

    @property
    def is_picture(self) -> bool:
        return self.file is not None and self.file.is_clean and self.file.content_type in PICTURES

    @property
    def state_label(self) -> str:
        return str(FileState(self.file.state).label) if self.file else _("文件已不存在")


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A record in words: `facts` are what the rules read, `details` what people need beside them."""

    id: str
    title: str
    facts: Lines
    details: Lines
    pieces: list[Piece]
    confirmed: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class CheckedChapter:
    section: Section
    records: list[CheckedRecord]


def checked_chapters(records: Iterable[Record]) -> list[CheckedChapter]:
    """The chapters that say something, in the form's order. One query, for the files."""
    held = list(records)
    files = _files(held)
    found = [
        CheckedChapter(page, [_checked(page, record, files) for record in held if _stands_in(page, record)])
        for page in SECTIONS
    ]
    return [chapter for chapter in found if chapter.records]


def _stands_in(page: Section, record: Record) -> bool:
    if record.kind == NOTHING:
        return bool(record.facts["section"] == page.key)
    return record.kind in page.kinds


def _files(records: Iterable[Record]) -> dict[str, StoredFile]:
    named = [piece["id"] for record in records for piece in record.evidence]
    rows = Evidence.objects.filter(public_id__in=named).select_related("file")
    return {str(row.public_id): row.file for row in rows}


def _checked(page: Section, record: Record, files: Mapping[str, StoredFile]) -> CheckedRecord:
    part = None if record.kind == NOTHING else page.part(record.kind)
    return CheckedRecord(
        id=record.id,
        title=title_of(part, record.facts, record.details) if part else _("声明没有此项"),
        facts=_lines(part, record, fact=True) if part else [],
        details=[*(_lines(part, record, fact=False) if part else []), *_clauses(record), *_source(record)],
        pieces=[Piece(piece["id"], piece["name"], files.get(piece["id"])) for piece in record.evidence],
        confirmed=record.confirmed,
        reason=record.reason,
    )


def _clauses(record: Record) -> Lines:
    """What the applicant says the record serves; officers see it beside what the rules find."""
    return [(_("申报人标明的对应条款"), "、".join(record.clauses) or _("没有"))] if record.clauses is not None else []


def _source(record: Record) -> Lines:
    """Where it comes from, where an authority answered it and the applicant left it so."""
    source = fetched.told(record.fetched)
    return [source] if source else []


def _lines(part: Part, record: Record, *, fact: bool) -> Lines:
    asked: list[tuple[Any, Any]] = [
        (field, value_of(field, record.facts, record.details)) for field in part.fields if field.fact is fact
    ]
    return [(str(field.label), in_words(field, value)) for field, value in asked if value not in (None, "", [])]
