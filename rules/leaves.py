"""What single tests ask that need more than one word, and the mark of a clause that falls short of the tier above."""

from typing import Literal

from msgspec import Struct, field

from rules import vocabulary as terms


class Part(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Anything written in a pack."""


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


Aspect = Literal["years", "count", "rank", "level", "kind", "way", "asked", "opening", "text"]


class Weaker(Part, frozen=True, kw_only=True):
    """In which respect a clause asks less than the tier above it does, and why that stands.

    `text`: the wording asks less in a way that no fact of a dossier shows.
    """

    in_: Aspect = field(name="in")
    why: str
