"""How records read: the form's own labels and words for what stands in facts and details."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from applications import fetched
from applications.dossiers import Record
from applications.models import Application
from applications.records import NOTHING
from applications.sections import SECTIONS, Field, Input, Part, Section
from applications.wording import CLAIM, word
from rules import catalog


@dataclass(frozen=True, slots=True)
class ReadRecord:
    """A record in words. `title` names it among its kind; `lines` are label and value."""

    id: str
    kind: str
    label: str
    title: str
    lines: list[tuple[str, str]]
    evidence: Sequence[Mapping[str, Any]]
    confirmed: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the form with its records; `nothing` where the person states that there is none."""

    section: Section
    records: list[ReadRecord]
    nothing: bool


def chapters(records: Iterable[Record]) -> list[Chapter]:
    """The records in the order of the form, every section there is, empty ones included."""
    held = list(records)
    stated = {record.facts.get("section") for record in held if record.kind == NOTHING}
    return [
        Chapter(
            section,
            [read(section.part(record.kind), record) for record in held if record.kind in section.kinds],
            section.key in stated,
        )
        for section in SECTIONS
    ]


def read(part: Part, record: Record) -> ReadRecord:
    """One record in words, what is not said left out."""
    lines = [
        (str(field.label), in_words(field, value))
        for field in part.fields
        if (value := value_of(field, record.facts, record.details)) not in (None, "", [])
    ]
    if record.clauses:
        lines.append((_("对应条款"), "、".join(record.clauses)))
    if source := fetched.told(record.fetched):
        lines.append(source)
    return ReadRecord(
        id=record.id,
        kind=record.kind,
        label=str(part.label),
        title=title_of(part, record.facts, record.details),
        lines=lines,
        evidence=record.evidence,
        confirmed=record.confirmed,
        reason=record.reason,
    )


def title_of(part: Part, facts: Mapping[str, Any], details: Mapping[str, Any]) -> str:
    """What tells a record from the others of its kind: its first words, with its year where it has one."""
    said = [(field, value_of(field, facts, details)) for field in part.fields]
    named = list(dict.fromkeys(in_words(field, value) for field, value in said if value and _names(field)))
    year = next((str(value)[:4] for field, value in said if value and field.name in YEARS), "")
    return " · ".join(filter(None, (" ".join(named[:2]), year))) or str(part.label)


def _names(field: Field) -> bool:
    return field.name in NAMING and field.input is not Input.PROSE


def value_of(field: Field, facts: Mapping[str, Any], details: Mapping[str, Any]) -> Any:
    """What a record says to a question; None where nothing is said."""
    value: Any = facts if field.fact else details
    for name in field.name.split("."):
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def in_words(field: Field, value: Any) -> str:
    """A value as a person reads it."""
    if field.input is Input.DAY_OR_NEVER and value is False:
        return _("从未聘任")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field.input in {Input.DAY, Input.DAY_OR_NEVER}:
        day = date.fromisoformat(str(value))
        return f"{day.year}年{day.month}月{day.day}日"
    if field.choices:
        return word(field.choices, str(value))
    if isinstance(value, float):
        return f"{value:g}" if value < 1_000_000 else f"{value:.0f}"
    return str(value)


@dataclass(frozen=True, slots=True)
class Difference:
    """A question to which two versions of a record say different things, in words; empty where one says nothing."""

    label: str
    before: str
    after: str


Said = tuple[Mapping[str, Any], Mapping[str, Any]]


def differences(part: Part, before: Said, after: Said) -> list[Difference]:
    """Where two versions of a record differ; each version is its facts and its details."""
    found = []
    for field in part.fields:
        one, other = (value_of(field, *version) for version in (before, after))
        if one != other:
            said = ["" if value in (None, "", []) else in_words(field, value) for value in (one, other)]
            found.append(Difference(str(field.label), *said))
    return found


def title_applied_for(application: Application) -> str:
    """The title as its policy names it."""
    return catalog.get(application.round.policy_id).procedure.title_of(application.level)


def direction_of(application: Application) -> str:
    """The direction as its policy names it, with the topic where one was chosen; empty where there is none."""
    return direction_in(application.round.policy_id, application.direction, application.topic)


def direction_in(policy_id: str, code: str, topic: str) -> str:
    """A direction and its topic in the words of a policy."""
    directions = catalog.get(policy_id).procedure.directions
    label = next((known.label for known in directions if known.code == code), code)
    return f"{label}：{topic}" if topic else label


def claims_of(application: Application) -> list[str]:
    """The special routes asked for, in words."""
    return [word(CLAIM, claim) for claim in application.claims]


NAMING = frozenset({"name", "title", "school", "unit", "level", "result", "occupation", "grade", "payer", "kind"})
YEARS = ("year", "awarded", "obtained", "date", "from")
