"""A policy compiled once into closures: View in, Finding out. Errors name the clause or the section."""

from collections.abc import Callable, Mapping
from itertools import product
from typing import Any

from msgspec import Struct, ValidationError, convert, structs

from rules import breakpoints, refusals, verdict
from rules import vocabulary as terms
from rules.anchors import Anchoring
from rules.assignment import Alternative, Item, fill
from rules.criteria import Node
from rules.dossier import Achievement, Endorsement, Honour, Record
from rules.leaves import CalendarYears, HeldTitle, Records, Test
from rules.model import Citation, Layer, Policy
from rules.predicates import calendar_years, conduct, holding, scores, tax, windows, working
from rules.predicates.noting import Rule, noted
from rules.predicates.records import RecordsRule, substitute_for_paper
from rules.predicates.sieve import Sieve
from rules.sections import TIMELESS, Clause, CompiledLevel, Days, Ground, Section
from rules.verdict import MET, Finding, Verdict, judged
from rules.view import View


def _always(found: Finding) -> Rule:
    return lambda _view: found


RECORDS: Mapping[str, type[Record]] = {
    "achievements": Achievement,
    "honours": Honour,
    "endorsements": Endorsement,
}
SIMPLE_LEAVES: Mapping[str, Callable[[Any], Rule]] = {
    "judged": lambda question: _always(judged(question)),
    "education": holding.degree,
    "consent": conduct.consent,
    "assessment": conduct.assessment,
    "continuing_education": conduct.continuing_education,
    "allowed": conduct.allowed,
    "not_status": conduct.not_status,
    "no_sanction": lambda _true: conduct.no_sanction,
    "flexible_agreement": conduct.flexible_agreement,
    "stem_degree": holding.stem_degree,
    "all_in_window": lambda _true: windows.achievements_inside,
    "insured_months": conduct.insured,
    "self_score": scores.self_score,
    "income_tax": tax.consecutive,
    "hours_last_year": conduct.hours_last_year,
    "nothing_more": lambda _true: lambda _view: verdict.MET,  # beyond the record that the path rests on
}
# What these find never falls back as days pass: it is always the same, or something begins or grows full.
NEVER_LESS = TIMELESS | {
    "education", "stem_degree", "seniority", "calendar_years", "work", "records", "filled", "title", "all_in_window",
    "income_tax",
}  # fmt: skip
UNVERIFIED = "所依据的标准尚未核实，须由评审办事机构确认"


Watch = Callable[[Node, Rule], None]


class CompileError(ValueError):
    """A node that cannot be compiled; `clause` names it."""

    def __init__(self, clause: str, message: str) -> None:
        super().__init__(f"{clause}: {message}")


