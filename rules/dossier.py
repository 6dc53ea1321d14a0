"""The dossier: what is known of one person, typed. The one description of these facts in the system.

Every key is optional; None means *not known*, never *no*. A list that is there is complete: an empty
one means *none*. Dates are local calendar days.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Annotated, Any, Final

from msgspec import Meta, Struct, ValidationError, convert, field

from rules import readers, refusals
from rules import vocabulary as terms
from rules.clause_numbers import is_clause
from rules.json_text import JsonError, loads

Count = Annotated[int, Meta(ge=0)]
Rank = Annotated[int, Meta(ge=1)]
Year = Annotated[int, Meta(ge=1900, le=9998)]
Amount = Annotated[float, Meta(ge=0)]


class DossierError(ValueError):
    """A dossier that cannot be read. `place` names where (`achievements[2].grade`), `message` what is wrong."""

    def __init__(self, place: str, message: str) -> None:
        self.place = place
        self.message = message
        super().__init__(f"{place}: {message}" if place else message)


class Record(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An entry of a list. `id` is carried through and never judged."""

    id: str | None = None


class FlexibleAgreement(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    years: Amount | None = None
    months_per_year: Amount | None = None


class Employer(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    kind: terms.EmployerKind | None = None
    region: str | None = None


class Education(Record, frozen=True, kw_only=True):
    level: terms.Degree | None = None
    awarded: dt.date | None = None
    stem: bool | None = None
    engineering_professional: bool | None = None
    full_time: bool | None = None


class Title(Record, frozen=True, kw_only=True):
    """`appointed` is False where the holder was never appointed to it."""

    level: terms.TitleLevel | None = None
    series: str | None = None
    specialty: str | None = None
    obtained: dt.date | None = None
    appointed: dt.date | bool | None = None
    source: terms.TitleSource | None = None
    issuer: terms.Issuer | None = None

    def __post_init__(self) -> None:
        if self.appointed is True:
            raise ValueError("appointed: true is neither a date nor false (never appointed)")


class Skill(Record, frozen=True, kw_only=True):
    grade: terms.SkillGrade | None = None
    obtained: dt.date | None = None


class Post(Record, frozen=True, kw_only=True):
    """A post from `since` to `until`, both included; still held where `until` is None."""

    since: dt.date | None = field(default=None, name="from")
    until: dt.date | None = field(default=None, name="to")
    scope: terms.Scope | None = None


class Assessment(Record, frozen=True, kw_only=True):
    year: Year | None = None
    result: terms.AssessmentResult | None = None


class EducationYear(Record, frozen=True, kw_only=True):
    year: Year | None = None
    hours: Amount | None = None


class ContinuingEducation(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    committed: bool | None = None
    years: list[EducationYear] | None = None


class Evaluators(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    level: terms.TitleLevel | None = None
    count: Count | None = None


class Achievement(Record, frozen=True, kw_only=True):
    kind: terms.AchievementKind | None = None
    date: dt.date | None = None
    level: terms.AchievementLevel | None = None
    award_type: terms.AwardType | None = None
    grade: terms.AwardGrade | None = None
    rank: Rank | None = None
    role: terms.Role | None = None
    author: terms.Author | None = None
    venue: terms.Venue | None = None
    words: Count | None = None
    evaluators: Evaluators | None = None
    concluded: bool | None = None
    promulgated: bool | None = None
    granted: bool | None = None
    in_production: bool | None = None
    personal_certificate: bool | None = None
    patent_type: terms.PatentType | None = None
    benefit: terms.Benefit | None = None
    standing: terms.Standing | None = None
    accepted_by: terms.AcceptedBy | None = None
    relevant: bool | None = None
    substitutes_paper: bool | None = None


class Honour(Record, frozen=True, kw_only=True):
    name: terms.Honour | None = None
    date: dt.date | None = None


class Endorsement(Record, frozen=True, kw_only=True):
    title_level: terms.TitleLevel | None = None
    years_held: Amount | None = None
    same_specialty: bool | None = None


class Sanction(Record, frozen=True, kw_only=True):
    """In force from `since` to `until`, both included; until lifted where `until` is None."""

    kind: terms.SanctionKind | None = None
    since: dt.date | None = field(default=None, name="from")
    until: dt.date | None = None


class SocialInsurance(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    months: Count | None = None
    same_employer: bool | None = None


class IncomeTax(Record, frozen=True, kw_only=True):
    year: Year | None = None
    paid: Amount | None = None
    exemption: Amount | None = None


class Dossier(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    status: terms.Status | None = None
    flexible_agreement: FlexibleAgreement | None = None
    performance_assessment: terms.PerformanceAssessment | None = None
    employer: Employer | None = None
    education: list[Education] | None = None
    titles: list[Title] | None = None
    skills: list[Skill] | None = None
    posts: list[Post] | None = None
    assessments: list[Assessment] | None = None
    continuing_education: ContinuingEducation | None = None
    achievements: list[Achievement] | None = None
    honours: list[Honour] | None = None
    endorsements: list[Endorsement] | None = None
    consents: list[terms.Consent] | None = None
    sanctions: list[Sanction] | None = None
    social_insurance: SocialInsurance | None = None
    income_tax: list[IncomeTax] | None = None
    self_score: float | None = None
    attestations: dict[str, bool | None] | None = None
    claims: list[terms.Claim] | None = None


PIECES: Final[Mapping[str, Any]] = {
    "education": Education,
    "title": Title,
    "skill": Skill,
    "post": Post,
    "assessment": Assessment,
    "continuing_education": EducationYear,
    "achievement": Achievement,
    "honour": Honour,
    "endorsement": Endorsement,
    "consent": terms.Consent,
    "sanction": Sanction,
    "income_tax": IncomeTax,
}
readers.prepare(Dossier, *PIECES.values())


def decode(source: str | bytes | Mapping[str, Any]) -> Dossier:
    """Read a dossier from JSON text or from the mapping it parses to.

    Raises DossierError naming the place of an unknown key, a value of the wrong type, a key given twice
    or an attestation whose key is no clause number.
    """
    data = _parsed(source)
    dossier: Dossier = _converted(data, Dossier)
    for key in dossier.attestations or ():
        if not is_clause(key):
            raise DossierError(f"attestations.{key}", "is no clause number")
    return dossier


def decode_piece(kind: str, source: object) -> Any:
    """Read one entry of a list of the dossier with the very type that the dossier reads it with.

    `kind` is a key of PIECES (an unknown one is a KeyError); a consent is a plain string.
    """
    return _converted(source, PIECES[kind])


def _parsed(source: str | bytes | Mapping[str, Any]) -> object:
    if not isinstance(source, str | bytes):
        return source
    try:
        return loads(source)
    except JsonError as error:
        raise DossierError(error.place, error.message) from None


def _converted(data: object, type_: Any) -> Any:
    try:
        return convert(data, type_)
    except ValidationError as error:
        raise DossierError(*refusals.explain(error, type_, data)) from None
