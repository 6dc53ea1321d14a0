"""A policy as data: what a pack says, typed. Strict: a key that is not known here is refused by the loader.

A node says one thing. Either it combines nodes (`all_of`, `any_of`, `at_least` of `of`), or it is one test.
A node with a `clause` is a clause of the notice: it has a label, is reported under its number, and may be
attested unless it only counts the clauses under it.
"""

from datetime import date
from typing import Final, Literal

from msgspec import field

from rules import vocabulary as terms
from rules.leaves import Agreement, Allowed, AssessmentResults, CalendarYears, ConsecutiveTax, Part, Weaker
from rules.procedure import Procedure


class Source(Part, frozen=True, kw_only=True):
    """An issued document. `number` is what the public calls it by."""

    title: str
    number: str


class Effective(Part, frozen=True, kw_only=True):
    """In force from `since` to `until`, both included; without end where `until` is None."""

    since: date = field(name="from")
    until: date | None = field(default=None, name="to")

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class Citation(Part, frozen=True, kw_only=True):
    """Where a clause stands: the document and the clause's official number in it."""

    document: str
    clause: str

    def __str__(self) -> str:
        return f"{self.document} {self.clause}"


class Test(Part, frozen=True, kw_only=True):
    """One test of one field: equal, among, or on its ranking at least or at most.

    `else_judged`: a value that fails is a question for people rather than a refusal (…等荣誉).
    """

    is_: bool | str | None = field(default=None, name="is")
    in_: list[str] | None = field(default=None, name="in")
    at_least: int | str | None = None
    at_most: int | None = None
    else_judged: str | None = None

    def __post_init__(self) -> None:
        if sum(bound is not None for bound in (self.is_, self.in_, self.at_least, self.at_most)) != 1:
            raise ValueError("exactly one of is, in, at_least, at_most is needed")


Tests = dict[str, Test]


class Records(Part, frozen=True, kw_only=True):
    """At least `count` records of a list whose fields pass `where`, and one of the alternatives of `any_of`.

    Achievements and honours count inside the window of the path taken; with `anytime` since ever (a clause that
    does not say 取得…后). `substitutes_paper`: a result the employer recognised in place of a paper makes this at
    worst open.
    """

    of: Literal["achievements", "honours", "endorsements"] = "achievements"
    kind: list[terms.AchievementKind] = []
    count: int = 1
    where: Tests = {}
    any_of: list[Tests] = []
    substitutes_paper: bool = False
    anytime: bool = False

    def __post_init__(self) -> None:
        if bool(self.kind) != (self.of == "achievements"):
            raise ValueError("kind: is asked of achievements, and of nothing else")


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


class Work(Part, frozen=True, kw_only=True):
    """Time in posts of a scope, since the record the path rests on where there is one; 0 years: any at all."""

    scope: Literal["specialty", "relevant"]
    years: int


class HeldTitle(Part, frozen=True, kw_only=True):
    """A title on record: of which level, and whether of the policy's own specialty or of another.

    `level: asked` is the level asked for. `years`: full since the day it was obtained, appointed to it or not.
    """

    level: terms.TitleLevel | Literal["asked"]
    specialty: Literal["own", "other"]
    years: int = 0


LEAVES: Final = (
    "judged",
    "education",
    "seniority",
    "work",
    "records",
    "filled",
    "consent",
    "assessment",
    "continuing_education",
    "allowed",
    "not_status",
    "no_sanction",
    "flexible_agreement",
    "title",
    "stem_degree",
    "calendar_years",
    "all_in_window",
    "insured_months",
    "self_score",
    "income_tax",
    "hours_last_year",
    "nothing_more",
)
COMBINATIONS: Final = ("all_of", "any_of", "at_least")


class Node(Part, frozen=True, kw_only=True):
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
        return next(name for name in (*COMBINATIONS, *LEAVES) if getattr(self, name) is not None)

    @property
    def combines(self) -> bool:
        return self.says in COMBINATIONS

    @property
    def children(self) -> "list[Node]":
        return self.all_of or self.any_of or self.of or []

    @property
    def counts_clauses(self) -> bool:
        """Whether clauses stand under it: then it is what they make it, and only a text of its own is attested."""
        return any(child.clause is not None or child.counts_clauses for child in self.children)

    def clauses(self) -> "list[Node]":
        """Itself, where it is a clause, and every clause under it, in the notice's order."""
        own = [self] if self.clause is not None else []
        return own + [found for child in self.children for found in child.clauses()]


class Level(Part, frozen=True, kw_only=True):
    """The clauses of one level. A part left out asks nothing; without `exceptional` there is no such route."""

    label: str
    qualification: Node
    ability: Node | None = None
    achievements: Node | None = None
    exceptional: Node | None = None
    claims: dict[terms.Claim, Node] = {}

    def sections(self) -> list[Node]:
        parts = (self.qualification, self.ability, self.achievements, self.exceptional)
        return [part for part in parts if part is not None]


class Early(Part, frozen=True, kw_only=True):
    """Years by which an engineering professional degree shortens every title-seniority requirement."""

    years: int
    source: str
    clause: str


class Exclusion(Part, frozen=True, kw_only=True):
    """What bars applying whatever the route. `only_status`: asked of people of that status alone."""

    node: Node
    only_status: terms.Status | None = None


class Gap(Part, frozen=True, kw_only=True):
    """A clause the pack does not encode, and why."""

    clause: str
    why: str


class Layer(Part, frozen=True, kw_only=True):
    """What an annual notice adds to every policy of its region, written once.

    `documents` hold beside it, though no clause of theirs is encoded here.
    """

    id: str
    source: Source
    exclusions: list[Exclusion] = []
    claims: dict[terms.Claim, Node] = {}
    early: Early | None = None
    sources: dict[str, Source] = {}
    documents: list[Source] = []
    not_encoded: list[Gap] = []


class Specialty(Part, frozen=True, kw_only=True):
    """Whom the policy covers. `own_titles`: whether a title is its own by its specialty (`code`) or by its series."""

    region: str
    series: str
    code: str
    label: str
    own_titles: Literal["specialty", "series"] = "specialty"

    @property
    def own(self) -> str:
        """What the field named by `own_titles` says of a title of one's own."""
        return self.series if self.own_titles == "series" else self.code


class Policy(Part, frozen=True, kw_only=True):
    """One issued version. Corrected by a new file, never edited once rounds rest on it.

    `claims` hold at every level; a level's own stand in their place. `above`: the policy or the floor of the tier
    above, which this one may not fall short of. `corrects`: the version of the same notice whose place this one takes;
    `successor`: the policy of the notice that came after this one.
    """

    id: str
    corrects: str | None = None
    successor: str | None = None
    layer: str | None = None
    above: str | None = None
    issuer: str
    source: Source
    sources: dict[str, Source] = {}
    effective: Effective
    specialty: Specialty
    exclusions: list[Exclusion] = []
    basic: list[Node]
    other_specialty: Node | None = None
    claims: dict[terms.Claim, Node] = {}
    levels: dict[terms.TitleLevel, Level]
    readings: list[str] = []
    not_encoded: list[Gap] = []
    procedure: Procedure
