"""Rules over records: which of a list pass the tests of a clause, and how many."""

from collections.abc import Callable
from typing import Any

from rules import verdict
from rules import vocabulary as terms
from rules.dossier import Achievement
from rules.model import Records, Test, Tests
from rules.verdict import MET, UNMET, Finding, Note, Verdict, judged, missing
from rules.view import View

RecordTest = Callable[[Any, str], Finding]

FIELD_QUESTIONS = {"benefit": "该成果的经济社会效益如何认定", "standing": "该成果的技术水平如何认定"}
SUBSTITUTE_QUESTION = "单位认定的替代成果能否代替论文"


class RecordsRule:
    """Compiled `records:`. Called, it says whether enough pass; `candidates` says which might fill it."""

    def __init__(self, spec: Records, test: RecordTest | None = None) -> None:
        self.spec = spec
        self.count = spec.count
        self._test = test or _record_test(spec)
        self._dated = spec.of in ("achievements", "honours")

    def __call__(self, view: View) -> Finding:
        known = view.same.get((id(self), "whole"))
        if known is None:
            known = view.same[id(self), "whole"] = self._whole(view)
        return known  # type: ignore[no-any-return]

    def _whole(self, view: View) -> Finding:
        if getattr(view.dossier, self.spec.of) is None:
            return missing(self.spec.of)
        findings = self._findings(view)
        found = verdict.at_least(self.count, findings)
        passed = tuple(finding.used[0] for finding in findings if finding.verdict is Verdict.MET)
        note = Note("records", found.verdict, (self.spec.of, len(passed), self.count))
        near = found.notes if found.verdict is not Verdict.MET else ()
        return Finding(found.verdict, found.missing, found.judgement, found.used, (*near, note))

    def candidates(self, view: View) -> list[Finding]:
        """A finding for each record that is not ruled out; `used` names the record."""
        return [finding for finding in self._findings(view) if finding.verdict is not Verdict.UNMET]

    def _findings(self, view: View) -> list[Finding]:
        known = view.same.get(id(self))
        if known is None:
            known = view.same[id(self)] = [self._in_time(view, *static) for static in self._static(view)]
        return known  # type: ignore[no-any-return]

    def _static(self, view: View) -> list[tuple[Any, str, Finding]]:
        """What can be said of each record whatever the day, once a dossier; those of another kind left out."""
        known = view.memo.get(id(self))
        if known is None:
            records = enumerate(getattr(view.dossier, self.spec.of) or ())
            named = ((record, f"{self.spec.of}[{index}]") for index, record in records)
            tested = [(record, place, self._test(record, place)) for record, place in named]
            known = view.memo[id(self)] = [static for static in tested if static[2] is not UNMET]
        return known  # type: ignore[no-any-return]

    def _in_time(self, view: View, record: Any, place: str, found: Finding) -> Finding:
        if self._dated and found.verdict is not Verdict.UNMET:
            there = view.exists if self.spec.anytime else view.in_window
            found = verdict.all_of((found, there(record.date, f"{place}.date")))
        if found.verdict is Verdict.UNMET:
            return found
        return Finding(found.verdict, found.missing, found.judgement, (place,), found.notes)


def substitute_for_paper() -> RecordsRule:
    """One result that the employer recognised in place of a paper: never better than open, by judgement."""
    return RecordsRule(Records(kind=["performance_letter"]), test=_substitutes)


def _substitutes(record: Achievement, _place: str) -> Finding:
    if record.substitutes_paper is not True or record.relevant is False:
        return UNMET
    return judged(SUBSTITUTE_QUESTION)


def _record_test(spec: Records) -> RecordTest:
    tests = _all(spec.where)
    alternatives = [_all(option) for option in spec.any_of]

    def test(record: Any, place: str) -> Finding:
        parts = [] if not spec.kind else [_kind(record, place, spec)]
        if parts and parts[0].verdict is Verdict.UNMET:
            return UNMET
        parts += [check(record, place) for check in tests]
        if alternatives:
            parts.append(verdict.any_of(verdict.all_of(check(record, place) for check in one) for one in alternatives))
        return verdict.all_of(parts)

    return test


def _kind(record: Achievement, place: str, spec: Records) -> Finding:
    if record.relevant is False:
        return UNMET
    if record.kind is None:
        return missing(f"{place}.kind")
    return verdict.of(record.kind in spec.kind)


def _all(tests: Tests) -> list[RecordTest]:
    return [_field_test(name, test) for name, test in tests.items()]


def _field_test(name: str, test: Test) -> RecordTest:
    holds = _comparison(name, test)
    head, _, tail = name.partition(".")

    def check(record: Any, place: str) -> Finding:
        value, at = getattr(record, head), head
        if tail and value is not None:
            value, at = getattr(value, tail), name
        if value is None:
            return judged(FIELD_QUESTIONS[name]) if name in terms.JUDGED_FIELDS else missing(f"{place}.{at}")
        if holds(value):
            return MET
        note = Note("field", Verdict.UNMET, (place, name, value, test))
        if test.else_judged is not None:
            return Finding(Verdict.OPEN, judgement=(test.else_judged,), notes=(note,))
        return Finding(Verdict.UNMET, notes=(note,))

    return check


def _comparison(name: str, test: Test) -> Callable[[Any], bool]:
    if test.is_ is not None:
        wanted = test.is_
        return lambda value: value == wanted
    if test.in_ is not None:
        among = frozenset(test.in_)
        return lambda value: value in among
    if test.at_most is not None:
        most = test.at_most
        return lambda value: value <= most
    bound = test.at_least
    if isinstance(bound, str):
        ranking = next((scale for scale in terms.RANKINGS.get(name, ()) if bound in scale), None)
        if ranking is None:
            raise ValueError(f"{name} has no ranking that holds {bound!r}")
        least, order = ranking[bound], ranking
        return lambda value: order.get(value, -1) >= least
    return lambda value: value >= bound
