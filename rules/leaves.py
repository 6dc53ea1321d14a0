"""What the leaves of a tree of criteria ask, where one word does not say it. All that a pack says is made of Parts."""

from typing import Literal

from msgspec import Struct, field

from rules import vocabulary as terms


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Anything written in a pack."""


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


class AssessmentResults(Part, frozen=True, kw_only=True):
    """Which results of the latest year suffice, and which are left to judgement."""

    met: list[terms.AssessmentResult]
    judged: list[terms.AssessmentResult]


class Agreement(Part, frozen=True, kw_only=True):
    years: int
    months_per_year: int


class Allowed(Part, frozen=True, kw_only=True):
    """A single field of the dossier whose value must be among these."""

    field_: Literal["status", "employer.kind", "employer.region", "performance_assessment"] = field(name="field")
    in_: list[str] = field(name="in")


class CalendarYears(Part, frozen=True, kw_only=True):
    """The title a path rests on, held so many years counted by year heads (按年头计算).

    `appointment_spared`: staff of these employers need no record of appointment; the others' years run from the
    later of obtained and appointed.
    """

    years: int
    appointment_spared: list[terms.EmployerKind] = []


class ConsecutiveTax(Part, frozen=True, kw_only=True):
    """Income tax of at least so many times the year's exemption, in each of so many consecutive years."""

    times: int
    years: int
