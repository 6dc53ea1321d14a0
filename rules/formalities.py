"""Dates, fee, interview, commitments, continuing education and what follows on fraud, as a procedure states them."""

from datetime import date
from typing import Literal

from msgspec import Struct

from rules import vocabulary as terms
from rules.stated import Figure, Stated

# `plan`: the authority publishes how the year's review is held; `archive`: papers are put on file after the title.
Stage = Literal["plan", "applicant", "employer", "supervisor", "office", "review", "archive"]


class Window(Stated, frozen=True, kw_only=True):
    """The days of one stage, both included; the last ends at 24:00."""

    stage: Stage
    label: str
    opens: date | None = None
    closes: date

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.opens is not None and self.closes < self.opens:
            raise ValueError(f"closes: {self.closes} is before {self.opens}, the day it opens")


class CutOff(Stated, frozen=True, kw_only=True):
    """终算时间: the last day that counts, None where each round sets it; and how years are counted up to it."""

    value: date | None = None
    counting: Literal["anniversaries", "calendar_years"] = "anniversaries"


class PostRatio(Stated, frozen=True, kw_only=True):
    """Whether a public institution must, or as a rule should, stay within its posts."""

    value: Literal["must", "generally"]


class PostGrades(Stated, frozen=True, kw_only=True):
    """The grades of professional posts in public institutions that a title of each level matches, first to last."""

    value: dict[terms.TitleLevel, tuple[int, int]]

    def __post_init__(self) -> None:
        super().__post_init__()
        if any(first > last for first, last in self.value.values()):
            raise ValueError("value: grades run from the first (the highest, 1) to the last")


class Provision(Stated, frozen=True, kw_only=True):
    """What a notice lays down for a stage and no figure says."""

    stage: Stage
    label: str


class Appointment(Stated, frozen=True, kw_only=True):
    """What the employer does with a title once it is obtained: a later act, and its own."""

    label: str


class Fee(Stated, frozen=True, kw_only=True):
    """What an application costs, in yuan; None where it is charged by a paper that is not in hand (`basis`)."""

    value: int | None = None
    basis: str | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.value is None and not (self.to_confirm and self.basis):
            raise ValueError("value: a fee that is not known is to_confirm and names its basis")


class Interview(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The defence before experts: at which levels, how long, and in what groups."""

    levels: list[terms.TitleLevel]
    rule: Stated
    statement_minutes: Figure
    answer_minutes: Figure
    by_direction: Stated


class Commitment(Stated, frozen=True, kw_only=True):
    """What somebody signs."""

    who: Literal["applicant", "employer"]
    label: str


class Consequence(Stated, frozen=True, kw_only=True):
    """What follows on fraud or another breach.

    `years`: how long no higher title may be asked for, from the year after the review.
    """

    label: str
    years: int | None = None


class Learning(Stated, frozen=True, kw_only=True):
    """Continuing education: the years that are checked, those proved by a certificate, and the hours of each."""

    years: list[int]
    proved: list[int]
    hours: int


class LaterRule(Stated, frozen=True, kw_only=True):
    """What the document announces for a later year; it does not bind before `since`."""

    since: date
    label: str
