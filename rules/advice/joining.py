"""One record for two clauses: 破格 and 业绩成果 are asked separately, and one award may serve both."""

from rules import vocabulary as terms
from rules.leaves import Records, Test, Tests


def joined(first: Records, second: Records) -> Records | None:
    """What a record must show to pass both; None where none can."""
    kind = [name for name in first.kind if name in second.kind]
    if first.of != second.of or bool(kind) != bool(first.kind):
        return None
    where: Tests = {}
    for name, test in [*_tests(first), *_tests(second)]:
        both = test if name not in where else _both(name, where[name], test)
        if both is None:
            return None
        where[name] = both
    return Records(of=first.of, kind=kind, where=where)


def _tests(spec: Records) -> list[tuple[str, Test]]:
    return [*spec.where.items(), *(spec.any_of[0] if spec.any_of else {}).items()]


def _both(name: str, first: Test, second: Test) -> Test | None:
    """The test that passes what both pass, of the forms that packs use; None where they part or cannot be joined."""
    if first == second:
        return first
    if first.at_most is not None and second.at_most is not None:
        return first if first.at_most <= second.at_most else second
    if first.at_least is not None and second.at_least is not None:
        return _stronger(name, first, second)
    among = [value for value in _values(first) if value in _values(second)]
    return Test(in_=among) if among else None


def _stronger(name: str, first: Test, second: Test) -> Test | None:
    bounds = (first.at_least, second.at_least)
    ranking = next((scale for scale in terms.RANKINGS.get(name, ()) if all(bound in scale for bound in bounds)), None)
    ranks = [ranking[bound] for bound in bounds] if ranking else bounds  # type: ignore[index]
    if not all(isinstance(rank, int) for rank in ranks):
        return None
    return first if ranks[0] >= ranks[1] else second  # type: ignore[operator]


def _values(test: Test) -> list[str]:
    return test.in_ or ([test.is_] if isinstance(test.is_, str) else [])
