"""What an expert may see of an application: a read model of its own, made from the frozen snapshot.

Who the applicant is and where employed stays (recusal and interview need it). Identity number, birth date, address,
telephone and e-mail never leave here, wherever in the material they were written; other opinions, other seats,
messages and objections are not in it at all.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from applications import fetched
from applications.models import Evidence
from applications.reading import in_words, title_of
from applications.sections import SECTIONS, Field, Part
from portal.identity_numbers import plain_in_place
from review.models import Entry
from rules import catalog

HIDDEN_FIELDS = frozenset(
    {"address", "born_on", "email", "file_place", "former_name", "health", "phone", "verification_code", "witness"}
)
PRIVATE_SLOTS = frozenset({"photo", "identity"})
# Matched on plain characters, so that full width hides nothing; blanks and hyphens may part a number.
PERSONAL = re.compile(
    r"(?<!\d)[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx](?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?![0-9A-Za-z])"
    r"|(?<![0-9A-Za-z])(?:[HMhm]\d{8,10}|0\d{2,3}-\d{7,8})(?![0-9A-Za-z])"
    r"|[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class ShownEvidence:
    public_id: str
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class ShownRecord:
    title: str
    facts: list[tuple[str, str]]
    evidence: list[ShownEvidence]


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    records: list[ShownRecord]


@dataclass(frozen=True, slots=True)
class MaskedDossier:
    name: str
    employer: str
    title: str
    direction: str
    chapters: list[Chapter]


def dossier_of(entry: Entry) -> MaskedDossier:
    """The dossier of an entry as an expert reads it."""
    content: Mapping[str, Any] = entry.application.snapshot.data if entry.application.snapshot else {}
    records = content.get("records", [])
    chapters = [
        Chapter(
            str(section.title),
            [_record(section.part(record["kind"]), record) for record in records if record["kind"] in section.kinds],
        )
        for section in SECTIONS
    ]
    return MaskedDossier(
        name=str(content.get("applicant", {}).get("name", "")),
        employer=str(content.get("employer", {}).get("name", "")),
        title=str(content.get("title", "")),
        direction="：".join(filter(None, (_direction(entry, content.get("direction", "")), content.get("topic", "")))),
        chapters=[chapter for chapter in chapters if chapter.records],
    )


def evidence_of(entry: Entry) -> list[Evidence]:
    """The files an expert may open: those the snapshot names, without portrait and identity papers."""
    dossier = dossier_of(entry)
    allowed = [
        piece.public_id for chapter in dossier.chapters for record in chapter.records for piece in record.evidence
    ]
    return list(Evidence.objects.filter(public_id__in=allowed).select_related("file"))


def without_personal(text: str) -> str:
    """The text with identity numbers, telephone numbers and e-mail addresses blotted out."""
    kept, place = [], 0
    for found in PERSONAL.finditer(plain_in_place(text)):
        kept += [text[place : found.start()], _("（已遮盖）")]
        place = found.end()
    return "".join([*kept, text[place:]])


def _direction(entry: Entry, code: str) -> str:
    known = catalog.get(entry.meeting.round.policy_id).procedure.directions
    return next((direction.label for direction in known if direction.code == code), code)


def _record(part: Part, record: Mapping[str, Any]) -> ShownRecord:
    return ShownRecord(
        title=without_personal(title_of(part, record["facts"], record["details"])),
        facts=[
            (str(field.label), _shown(field, value))
            for field in part.fields
            if field.name not in HIDDEN_FIELDS and (value := _value(field, record)) not in (None, "", [])
        ]
        + [(_("对应条款"), without_personal("、".join(clauses))) for clauses in [record.get("clauses")] if clauses]
        + [source for source in [fetched.told(record.get("fetched", {}))] if source],
        evidence=[
            ShownEvidence(piece["id"], without_personal(piece["name"]), piece["type"])
            for piece in record.get("evidence", [])
            if piece["slot"] not in PRIVATE_SLOTS
        ],
    )


def _value(field: Field, record: Mapping[str, Any]) -> Any:
    value: Any = record["facts"] if field.fact else record["details"]
    for name in field.name.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def _shown(field: Field, value: Any) -> str:
    if isinstance(value, list):
        return "、".join(_shown(field, one) for one in value)
    return without_personal(in_words(field, value))
