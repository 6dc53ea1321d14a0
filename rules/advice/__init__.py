"""The way to yes: for each route the smallest additions that would turn it, each proved by judging it.

Proposed are time, facts not entered, confirmations by others and records more. Never proposed: a degree, a title, a
skill grade or a post more, another assessment, the end of a sanction, or that somebody take back what they denied.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from itertools import chain

from rules import catalog
from rules.advice import completion, search, wording
from rules.advice.completion import completed
from rules.advice.paths import Plan, walk
from rules.advice.search import Aim, Budget
from rules.advice.shape import Addition, Advice, RouteAdvice, Way, rank
from rules.advice.steps import Step
from rules.catalog import Entry
from rules.criteria import Node
from rules.dossier import Dossier
from rules.engine import judge_by
from rules.verdict import Verdict
from rules.view import View

__all__ = ["Addition", "Advice", "RouteAdvice", "Way", "advise", "completed"]

MOST_ADDITIONS = 3
MOST_DAYS = 8


def advise(entry: Entry, level: str, dossier: Dossier, *, as_of: date, opened: date | None = None) -> Advice:
    """The shortest ways to yes along each route, judged as judge_by() judges. Raises UnknownPolicy naming `level`."""
    plan = _plan(entry, level)
    adviser = _Adviser(plan, dossier, as_of, opened or as_of)
    unverified = any(clause.unverified for clause in entry.clauses(level))
    return Advice(routes=[adviser.route(route) for route in plan.routes(dossier)], unverified=unverified)


@lru_cache(maxsize=64)
def _plan(entry: Entry, level: str) -> Plan:
    return Plan(entry, level)


class _Adviser:
    def __init__(self, plan: Plan, dossier: Dossier, as_of: date, opened: date) -> None:
        self.plan = plan
        self.dossier = dossier
        self.data = completion.data_of(dossier)
        self.as_of = as_of
        self.opened = opened

    def route(self, route: str) -> RouteAdvice:
        today = self.plan.paths(route, self.dossier, self.as_of)
        verdict = max(path.verdict for path in today)
        in_force = catalog.in_force(self.plan.entry, self.opened)
        if verdict is Verdict.MET or not in_force:
            return RouteAdvice(route=route, verdict=(verdict if in_force else Verdict.UNMET).word, ways=[])
        ways = sorted(self._proved(route, self._ways(route)), key=rank)
        return RouteAdvice(route=route, verdict=verdict.word, ways=ways[: search.ENOUGH])

    def _ways(self, route: str) -> Iterator[tuple[tuple[Step, ...], date]]:
        """Sets of steps and the day on which they do."""
        budget = Budget()
        known: search.Known = []
        now = (self.as_of, MOST_ADDITIONS)
        for day, most in chain([now], ((later, MOST_ADDITIONS - 1) for later in self._days(route))):
            aim = Aim(route, self.as_of, day, most)
            yield from ((steps, day) for steps in search.ways(self.plan, self.data, aim, budget, known))

    def _days(self, route: str) -> Iterator[date]:
        """The later days worth trying: on no single day before did everything stand as well.

        Of these the first few, and the first on which nothing need be added: none after it is worth waiting for.
        """
        before = [self._nodes(route, self.dossier, self.as_of)]
        for day in self.plan.days(self.dossier, self.as_of):
            standing = self._nodes(route, self.dossier, day)
            if any(all(verdict <= old.get(node, 0) for node, verdict in standing.items()) for old in before):
                continue
            before.append(standing)
            alone = any(path.verdict is Verdict.MET for path in self.plan.paths(route, self.dossier, day))
            if alone or len(before) <= MOST_DAYS + 1:
                yield day
            if alone:
                return

    def _nodes(self, route: str, dossier: Dossier, day: date) -> dict[tuple[str, int], Verdict]:
        """What every node of every path comes to on a day, the records that paths rest on included."""
        found = {}
        for path in self.plan.paths(route, dossier, day):
            for part in path.parts:
                if part.view.anchor is not None:
                    found[path.name, 0] = part.view.anchor.finding.verdict
                for node in walk(part.node):
                    found[path.name, id(node)] = self.plan.said(node, part.view).verdict
        return found

    def _proved(self, route: str, ways: Iterable[tuple[tuple[Step, ...], date]]) -> Iterator[Way]:
        """The ways as the applicant reads them, each judged anew with everything put in."""
        for steps, day in ways:
            additions = wording.additions(steps, list(self.plan.compiled.clauses))
            whole = completed(self.dossier, additions)
            if day > self.as_of:
                awaited = self._awaited(route, whole, day)
                if not awaited:  # a year to come, written in by mistake, would do today: nobody is advised to
                    continue
                additions = (wording.waiting(day, awaited), *additions)
            result = judge_by(self.plan.entry, self.plan.name, whole, as_of=day, opened=self.opened)
            if result.verdict == "met":
                yield Way(additions=additions, verdict=result.verdict, day=day)

    def _awaited(self, route: str, dossier: Dossier, day: date) -> list[str]:
        """The clauses that are met on the day and are not yet; an item rather than its group."""
        before = self._nodes(route, dossier, self.as_of)
        path = next(path for path in self.plan.paths(route, dossier, day) if path.verdict is Verdict.MET)

        def awaited(node: Node, view: View) -> list[str]:
            if (
                self.plan.said(node, view).verdict is not Verdict.MET
                or before.get((path.name, id(node))) is Verdict.MET
            ):
                return []
            below = [clause for child in node.children for clause in awaited(child, view)]
            return below or ([node.clause] if node.clause else [])

        return list(dict.fromkeys(clause for part in path.parts for clause in awaited(part.node, part.view)))
