"""What a node can come to whatever the facts, all of them known: never met, always met, or it depends."""

from collections.abc import Callable
from typing import Final, get_args

from rules import vocabulary as terms
from rules.criteria import Node
from rules.leaves import Allowed, Test

Barred = Callable[[Node], bool]
_EVERY: Final = {
    "status": get_args(terms.Status),
    "employer.kind": get_args(terms.EmployerKind),
    "performance_assessment": get_args(terms.PerformanceAssessment),
}


def nothing(_leaf: Node) -> bool:
    return False


def can(node: Node, items: list[Node], barred: Barred = nothing) -> bool:
    """Whether some dossier meets the node, were the barred leaves never met. `items`: the level's counted clauses."""
    if node.all_of is not None:
        return all(can(child, items, barred) for child in node.all_of)
    if node.any_of is not None:
        return any(can(child, items, barred) for child in node.any_of)
    if node.at_least is not None:
        return sum(can(child, items, barred) for child in node.of or ()) >= node.at_least
    if node.filled is not None:
        return sum(can(item, items, barred) for item in items) >= node.filled
    return not barred(node) and not _never(node)


def always(node: Node) -> bool:
    """Whether every dossier that says enough meets the node."""
    if node.rests_on is not None:
        return False
    if node.all_of is not None:
        return all(always(child) for child in node.all_of)
    if node.any_of is not None:
        return any(always(child) for child in node.any_of)
    if node.at_least is not None:
        return sum(always(child) for child in node.of or ()) >= node.at_least
    return _asks_nothing(node)


def _never(leaf: Node) -> bool:
    if leaf.records is not None:
        one_of = leaf.records.any_of
        return _contradicts(leaf.records.where) or (bool(one_of) and all(map(_contradicts, one_of)))
    if leaf.allowed is not None:
        return not leaf.allowed.in_
    if leaf.not_status is not None:
        return set(leaf.not_status) >= set(get_args(terms.Status))
    return leaf.assessment is not None and not leaf.assessment.met


def _contradicts(tests: dict[str, Test]) -> bool:
    return any(test.in_ == [] for test in tests.values())


def _asks_nothing(leaf: Node) -> bool:
    if leaf.records is not None:
        return leaf.records.count < 1
    if leaf.assessment is not None:
        return set(leaf.assessment.met) >= set(get_args(terms.AssessmentResult))
    figures = (leaf.filled, leaf.continuing_education)
    return (
        any(figure is not None and figure < 1 for figure in figures)
        or leaf.not_status == []
        or leaf.nothing_more is True
        or (leaf.allowed is not None and _allows_all(leaf.allowed))
    )


def _allows_all(spec: Allowed) -> bool:
    every = _EVERY.get(spec.field_)
    return every is not None and set(spec.in_) >= set(every)
