"""A policy compiled once into closures: View in, Finding out. Errors name the node's place in the pack."""

from collections.abc import Callable, Mapping
from datetime import date
from itertools import product
from typing import Any

from msgspec import Struct

from rules import facts, periods, verdict
from rules.anchors import Anchoring
from rules.assignment import Item, fill
from rules.dossier import Achievement, Endorsement, Evaluators, Honour
from rules.model import Citation, Layer, Level, Node, Policy, Records
from rules.records import RecordsRule, substitute_for_paper
from rules.verdict import Finding, judged
from rules.view import View

Rule = Callable[[View], Finding]
Days = Callable[[View, date], list[date]]

RECORD_TYPES = {"achievements": Achievement, "honours": Honour, "endorsements": Endorsement}


class CompileError(ValueError):
    """A node that cannot be compiled; `clause` names it."""

    def __init__(self, clause: str, message: str) -> None:
        super().__init__(f"{clause}: {message}")


class Clause:
    """What is shown of a clause beside its finding."""

    __slots__ = ("attested", "citation", "depth", "label", "number", "reading")

    def __init__(self, node: Node, citation: Citation, depth: int) -> None:
        assert node.clause is not None and node.label is not None
        self.number = node.clause
        self.label = node.label
        self.citation = citation
        self.reading = node.reading
        self.depth = depth
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


class Compiler:
    """Compiles the sections of one level; the achievements first, since other clauses count them."""

    def __init__(self, policy: Policy, layer: Layer | None) -> None:
        self.policy = policy
        self.layer = layer
        self.early = layer.early.years if layer and layer.early else 0
        self.attests = True
        self.horizons: list[Days] = []
        self.items: list[Item] = []
        other = policy.other_specialty
        self.year_in_post = None if other is None else self._rule(other, [], 0, [])

    def section(self, node: Node, *, attests: bool = True) -> Section:
        """`attests`: an exclusion rests on what is on record alone, whatever anybody attests."""
        self.attests = attests
        clauses: list[Clause] = []
        grounds: list[Ground] = []
        before = len(self.items)
        rule = self._rule(node, clauses, 0, grounds)
        return Section(rule, clauses, grounds, self.items[before:])

    # ---- nodes

    def _rule(self, node: Node, clauses: list[Clause], depth: int, grounds: list[Ground]) -> Rule:
        if node.clause is not None:
            clauses.append(Clause(node, self._citation(node), depth))
            depth += 1
        said = self._said(node, clauses, depth, grounds)
        if node.rests_on is not None:
            said = self._resting(node, said, grounds)
        if node.own_text is not None:
            said = _with_own_text(node, said)
        return said if node.clause is None else _reported(node, said, attests=self.attests)

    def _citation(self, node: Node) -> Citation:
        assert node.clause is not None
        sources = {**(self.layer.sources if self.layer else {}), **self.policy.sources}
        if node.source is None:
            return Citation(document=self.policy.source.number, clause=node.clause)
        if node.source not in sources:
            raise CompileError(node.clause, f"source {node.source!r} is not declared")
        return Citation(document=sources[node.source].number, clause=node.clause)

    def _said(self, node: Node, clauses: list[Clause], depth: int, grounds: list[Ground]) -> Rule:
        parts = [self._rule(child, clauses, depth, grounds) for child in node.children]
        if node.says == "all_of":
            if any(child.rests_on for child in node.children):
                raise CompileError(node.clause or "all_of", "a path's record stands above all_of, not below it")
            return lambda view: verdict.all_of([part(view) for part in parts])
        if node.says == "any_of":
            return lambda view: verdict.any_of([part(view) for part in parts])
        if node.says == "at_least":
            return self._counted(node, parts)
        return self._leaf(node)

    def _counted(self, node: Node, parts: list[Rule]) -> Rule:
        count = node.at_least or 0
        if not node.distinct:
            return lambda view: verdict.at_least(count, [part(view) for part in parts])
        items = [
            Item(child.clause or "", self._alternatives(child), part)
            for child, part in zip(node.of or [], parts, strict=True)
        ]
        self.items += items

        def rule(view: View) -> Finding:
            for part in parts:
                part(view)
            return fill(view, items, count)

        return rule

    def _alternatives(self, node: Node) -> list[tuple[Rule, ...]]:
        """The ways in which records fill a clause: any-of adds ways, all-of joins them."""
        if node.any_of is not None:
            return [way for child in node.any_of for way in self._alternatives(child)]
        if node.all_of is not None:
            ways = product(*(self._alternatives(child) for child in node.all_of))
            return [tuple(rule for part in way for rule in part) for way in ways]
        if node.records is not None and node.records.substitutes_paper:
            return [(self._records(node.records),), (substitute_for_paper(),)]
        return [(self._leaf(node),)]

    def _resting(self, node: Node, said: Rule, grounds: list[Ground]) -> Rule:
        assert node.rests_on is not None
        anchoring = Anchoring(node.rests_on, self.policy.specialty.code, self.year_in_post)
        clause = node.clause

        def standing(view: View) -> Finding:
            attested = None if clause is None else _attested(view, clause)
            if attested is not None:
                return attested
            assert view.anchor is not None
            return verdict.all_of((view.anchor.finding, said(view)))

        grounds.append(Ground(anchoring, standing))

        def rule(view: View) -> Finding:
            if view.anchor is not None:
                return standing(view)
            return verdict.any_of([standing(view.on(anchor)) for anchor in anchoring.of(view)])

        return rule

    # ---- leaves

    def _leaf(self, node: Node) -> Rule:
        said = getattr(node, node.says)
        match node.says:
            case "judged":
                return lambda view: judged(said)
            case "records":
                return self._records_or_substitute(said)
            case "work":
                self.horizons.append(_work_days(said))
                return facts.work(said)
            case "seniority":
                self.horizons.append(_seniority_days(said, self.early))
                return facts.seniority(said, self.early)
            case "filled":
                items = self.items
                return lambda view: fill(view, items, said)
            case "title":
                return facts.held_title(said, self.policy.specialty.code, self.year_in_post)
            case "assessment":
                return facts.assessment(said, f"{self.policy.specialty.label}：年度考核结果如何认定")
            case "no_sanction":
                return facts.no_sanction
        return _SIMPLE[node.says](said)

    def _records_or_substitute(self, spec: Records) -> Rule:
        rule = self._records(spec)
        if not spec.substitutes_paper:
            return rule
        substitute = substitute_for_paper()
        return lambda view: verdict.any_of((rule(view), substitute(view)))

    def _records(self, spec: Records) -> RecordsRule:
        for name in (*spec.where, *(name for option in spec.any_of for name in option)):
            head, _, tail = name.partition(".")
            type_: type[Struct] = RECORD_TYPES[spec.of]
            if head not in type_.__struct_fields__ or (tail and tail not in Evaluators.__struct_fields__):
                raise CompileError(spec.of, f"has no field {name!r}")
        return RecordsRule(spec)


