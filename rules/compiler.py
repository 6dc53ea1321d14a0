"""A policy compiled once into closures: View in, Finding out. Walks the trees; the leaves are in `leaf_rules`."""

from collections.abc import Callable
from itertools import product

from msgspec import Struct

from rules import clause_rules, verdict
from rules import vocabulary as terms
from rules.anchors import Anchoring
from rules.assignment import Alternative, Item, fill
from rules.criteria import Node, RestsOn
from rules.leaf_rules import NEVER_LESS, CompileError, LeafRules, hoped
from rules.model import Citation, Layer, Policy
from rules.predicates.noting import Rule
from rules.sections import Clause, CompiledLevel, Ground, Section
from rules.verdict import Finding
from rules.view import View

Watch = Callable[[Node, Rule], None]


def compile_level(
    policy: Policy, layer: Layer | None, name: terms.TitleLevel, watch: Watch | None = None
) -> CompiledLevel:
    """Compile one level of a policy with the shared layer of its region.

    Raises CompileError naming the clause, and ValueError for a bound that no ranking of its field holds.
    `watch` is told of every leaf and of what it was compiled to; judging pays nothing for it.
    """
    compiler = _Compiler(policy, layer, name, watch)
    level = policy.levels[name]

    def section(node: Node | None) -> Section | None:
        return None if node is None else compiler.section(node)

    achievements = section(level.achievements)  # first: other clauses count its items
    return CompiledLevel(
        basic=[compiler.section(node) for node in policy.basic],
        qualification=compiler.section(level.qualification),
        ability=section(level.ability),
        achievements=achievements,
        exceptional=section(level.exceptional),
        claims={str(claim): compiler.section(node) for claim, node in policy.claims_at(name, layer).items()},
        exclusions=[(bar.only_status, compiler.section(bar.node, attests=False)) for bar in policy.bars(layer)],
        days=compiler.leaves.days,
        rules=compiler.rules,
    )


class _Branch(Struct):
    """What compiling one section collects on its way down."""

    clauses: list[Clause]
    grounds: list[Ground]
    attests: bool
    depth: int = 0

    def below(self) -> "_Branch":
        return _Branch(self.clauses, self.grounds, self.attests, self.depth + 1)


class _Compiler:
    """Walks the trees of one level. `rules` holds what each node was compiled to, by its id()."""

    def __init__(self, policy: Policy, layer: Layer | None, asked: terms.TitleLevel, watch: Watch | None) -> None:
        self.policy = policy
        self.watch = watch
        self.sources = {**(layer.sources if layer else {}), **policy.sources}
        self.rules: dict[int, Rule] = {}
        self.anchorings: dict[RestsOn, Anchoring] = {}  # routes that rest on the same records find them once
        early = layer.early.years if layer and layer.early else 0
        self.leaves = LeafRules(policy.specialty, asked, early)
        if policy.other_specialty is not None:  # never reported
            self.leaves.year_in_post = self._said(policy.other_specialty, _Branch([], [], attests=False))

    def section(self, node: Node, *, attests: bool = True) -> Section:
        """`attests`: an exclusion rests on what is on record alone, whatever anybody attests."""
        branch = _Branch([], [], attests)
        before = len(self.leaves.items)
        rule = self._rule(node, branch)
        return Section(rule, node, branch.clauses, branch.grounds, self.leaves.items[before:])

    def _rule(self, node: Node, branch: _Branch) -> Rule:
        """What a node says, then what else it is: resting on a record, with a text of its own, a clause."""
        below = branch
        if node.clause is not None:
            branch.clauses.append(Clause(node, self._citation(node, node.clause), branch.depth))
            below = branch.below()
        rule = self._said(node, below)
        if node.rests_on is not None:
            rule = self._resting(node, rule, branch)
        if node.own_text is not None:
            rule = clause_rules.with_own_text(node, rule)
        if node.clause is not None:
            rule = clause_rules.reported(node, rule, attests=branch.attests, below=branch.depth > 0)
        self.rules[id(node)] = rule
        return rule

    def _citation(self, node: Node, clause: str) -> Citation:
        if node.source is None:
            return Citation(document=self.policy.source.number, clause=clause)
        if node.source not in self.sources:
            raise CompileError(clause, f"source {node.source!r} is not declared")
        return Citation(document=self.sources[node.source].number, clause=clause)

    def _said(self, node: Node, branch: _Branch) -> Rule:
        """The one thing a node says: a combination of its parts, or a leaf."""
        parts = [self._rule(child, branch) for child in node.children]
        if node.says == "all_of":
            if any(child.rests_on for child in node.children):
                raise CompileError(node.clause or "all_of", "a path's record stands above all_of, not below it")
            return lambda view: verdict.all_of([part(view) for part in parts])
        if node.says == "any_of":
            return lambda view: verdict.any_of([part(view) for part in parts])
        if node.says == "at_least":
            return self._counted(node, parts)
        rule = self.leaves.rule(node)
        if self.watch is not None:
            self.watch(node, rule)
        return rule if node.says in NEVER_LESS else hoped(rule)

    def _counted(self, node: Node, parts: list[Rule]) -> Rule:
        """So many of the parts; where they are `distinct`, each filled by records of its own."""
        count = node.at_least or 0
        if not node.distinct:
            return lambda view: verdict.at_least(count, [part(view) for part in parts])
        children = zip(node.of or [], parts, strict=True)
        items = [Item(child.clause or "", self._alternatives(child), part) for child, part in children]
        self.leaves.items += items

        def rule(view: View) -> Finding:
            for part in parts:  # each item is reported by itself, whatever the assignment does with it
                part(view)
            return fill(view, items, count)

        return rule

    def _alternatives(self, node: Node) -> list[Alternative]:
        """The ways in which records fill a clause: any-of adds ways, all-of joins them."""
        if node.any_of is not None:
            return [way for child in node.any_of for way in self._alternatives(child)]
        if node.all_of is not None:
            ways = product(*(self._alternatives(child) for child in node.all_of))
            return [tuple(rule for part in way for rule in part) for way in ways]
        return self.leaves.ways(node)

    def _resting(self, node: Node, said: Rule, branch: _Branch) -> Rule:
        """The node asked once for each record it may rest on, or from the one path that is looked from."""
        assert node.rests_on is not None
        anchoring = self.anchorings.get(node.rests_on)
        if anchoring is None:
            anchoring = Anchoring(node.rests_on, self.policy.specialty, self.leaves.year_in_post)
            self.anchorings[node.rests_on] = anchoring
        ground = Ground(
            anchoring,
            clause_rules.confirmed(node, said),
            node.clause or "",
            clause_rules.on_attesting(node),
            whole=not node.counts_clauses,
        )
        branch.grounds.append(ground)

        def rule(view: View) -> Finding:
            if view.anchor is not None:
                return ground.standing(view)
            return verdict.any_of([stand.finding for stand in ground.stands(view)])

        return rule
