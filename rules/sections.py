"""What compiling a policy yields: sections that look at a View, with their clauses, paths and items."""

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from rules.anchors import Anchoring
from rules.assignment import Item
from rules.model import Citation, Node
from rules.predicates.noting import Rule
from rules.verdict import Finding
from rules.view import View

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


class Ground(Struct, frozen=True):
    """A node that rests on a record: each record that serves makes a path of its own."""

    anchoring: Anchoring
    standing: Rule


class Section:
    """A compiled tree with its clauses in order, the grounds in it and the items that records fill."""

    def __init__(self, rule: Rule, clauses: list[Clause], grounds: list[Ground], items: list[Item]) -> None:
        self.rule = rule
        self.clauses = clauses
        self.grounds = grounds
        self.items = items

    def __call__(self, view: View) -> Finding:
        return self.rule(view)


class CompiledLevel(Struct, frozen=True):
    """The sections of one level. `exclusions` carry the status they are asked of, None for everybody's."""

    basic: list[Section]
    qualification: Section
    ability: Section | None
    achievements: Section | None
    exceptional: Section | None
    claims: dict[str, Section]
    exclusions: list[tuple[str | None, Section]]
    days: list[Days]

    def sections(self) -> list[Section]:
        """Basic conditions and the level's own sections, in the notice's order."""
        own = [self.qualification, self.ability, self.achievements, self.exceptional]
        return [*self.basic, *(section for section in own if section is not None)]
