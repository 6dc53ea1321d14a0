"""What could be added to meet a node that is not met: read off the pack's own tree.

Of parts that all have to be met one is enough to go on from, since every way must mend it; the one with the fewest
remedies is taken. Of parts of which one is enough all are gone through.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from msgspec.structs import replace

from rules import words
from rules.advice import records
from rules.advice.bounds import needed
from rules.advice.facts import Facts
from rules.advice.paths import Part, Path, Plan
from rules.advice.steps import Step
from rules.criteria import Node, RestsOn
from rules.leaves import Records
from rules.predicates.record_tests import FIELD_QUESTIONS, SUBSTITUTE_QUESTION
from rules.verdict import Verdict
from rules.view import View


class _Place(NamedTuple):
    """Where in the tree a node stands: the clause it belongs to, and the record its path rests on."""

    clause: str
    confirmable: bool
    rests_on: RestsOn | None = None

    def at(self, node: Node, *, attests: bool) -> "_Place":
        rests_on = node.rests_on or self.rests_on
        if node.clause is None:
            return self._replace(rests_on=rests_on)
        return _Place(node.clause, attests and (not node.counts_clauses or node.own_text is not None), rests_on)


class Remedies:
    """Finds the steps that may mend a path. `unknown`: the lists the person has left out altogether.

    `today` is the day of new records, `room` how many additions may still be made.
    """

    def __init__(self, plan: Plan, unknown: frozenset[str], today: date, room: int) -> None:
        self._plan = plan
        self._today = today
        self._unknown = unknown
        self._room = room

    def of(self, path: Path) -> list[Step]:
        """The steps one of which every way along this path needs; none where it cannot be mended."""
        if any(needed(self._plan, part.node, part.view) > self._room for part in path.parts):
            return []
        unmet = [part for part in path.parts if part.verdict is not Verdict.MET]
        asked = [self._part(part) for part in unmet]
        steps = _fewest(asked)
        others = [step for options in asked if options is not steps for step in options]
        both = [
            records.serving_both(one, other, self._day(path.parts[-1].view))
            for one in steps
            for other in others
            if steps
        ]
        return [*steps, *(step for step in both if step is not None)]

    def _part(self, part: Part) -> list[Step]:
        first = next((node.clause for node in part.node.clauses() if node.clause), "")
        return self._node(
            part.node, part.view, _Place(first, confirmable=False, rests_on=part.rests_on), attests=part.attests
        )

    def _node(self, node: Node, view: View, above: _Place, *, attests: bool) -> list[Step]:
        place = above.at(node, attests=attests)
        if node.clause is not None and place.confirmable and view.attested.get(node.clause) is False:
            return []  # who denied it may think again, but nobody can be advised to make them
        if node.rests_on is not None and view.anchor is None:
            seen = self._plan.views(node, view)
            return _distinct(self._node(node, on_path, above, attests=attests) for on_path in seen)
        options = [self._said(node, view, place, attests=attests)]
        if node.rests_on is not None and view.anchor is not None and view.anchor.finding.verdict is not Verdict.MET:
            options.append(self._facts(node, view, place).steps(view.anchor.finding.missing))
        if node.own_text is not None and view.attested.get(place.clause) is None:
            options.append([_confirmation(place.clause, node.label or "", joint=True)])
        return _fewest([steps for steps in options if steps is not None])

    def _said(self, node: Node, view: View, place: _Place, *, attests: bool) -> list[Step] | None:
        """The remedies for what the node says, its own text and its anchor aside; None where that is met."""
        if node.distinct:
            return _distinct(self._item(child, view, place, attests=attests) for child in node.of or ())
        if not node.children:
            return self._leaf(node, view, place)
        unmet = [child for child in node.children if not self._met(child, view)]
        if len(node.children) - len(unmet) >= _wanted(node):
            return None
        below = [self._node(child, view, place, attests=attests) for child in unmet]
        if node.all_of is not None:
            return _fewest(below)
        if all(child.judged is not None for child in unmet):
            return _any_one(below)
        return _distinct(below)

    def _item(self, node: Node, view: View, above: _Place, *, attests: bool) -> list[Step]:
        """A clause that records fill. Another record may be wanted even where it is met: one fills one clause only."""
        place = above.at(node, attests=attests)
        if view.attested.get(place.clause) is not None:
            return []
        if node.records is not None:
            return self._records(node, node.records, view, place)
        if node.children:
            return _distinct(self._item(child, view, place, attests=attests) for child in node.children)
        return [] if self._met(node, view) else self._leaf(node, view, place)

    def _leaf(self, node: Node, view: View, place: _Place) -> list[Step]:
        if node.judged is not None:
            if not place.confirmable or view.attested.get(place.clause) is not None:
                return []
            return [_confirmation(place.clause, node.label or node.judged, joint=node.clause is not None)]
        if node.records is not None:
            return self._records(node, node.records, view, place)
        if node.filled is not None:
            achievements = self._plan.level.achievements
            return (self._said(achievements, view, place, attests=True) or []) if achievements else []
        if node.consent is not None:
            said = {"consent": node.consent}
            return [
                Step("confirmation", place.clause, "consents", said, "取得业务主管部门同意", f"consent {node.consent}")
            ]
        found = self._plan.said(node, view)
        steps = self._facts(node, view, place).steps(found.missing)
        if found.judgement and place.confirmable and view.attested.get(place.clause) is None:
            steps.append(_confirmation(place.clause, "；".join(map(words.question, found.judgement))))
        return steps

    def _records(self, node: Node, spec: Records, view: View, place: _Place) -> list[Step]:
        facts = self._facts(node, view, place)
        steps: list[Step] = []
        for at, step in records.lacking(self._plan.records(node), view, place.clause, self._day(view), self._room):
            steps += [step] if step is not None else facts.steps([at])
        steps.append(records.further(spec, place.clause, self._day(view), unknown=spec.of in self._unknown))
        questions = set(self._plan.said(node, view).judgement) - set(FIELD_QUESTIONS.values())
        if questions and place.confirmable and view.attested.get(place.clause) is None:
            confirmation = _confirmation(place.clause, "；".join(sorted(questions)))
            substitutes = records.substitutes(view) if SUBSTITUTE_QUESTION in questions else [""]
            steps += [replace(confirmation, spends=substitute) for substitute in substitutes]
        return _distinct([steps])

    def _day(self, view: View) -> date:
        """Of what day a record more is: of today, or of the day on which the path's window opens."""
        return max(self._today, view.window.opens or self._today)

    def _facts(self, node: Node, view: View, place: _Place) -> Facts:
        return Facts(self._plan, view, node, place.rests_on, place.clause)

    def _met(self, node: Node, view: View) -> bool:
        return self._plan.said(node, view).verdict is Verdict.MET


def _wanted(node: Node) -> int:
    return len(node.children) if node.all_of is not None else node.at_least or 1


def _confirmation(clause: str, label: str, *, joint: bool = False) -> Step:
    return Step("confirmation", clause, "attestations", {clause: True}, label, f"attest {clause}", joint)


def _any_one(groups: list[list[Step]]) -> list[Step]:
    """Of clauses that only a person can judge any will do: the first is confirmed, the others are named."""
    steps = _distinct(groups)
    others = "、".join(step.clause for step in steps[1:])
    return [replace(steps[0], label=f"{steps[0].label}（或{others}）")] if others else steps


def _fewest(options: list[list[Step]]) -> list[Step]:
    return min(options, key=len, default=[])


def _distinct(groups: Iterable[list[Step]]) -> list[Step]:
    return list({step.identity: step for steps in groups for step in steps}.values())
