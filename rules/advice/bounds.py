"""How many additions a node needs at the very least, so that what cannot be reached is not searched.

Facts and confirmations settle what is open, any number at once; what is unmet takes a record more for each that is
short, and records of different lists cannot stand for one another.
"""

from rules.advice.paths import Plan
from rules.model import Node
from rules.verdict import Verdict
from rules.view import View


def needed(plan: Plan, node: Node, view: View) -> int:
    """A lower bound, 0 for what is met or open."""
    if plan.said(node, view).verdict is not Verdict.UNMET:
        return 0
    if node.distinct:
        return _clauses_short(plan, node, node.at_least or 0, view)
    if node.filled is not None and plan.level.achievements is not None:
        return _clauses_short(plan, plan.level.achievements, node.filled, view)
    if node.records is not None:
        met, possible = plan.records(node).counted(view)
        return max(1, node.records.count - met.bit_count() - possible.bit_count())
    if node.all_of is not None:
        return _all_of(plan, node, view)
    return 1


def _all_of(plan: Plan, node: Node, view: View) -> int:
    """The most that is needed of each list, together."""
    short: dict[str, int] = {}
    for child in node.all_of or ():
        kind = child.records.of if child.records else "consents" if child.consent else "achievements"
        short[kind] = max(short.get(kind, 0), needed(plan, child, view))
    return max(1, sum(short.values()))


def _clauses_short(plan: Plan, group: Node, count: int, view: View) -> int:
    possible = sum(plan.said(item, view).verdict is not Verdict.UNMET for item in group.of or ())
    return max(1, count - possible)
