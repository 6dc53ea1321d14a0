"""The procedure of a policy: route, notices, evidence, pool, panel, ballot, certificate. Data for the portal.

Every figure carries the clause it stands in. One that no notice states is a setting: it has no clause and is
marked `to_confirm`, with the reason for the value in `why`.
"""

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from rules import vocabulary as terms
from rules.documents import DocumentRule
from rules.formalities import (
    Appointment,
    Commitment,
    Consequence,
    CutOff,
    Fee,
    Interview,
    LaterRule,
    Learning,
    PostGrades,
    PostRatio,
    Provision,
    Window,
)
from rules.stated import Choice, Figure, Share, Stated, Texts


class Titles(Stated, frozen=True, kw_only=True):
    """The name of the title of each level."""

    value: dict[terms.TitleLevel, str]


class Modes(Stated, frozen=True, kw_only=True):
    """How a title of each level is obtained."""

    value: dict[terms.TitleLevel, Literal["appointment", "review"]]


class Direction(Stated, frozen=True, kw_only=True):
    """A direction of the specialty, with its topics."""

    code: str
    label: str
    topics: list[str]


class Step(Stated, frozen=True, kw_only=True):
    """One approval on the way to the office."""

    kind: Literal["employer", "supervisor", "office"]
    label: str


class NoticeRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A public notice: at least so many working days, so many photographs of the posting kept, over these matters."""

    label: str
    work_days: Figure
    posting_day_counts: Stated
    photographs: Figure | None = None
    matters: Texts | None = None


class Notices(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`supervisor`: the second notice, held by the supervising body before it forwards (Jiangxi)."""

    employer: NoticeRule
    supervisor: NoticeRule | None = None
    result: NoticeRule


class EvidenceLimits(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Media types and the greatest size of one file, in bytes."""

    types: Texts
    max_bytes: Figure


class Pool(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the expert pool must be made of; what is left out, no notice asks for.

    `non_public` is a share of the enterprise experts; `added_full_senior` is what the pool of the level above must
    take in of this specialty; `non_public_members`: experts from outside the public sector sit in the pool, one at
    least.
    """

    size: Figure
    senior_only: Stated | None = None
    full_senior: Share | None = None
    enterprise: Share | None = None
    non_public: Share | None = None
    added_full_senior: Figure | None = None
    skilled: Figure | None = None
    non_public_members: Stated | None = None


class Panel(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who sits in a meeting: how many, an odd number, and how many of them skilled workers."""

    size: Figure
    odd: Stated
    skilled: Figure | None = None
    lead_days: Figure


class Ballot(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`quorum`: of the members, attending. `passing`: of those who count, in favour."""

    quorum: Share
    passing: Share
    counts: Choice


class CertificateRule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Mode of acquisition as printed, and the parts of a number in order."""

    mode: Choice
    numbering: Texts
    recognised_in: Texts


class Procedure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a policy lays down beside its criteria.

    `filing`: committees are filed with the title office, else their results count for nothing. `one_committee`: the
    people of one employer, series and level go to one committee.
    """

    titles: Titles
    modes: Modes
    directions: list[Direction]
    steps: list[Step]
    notices: Notices
    evidence: EvidenceLimits
    pool: Pool
    panel: Panel
    ballot: Ballot
    certificate: CertificateRule
    fee: Fee
    sign_up: Choice
    applications_a_year: Figure
    continuing_education: Choice
    filing: Stated | None = None
    one_committee: Stated | None = None
    cut_off: CutOff | None = None
    windows: list[Window] = []
    documents: list[DocumentRule] = []
    commitments: list[Commitment] = []
    provisions: list[Provision] = []
    post_ratio: PostRatio | None = None
    post_grades: PostGrades | None = None
    appointment: Appointment | None = None
    interview: Interview | None = None
    learning: Learning | None = None
    consequences: list[Consequence] = []
    later: list[LaterRule] = []

    def title_of(self, level: str) -> str:
        """The title's official name. Raises KeyError for a level the policy does not have."""
        return self.titles.value[level]  # type: ignore[index]

    @property
    def employer_notice_days(self) -> int:
        return self.notices.employer.work_days.value

    @property
    def result_notice_days(self) -> int:
        return self.notices.result.work_days.value

    @property
    def draw_lead_days(self) -> int:
        return self.panel.lead_days.value

    def to_confirm(self) -> list[tuple[str, str]]:
        """The figures no notice states: their places (`ballot.quorum`), each with where its value comes from.

        The office confirms them for each round.
        """
        return list(_to_confirm(self, ""))


def _to_confirm(part: object, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(part, Stated) and part.to_confirm:
        yield at, part.why or ""
    elif isinstance(part, Struct):
        for name in part.__struct_fields__:
            yield from _to_confirm(getattr(part, name), f"{at}.{name}".lstrip("."))
    elif isinstance(part, list):
        for index, item in enumerate(part):
            yield from _to_confirm(item, f"{at}[{index}]")
