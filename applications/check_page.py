"""Check your answers: all that would be submitted, section by section, what each file is, and what is at one's risk."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from applications import asked_documents, fetched
from applications.asked_documents import AskedOf
from applications.asked_parts import part_of
from applications.corrections import Mending
from applications.dossiers import Record
from applications.filing_risks import Risk, risks_of
from applications.models import Application, Evidence, Round
from applications.panel import Panel, PanelClause
from applications.progress import Progress, SectionProgress
from applications.reading import in_words, title_of, value_of
from applications.records import NOTHING
from applications.sections import Part, Section
from portal.models import StoredFile

Kept = Mapping[str, Any]
EMPTY: tuple[object, ...] = (None, "", [])


@dataclass(frozen=True, slots=True)
class CheckedPiece:
    """A file: what it is called, which document it is and by which clause, its size; `waits` for its check.

    `unnamed`: the notice asks for documents, and nobody has said which of them it is.
    """

    id: str
    name: str
    document: str
    clauses: str
    size: int
    waits: bool
    unnamed: bool = False


@dataclass(frozen=True, slots=True)
class CheckedRecord:
    """A record in words, required questions without an answer among them.

    `serves` are the clauses it fills: as the applicant says (`said`), else as the rules find.
    `opens`: it may be changed; while a return is mended, only what that names.
    """

    id: str
    title: str
    alone: bool
    lines: list[tuple[str, str]]
    pieces: list[CheckedPiece]
    serves: str
    said: bool
    opens: bool


@dataclass(frozen=True, slots=True)
class CheckedSection:
    progress: SectionProgress
    nothing: bool
    opens: bool
    records: list[CheckedRecord]

    @property
    def section(self) -> Section:
        return self.progress.section


@dataclass(frozen=True, slots=True)
class CheckPage:
    """The groups of the task list with their records, the clauses at the top of the notice's tree, and the risks."""

    groups: list[tuple[str | Promise, list[CheckedSection]]]
    risks: list[Risk] = field(default_factory=list)

    @property
    def sections(self) -> list[CheckedSection]:
        return [one for _title, sections in self.groups for one in sections]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many clauses stand in one way."""

    word: str
    tone: str
    clauses: list[PanelClause]


def check_page(
    application: Application, records: Sequence[Record], progress: Progress, result: Kept | None = None
) -> CheckPage:
    """`result` is what the rules find of the records now, in its kept form; None where they cannot read them."""
    asked = {
        record.id: asked_documents.of_record(application, record.kind, record.facts, record.details, _documents(record))
        for record in records
    }
    known = _Known(application.round, progress.asked, asked, _served(result), _files(records))
    stated = {record.facts.get("section") for record in records if record.kind == NOTHING}
    groups = [
        (title, [_section(one, stated, records, known) for one in sections]) for title, sections in progress.groups
    ]
    return CheckPage(groups, list(risks_of(records, asked)))


def tallies(panel: Panel) -> list[Tally]:
    """The clauses that stand at the top of the tree, by how they stand, those that need something first."""
    found: dict[tuple[str, str], list[PanelClause]] = defaultdict(list)
    for clause in panel.clauses:
        if not clause.quiet:
            found[clause.stands[0].word, clause.stands[0].tone].append(clause)
    order = ("danger", "warning", "success")
    ordered = sorted(found.items(), key=lambda one: order.index(one[0][1]) if one[0][1] in order else len(order))
    return [Tally(word, tone, clauses) for (word, tone), clauses in ordered]


def _files(records: Sequence[Record]) -> dict[str, StoredFile]:
    """The files by the evidence they are: what is frozen of them tells neither size nor state."""
    ids = [piece["id"] for record in records for piece in record.evidence]
    found = Evidence.objects.filter(public_id__in=ids).select_related("file")
    return {str(piece.public_id): piece.file for piece in found}


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known beside the records: round, return that is mended, and by id what is asked of them and used."""

    round: Round
    mending: Mending | None
    asked: Mapping[str, AskedOf]
    served: Mapping[str, list[str]]
    files: Mapping[str, StoredFile]


def _section(
    one: SectionProgress, stated: Collection[object], records: Sequence[Record], known: _Known
) -> CheckedSection:
    section = one.section
    return CheckedSection(
        progress=one,
        nothing=section.key in stated,
        opens=known.mending is None or bool(known.mending.of_section(section.key)),
        records=[_record(section, record, known) for record in records if record.kind in section.kinds],
    )


def _record(section: Section, record: Record, known: _Known) -> CheckedRecord:
    part = part_of(record.kind, known.round)
    return CheckedRecord(
        id=record.id,
        title=title_of(part, record.facts, record.details),
        alone=not part.many,
        lines=[*_lines(part, record), *([source] if (source := fetched.told(record.fetched)) else [])],
        pieces=[_piece(section, piece, known.asked[record.id], known.files) for piece in record.evidence],
        serves="、".join(known.served.get(record.id, ()) if record.clauses is None else record.clauses),
        said=record.clauses is not None,
        opens=known.mending is None or known.mending.opens_record(section.key, record.id),
    )


def _lines(part: Part, record: Record) -> Iterator[tuple[str, str]]:
    """What is answered, and what should be: an empty answer to a required question."""
    for question in part.fields:
        value = value_of(question, record.facts, record.details)
        if value not in EMPTY:
            yield str(question.label), in_words(question, value)
        elif question.required:
            yield str(question.label), ""


def _piece(section: Section, piece: Mapping[str, Any], asked: AskedOf, files: Mapping[str, StoredFile]) -> CheckedPiece:
    file = files.get(piece["id"])
    document = str(piece.get("document") or "")
    demanded = [one.cited for one in asked.documents if document in one.names and one.cited]
    slot = section.slot.label if section.slot is not None and section.slot.key == piece["slot"] else ""
    return CheckedPiece(
        id=str(piece["id"]),
        name=str(piece["name"]),
        document=document or ("" if asked.names else str(slot)),
        clauses="、".join(dict.fromkeys(demanded)),
        size=file.size if file else 0,
        waits=file is not None and not file.is_clean,
        unnamed=not document and bool(asked.names),
    )


def _documents(record: Record) -> set[str]:
    return {str(piece.get("document") or "") for piece in record.evidence}


def _served(result: Kept | None) -> dict[str, list[str]]:
    """The numbered clauses that are met by a record, by the record's id."""
    served: dict[str, list[str]] = defaultdict(list)
    for number, found in (result or {}).get("clauses", {}).items():
        if number[-1].isdigit() and found["verdict"] == "met":
            for record in found.get("used", ()):
                served[record].append(number)
    return served
