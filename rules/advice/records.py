"""Records that just satisfy a clause: the weakest values that pass its tests, dated inside the window."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from rules import vocabulary as terms
from rules import words
from rules.advice import joining, phrasing
from rules.advice.shape import Kind
from rules.advice.steps import Step
from rules.model import Records, Test, Tests
from rules.predicates.records import RecordsRule
from rules.verdict import Verdict
from rules.view import View

_WEAKEST_LAST: Final = terms.LEVEL_RANK


def further(spec: Records, view: View, clause: str, *, unknown: bool) -> Step:
    """One record more. `unknown`: the list is not on file, so that it may only have to be written down."""
    tests = {**spec.where, **(spec.any_of[0] if spec.any_of else {})}
    key = f"record {spec.of} {clause} {spec.kind} {sorted(tests)}"
    piece = _just_passing(spec, tests, view)
    return Step(_kind(spec, unknown=unknown), clause, spec.of, piece, phrasing.record(spec), key, asks=spec)


def serving_both(first: Step, second: Step, view: View) -> Step | None:
    """One record more in place of two that different clauses ask for."""
    both = joining.joined(first.asks, second.asks) if first.asks and second.asks else None
    if both is None or first.clause == second.clause:
        return None
    step = further(both, view, f"{first.clause}、{second.clause}", unknown=first.kind == "fact")
    return None if step.piece in (first.piece, second.piece) else step


def _kind(spec: Records, *, unknown: bool) -> Kind:
    if spec.of == "endorsements":
        return "confirmation"
    return "fact" if unknown else "achievement"


def lacking(rule: RecordsRule, view: View, clause: str) -> Iterator[tuple[str, Step | None]]:
    """What records on file leave unsaid: (place, step), without a step where the place is not the record's own."""
    spec = rule.spec
    for found in rule.explained(view):
        if found.verdict is not Verdict.OPEN:
            continue
        at = found.used[0]
        record = getattr(view.dossier, spec.of)[int(at.rpartition("[")[2].rstrip("]"))]
        for name, test in _asked(spec):
            if _value(record, name) is None:
                yield f"{at}.{name}", _filled(f"{at}.{name}", name, test, clause)
        if spec.of == "achievements" and record.kind is None:
            yield f"{at}.kind", _fact(f"{at}.kind", "kind", spec.kind[0], phrasing.kinds(spec), clause)
        if spec.of != "endorsements" and record.date is None:
            day = view.as_of
            yield f"{at}.date", _fact(f"{at}.date", "date", day.isoformat(), f"不晚于{words.word(day)}", clause)
        yield from ((place, None) for place in found.missing if not place.startswith(at))


def _asked(spec: Records) -> Iterable[tuple[str, Test]]:
    return [entry for tests in (spec.where, *spec.any_of) for entry in tests.items()]


def _value(record: Any, name: str) -> Any:
    for step in name.split("."):
        record = None if record is None else getattr(record, step)
    return record


def _filled(place: str, name: str, test: Test, clause: str) -> Step:
    value, said = _weakest(name, test), words.bound(name, test)
    if name in terms.JUDGED_FIELDS:
        label = f"{words.place(place)}为{said}"
        return Step("confirmation", clause, place, {name: value}, label, f"judged {place}")
    return _fact(place, name.rpartition(".")[2], value, said, clause)


def _fact(place: str, name: str, value: object, said: str, clause: str) -> Step:
    return Step("fact", clause, place, {name: value}, f"{words.place(place)}，{said}", f"fact {place}")


def _just_passing(spec: Records, tests: Tests, view: View) -> Mapping[str, Any]:
    record: dict[str, Any] = {}
    if spec.of == "achievements":
        record["kind"] = spec.kind[0]
    if spec.of != "endorsements":
        record["date"] = view.as_of.isoformat()
    for name, test in tests.items():
        head, _, tail = name.partition(".")
        value = _weakest(name, test)
        record[head] = {**record.get(head, {}), tail: value} if tail else value
    return record


def _weakest(name: str, test: Test) -> Any:
    if test.in_ is not None:
        ranked = [value for value in test.in_ if value in _WEAKEST_LAST]
        if name == "level" and ranked:
            return min(ranked, key=_WEAKEST_LAST.__getitem__)
        return test.in_[-1]
    return next(bound for bound in (test.is_, test.at_least, test.at_most) if bound is not None)