def compile_level(
    policy: Policy, layer: Layer | None, name: terms.TitleLevel, watch: Watch | None = None
) -> CompiledLevel:
    """Compile one level of a policy with the shared layer of its region. Raises CompileError.

    `watch` is told of every leaf and of what it was compiled to; judging pays nothing for it.
    """
    compiler = _Compiler(policy, layer, name, watch)
    level = policy.levels[name]

    def section(node: Node | None) -> Section | None:
        return None if node is None else compiler.section(node)

    achievements = section(level.achievements)  # first: other clauses count its items
    asked_for = {**policy.claims, **level.claims}
    asked_for |= {claim: node for claim, node in (layer.claims if layer else {}).items() if claim not in asked_for}
    bars = [*(layer.exclusions if layer else ()), *policy.exclusions]
    return CompiledLevel(
        basic=[compiler.section(node) for node in policy.basic],
        qualification=compiler.section(level.qualification),
        ability=section(level.ability),
        achievements=achievements,
        exceptional=section(level.exceptional),
        claims={str(claim): compiler.section(node) for claim, node in asked_for.items()},
        exclusions=[(bar.only_status, compiler.section(bar.node, attests=False)) for bar in bars],
        days=compiler.days,
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
    def __init__(
        self, policy: Policy, layer: Layer | None, asked: terms.TitleLevel, watch: Watch | None = None
    ) -> None:
        self.policy = policy
        self.asked = asked
        self.watch = watch
        self.sources = {**(layer.sources if layer else {}), **policy.sources}
        self.early = layer.early.years if layer and layer.early else 0
        self.days: list[Days] = []
        self.items: list[Item] = []
        self.rules: dict[int, Rule] = {}
        self.sieves = {of: Sieve(of) for of in RECORDS}
        self.of_spec: dict[int, RecordsRule] = {}
        self.substitute = substitute_for_paper(self.sieves["achievements"])
        other = policy.other_specialty
        self.year_in_post = None if other is None else self._said(other, _Branch([], [], attests=False))  # not reported

    def section(self, node: Node, *, attests: bool = True) -> Section:
        """`attests`: an exclusion rests on what is on record alone, whatever anybody attests."""
        branch = _Branch([], [], attests)
        before = len(self.items)
        rule = self._rule(node, branch)
        return Section(rule, node, branch.clauses, branch.grounds, self.items[before:])

    def _rule(self, node: Node, branch: _Branch) -> Rule:
        below = branch
        if node.clause is not None:
            branch.clauses.append(Clause(node, self._citation(node), branch.depth))
            below = branch.below()
        said = self._said(node, below)
        if node.rests_on is not None:
            said = self._resting(node, said, branch)
        if node.own_text is not None:
            said = _with_own_text(node, said)
        rule = said if node.clause is None else _reported(node, said, attests=branch.attests)
        self.rules[id(node)] = rule
        return rule

    def _citation(self, node: Node) -> Citation:
        assert node.clause is not None
        if node.source is None:
            return Citation(document=self.policy.source.number, clause=node.clause)
        if node.source not in self.sources:
            raise CompileError(node.clause, f"source {node.source!r} is not declared")
        return Citation(document=self.sources[node.source].number, clause=node.clause)

    def _said(self, node: Node, branch: _Branch) -> Rule:
        parts = [self._rule(child, branch) for child in node.children]
        if node.says == "all_of":
            if any(child.rests_on for child in node.children):
                raise CompileError(node.clause or "all_of", "a path's record stands above all_of, not below it")
            return lambda view: verdict.all_of([part(view) for part in parts])
        if node.says == "any_of":
            return lambda view: verdict.any_of([part(view) for part in parts])
        if node.says == "at_least":
            return self._counted(node, parts)
        rule = self._leaf(node)
        if self.watch is not None:
            self.watch(node, rule)
        return rule if node.says in NEVER_LESS else _hoped(rule)

    def _counted(self, node: Node, parts: list[Rule]) -> Rule:
        count = node.at_least or 0
        if not node.distinct:
            return lambda view: verdict.at_least(count, [part(view) for part in parts])
        children = zip(node.of or [], parts, strict=True)
        items = [Item(child.clause or "", self._alternatives(child), part) for child, part in children]
        self.items += items

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
        if node.records is not None and node.records.substitutes_paper:
            return [(self._plain_records(node.records),), (self.substitute,)]
        return [(self._leaf(node),)]

    def _resting(self, node: Node, said: Rule, branch: _Branch) -> Rule:
        assert node.rests_on is not None
        anchoring = Anchoring(node.rests_on, self.policy.specialty, self.year_in_post)
        asked = _confirmed(node, said) if node.unverified else said
        ground = Ground(anchoring, asked, node.clause or "", _on_attesting(node), whole=not node.counts_clauses)
        branch.grounds.append(ground)

        def rule(view: View) -> Finding:
            if view.anchor is not None:
                return ground.standing(view)
            return verdict.any_of([stand.finding for stand in ground.stands(view)])

        return rule

    def _leaf(self, node: Node) -> Rule:
        said = getattr(node, node.says)
        if node.says in SIMPLE_LEAVES:
            return SIMPLE_LEAVES[node.says](said)
        return getattr(self, f"_{node.says}")(said)  # type: ignore[no-any-return]

    def _work(self, spec: Any) -> Rule:
        self.days.append(breakpoints.work_days(spec))
        return working.work(spec)

    def _seniority(self, years: int) -> Rule:
        self.days.append(breakpoints.seniority_days(years, self.early))
        return holding.seniority(years, self.early)

    def _calendar_years(self, spec: CalendarYears) -> Rule:
        self.days.append(breakpoints.calendar_year_days(spec.years))
        return calendar_years.held(spec)

    def _filled(self, count: int) -> Rule:
        return lambda view: fill(view, self.items, count)

    def _title(self, spec: HeldTitle) -> Rule:
        if spec.years:
            self.days.append(breakpoints.seniority_days(spec.years, early=0))
        wanted = structs.replace(spec, level=self.asked) if spec.level == "asked" else spec
        return holding.TitleTest(wanted, self.policy.specialty, self.year_in_post)

    def _records(self, spec: Records) -> Rule:
        rule = self._plain_records(spec)
        if not spec.substitutes_paper:
            return rule
        return lambda view: _or_instead(rule(view), self.substitute(view))

    def _plain_records(self, spec: Records) -> RecordsRule:
        """One rule a node: the clause and the assignment ask it alike."""
        known = self.of_spec.get(id(spec))
        if known is not None:
            return known
        for tests in (spec.where, *spec.any_of):
            for name, test in tests.items():
                _refuse_foreign_words(spec.of, name, test)
        rule = self.of_spec[id(spec)] = RecordsRule(spec, sieve=self.sieves[spec.of])
        return rule


def _refuse_foreign_words(of: str, name: str, test: Test) -> None:
    """A value that no record can have would make a clause that nobody meets."""
    type_: Any = RECORDS[of]
    try:
        for step in name.split("."):
            type_ = refusals.field_type(type_, step)
    except LookupError:
        raise CompileError(of, f"has no field {name!r}") from None
    for value in (test.is_, *(test.in_ or ()), test.at_least, test.at_most):
        try:
            convert(value, type_)
        except ValidationError as error:
            raise CompileError(f"{of}.{name}", refusals.explain(error, type_, value)[1]) from None


ATTESTED = {said: noted(verdict.of(said), "attested", said) for said in (True, False)}


def _attested(view: View, clause: str) -> Finding | None:
    """What a competent person has said of the clause: it then needs no other fact."""
    said = view.attested.get(clause)
    return None if said is None else ATTESTED[said]


def _or_instead(found: Finding, substituted: Finding) -> Finding:
    """A result that might stand in for a paper; nobody is told that they lack one."""
    return found if substituted.verdict is Verdict.UNMET else verdict.any_of((found, substituted))


def _hoped(rule: Rule) -> Rule:
    return lambda view: MET if view.hopeful else rule(view)


def _confirming(node: Node) -> Callable[[Finding], Finding]:
    """What an unverified clause makes of a finding: unmet stays, anything else waits for the office's word."""
    if not node.unverified:
        return lambda found: found
    return lambda found: verdict.all_of((found, judged(UNVERIFIED)))


def _on_attesting(node: Node) -> dict[bool, Finding]:
    to_confirm = _confirming(node)
    return {attested: to_confirm(found) for attested, found in ATTESTED.items()}


def _with_own_text(node: Node, said: Rule) -> Rule:
    clause, asked = node.clause or "", judged(node.own_text or "")

    def rule(view: View) -> Finding:
        return verdict.all_of((_attested(view, clause) or asked, said(view)))

    return rule


def _reported(node: Node, said: Rule, *, attests: bool) -> Rule:
    """A clause is reported under its number; its figures stay with it and do not climb to the group."""
    clause = node.clause or ""
    said = said if not node.unverified else _confirmed(node, said)

    def rule(view: View) -> Finding:
        found = view.seen[clause] = said(view)
        return found.bare if found.notes else found

    if not attests or node.counts_clauses:
        return rule
    on_attesting = _on_attesting(node)
    bare = {attested: found.bare for attested, found in on_attesting.items()}

    def attestable(view: View) -> Finding:
        attested = view.attested.get(clause)
        if attested is not None:
            view.seen[clause] = on_attesting[attested]
            return bare[attested]
        found = view.seen[clause] = said(view)
        return found.bare if found.notes else found

    return attestable


def _confirmed(node: Node, said: Rule) -> Rule:
    to_confirm = _confirming(node)
    return lambda view: to_confirm(said(view))
