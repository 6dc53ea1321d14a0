"""Three values, never two: met, unmet or open, and how they combine (Kleene)."""

from collections.abc import Callable, Iterable, Sequence
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
# A nest of alternatives is an `Either`; in every other all that fell short has to be mended.
Noted: TypeAlias = Union[Note, "Notes", Callable[[], "Notes"]]
Notes: TypeAlias = tuple[Noted, ...]


class Either(tuple[Noted, ...]):
    """The notes of alternatives, any one of which would do."""

    __slots__ = ()


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
        if self.verdict is _UNMET:
            return UNMET
        if self.verdict is _MET and not self.used:
            return MET
        return Finding(self.verdict, self.missing, self.judgement, self.used)


# A member looked up in its class costs as much as a call; what is asked of every clause names these.
_UNMET, _OPEN, _MET = Verdict

MET: Final = Finding(Verdict.MET)
UNMET: Final = Finding(Verdict.UNMET)


def missing(*paths: str) -> Finding:
    return Finding(Verdict.OPEN, missing=paths)


def judged(question: str) -> Finding:
    return Finding(Verdict.OPEN, judgement=(question,))


def of(truth: bool) -> Finding:
    return MET if truth else UNMET


def all_of(findings: Iterable[Finding]) -> Finding:
    parts = findings if isinstance(findings, tuple | list) else [*findings]
    if len(parts) == 1:
        return parts[0]
    verdict = _MET
    used: list[tuple[str, ...]] = []
    notes: list[Noted] = []
    for part in parts:
        if part.verdict is not _MET:
            if part.verdict is _UNMET:
                return _unmet(parts)
            verdict = _OPEN
        if part.used:
            used.append(part.used)
        if part.notes:
            notes.append(part.notes)
    if verdict is _OPEN:
        return _open(parts, used, notes)
    return Finding(_MET, (), (), union(used), tuple(notes)) if notes or used else MET


def any_of(findings: Iterable[Finding]) -> Finding:
    parts = findings if isinstance(findings, tuple | list) else [*findings]
    if len(parts) == 1:
        return parts[0]
    verdict = _UNMET
    notes: list[Noted] = []
    for part in parts:
        if part.verdict is not _UNMET:
            if part.verdict is _MET:
                return part
            verdict = _OPEN
        if part.notes:
            notes.append(part.notes)
    if verdict is _OPEN:
        used = [part.used for part in parts if part.verdict is _OPEN]
        return _open(parts, used, [Either(notes)] if len(notes) > 1 else notes)
    if not notes:
        return UNMET
    return Finding(_UNMET, (), (), (), Either(notes) if len(notes) > 1 else (notes[0],))


def at_least(count: int, findings: Iterable[Finding]) -> Finding:
    parts = [*findings]
    met = [part for part in parts if part.verdict is _MET]
    if len(met) >= count:
        return all_of(met)
    possible = [part for part in parts if part.verdict is not _UNMET]
    if len(possible) < count:
        return _unmet(parts)
    return _open(parts, [part.used for part in possible], [part.notes for part in parts if part.notes])


def _unmet(parts: Sequence[Finding]) -> Finding:
    notes = tuple([part.notes for part in parts if part.notes])
    return Finding(_UNMET, (), (), (), notes) if notes else UNMET


def _open(parts: Sequence[Finding], used: Sequence[tuple[str, ...]], notes: Sequence[Noted]) -> Finding:
    doubtful = [part for part in parts if part.verdict is _OPEN]
    return Finding(
        _OPEN,
        union([part.missing for part in doubtful if part.missing]),
        union([part.judgement for part in doubtful if part.judgement]),
        union([records for records in used if records]),
        tuple(notes),
    )


def union(groups: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Every string once, in the order first met."""
    if not groups:
        return ()
    if len(groups) == 1:
        return groups[0]
    return tuple(dict.fromkeys([item for group in groups for item in group]))


def figures(notes: Notes) -> list[Note]:
    """The notes one by one, in order; what was only promised is looked up now."""
    found: list[Note] = []
    _unfold(notes, found)
    return found


def _unfold(notes: Notes, found: list[Note]) -> None:
    for note in notes:
        if isinstance(note, Note):
            found.append(note)
        elif note:
            _unfold(note if isinstance(note, tuple) else note(), found)


def looked_up(notes: Notes) -> Notes:
    """The same nests with what was only promised in its place, for whoever reads them more than once."""
    return type(notes)([
        note if isinstance(note, Note) else looked_up(note if isinstance(note, tuple) else note()) for note in notes
    ])  # fmt: skip
