"""Rules over records: which of a list pass the tests of a clause, and how many.

Most records simply pass or simply fail, so each is weighed first: a verdict and no more. Reasons are found for what
is open, and for what is unmet when somebody reads its notes.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, Final

from msgspec import Struct

from rules import verdict
from rules.dossier import Dossier
from rules.model import Records
from rules.predicates.record_tests import SUBSTITUTES, RecordTest, of_fields
from rules.verdict import Finding, Note, Notes, Verdict, missing
from rules.view import View, Window

Placed = tuple[Any, str]
ANY: Final = "any"


class Looked(Struct, frozen=True, gc=False):
    """What a rule finds of a list: the whole, the places of the records that pass, and of those that might."""

    finding: Finding
    met: tuple[str, ...] = ()
    open: tuple[str, ...] = ()


class RecordsRule:
    """Compiled `records:`. Called, it says whether enough pass; `look` says which do."""

    def __init__(self, spec: Records, test: RecordTest | None = None) -> None:
        self.spec = spec
        self.count = spec.count
        self.list_of = attrgetter(spec.of)
        self._test = test or of_fields(spec)
        self._dated = spec.of in ("achievements", "honours")

    def __call__(self, view: View) -> Finding:
        return self.look(view).finding

    def look(self, view: View) -> Looked:
        known: Looked | None = view.same.get(self)
        if known is None:
            known = view.same[self] = self._look(view)
        return known

    def explained(self, view: View) -> list[Finding]:
        """A finding with its reasons for each record of the kinds asked for; `used` names it where it is not unmet."""
        return [self._explained(view, record, place) for record, place in self._records(view)]

    def _look(self, view: View) -> Looked:
        if self.list_of(view.dossier) is None:
            return Looked(missing(self.spec.of))
        met: list[str] = []
        possible: list[str] = []
        in_time = view.there if self.spec.anytime else view.counts
        for record, place, weight in self._weighed(view):
            counted = in_time(record.date) if self._dated else Verdict.MET
            if counted is Verdict.MET and weight is Verdict.MET:
                met.append(place)
            elif counted is not Verdict.UNMET:
                possible.append(place)
        return Looked(self._found(view, tuple(met), len(possible)), tuple(met), tuple(possible))

    def _weighed(self, view: View) -> list[tuple[Any, str, Verdict]]:
        """The records that are not ruled out whatever the day, found once a dossier."""
        known: list[tuple[Any, str, Verdict]] | None = view.memo.get(self)
        if known is None:
            weigh = self._test.weigh
            weighed = [(record, place, weigh(record)) for record, place in self._records(view)]
            known = view.memo[self] = [one for one in weighed if one[2] is not Verdict.UNMET]
        return known

    def _records(self, view: View) -> Sequence[Placed]:
        if self.spec.of == "achievements":
            return _achievements(view, self._test.kinds)
        return [(record, _place(self.spec.of, index)) for index, record in enumerate(self.list_of(view.dossier) or ())]

    def _found(self, view: View, met: tuple[str, ...], possible: int) -> Finding:
        count, have = self.count, len(met)
        if have >= count:
            return Finding(Verdict.MET, (), (), met, (Note("records", Verdict.MET, (self.spec.of, have, count)),))
        if have + possible < count:
            near = _NearMisses(self, view.dossier, view.as_of, view.window)
            note = Note("records", Verdict.UNMET, (self.spec.of, have, count))
            return Finding(Verdict.UNMET, (), (), (), (near, note))
        found = verdict.at_least(count, self.explained(view))
        note = Note("records", Verdict.OPEN, (self.spec.of, have, count))
        return Finding(Verdict.OPEN, found.missing, found.judgement, found.used, (*found.notes, note))

    def _explained(self, view: View, record: Any, place: str) -> Finding:
        found = self._test.explain(record, place)
        if self._dated and found.verdict is not Verdict.UNMET:
            there = view.exists if self.spec.anytime else view.in_window
            found = verdict.all_of((found, there(record.date, f"{place}.date")))
        if found.verdict is Verdict.UNMET:
            return found
        return Finding(found.verdict, found.missing, found.judgement, (place,), found.notes)


class _NearMisses(Struct, frozen=True, gc=False):
    """The promise of the notes that say where each record fell short. It holds no view: see there."""

    rule: RecordsRule
    dossier: Dossier
    as_of: date
    window: Window

    def __call__(self) -> Notes:
        view = View(self.dossier, self.as_of, window=self.window)
        return tuple([found.notes for found in self.rule.explained(view)])


def substitute_for_paper() -> RecordsRule:
    """One result that the employer recognised in place of a paper: never better than open, by judgement."""
    return RecordsRule(Records(kind=["performance_letter"]), test=SUBSTITUTES)


def _achievements(view: View, kinds: frozenset[str] | None) -> Sequence[Placed]:
    """The achievements that may be of these kinds (None: of any), in their order, the irrelevant ones left out."""
    by_kind: dict[str | None, list[Placed]] | None = view.memo.get(ANY)
    if by_kind is None:
        by_kind = view.memo[ANY] = _by_kind(view.dossier)
    if kinds is None:
        return by_kind[ANY]
    found = [by_kind[kind] for kind in (*kinds, None) if kind in by_kind]
    if len(found) < 2:
        return found[0] if found else ()
    return [placed for placed in by_kind[ANY] if placed[0].kind is None or placed[0].kind in kinds]


def _by_kind(dossier: Dossier) -> dict[str | None, list[Placed]]:
    by_kind: dict[str | None, list[Placed]] = {ANY: []}
    for index, record in enumerate(dossier.achievements or ()):
        if record.relevant is not False:
            placed = (record, _place("achievements", index))
            by_kind[ANY].append(placed)
            by_kind.setdefault(record.kind, []).append(placed)
    return by_kind


@cache
def _place(of: str, index: int) -> str:
    return f"{of}[{index}]"
