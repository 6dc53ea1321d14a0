"""A level as something to walk: the nodes that each route asks for, seen by each path and on any day."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rules import periods
from rules.anchors import Anchoring
from rules.catalog import Entry
from rules.criteria import Node, RestsOn
from rules.dossier import Dossier
from rules.earliest import HORIZON_YEARS, days_until
from rules.predicates.records import RecordsRule
from rules.predicates.sieve import Sieve
from rules.routes import ROUTES
from rules.verdict import Finding, Verdict
from rules.view import View


class Part(NamedTuple):
    """A node that has to be met, as one path sees it.

    `attests`: whether an attestation counts in it; `rests_on`: the record that the path rests on.
    """

    node: Node
    view: View
    verdict: Verdict
    attests: bool = True
    rests_on: RestsOn | None = None


class Path(NamedTuple):
    """Everything one path of a route asks; `name` tells the same path on another day."""

    name: str
    parts: list[Part]

    @property
    def verdict(self) -> Verdict:
        return min(part.verdict for part in self.parts)


class Plan:
    """The nodes of one level of one policy, with the rules they were compiled to."""

    def __init__(self, entry: Entry, level: str) -> None:
        self.entry = entry
        self.name = level
        self.compiled = entry.level(level)
        self.level = entry.policy.levels[level]  # type: ignore[index]
        layer = entry.layer
        self.claims = entry.policy.claims_at(level, layer)  # type: ignore[arg-type]
        self.bars = entry.policy.bars(layer)
        self.early = layer.early.years if layer and layer.early else 0
        self.own_by = entry.policy.specialty.own_titles
        self.own = entry.policy.specialty.own
        self.years = sorted({years for node in self._nodes() for years in self._years(node)})
        self._records = self._record_rules()
        self.anchorings = self._anchorings()

    def records(self, node: Node) -> RecordsRule:
        """The rule of a node that asks for records."""
        return self._records[id(node)]

    def routes(self, dossier: Dossier) -> list[str]:
        """The routes there are for this person, in the order in which they win."""
        there = {"ordinary", *(("exceptional",) if self.level.exceptional else ())}
        return [
            route for route in ROUTES if route in there or (route in (dossier.claims or ()) and route in self.claims)
        ]

    def said(self, node: Node, view: View) -> Finding:
        return self.compiled.rules[id(node)](view)

    def views(self, node: Node, view: View) -> list[View]:
        """How a node that rests on a record is seen: from each that may serve, or from the path at hand."""
        if view.anchor is not None:
            return [view]
        return [view.on(anchor) for anchor in self.anchorings[id(node)].of(view)]

    def paths(self, route: str, dossier: Dossier, day: date) -> list[Path]:
        """Each path of the route on a day, with everything it asks."""
        view = View(dossier, day)
        common = [*self._bars(view), *self._parts(self.entry.policy.basic, view)]
        if route in ("ordinary", "exceptional"):
            common += self._parts([self.level.ability], view)
        return [Path(name, [*common, *parts]) for name, parts in self._own_parts(route, view)]

    def days(self, dossier: Dossier, as_of: date) -> list[date]:
        """The later days on which time alone may change what is found, in order."""
        horizon = periods.full_on(as_of, HORIZON_YEARS) or date.max
        return days_until(horizon, self.compiled, View(dossier, as_of))

    def _own_parts(self, route: str, view: View) -> Iterator[tuple[str, list[Part]]]:
        if route == "ordinary":
            yield from self._ordinary(view)
        elif route == "exceptional":
            asked = [self.level.achievements, self.level.exceptional]
            for name, on_path, node in self._anchored(self.level.exceptional, view):
                yield name, self._parts(asked, on_path, node.rests_on)
        else:
            yield route, self._parts([self.claims[route]], view)  # type: ignore[index]

    def _ordinary(self, view: View) -> Iterator[tuple[str, list[Part]]]:
        asked = self.level.achievements
        if asked is None or not self.compiled.qualification.grounds:
            yield "", self._parts([self.level.qualification, asked], view)
            return
        for name, on_path, node in self._anchored(self.level.qualification, view):
            yield name, self._parts([node, asked], on_path, node.rests_on)

    def _anchored(self, root: Node | None, view: View) -> Iterator[tuple[str, View, Node]]:
        for node in resting(root) if root else ():
            for on_path in self.views(node, view):
                yield f"{node.clause} {on_path.anchor.place if on_path.anchor else ''}", on_path, node

    def _bars(self, view: View) -> list[Part]:
        bars = [bar.node for bar in self.bars if bar.only_status in (None, view.dossier.status)]
        return [part._replace(attests=False) for part in self._parts(bars, view)]

    def _parts(self, nodes: Sequence[Node | None], view: View, rests_on: RestsOn | None = None) -> list[Part]:
        asked = [node for node in nodes if node is not None]
        return [Part(node, view, self.said(node, view).verdict, rests_on=rests_on) for node in asked]

    def _anchorings(self) -> dict[int, Anchoring]:
        """How the record that a node rests on is found, by the node's id()."""
        pairs = (
            (self.level.qualification, self.compiled.qualification),
            (self.level.exceptional, self.compiled.exceptional),
        )
        return {
            id(node): ground.anchoring
            for root, section in pairs
            if root is not None and section is not None
            for node, ground in zip(resting(root), section.grounds, strict=True)
        }

    def _record_rules(self) -> dict[int, RecordsRule]:
        """By the node's id(); all made before any is asked, for those of one list are counted together."""
        sieves: dict[str, Sieve] = {}
        asked = [(node, node.records) for node in self._nodes() if node.records is not None]
        return {id(node): RecordsRule(spec, sieve=sieves.setdefault(spec.of, Sieve(spec.of))) for node, spec in asked}

    def _nodes(self) -> Iterator[Node]:
        policy = self.entry.policy
        roots = [*policy.basic, *self.level.sections(), *self.claims.values(), policy.other_specialty]
        for root in roots:
            yield from walk(root) if root else ()

    def _years(self, node: Node) -> set[int]:
        if node.seniority is not None:
            return {node.seniority, node.seniority - self.early}
        return {node.work.years if node.work else node.title.years if node.title else 0}


def walk(node: Node) -> Iterator[Node]:
    """A node and everything under it, in the notice's order."""
    yield node
    for child in node.children:
        yield from walk(child)


def resting(root: Node) -> list[Node]:
    """The nodes of a tree that rest on a record, each of them a path, in the order they are compiled in."""
    return [node for node in walk(root) if node.rests_on is not None]
