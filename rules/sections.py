"""What compiling a policy yields: sections that look at a View, with their clauses, paths and items."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from msgspec import Struct

from rules import verdict
from rules.anchors import Anchoring
from rules.assignment import Item
from rules.criteria import Node
from rules.dossier import Dossier
from rules.model import Citation
from rules.predicates.noting import Rule
from rules.predicates.sieve import DATED
from rules.verdict import Finding, Notes, Verdict
from rules.view import Anchor, View

_UNMET: Final = Verdict.UNMET

# From a view and a horizon: the days after the view's on which time alone may change what a rule finds.
Days = Callable[[View, date], list[date]]


# Leaves that find the same on every day.
TIMELESS: Final = frozenset({
    "judged", "consent", "allowed", "not_status", "flexible_agreement", "insured_months", "self_score",
})  # fmt: skip


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
    """A node that rests on a record: each record that serves makes a path of its own.

    `asked` is what the node says beside its record; `on_attesting` what it comes to where somebody attests its
    clause; `whole`: no clause under it is reported, so that nothing is asked in vain.
    """

    def __init__(
        self, anchoring: Anchoring, asked: Rule, clause: str, on_attesting: Mapping[bool, Finding], *, whole: bool
    ) -> None:
        self.anchoring = anchoring
        self._asked = asked
        self._clause = clause
        self._on_attesting = on_attesting
        self._whole = whole

    def stands(self, view: View) -> list[Stand]:
        """The paths there are on the day looked at, found once."""
        known: list[Stand] | None = view.same.get(self)
        if known is None:
            known = view.same[self] = [self._stand(view, anchor) for anchor in self.anchoring.of(view)]
        return known

    def standing(self, view: View) -> Finding:
        """What the path comes to that the view looks from."""
        assert view.anchor is not None
        attested = view.attested.get(self._clause)
        if attested is not None:
            return self._on_attesting[attested]
        return verdict.all_of((view.anchor.finding, self._asked(view)))

    def _stand(self, view: View, anchor: Anchor) -> Stand:
        attested = view.attested.get(self._clause)
        if attested is not None:
            return Stand(anchor, self._on_attesting[attested], {})
        if anchor.finding.verdict is _UNMET and self._whole:
            beside = _Beside(self._asked, view.dossier, view.as_of, anchor)
            return Stand(anchor, Finding(_UNMET, (), (), (), (anchor.finding.notes, beside)), {})
        path = view.on(anchor)
        return Stand(anchor, verdict.all_of((anchor.finding, self._asked(path))), path.seen)


class _Beside(Struct, frozen=True, gc=False):
    """The promise of what else a path would have asked that has no record to rest on. It holds no view: see there."""

    asked: Rule
    dossier: Dossier
    as_of: date
    anchor: Anchor

    def __call__(self) -> Notes:
        return self.asked(View(self.dossier, self.as_of, anchor=self.anchor)).notes


class Section:
    """A compiled tree with its clauses in order, the grounds in it and the items that records fill.

    `windowed`: it asks for nothing but records that count inside a window; `timeless`: it comes to the same on every
    day; `wanted`: of so many of its items.
    """

    def __init__(self, rule: Rule, node: Node, clauses: list[Clause], grounds: list[Ground], items: list[Item]) -> None:
        self.rule = rule
        self.windowed = _windowed(node)
        self.timeless = _timeless(node)
        self.wanted = node.at_least or 0 if node.distinct else 0
        self.clauses = clauses
        self.grounds = grounds
        self.items = items

    def __call__(self, view: View) -> Finding:
        return self.rule(view)


def _timeless(node: Node) -> bool:
    return node.rests_on is None and (all(map(_timeless, node.children)) if node.children else node.says in TIMELESS)


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

    def only_windows_count(self, view: View) -> bool:
        """Whether achievements are surely unmet in a window that never opens: nothing but records inside fills them.

        Most paths have such a window, each being tried whether or not there is a record to rest it on.
        """
        return (
            self.achievements is not None
            and self.achievements.windowed
            and view.dossier.achievements is not None
            and view.dossier.honours is not None
            and self.achieved.isdisjoint(view.attested)
        )

    def sections(self) -> list[Section]:
        """Basic conditions and the level's own sections, in the notice's order."""
        own = [self.qualification, self.ability, self.achievements, self.exceptional]
        return [*self.basic, *(section for section in own if section is not None)]
