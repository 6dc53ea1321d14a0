"""The answer: what the contract promises, with labels, citations and sentences for people."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import force_setattr

from rules import phrases
from rules.dossier import Dossier
from rules.model import Citation
from rules.sections import Clause
from rules.verdict import WORDS, Finding, Note, figures, looked_up


class ClauseResult(Struct, frozen=True, gc=False):
    """One clause: what is shown of it and what was found, put into words where they are read."""

    about: Clause
    found: Finding
    dossier: Dossier

    @property
    def clause(self) -> str:
        return self.about.number

    @property
    def verdict(self) -> str:
        return WORDS[self.found.verdict]

    @property
    def missing(self) -> list[str]:
        return list(self.found.missing)

    @property
    def judgement(self) -> list[str]:
        return list(self.found.judgement)

    @property
    def used(self) -> list[str]:
        """Ids of the records it rests on; those without one are left out."""
        return [id_ for place in self.found.used if (id_ := _id_at(self.dossier, place)) is not None]

    @property
    def records(self) -> list[str]:
        """Places of these records in the dossier."""
        return list(self.found.used)

    @property
    def notes(self) -> list[Note]:
        """The figures it rests on."""
        return figures(self.found.notes)

    @property
    def label(self) -> str:
        return self.about.label

    @property
    def citation(self) -> Citation:
        return self.about.citation

    @property
    def reading(self) -> str | None:
        return self.about.reading

    @property
    def depth(self) -> int:
        return self.about.depth

    @property
    def unverified(self) -> bool:
        """Whether the clause's source is not in hand, so that the office has to confirm what it asks."""
        return self.about.unverified

    @property
    def text(self) -> str:
        return phrases.text(self.label, looked_up(self.found.notes))

    @property
    def mend(self) -> str:
        return phrases.mend(self.verdict, self.found.missing, self.found.judgement, self.found.notes)

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
        notes = looked_up(self.found.notes)
        return {
            **self.answer(),
            "label": self.label,
            "citation": str(self.citation),
            "reading": self.reading,
            "unverified": self.unverified,
            "depth": self.depth,
            "records": self.records,
            "text": phrases.text(self.label, notes),
            "mend": phrases.mend(self.verdict, self.found.missing, self.found.judgement, notes),
        }


class Result(Struct, frozen=True, kw_only=True):
    """Days are ISO dates. What nobody may ask is not looked for beforehand: see `earliest`."""

    policy: str
    sha256: str
    level: str
    as_of: str
    opened: str
    verdict: str
    route: str | None
    excluded_by: list[str]
    find_clauses: Callable[[], dict[str, ClauseResult]]
    find_earliest: Callable[[], date | None]
    found_clauses: dict[str, ClauseResult] | None = None
    found_earliest: str | UnsetType | None = UNSET

    @property
    def clauses(self) -> dict[str, ClauseResult]:
        """Every clause asked, by its number in the notice's order."""
        if self.found_clauses is None:
            force_setattr(self, "found_clauses", self.find_clauses())
        assert self.found_clauses is not None
        return self.found_clauses

    @property
    def earliest(self) -> str | None:
        """The first day not before `as_of` on which time alone makes the verdict met; looked for when first read."""
        if self.found_earliest is UNSET:
            day = self.find_earliest()
            force_setattr(self, "found_earliest", day.isoformat() if day else None)
        assert not isinstance(self.found_earliest, UnsetType)
        return self.found_earliest

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


def _id_at(dossier: Dossier, place: str) -> str | None:
    name, index = _parted(place)
    record = getattr(dossier, name) if index is None else getattr(dossier, name)[index]
    return getattr(record, "id", None)


@lru_cache(maxsize=4096)
def _parted(place: str) -> tuple[str, int | None]:
    name, _, index = place.rstrip("]").partition("[")
    return name, int(index) if index else None
