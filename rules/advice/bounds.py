"""How many additions a node needs at the very least, so that what cannot be reached is not searched.

A fact or a confirmation may settle any number of open questions at once, and what is unmet takes a record more for
each that is short; records of different lists cannot stand for one another. Where one record fills one clause, an
addition brings one clause more at most, unless the day is not known from which records count.
"""

from rules.advice.paths import Plan
from rules.criteria import Node
from rules.verdict import Verdict
from rules.view import View


def needed(plan: Plan, node: Node, view: View) -> int:
    """A lower bound, 0 for what is met."""
    verdict = plan.said(node, view).verdict
    if verdict is Verdict.MET:
        return 0
    counted = (node, node.at_least) if node.distinct else (plan.level.achievements, node.filled)
    if counted[0] is not None and counted[1] is not None:
        return _clauses_short(plan, counted[0], counted[1], view)
    if node.all_of is not None:
        return _all_of(plan, node, view)
    return 0 if verdict is Verdict.OPEN else _records_short(plan, node, view)


def _records_short(plan: Plan, node: Node, view: View) -> int:
    if node.records is None:
        return 1
    met, possible = plan.records(node).counted(view)
    return max(1, node.records.count - met.bit_count() - possible.bit_count())


def _all_of(plan: Plan, node: Node, view: View) -> int:
    """The most that is needed of each list, together."""
    short: dict[str, int] = {}
    for child in node.all_of or ():
        kind = child.records.of if child.records else "consents" if child.consent else "achievements"
        short[kind] = max(short.get(kind, 0), needed(plan, child, view))
    return sum(short.values())


def _clauses_short(plan: Plan, group: Node, count: int, view: View) -> int:
    counted = Verdict.OPEN if view.window.missing else Verdict.MET
    return max(0, count - sum(plan.said(item, view).verdict >= counted for item in group.of or ()))
