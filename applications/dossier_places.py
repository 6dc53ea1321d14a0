"""Where each record stands in the dossier that the rules read, and which of its lists are told to the end."""

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from applications.records import KINDS, NOTHING, as_keys
from applications.sections import section

if TYPE_CHECKING:
    from applications.dossiers import Record

_LISTS = frozenset(kind.place for kind in KINDS.values() if kind.many) - {"", "continuing_education"}


def filled(
    dossier: dict[str, Any], records: "list[Record]", *, entry: Any, told: Any, void: Collection[str] = ()
) -> dict[str, Any]:
    """The dossier with every record in its place; `entry` is what of it goes in, `void` what counts for nothing."""
    for place in _complete_places(records, told):
        dossier[place] = []
    for record in records:
        if record.id in void or (record.confirmed is False and record.kind != "sanction"):
            continue
        _place(dossier, record, entry(record))
    return dossier


def _place(dossier: dict[str, Any], record: "Record", facts: Mapping[str, Any]) -> None:
    kind = KINDS[record.kind]
    if not kind.place:
        return
    if kind.key == "consent":
        if facts:
            dossier.setdefault("consents", []).append(facts["consent"])
    elif kind.key == "continuing_education":
        years = dossier.setdefault("continuing_education", {}).setdefault("years", [])
        years.append({**facts, "id": record.id})
    elif kind.many:
        dossier.setdefault(kind.place, []).append({**facts, "id": record.id})
    elif kind.key == "education_commitment":
        dossier.setdefault("continuing_education", {}).update(facts)
    elif facts:
        dossier.update(as_keys(kind.key, facts))


def _complete_places(records: "list[Record]", told: Any) -> set[str]:
    """Dossier lists of which the person has told everything: a section with records, or with a statement of none."""
    complete: set[str] = set()
    for record in records:
        if record.kind == NOTHING:
            if told(record):
                complete.update(section(record.facts["section"]).places)
        elif KINDS[record.kind].many:
            complete.add(KINDS[record.kind].place)
    return complete & _LISTS


def as_told(record: "Record") -> Mapping[str, Any]:
    return record.facts


def as_verified(record: "Record") -> Mapping[str, Any]:
    if record.confirmed or record.kind == "sanction":
        return record.facts
    kind = record.facts.get("kind") if KINDS[record.kind].piece == "achievement" else None
    return {} if kind is None else {"kind": kind}
