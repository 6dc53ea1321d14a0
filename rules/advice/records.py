"""Records that just satisfy a clause: the weakest values that pass its tests, dated inside the window."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from rules import demands, words
from rules import vocabulary as terms
from rules.advice import joining, phrasing
from rules.advice.shape import Kind
from rules.advice.steps import Step
from rules.leaves import Records, Test, Tests
from rules.predicates.records import RecordsRule, places
from rules.verdict import Verdict
from rules.view import View


def further(spec: Records, clause: str, day: date, *, unknown: bool) -> Step:
    """One record more, of that day. `unknown`: the list is not on file, so that it may only have to be written down."""
    tests = {**spec.where, **(spec.any_of[0] if spec.any_of else {})}
    key = f"record {spec.of} {clause} {spec.kind} {sorted(tests)}"
    piece = _just_passing(spec, tests, day)
    return Step(_kind(spec, unknown=unknown), clause, spec.of, piece, phrasing.record(spec), key, asks=spec)


def serving_both(first: Step, second: Step, day: date) -> Step | None:
    """One record more in place of two that different clauses ask for, whichever of them is named first."""
    first, second = sorted((first, second), key=lambda step: step.key)
    both = joining.joined(first.asks, second.asks) if first.asks and second.asks else None
    if both is None or first.clause == second.clause:
        return None
    step = further(both, f"{first.clause}、{second.clause}", day, unknown=first.kind == "fact")
    return None if step.piece in (first.piece, second.piece) else step


def _kind(spec: Records, *, unknown: bool) -> Kind:
    if spec.of == "endorsements":
        return "confirmation"
    return "fact" if unknown else "achievement"


def substitutes(view: View) -> list[str]:
    """The results that may stand for a paper; "" where a letter does, which would serve for nothing else anyway."""
    kinds = {
        f"achievements[{index}]": record.kind
        for index, record in enumerate(view.dossier.achievements or ())
        if record.substitutes_paper and record.relevant is not False
        and view.in_window(record.date, f"achievements[{index}]").verdict is not Verdict.UNMET
    }  # fmt: skip
    return [""] if "performance_letter" in kinds.values() else list(kinds)


def lacking(rule: RecordsRule, view: View, clause: str, day: date, room: int) -> Iterator[tuple[str, Step | None]]:
    """What records on file leave unsaid: (place, step), without a step where the place is not the record's own.

    A record that leaves more unsaid than there is room for is left out.
    """
    spec = rule.spec
    for at in places(spec.of, rule.counted(view)[1]):
        record = getattr(view.dossier, spec.of)[int(at.rpartition("[")[2].rstrip("]"))]
        own = [*_undated(spec, record, at, clause, day), *_untested(spec, record, at, clause)]
        if len(own) - _spared(spec, record) <= room:
            yield from own
            yield from ((view.window.missing, None) for _ in range(bool(view.window.missing)))


def _undated(spec: Records, record: Any, at: str, clause: str, day: date) -> Iterator[tuple[str, Step]]:
    if spec.of == "achievements" and record.kind is None:
        yield f"{at}.kind", _fact(f"{at}.kind", "kind", spec.kind[0], phrasing.kinds(spec), clause)
    if spec.of != "endorsements" and record.date is None:
        yield f"{at}.date", _fact(f"{at}.date", "date", day.isoformat(), f"不晚于{words.word(day)}", clause)


def _untested(spec: Records, record: Any, at: str, clause: str) -> Iterator[tuple[str, Step]]:
    for name, test in _asked(spec):
        if _value(record, name) is None:
            yield f"{at}.{name}", _filled(f"{at}.{name}", name, test, clause)


def _spared(spec: Records, record: Any) -> int:
    """How many of the fields that are not known may stay so, only one alternative being asked for."""
    lacks = [sum(_value(record, name) is None for name in option) for option in spec.any_of]
    return sum(lacks) - min(lacks) if lacks else 0


def _asked(spec: Records) -> Iterable[tuple[str, Test]]:
    return [entry for tests in (spec.where, *spec.any_of) for entry in tests.items()]


def _value(record: Any, name: str) -> Any:
    for step in name.split("."):
        record = None if record is None else getattr(record, step)
    return record


def _filled(place: str, name: str, test: Test, clause: str) -> Step:
    value, said = _weakest(name, test), demands.bound(name, test)
    if name in terms.JUDGED_FIELDS:
        label = f"{words.place(place)}为{said}"
        return Step("confirmation", clause, place, {name: value}, label, f"judged {place}")
    return _fact(place, name.rpartition(".")[2], value, said, clause)


def _fact(place: str, name: str, value: object, said: str, clause: str) -> Step:
    return Step("fact", clause, place, {name: value}, f"{words.place(place)}，{said}", f"fact {place}")


def _just_passing(spec: Records, tests: Tests, day: date) -> Mapping[str, Any]:
    record: dict[str, Any] = {}
    if spec.of == "achievements":
        record["kind"] = spec.kind[0]
    if spec.of != "endorsements":
        record["date"] = day.isoformat()
    for name, test in tests.items():
        head, _, tail = name.partition(".")
        value = _weakest(name, test)
        record[head] = {**record.get(head, {}), tail: value} if tail else value
    return record


def _weakest(name: str, test: Test) -> Any:
    if test.in_ is not None:
        ranked = [value for value in test.in_ if value in terms.LEVEL_RANK]
        if name == "level" and ranked:
            return min(ranked, key=terms.LEVEL_RANK.__getitem__)
        return test.in_[-1]
    return next(bound for bound in (test.is_, test.at_least, test.at_most) if bound is not None)
