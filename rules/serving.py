"""Which clauses of a level a record serves: by its kind, for which it could be counted, and by what a finding used."""

from collections.abc import Iterator, Mapping
from functools import cache

from rules import catalog, nodes
from rules.criteria import Node
from rules.result import Result


@cache
def by_kind(policy_id: str, level: str) -> Mapping[str, tuple[str, ...]]:
    """Record kind → the clauses that count records of it, in the notice's order.

    A clause that bounds all records (their window) or only counts other clauses is served by none of them.
    Raises UnknownPolicy.
    """
    entry = catalog.get(policy_id)
    entry.level(level)
    known = {str(name): one for name, one in entry.policy.levels.items()}
    found: dict[str, dict[str, None]] = {}
    for part in (*entry.policy.basic, *known[level].sections()):
        for place in nodes.placed(part):
            for kind in _counted(place.node):
                if place.clause is not None:
                    found.setdefault(kind, {})[place.clause] = None
    return {kind: tuple(clauses) for kind, clauses in found.items()}


def used(result: Result) -> dict[str, list[str]]:
    """Record id → the clauses that could count its kind and whose finding, met or open, rests on it."""
    fitting = {clause for clauses in by_kind(result.policy, result.level).values() for clause in clauses}
    found: dict[str, list[str]] = {}
    for number, clause in result.clauses.items():
        if number in fitting and clause.verdict != "unmet":
            for record in clause.used:
                found.setdefault(record, []).append(number)
    return found


def _counted(node: Node) -> Iterator[str]:
    if node.records is not None:
        yield from node.records.kind or {"honours": ["honour"], "endorsements": ["endorsement"]}[node.records.of]
    elif node.work is not None:
        yield "post"
