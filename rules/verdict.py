"""Three values, never two: met, unmet or open, and how they combine (Kleene)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from typing import Final, TypeAlias, Union

from msgspec import Struct


class Verdict(IntEnum):
    """Ordered, so that all-of is the least and any-of the greatest."""

    UNMET = 0
    OPEN = 1
    MET = 2

    @property
    def word(self) -> str:
        return WORDS[self]


WORDS: Final = ("unmet", "open", "met")


class Note(Struct, frozen=True, gc=False):
    """What a finding rests on, in figures; `explain` turns it into a sentence."""

    kind: str
    verdict: Verdict
    values: tuple[object, ...]


# Notes as they are gathered: in the nests they were found in, some only a promise to look when they are read.
Notes: TypeAlias = tuple[Union[Note, "Notes", Callable[[], "Notes"]], ...]


class Finding(Struct, frozen=True, gc=False):
    """A verdict with its reasons.

    `missing` are dossier paths that the person can still supply, `judgement` questions only people can
    answer (both empty unless open); `used` are the paths of the records it rests on. `figures` reads `notes`.
    """

    verdict: Verdict
    missing: tuple[str, ...] = ()
    judgement: tuple[str, ...] = ()
    used: tuple[str, ...] = ()
    notes: Notes = ()

    @property
    def bare(self) -> "Finding":
        """The same without its figures."""
        if not self.notes:
            return self
        if self.verdict is Verdict.UNMET:
            return UNMET
        return Finding(self.verdict, self.missing, self.judgement, self.used)


MET: Final = Finding(Verdict.MET)
UNMET: Final = Finding(Verdict.UNMET)


def missing(*paths: str) -> Finding:
    return Finding(Verdict.OPEN, missing=paths)


def judged(question: str) -> Finding:
    return Finding(Verdict.OPEN, judgement=(question,))


def of(truth: bool) -> Finding:
    return MET if truth else UNMET


def all_of(findings: Iterable[Finding]) -> Finding:
    parts = [*findings]
    verdict = least(parts)
    if verdict is Verdict.UNMET:
        return _joined(verdict, parts, used=())
    return _joined(verdict, parts, used=parts)


def any_of(findings: Iterable[Finding]) -> Finding:
    parts: list[Finding] = []
    verdict = Verdict.UNMET
    for part in findings:
        if part.verdict is Verdict.MET:
            return part
        if part.verdict is Verdict.OPEN:
            verdict = Verdict.OPEN
        parts.append(part)
    return _joined(verdict, parts, used=[part for part in parts if part.verdict is verdict])


def at_least(count: int, findings: Iterable[Finding]) -> Finding:
    parts = [*findings]
    met = [part for part in parts if part.verdict is Verdict.MET]
    if len(met) >= count:
        return _joined(Verdict.MET, met, used=met)
    possible = [part for part in parts if part.verdict is not Verdict.UNMET]
    return _joined(Verdict.OPEN if len(possible) >= count else Verdict.UNMET, parts, used=possible)


def least(parts: Iterable[Finding]) -> Verdict:
    """The verdict of all of them, without the reasons."""
    verdict = Verdict.MET
    for part in parts:
        if part.verdict is Verdict.UNMET:
            return Verdict.UNMET
        if part.verdict is Verdict.OPEN:
            verdict = Verdict.OPEN
    return verdict


def _joined(verdict: Verdict, parts: Sequence[Finding], *, used: Sequence[Finding]) -> Finding:
    notes = tuple([part.notes for part in parts if part.notes])
    if verdict is Verdict.UNMET:
        return Finding(verdict, notes=notes) if notes else UNMET
    records = union([part.used for part in used if part.used])
    if verdict is Verdict.MET:
        return Finding(verdict, (), (), records, notes) if records or notes else MET
    open_parts = [part for part in parts if part.verdict is Verdict.OPEN]
    return Finding(
        verdict,
        union([part.missing for part in open_parts if part.missing]),
        union([part.judgement for part in open_parts if part.judgement]),
        records,
        notes,
    )


def union(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Every string once, in the order first met."""
    if not groups:
        return ()
    if len(groups) == 1:
        return groups[0]
    return tuple(dict.fromkeys([item for group in groups for item in group]))


def figures(notes: Notes) -> Iterator[Note]:
    """The notes one by one, in order; what was only promised is looked up now."""
    for note in notes:
        if isinstance(note, Note):
            yield note
        else:
            yield from figures(note if isinstance(note, tuple) else note())
