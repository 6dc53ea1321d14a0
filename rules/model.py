"""A policy as data: what a pack says, typed. Strict: a key that is not known here is refused by the loader.

The trees of what is asked are in `criteria`, the tests at their leaves in `leaves`, how a round is run in `procedure`.
"""

from datetime import date
from typing import Literal

from msgspec import field

from rules import vocabulary as terms
from rules.criteria import Node
from rules.leaves import Part
from rules.procedure import Procedure


class Source(Part, frozen=True, kw_only=True):
    """An issued document. `number` is what the public calls it by."""

    title: str
    number: str


class Effective(Part, frozen=True, kw_only=True):
    """In force from `since` to `until`, both included; without end where `until` is None."""

    since: date = field(name="from")
    until: date | None = field(default=None, name="to")

    def __post_init__(self) -> None:
        if self.until is not None and self.until < self.since:
            raise ValueError(f"to: {self.until} is before {self.since}, the day it is in force from")

    def holds(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day <= self.until)


class Citation(Part, frozen=True, kw_only=True):
    """Where a clause stands: the document and the clause's official number in it."""

    document: str
    clause: str

    def __str__(self) -> str:
        """A notice without a number is cited by its title, which the clause then need not name again."""
        of, notice, within = self.clause.partition("通知")
        named = bool(notice) and self.document.endswith(notice) and of in self.document
        return f"{self.document} {within if named else self.clause}"


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
    """A clause the pack does not encode, and why.

    `concerns`: whom it is about, as people say it of themselves in their application; officers are pointed to them.
    """

    clause: str
    why: str
    concerns: Literal["front_line"] | None = None


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

    `claims` and `exclusions` hold at every level. `above`: the policy or the floor of the tier
    above, which this one may not fall short of. `corrects`: the version of the same notice whose place this one takes;
    `successor`: the policy of the notice that came after this one; `no_successor_known`: the day one was looked for
    and none was known.
    """

    id: str
    corrects: str | None = None
    successor: str | None = None
    no_successor_known: date | None = None
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

    def claims_at(self, level: terms.TitleLevel, layer: Layer | None) -> dict[terms.Claim, Node]:
        """The claims a level knows: its own in the place of the policy's, and the layer's that neither has, last."""
        own = {**self.claims, **self.levels[level].claims}
        shared = layer.claims if layer else {}
        return own | {claim: node for claim, node in shared.items() if claim not in own}

    def bars(self, layer: Layer | None) -> list[Exclusion]:
        """What bars applying at every level, the layer's first."""
        return [*(layer.exclusions if layer else ()), *self.exclusions]
