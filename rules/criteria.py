"""What a policy asks, as a tree of nodes.

A node says one thing. Either it combines nodes (`all_of`, `any_of`, `at_least` of `of`), or it is a leaf, one test.
A node with a `clause` is a clause of the notice: it has a label, is reported under its number, and may be
attested unless it only counts the clauses under it.
"""

from typing import Final, Literal

from msgspec import field

from rules import vocabulary as terms
from rules.leaves import (
    Agreement,
    Allowed,
    AssessmentResults,
    CalendarYears,
    ConsecutiveTax,
    HeldTitle,
    Part,
    Records,
    Work,
)

Aspect = Literal["years", "count", "rank", "level", "kind", "way", "asked", "opening", "text"]


class Weaker(Part, frozen=True, kw_only=True):
    """In which respect a clause asks less than the tier above it does, and why that stands.

    `text`: the wording asks less in a way that no fact of a dossier shows.
    """

    in_: Aspect = field(name="in")
    why: str


class RestsOn(Part, frozen=True, kw_only=True):
    """The record a path rests on; what is paired with it, and the window for achievements, count from it.

    `opens: appointed`: the appointment alone decides, for the window and for seniority (担任…职务后).
    `whole_year`: the window opens with the year of that day, on its first of January (Jiangxi).
    """

    education: terms.Degree | None = None
    title: terms.TitleLevel | None = None
    skill: terms.SkillGrade | None = None
    opens: Literal["awarded", "obtained", "appointed"] | None = None
    whole_year: bool = False

    def __post_init__(self) -> None:
        if sum(kind is not None for kind in (self.education, self.title, self.skill)) != 1:
            raise ValueError("exactly one of education, title, skill is needed")


COMBINATIONS: Final = ("all_of", "any_of", "at_least")
LEAVES: Final = (
    "judged", "education", "seniority", "work", "records", "filled", "consent", "assessment", "continuing_education",
    "allowed", "not_status", "no_sanction", "flexible_agreement", "title", "stem_degree", "calendar_years",
    "all_in_window", "insured_months", "self_score", "income_tax", "hours_last_year", "nothing_more",
)  # fmt: skip


class Node(Part, frozen=True, kw_only=True):
    """Of the fields named in COMBINATIONS and LEAVES one is written; docs/rules.md tells of the keys before them."""

    clause: str | None = None
    label: str | None = None
    source: str | None = None
    reading: str | None = None
    own_text: str | None = None
    unverified: bool = False
    weaker: list[Weaker] = []
    rests_on: RestsOn | None = None
    distinct: bool = False

    all_of: list["Node"] | None = None
    any_of: list["Node"] | None = None
    at_least: int | None = None
    of: list["Node"] | None = None

    judged: str | None = None
    education: terms.Degree | None = None
    seniority: int | None = None
    work: Work | None = None
    records: Records | None = None
    filled: int | None = None
    consent: terms.Consent | None = None
    assessment: AssessmentResults | None = None
    continuing_education: int | None = None
    allowed: Allowed | None = None
    not_status: list[terms.Status] | None = None
    no_sanction: Literal[True] | None = None
    flexible_agreement: Agreement | None = None
    title: HeldTitle | None = None
    stem_degree: terms.Degree | None = None
    calendar_years: CalendarYears | None = None
    all_in_window: Literal[True] | None = None
    insured_months: int | None = None
    self_score: int | None = None
    income_tax: ConsecutiveTax | None = None
    hours_last_year: int | None = None
    nothing_more: Literal[True] | None = None

    def __post_init__(self) -> None:
        said = [name for name in (*COMBINATIONS, *LEAVES) if getattr(self, name) is not None]
        if len(said) != 1:
            raise ValueError(f"a node says exactly one thing; this one says {', '.join(said) or 'nothing'}")
        if (self.at_least is None) != (self.of is None):
            raise ValueError("at_least: and of: are written together")
        if self.at_least is not None and self.of is not None and not 0 < self.at_least <= len(self.of):
            raise ValueError(f"at_least: {self.at_least} of {len(self.of)} cannot be meant")
        if (self.clause is None) != (self.label is None):
            raise ValueError("label: a clause has one, and only a clause")
        if self.clause is None and (self.unverified or self.weaker):
            raise ValueError(f"{'unverified' if self.unverified else 'weaker'}: is for a clause")
        if self.own_text is not None and not self.counts_clauses:
            raise ValueError("own_text: is for a clause with items under it")
        if self.distinct and not (self.at_least and all(node.clause for node in self.of or ())):
            raise ValueError("distinct: is for at_least of clauses")

    @property
    def says(self) -> str:
        """The name of the combination, or of the leaf."""
        return next(name for name in (*COMBINATIONS, *LEAVES) if getattr(self, name) is not None)

    @property
    def combines(self) -> bool:
        return self.says in COMBINATIONS

    @property
    def children(self) -> "list[Node]":
        return self.all_of or self.any_of or self.of or []

    @property
    def asks_people(self) -> bool:
        """Whether it puts a question to people itself, whatever stands under it."""
        return self.judged is not None or self.own_text is not None

    @property
    def counts_clauses(self) -> bool:
        """Whether clauses stand under it: then it is what they make it, and only a text of its own is attested."""
        return any(child.clause is not None or child.counts_clauses for child in self.children)

    def clauses(self) -> "list[Node]":
        """Itself, where it is a clause, and every clause under it, in the notice's order."""
        own = [self] if self.clause is not None else []
        return own + [found for child in self.children for found in child.clauses()]
