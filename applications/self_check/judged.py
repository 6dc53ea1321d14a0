"""What the chosen policy judges by, read off its pack: the questions that matter, and the clauses people decide."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from msgspec import Struct

from applications.side_by_side import of_region
from applications.wording import ACHIEVEMENT_KIND
from rules import catalog, engine
from rules.catalog import Entry
from rules.nodes import placed


def judged_fields(entry: Entry) -> Mapping[str, frozenset[str]]:
    """Kind of achievement → the fields by which any policy of the region judges it at any level."""
    return _judged(entry.policy.specialty.region)


@lru_cache
def _judged(region: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for entry in of_region(region):
        for asked in _records_in([list(entry.policy.levels.values()), entry.policy.claims, entry.layer]):
            fields = {*asked.where, *(name for tests in asked.any_of for name in tests)}
            for kind in asked.kind:
                found.setdefault(str(kind), set()).update(fields)
        if any(one.node.all_in_window for one in placed(entry.policy)):
            for kind in ACHIEVEMENT_KIND:  # every kind is looked at, by its day alone
                found.setdefault(str(kind), set())
    return {kind: frozenset(fields) for kind, fields in found.items()}


def _records_in(part: object) -> Iterator[Any]:
    """Whatever in a policy asks for achievements of some kinds by some fields."""
    if isinstance(part, Struct):
        if getattr(part, "kind", None) and isinstance(getattr(part, "where", None), dict):
            yield part
        for name in part.__struct_fields__:
            yield from _records_in(getattr(part, name))
    elif isinstance(part, Mapping):
        yield from _records_in(list(part.values()))
    elif isinstance(part, list | tuple):
        for item in part:
            yield from _records_in(item)


@lru_cache
def asked_places(policy_id: str, level: str) -> frozenset[str]:
    """The dossier keys that an empty dossier lacks: what this policy and level ask about at all."""
    entry = catalog.get(policy_id)
    day = entry.policy.effective.since
    found = engine.judge_by(entry, level, {"claims": sorted(entry.level(level).claims)}, as_of=day, opened=day)
    missing = [place for clause in found.clauses.values() for place in clause.missing]
    return frozenset(place.partition("[")[0].partition(".")[0] for place in missing)


@dataclass(frozen=True, slots=True)
class JudgedClause:
    """A clause that only people can judge, with the question it puts."""

    number: str
    label: str
    question: str
    reading: str
    citation: str


def judged_clauses(entry: Entry, level: str, claims: list[str]) -> list[JudgedClause]:
    """The clauses a person may say their own mind about: of the level, and of the routes they ask for."""
    own = entry.policy.levels[level]  # type: ignore[index]
    claimed = entry.policy.claims_at(level, entry.layer)  # type: ignore[arg-type]
    nodes = [*entry.policy.basic, *own.sections(), *(node for claim, node in claimed.items() if claim in claims)]
    questions = {
        node.clause: node.judged or node.own_text for top in nodes for node in top.clauses() if node.asks_people
    }
    return [
        JudgedClause(
            clause.number, clause.label, questions[clause.number] or "", clause.reading or "", str(clause.citation)
        )
        for clause in entry.clauses(level)
        if clause.number in questions
    ]
