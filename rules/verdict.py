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
        if self.verdict is Verdict.UNMET:
            return UNMET
        return Finding(self.verdict, self.missing, self.judgement, self.used)


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
    verdict, plain = _MET, True
    for part in parts:
        if part.verdict is _UNMET:
            return _unmet(parts)
        if part.verdict is _OPEN:
            verdict = _OPEN
        if part.used or part.notes:
            plain = False
    if verdict is _OPEN:
        return _open(parts, used=parts)
    return MET if plain else Finding(_MET, (), (), _used(parts), _notes(parts))


def any_of(findings: Iterable[Finding]) -> Finding:
    parts: list[Finding] = []
    verdict = _UNMET
    for part in findings:
        if part.verdict is _MET:
            return part
        if part.verdict is _OPEN:
            verdict = _OPEN
        parts.append(part)
    if verdict is _UNMET:
        found = _unmet(parts)
        return Finding(_UNMET, (), (), (), Either(found.notes)) if len(found.notes) > 1 else found
    return _open(parts, used=[part for part in parts if part.verdict is _OPEN])


def at_least(count: int, findings: Iterable[Finding]) -> Finding:
    parts = [*findings]
    met = [part for part in parts if part.verdict is _MET]
    if len(met) >= count:
        return all_of(met)
    possible = [part for part in parts if part.verdict is not _UNMET]
    return _open(parts, used=possible) if len(possible) >= count else _unmet(parts)


def least(parts: Iterable[Finding]) -> Verdict:
    """The verdict of all of them, without the reasons."""
    return min([part.verdict for part in parts], default=_MET)


def _unmet(parts: Sequence[Finding]) -> Finding:
    for part in parts:
        if part.notes:
            return Finding(_UNMET, (), (), (), _notes(parts))
    return UNMET


def _open(parts: Sequence[Finding], *, used: Sequence[Finding]) -> Finding:
    doubtful = [part for part in parts if part.verdict is _OPEN]
    return Finding(
        _OPEN,
        union([part.missing for part in doubtful if part.missing]),
        union([part.judgement for part in doubtful if part.judgement]),
        _used(used),
        _notes(parts),
    )


def _used(parts: Sequence[Finding]) -> tuple[str, ...]:
    return union([part.used for part in parts if part.used])


def _notes(parts: Sequence[Finding]) -> Notes:
    return tuple([part.notes for part in parts if part.notes])


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


def looked_up(notes: Notes) -> Notes:
    """The same nests with what was only promised in its place, for whoever reads them more than once."""
    return type(notes)([
        note if isinstance(note, Note) else looked_up(note if isinstance(note, tuple) else note()) for note in notes
    ])  # fmt: skip
