"""What a compiled rule looks at: one dossier on one day, as seen by one path."""

from datetime import date
from typing import Any, Final

from msgspec import Struct

from rules.dossier import Dossier
from rules.verdict import MET, UNMET, Finding, Note, Verdict, missing


class Window(Struct, frozen=True, gc=False, cache_hash=True):
    """When achievements begin to count: on `opens`, never (`closed`), or on a day that `missing` would tell."""

    opens: date | None = None
    missing: str = ""
    closed: bool = False


ALWAYS: Final = Window(opens=date.min)
NEVER: Final = Window(closed=True)


class Anchor(Struct, frozen=True, gc=False):
    """The record a path rests on, with what is to be said of it.

    `since` is the day work paired with it counts from, None where that is not known (`missing` names it).
    `by_appointment`: of a title, the appointment alone decides.
    """

    finding: Finding
    place: str = ""
    record: Any = None
    since: date | None = None
    missing: str = ""
    window: Window = NEVER
    by_appointment: bool = False


# Of a list the records that count, and those that might: sets of bits, one a place. Of achievements and of honours.
Counted = tuple[int, int]
Counting = tuple[Counted, Counted]
LISTS: Final = ("achievements", "honours")
NOTHING_COUNTS: Final[Counting] = ((0, 0), (0, 0))


class View:
    """One dossier on one day from one path.

    `seen` collects the finding of every clause looked at. `memo` is shared by all views of one dossier, `same`
    by those of one day and one window: what rests on nothing else is found once. Neither may hold a view: it
    would be a cycle, and keep a judged dossier in memory until the collector comes round. `hopeful`: whatever
    time can both give and take counts as given, so that what is not met on a late day is met on no day before.
    """

    __slots__ = ("anchor", "as_of", "attested", "dossier", "hopeful", "memo", "same", "seen", "window")

    def __init__(
        self,
        dossier: Dossier,
        as_of: date,
        *,
        anchor: Anchor | None = None,
        window: Window = ALWAYS,
        memo: dict[Any, Any] | None = None,
        hopeful: bool = False,
    ) -> None:
        self.dossier = dossier
        self.as_of = as_of
        self.attested = dossier.attestations or {}
        self.anchor = anchor
        self.window = window if anchor is None else anchor.window
        self.memo = {} if memo is None else memo
        self.seen: dict[str, Finding] = {}
        self.hopeful = hopeful
        self.same = self.same_in(self.window)

    def same_in(self, window: Window) -> dict[Any, Any]:
        """What is known already of this day in a window."""
        key = (self.as_of, window, self.hopeful)
        same: dict[Any, Any] | None = self.memo.get(key)
        if same is None:
            same = self.memo[key] = {}
        return same

    def on(self, anchor: Anchor) -> "View":
        """The same day as seen by a path resting on `anchor`, collecting findings of its own."""
        return View(self.dossier, self.as_of, anchor=anchor, memo=self.memo, hopeful=self.hopeful)

    def exists(self, day: date | None, place: str) -> Finding:
        """Whether a dated fact is there yet on the day looked at."""
        if day is None:
            return missing(place)
        if day <= self.as_of:
            return MET
        return Finding(Verdict.UNMET, notes=(Note("future", Verdict.UNMET, (place, day)),))

    def counted(self, of: str) -> Counted:
        """The records of a list that `in_window` lets count, and those it leaves open: sets of bits."""
        return self.counting(self.window)[LISTS.index(of)]

    def counting(self, window: Window) -> Counting:
        """The same of achievements and honours for any window, found once."""
        if window.closed:
            return NOTHING_COUNTS
        same = self.same if window is self.window else self.same_in(window)
        known: Counting | None = same.get(LISTS)
        if known is None:
            known = self._between("achievements", window.opens), self._between("honours", window.opens)
            same[LISTS] = known
        return known

    def counted_anytime(self, of: str) -> Counted:
        """The same whatever the window: the records that `exists` finds, and those it leaves open."""
        return self._between(of, date.min)

    def _between(self, of: str, opens: date | None) -> Counted:
        as_of, there, perhaps, bit = self.as_of, 0, 0, 1
        for record in getattr(self.dossier, of) or ():
            day = record.date
            if day is None or (opens is None and day <= as_of):
                perhaps |= bit
            elif opens is not None and opens <= day <= as_of:
                there |= bit
            bit <<= 1
        return there, perhaps

    def in_window(self, day: date | None, place: str) -> Finding:
        """Whether a dated record counts: not before the path's window opens, not after the day looked at."""
        window = self.window
        if window.closed:
            return UNMET
        there = self.exists(day, place)
        if there.verdict is not Verdict.MET:
            return there
        if window.opens is None:
            return missing(window.missing)
        assert day is not None
        if day >= window.opens:
            return MET
        return Finding(Verdict.UNMET, notes=(Note("before_window", Verdict.UNMET, (place, day, window.opens)),))
