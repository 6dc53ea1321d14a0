"""What compiling a policy yields: sections that look at a View, with their clauses, paths and items."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from msgspec import Struct

from rules.anchors import Anchoring
from rules.assignment import Item
from rules.model import Citation, Node
from rules.predicates.noting import Rule
from rules.predicates.sieve import DATED
from rules.verdict import Finding
from rules.view import Anchor, View

# From a view and a horizon: the days after the view's on which time alone may change what a rule finds.
Days = Callable[[View, date], list[date]]


class Clause:
    """What is shown of a clause beside its finding. `attested`: whether a person may attest it.

    `unverified`: its source is not in hand, so that it is never better than open.
    """

    __slots__ = ("attested", "citation", "depth", "label", "number", "reading", "unverified")

    def __init__(self, node: Node, citation: Citation, depth: int) -> None:
        assert node.clause is not None
        assert node.label is not None
        self.number = node.clause
        self.label = node.label
        self.citation = citation
        self.reading = node.reading
        self.depth = depth
        self.unverified = node.unverified
        self.attested = not node.counts_clauses or node.own_text is not None


class Stand(Struct, frozen=True, gc=False):
    """What a path comes to on its own record: the record, the finding, the clauses looked at on the way."""

    anchor: Anchor
    finding: Finding
    seen: dict[str, Finding]


class Ground:
    """A node that rests on a record: each record that serves makes a path of its own."""

    def __init__(self, anchoring: Anchoring, standing: Rule) -> None:
        self.anchoring = anchoring
        self.standing = standing

    def stands(self, view: View) -> list[Stand]:
        """The paths there are on the day looked at, found once."""
        known: list[Stand] | None = view.same.get(self)
        if known is None:
            known = view.same[self] = [self._stand(view.on(anchor)) for anchor in self.anchoring.of(view)]
        return known

    def _stand(self, view: View) -> Stand:
        assert view.anchor is not None
        return Stand(view.anchor, self.standing(view), view.seen)


class Section:
    """A compiled tree with its clauses in order, the grounds in it and the items that records fill.

    `windowed`: it asks for nothing but records that count inside a window.
    """

    def __init__(self, rule: Rule, node: Node, clauses: list[Clause], grounds: list[Ground], items: list[Item]) -> None:
        self.rule = rule
        self.windowed = _windowed(node)
        self.clauses = clauses
        self.grounds = grounds
        self.items = items

    def __call__(self, view: View) -> Finding:
        return self.rule(view)


def _windowed(node: Node) -> bool:
    if node.records is not None:
        return node.records.of in DATED and not node.records.anytime
    return bool(node.children) and all(map(_windowed, node.children))


@dataclass(frozen=True)
class CompiledLevel:
    """The sections of one level. `exclusions` carry the status they are asked of, None for everybody's.

    `rules` holds what each node of the pack was compiled to, by the node's id(), for whoever walks the tree.
    """

    basic: list[Section]
    qualification: Section
    ability: Section | None
    achievements: Section | None
    exceptional: Section | None
    claims: dict[str, Section]
    exclusions: list[tuple[str | None, Section]]
    days: list[Days]
    rules: dict[int, Rule]

    @cached_property
    def clauses(self) -> dict[str, Clause]:
        """Every clause by its number in the notice's order, exclusions and claims last."""
        sections = [*self.sections(), *self.claims.values(), *(section for _, section in self.exclusions)]
        return {clause.number: clause for section in sections for clause in section.clauses}

    @cached_property
    def achieved(self) -> frozenset[str]:
        """The clauses whose finding depends on the window of the path."""
        return frozenset(clause.number for clause in (self.achievements.clauses if self.achievements else ()))

    def nothing_counts(self, view: View) -> bool:
        """Whether the view's window never opens, for a level whose achievements then all are unmet.

        That is so of most paths, each being tried whether or not there is a record to rest it on.
        """
        return (
            view.window.closed
            and self.achievements is not None
            and self.achievements.windowed
            and view.dossier.achievements is not None
            and view.dossier.honours is not None
            and self.achieved.isdisjoint(view.attested)
        )

    def sections(self) -> list[Section]:
        """Basic conditions and the level's own sections, in the notice's order."""
        own = [self.qualification, self.ability, self.achievements, self.exceptional]
        return [*self.basic, *(section for section in own if section is not None)]
