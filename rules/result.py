"""The answer: what the contract promises, with labels, citations and sentences for people."""

from typing import Any

from msgspec import Struct

from rules import phrases
from rules.model import Citation
from rules.verdict import Note


class ClauseResult(Struct, frozen=True, kw_only=True):
    """One clause. `used` are ids of records, `records` their places in the dossier; `notes` the figures.

    `unverified`: the source of the clause is not in hand; the office has to confirm what it asks.
    """

    clause: str
    verdict: str
    missing: list[str]
    judgement: list[str]
    used: list[str]
    label: str
    citation: Citation
    reading: str | None
    depth: int
    records: list[str]
    notes: list[Note]
    unverified: bool = False

    @property
    def text(self) -> str:
        return phrases.text(self.label, self.notes)

    @property
    def mend(self) -> str:
        return phrases.mend(self.verdict, self.missing, self.judgement, self.notes)

    def answer(self) -> dict[str, Any]:
        """The four keys the contract promises of a clause."""
        return {
            "verdict": self.verdict,
            "missing": self.missing,
            "judgement": self.judgement,
            "used": self.used,
        }

    def to_dict(self) -> dict[str, Any]:
        """The same with what people read."""
        return {
            **self.answer(),
            "label": self.label,
            "citation": str(self.citation),
            "reading": self.reading,
            "unverified": self.unverified,
            "depth": self.depth,
            "records": self.records,
            "text": self.text,
            "mend": self.mend,
        }


class Result(Struct, frozen=True, kw_only=True):
    """Days are ISO dates. `earliest`: the first day not before `as_of` on which time alone makes the verdict met."""

    policy: str
    sha256: str
    level: str
    as_of: str
    opened: str
    verdict: str
    route: str | None
    clauses: dict[str, ClauseResult]
    excluded_by: list[str]
    earliest: str | None

    def answer(self) -> dict[str, Any]:
        """The shape of the command line's answer, without `id`."""
        return {
            "verdict": self.verdict,
            "route": self.route,
            "clauses": {number: clause.answer() for number, clause in self.clauses.items()},
            "excluded_by": self.excluded_by,
            "earliest": self.earliest,
        }

    def to_dict(self) -> dict[str, Any]:
        """JSON-able, for keeping: the answer, what it was judged by, and every clause with its sentences."""
        return {
            "policy": self.policy,
            "sha256": self.sha256,
            "level": self.level,
            "as_of": self.as_of,
            "opened": self.opened,
            **self.answer(),
            "clauses": {number: clause.to_dict() for number, clause in self.clauses.items()},
        }
