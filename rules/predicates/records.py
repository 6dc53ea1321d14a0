"""Rules over records: which of a list pass the tests of a clause, and how many.

Most records simply pass or simply fail, so each is weighed first: a verdict and no more. Reasons are found for what
is open, and for what is unmet when somebody reads its notes.
"""

from datetime import date
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from rules import verdict
from rules.dossier import Dossier
from rules.leaves import Records
from rules.predicates.record_tests import SUBSTITUTES, RecordTest, of_fields
from rules.predicates.sieve import DATED, KEPT, NOTHING, UNKNOWN, Counted, Sieve
from rules.verdict import Finding, Note, Notes, Verdict, missing
from rules.view import View, Window

_UNMET: Final = Verdict.UNMET


class RecordsRule:
    """Compiled `records:`: whether enough pass. Its `sieve` counts under its `number` which do.

    What is met rests on nothing but which records pass, so the findings are kept for the next dossier.
    """

    def __init__(self, spec: Records, test: RecordTest | None = None, sieve: Sieve | None = None) -> None:
        self.spec = spec
        self.count = spec.count
        self.kinds = tuple(spec.kind)
        self.sieve = sieve or Sieve(spec.of)
        self._test = test or of_fields(spec)
        self.number = self.sieve.add(self._test, anytime=spec.anytime)
        self._missing = missing(spec.of)
        self._met: dict[int, Finding] = {}

    def __call__(self, view: View) -> Finding:
        counted: list[Counted] = view.same.get(self.sieve) or self.sieve.counted(view)
        if counted is UNKNOWN:
            return self._missing
        met, possible = counted[self.number]
        if met:
            found = self._met.get(met)
            if found is not None:
                return found
            if met.bit_count() >= self.count:
                return self._enough(met)
        if (met | possible).bit_count() < self.count:
            promise = _TooFew(self, view.dossier, view.as_of, view.window, met, possible)
            return Finding(_UNMET, (), (), (), (promise,))
        found = verdict.at_least(self.count, self.explained(view))
        note = self.note(Verdict.OPEN, met, possible)
        return Finding(Verdict.OPEN, found.missing, found.judgement, found.used, (*found.notes, note))

    def _enough(self, met: int) -> Finding:
        if len(self._met) >= KEPT:
            self._met.clear()
        note = self.note(Verdict.MET, met, 0)
        found = self._met[met] = Finding(Verdict.MET, (), (), places(self.spec.of, met), (note,))
        return found

    def note(self, found: Verdict, met: int, possible: int) -> Note:
        """How many pass, of how many; and how many might."""
        return Note("records", found, (self.spec.of, met.bit_count(), self.count, self.kinds, possible.bit_count()))

    def counted(self, view: View) -> Counted:
        """The records that pass, and those that might: sets of bits."""
        counted = self.sieve.at(view)
        return NOTHING if counted is UNKNOWN else counted[self.number]

    def ever(self, view: View) -> bool:
        """Whether enough records pass, were it not for the day and the window."""
        whenever = self.sieve.whenever(view)
        return whenever is not UNKNOWN and whenever[self.number][0].bit_count() >= self.count

    def explained(self, view: View) -> list[Finding]:
        """A finding with its reasons for each record of the kinds asked for; `used` names it where it is not unmet."""
        return [self._explained(view, record, f"{self.spec.of}[{index}]") for index, record in self._records(view)]

    def _records(self, view: View) -> list[tuple[int, Any]]:
        """The records of the kinds asked for, the irrelevant ones left out."""
        records, kinds = enumerate(self.sieve.list_of(view.dossier) or ()), self._test.kinds
        if self.spec.of != "achievements":
            return list(records)
        return [
            (index, record)
            for index, record in records
            if record.relevant is not False and (kinds is None or record.kind is None or record.kind in kinds)
        ]

    def _explained(self, view: View, record: Any, place: str) -> Finding:
        found = self._test.explain(record, place)
        if self.spec.of in DATED and found.verdict is not Verdict.UNMET:
            there = view.exists if self.spec.anytime else view.in_window
            found = verdict.all_of((found, there(record.date, f"{place}.date")))
        if found.verdict is Verdict.UNMET:
            return found
        return Finding(found.verdict, found.missing, found.judgement, (place,), found.notes)


class _TooFew(Struct, frozen=True, gc=False):
    """The promise of the notes that say where each record fell short. It holds no view: see there."""

    rule: RecordsRule
    dossier: Dossier
    as_of: date
    window: Window
    met: int
    possible: int

    def __call__(self) -> Notes:
        view = View(self.dossier, self.as_of, window=self.window)
        near = tuple([found.notes for found in self.rule.explained(view) if found.notes])
        return near, self.rule.note(Verdict.UNMET, self.met, self.possible)


def substitute_for_paper(sieve: Sieve) -> RecordsRule:
    """One result that the employer recognised in place of a paper: never better than open, by judgement."""
    return RecordsRule(Records(kind=["performance_letter"]), SUBSTITUTES, sieve)


@lru_cache(maxsize=4096)
def places(of: str, members: int) -> tuple[str, ...]:
    """The places of a list that a set of bits stands for."""
    return tuple(f"{of}[{index}]" for index in range(members.bit_length()) if members >> index & 1)
