"""The answer: what the contract promises, with labels, citations and sentences for people."""

from typing import Any

from msgspec import Struct

from rules.model import Citation
from rules.verdict import Note


class ClauseResult(Struct, frozen=True, kw_only=True):
    """One clause. `used` are ids of records, `records` their places in the dossier; `notes` the figures."""

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

    def answer(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "missing": self.missing,
            "judgement": self.judgement,
            "used": self.used,
        }


class Result(Struct, frozen=True, kw_only=True):
    """`earliest` is an ISO date, the first day not before `as_of` on which time alone makes the verdict met."""

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
        """JSON-able, for keeping: the answer, what it was judged by, and every clause with its sentence."""
        from rules.explain import sentences  # explain reads results, so results cannot need it at import

        answer = self.answer()
        for clause, kept in zip(self.clauses.values(), answer["clauses"].values(), strict=True):
            kept |= {"label": clause.label, "citation": str(clause.citation), "reading": clause.reading}
        judged_by = {name: getattr(self, name) for name in ("policy", "sha256", "level", "as_of", "opened")}
        return {**judged_by, **answer, "lines": [line._asdict() for line in sentences(self)]}


