"""What each leaf of a tree is compiled to: one rule a kind of test, and what the tests of a level hold in common."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from msgspec import ValidationError, convert, structs

from rules import breakpoints, refusals, verdict
from rules import vocabulary as terms
from rules.assignment import Alternative, Item, fill
from rules.criteria import Node
from rules.dossier import Achievement, Endorsement, Honour, Record
from rules.leaves import CalendarYears, HeldTitle, Records, Test, Work
from rules.model import Specialty
from rules.predicates import calendar_years, conduct, holding, scores, tax, windows, working
from rules.predicates.noting import Rule
from rules.predicates.records import RecordsRule, substitute_for_paper
from rules.predicates.sieve import Sieve
from rules.sections import TIMELESS, Days
from rules.verdict import MET, Finding, Verdict, judged

RECORDS: Final[Mapping[str, type[Record]]] = {
    "achievements": Achievement,
    "honours": Honour,
    "endorsements": Endorsement,
}
# Leaves that their own words settle; the others have a method of LeafRules.
SIMPLE: Final[Mapping[str, Callable[[Any], Rule]]] = {
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
    "nothing_more": lambda _true: _always(MET),  # beyond the record that the path rests on
}
# What these find never falls back as days pass: it is always the same, or something begins or grows full.
NEVER_LESS: Final = TIMELESS | {
    "education", "stem_degree", "seniority", "calendar_years", "work", "records", "filled", "title", "all_in_window",
    "income_tax",
}  # fmt: skip


class CompileError(ValueError):
    """What cannot be compiled; `place` is the clause, the combination or the list it stands in."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}")


class LeafRules:
    """Compiles the leaves of one level.

    `days` gathers the days on which time may change what they find; `items` are the clauses that records fill. All
    tests that the level asks of one list share a sieve. `year_in_post` is what makes a title of another specialty
    count; it is compiled of leaves itself, and given afterwards.
    """

    def __init__(self, own: Specialty, asked: terms.TitleLevel, early: int) -> None:
        """`early`: the years that an engineering professional degree takes off seniority."""
        self.days: list[Days] = []
        self.items: list[Item] = []
        self.year_in_post: Rule | None = None
        self._own = own
        self._asked = asked
        self._early = early
        self._sieves = {of: Sieve(of) for of in RECORDS}
        self._of_spec: dict[int, RecordsRule] = {}
        self._substitute = substitute_for_paper(self._sieves["achievements"])

    def rule(self, leaf: Node) -> Rule:
        """What a leaf finds, whatever anybody hopes. Raises CompileError."""
        said = getattr(leaf, leaf.says)
        if leaf.says in SIMPLE:
            return SIMPLE[leaf.says](said)
        return getattr(self, f"_{leaf.says}")(said)  # type: ignore[no-any-return]

    def ways(self, leaf: Node) -> list[Alternative]:
        """The ways in which records fill a leaf: by themselves, or by what may stand in for a paper."""
        if leaf.records is not None and leaf.records.substitutes_paper:
            return [(self._plain_records(leaf.records),), (self._substitute,)]
        return [(self.rule(leaf),)]

    def _records(self, spec: Records) -> Rule:
        rule = self._plain_records(spec)
        if not spec.substitutes_paper:
            return rule
        return lambda view: _or_instead(rule(view), self._substitute(view))

    def _plain_records(self, spec: Records) -> RecordsRule:
        """One rule a node: the clause and the assignment ask it alike."""
        known = self._of_spec.get(id(spec))
        if known is not None:
            return known
        for tests in (spec.where, *spec.any_of):
            for name, test in tests.items():
                _refuse_foreign_words(spec.of, name, test)
        rule = self._of_spec[id(spec)] = RecordsRule(spec, sieve=self._sieves[spec.of])
        return rule

    def _filled(self, count: int) -> Rule:
        return lambda view: fill(view, self.items, count)

    def _work(self, spec: Work) -> Rule:
        self.days.append(breakpoints.work_days(spec))
        return working.work(spec)

    def _seniority(self, years: int) -> Rule:
        self.days.append(breakpoints.seniority_days(years, self._early))
        return holding.seniority(years, self._early)

    def _calendar_years(self, spec: CalendarYears) -> Rule:
        self.days.append(breakpoints.calendar_year_days(spec.years))
        return calendar_years.held(spec)

    def _title(self, spec: HeldTitle) -> Rule:
        if spec.years:
            self.days.append(breakpoints.seniority_days(spec.years, early=0))
        wanted = structs.replace(spec, level=self._asked) if spec.level == "asked" else spec
        return holding.TitleTest(wanted, self._own, self.year_in_post)


def hoped(rule: Rule) -> Rule:
    """A rule whose finding may fall back as days pass: on a hopeful look it counts as met."""
    return lambda view: MET if view.hopeful else rule(view)


def _always(found: Finding) -> Rule:
    return lambda _view: found


def _or_instead(found: Finding, substituted: Finding) -> Finding:
    """A result that might stand in for a paper; nobody is told that they lack one."""
    return found if substituted.verdict is Verdict.UNMET else verdict.any_of((found, substituted))


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