_SIMPLE: Mapping[str, Callable[[Any], Rule]] = {
    "education": facts.degree,
    "consent": facts.consent,
    "continuing_education": facts.continuing_education,
    "allowed": facts.allowed,
    "not_status": facts.not_status,
    "flexible_agreement": facts.flexible_agreement,
}


def _attested(view: View, clause: str) -> Finding | None:
    """What a competent person has said of the clause: it then needs no other fact."""
    said = view.attested.get(clause)
    if said is None:
        return None
    return verdict.Finding(verdict.of(said).verdict, notes=(verdict.Note("attested", verdict.of(said).verdict, (said,)),))


def _with_own_text(node: Node, said: Rule) -> Rule:
    clause, question = node.clause or "", node.own_text or ""

    def rule(view: View) -> Finding:
        return verdict.all_of((_attested(view, clause) or judged(question), said(view)))

    return rule


def _reported(node: Node, said: Rule, *, attests: bool) -> Rule:
    """A clause is reported under its number; its figures stay with it and do not climb to the group."""
    clause = node.clause or ""
    attestable = attests and not node.counts_clauses

    def rule(view: View) -> Finding:
        found = (_attested(view, clause) if attestable else None) or said(view)
        view.seen[clause] = found
        return Finding(found.verdict, found.missing, found.judgement, found.used)

    return rule


def _work_days(spec: Any) -> Days:
    """Days on which the work may become full: from each record a path may rest on, or from the first post."""

    def days(view: View, horizon: date) -> list[date]:
        dossier = view.dossier
        starts = {date.min}
        starts |= {record.awarded for record in dossier.education or () if record.awarded}
        starts |= {record.obtained for record in dossier.skills or () if record.obtained}
        found = (facts.full_work_day(view, spec, start, horizon) for start in starts)
        return [day for day in found if day is not None]

    return days


def _seniority_days(years: int, early: int) -> Days:
    def days(view: View, horizon: date) -> list[date]:
        starts = {day for title in view.dossier.titles or () for day in (title.obtained, title.appointed)}
        full = (
            periods.full_on(start, count)
            for start in starts if isinstance(start, date)
            for count in {years, years - early}
        )  # fmt: skip
        return [day for day in full if day is not None]

    return days


class CompiledLevel(Struct, frozen=True):
    """The sections of one level, ready to look at a View. `days` tells when time alone may change a finding."""

    level: Level
    basic: list[Section]
    qualification: Section
    ability: Section | None
    achievements: Section | None
    exceptional: Section | None
    claims: dict[str, Section]
    exclusions: list[tuple[str | None, Section]]
    days: list[Days]

    def sections(self) -> list[Section]:
        own = [self.qualification, self.ability, self.achievements, self.exceptional]
        return [*self.basic, *(section for section in own if section is not None)]


def compile_level(policy: Policy, layer: Layer | None, level: Level) -> CompiledLevel:
    """Compile one level of a policy with the shared layer of its region. Raises CompileError."""
    compiler = Compiler(policy, layer)

    def section(node: Node | None) -> Section | None:
        return None if node is None else compiler.section(node)

    achievements = section(level.achievements)
    claims = {name: compiler.section(node) for name, node in level.claims.items()}
    if layer is not None:
        claims |= {name: compiler.section(node) for name, node in layer.claims.items()}
    bars = [*(layer.exclusions if layer else ()), *policy.exclusions]
    return CompiledLevel(
        level=level,
        basic=[compiler.section(node) for node in policy.basic],
        qualification=compiler.section(level.qualification),
        ability=section(level.ability),
        achievements=achievements,
        exceptional=section(level.exceptional),
        claims={str(name): found for name, found in claims.items()},
        exclusions=[(bar.only_status, compiler.section(bar.node, attests=False)) for bar in bars],
        days=compiler.horizons,
    )
