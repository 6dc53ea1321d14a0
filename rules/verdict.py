"""Three values, never two: met, unmet or open, and how they combine (Kleene)."""

from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Final, NamedTuple

from msgspec import Struct


class Verdict(IntEnum):
    """Ordered, so that all-of is the least and any-of the greatest."""

    UNMET = 0
    OPEN = 1
    MET = 2

    @property
    def word(self) -> str:
        return self.name.lower()


class Note(NamedTuple):
    """What a finding rests on, in figures; `explain` turns it into a sentence."""

    kind: str
    verdict: Verdict
    values: tuple[object, ...]


class Finding(Struct, frozen=True, gc=False):
    """A verdict with its reasons.

    `missing` are dossier paths that the person can still supply, `judgement` questions only people can
    answer (both empty unless open); `used` are the paths of the records it rests on.
    """

    verdict: Verdict
    missing: tuple[str, ...] = ()
    judgement: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()


MET: Final = Finding(Verdict.MET)
UNMET: Final = Finding(Verdict.UNMET)


def missing(*paths: str) -> Finding:
    return Finding(Verdict.OPEN, missing=paths)


def judged(question: str) -> Finding:
    return Finding(Verdict.OPEN, judgement=(question,))


def of(truth: bool) -> Finding:
    return MET if truth else UNMET


def all_of(findings: Iterable[Finding]) -> Finding:
    parts = list(findings)
    verdict = min((part.verdict for part in parts), default=Verdict.MET)
    return _joined(verdict, parts, used=[part for part in parts if part.verdict is not Verdict.UNMET])


def any_of(findings: Iterable[Finding]) -> Finding:
    parts = list(findings)
    verdict = max((part.verdict for part in parts), default=Verdict.UNMET)
    if verdict is Verdict.MET:
        return next(part for part in parts if part.verdict is Verdict.MET)
    return _joined(verdict, parts, used=[part for part in parts if part.verdict is verdict])


def at_least(count: int, findings: Iterable[Finding]) -> Finding:
    parts = list(findings)
    met = [part for part in parts if part.verdict is Verdict.MET]
    possible = [part for part in parts if part.verdict is not Verdict.UNMET]
    if len(met) >= count:
        return _joined(Verdict.MET, met, used=met)
    verdict = Verdict.OPEN if len(possible) >= count else Verdict.UNMET
    return _joined(verdict, parts, used=possible)


def _joined(verdict: Verdict, parts: Sequence[Finding], *, used: Sequence[Finding]) -> Finding:
    notes = tuple(note for part in parts for note in part.notes)
    records = () if verdict is Verdict.UNMET else union(part.used for part in used)
    if verdict is not Verdict.OPEN:
        return Finding(verdict, used=records, notes=notes)
    open_parts = [part for part in parts if part.verdict is Verdict.OPEN]
    return Finding(
        verdict,
        missing=union(part.missing for part in open_parts),
        judgement=union(part.judgement for part in open_parts),
        used=records,
        notes=notes,
    )


def union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """Every string once, in the order first met."""
    return tuple(dict.fromkeys(item for group in groups for item in group))
