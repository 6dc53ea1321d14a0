"""What a record must show: the tests of its fields, weighed at once or explained one by one."""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from msgspec import Struct

from rules import verdict
from rules import vocabulary as terms
from rules.dossier import Achievement
from rules.leaves import Records, Test, Tests
from rules.verdict import MET, UNMET, Finding, Note, Verdict, judged, missing

FIELD_QUESTIONS = {"benefit": "该成果的经济社会效益如何认定", "standing": "该成果的技术水平如何认定"}
SUBSTITUTE_QUESTION = "单位认定的替代成果能否代替论文"


class RecordTest(Struct, frozen=True):
    """`weigh` and `explain` come to the same verdict, the one from the `fields` alone, the other with its reasons."""

    kinds: frozenset[str] | None
    fields: tuple[str, ...]
    weigh: Callable[[Any], Verdict]
    explain: Callable[[Any, str], Finding]


class _Check(NamedTuple):
    """One test of one field. `lenient`: a value that fails is left to judgement."""

    field: str
    read: Callable[[Any], Any]
    holds: Callable[[Any], bool]
    lenient: bool
    explain: Callable[[Any, str], Finding]


def of_fields(spec: Records) -> RecordTest:
    kinds = frozenset(map(str, spec.kind))
    every = _checks(spec.where)
    options = [_checks(option) for option in spec.any_of]

    def weigh(record: Any) -> Verdict:
        found = _weighed(record, every)
        if kinds and record.kind is None:
            found = min(found, Verdict.OPEN)
        return min(found, max(_weighed(record, option) for option in options)) if options else found

    def explain(record: Any, place: str) -> Finding:
        parts = [missing(f"{place}.kind")] if kinds and record.kind is None else []
        parts += [check.explain(record, place) for check in every]
        if options:
            parts.append(
                verdict.any_of(verdict.all_of(check.explain(record, place) for check in one) for one in options)
            )
        return verdict.all_of(parts)

    fields = dict.fromkeys(check.field for checks in (every, *options) for check in checks)
    return RecordTest(kinds or None, tuple(fields), weigh, explain)


def _weighed(record: Any, checks: Sequence[_Check]) -> Verdict:
    found = Verdict.MET
    for _field, read, holds, lenient, _explain in checks:
        value = read(record)
        if value is None:
            found = Verdict.OPEN
        elif not holds(value):
            if not lenient:
                return Verdict.UNMET
            found = Verdict.OPEN
    return found


def _substitutes(record: Achievement, _place: str = "") -> Finding:
    return judged(SUBSTITUTE_QUESTION) if record.substitutes_paper is True else UNMET


SUBSTITUTES = RecordTest(None, ("substitutes_paper",), lambda record: _substitutes(record).verdict, _substitutes)


def _checks(tests: Tests) -> tuple[_Check, ...]:
    return tuple(_check(name, test) for name, test in tests.items())


def _check(name: str, test: Test) -> _Check:
    holds = _comparison(name, test)
    head, _, tail = name.partition(".")
    read = _inner(head, tail) if tail else attrgetter(head)

    def explain(record: Any, place: str) -> Finding:
        value = read(record)
        if value is None:
            at = head if tail and getattr(record, head) is None else name
            return judged(FIELD_QUESTIONS[name]) if name in terms.JUDGED_FIELDS else missing(f"{place}.{at}")
        if holds(value):
            return MET
        note = Note("field", Verdict.UNMET, (place, name, value, test))
        if test.else_judged is not None:
            return Finding(Verdict.OPEN, judgement=(test.else_judged,), notes=(note,))
        return Finding(Verdict.UNMET, notes=(note,))

    return _Check(head, read, holds, test.else_judged is not None, explain)


def _inner(head: str, tail: str) -> Callable[[Any], Any]:
    def read(record: Any) -> Any:
        outer = getattr(record, head)
        return None if outer is None else getattr(outer, tail)

    return read


def _comparison(name: str, test: Test) -> Callable[[Any], bool]:
    if test.is_ is not None:
        return frozenset((test.is_,)).__contains__
    if test.in_ is not None:
        return frozenset(test.in_).__contains__
    if test.at_most is not None:
        most = test.at_most
        return lambda value: value <= most
    bound = test.at_least
    if isinstance(bound, str):
        ranking = next((scale for scale in terms.RANKINGS.get(name, ()) if bound in scale), None)
        if ranking is None:
            raise ValueError(f"{name} has no ranking that holds {bound!r}")
        return frozenset(value for value, rank in ranking.items() if rank >= ranking[bound]).__contains__
    return lambda value: value >= bound
