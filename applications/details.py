"""What people and documents need of a record beside its facts. Rules never see it.

Every detail is optional while a draft is filled in; `sections` says what submission asks for.
"""

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta, Struct

Short = Annotated[str, Meta(max_length=200)]
Prose = Annotated[str, Meta(max_length=4000)]
Points = Annotated[float, Meta(ge=0)]
Sex = Literal["male", "female"]
# The next two are what the document rules of a pack ask by condition (`rules.documents`).
Origin = Literal["mainland", "abroad", "hong_kong_macao_taiwan", "party_school"]
Indexed = Literal["cnki", "wanfang", "vip", "sci", "ei", "none"]
Experience = Literal["management", "testing", "new_product", "renovation", "conversion", "papers", "other"]
WrittenAs = Literal["sole", "joint", "editor", "contributor"]


class Details(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of the descriptive part; None means not filled in."""


class Basics(Details):
    former_name: Short | None = None
    sex: Sex | None = None
    born_on: dt.date | None = None
    ethnicity: Short | None = None
    political_status: Short | None = None
    health: Short | None = None
    work_started_on: dt.date | None = None
    phone: Short | None = None
    email: Short | None = None
    address: Short | None = None
    technical_post: Short | None = None
    administrative_duty: Short | None = None
    file_place: Short | None = None
    front_line: bool | None = None


class Education(Details):
    school: Short | None = None
    origin: Origin | None = None
    major: Short | None = None
    started_on: dt.date | None = None
    certificate_number: Short | None = None
    degree_number: Short | None = None
    verification_code: Annotated[str, Meta(pattern=r"^([0-9A-Za-z]{12}|[0-9A-Za-z]{16})$")] | None = None
    verification_expires_on: dt.date | None = None


class Title(Details):
    name: Short | None = None
    certificate_number: Short | None = None
    issued_by: Short | None = None
    old_full_senior: bool | None = None
    qualification: Short | None = None
    qualification_number: Short | None = None
    appointed_by: Short | None = None
    established: bool | None = None
    converted: bool | None = None


class Skill(Details):
    occupation: Short | None = None
    certificate_number: Short | None = None
    issued_by: Short | None = None


class Post(Details):
    category: Experience | None = None
    unit: Short | None = None
    department: Short | None = None
    position: Short | None = None
    duty: Short | None = None
    work: Prose | None = None
    witness: Short | None = None


class Assessment(Details):
    unit: Short | None = None


class EducationYear(Details):
    provider: Short | None = None
    content: Prose | None = None
    certificate_number: Short | None = None


class SocialInsurance(Details):
    payer: Short | None = None
    verification_code: Short | None = None
    hosted_at: Short | None = None
    consent_number: Short | None = None


class IncomeTax(Details):
    payer: Short | None = None


class SelfScore(Details):
    """The person's own column of a score sheet; its rows are those of `applications.score_sheet`."""

    service: Points | None = None
    appraisal: Points | None = None
    education: Points | None = None
    projects: Points | None = None
    awards: Points | None = None
    patents: Points | None = None
    standards: Points | None = None
    writings: Points | None = None
    basis: Prose | None = None


class Achievement(Details):
    """What every kind is asked: whether it is one of the few that stand for the rest, and its place among its kind."""

    representative: bool | None = None
    order: Annotated[int, Meta(ge=1, le=99)] | None = None


class Award(Achievement):
    name: Short | None = None
    project: Short | None = None
    issued_by: Short | None = None
    certificate_number: Short | None = None
    contribution: Prose | None = None


class Project(Achievement):
    name: Short | None = None
    number: Short | None = None
    source: Short | None = None
    started_on: dt.date | None = None
    team_size: int | None = None
    contribution: Prose | None = None
    result: Prose | None = None


class Standard(Achievement):
    name: Short | None = None
    number: Short | None = None
    issued_by: Short | None = None
    contribution: Prose | None = None


class Report(Achievement):
    title: Short | None = None
    project: Short | None = None
    evaluator_names: Short | None = None
    contribution: Prose | None = None


class Publication(Achievement):
    title: Short | None = None
    journal: Short | None = None
    issue: Short | None = None
    pages: Short | None = None
    issn: Short | None = None
    indexed: Indexed | None = None
    foreign_language: bool | None = None
    co_authors: Short | None = None
    evaluator_names: Short | None = None
    verification_address: Short | None = None
    abstract: Prose | None = None


class Monograph(Achievement):
    title: Short | None = None
    publisher: Short | None = None
    isbn: Short | None = None
    written_as: WrittenAs | None = None
    own_chapters: Short | None = None
    total_words: Annotated[int, Meta(ge=0)] | None = None
    co_authors: Short | None = None


class Patent(Achievement):
    name: Short | None = None
    number: Short | None = None
    holder: Short | None = None
    co_inventors: Short | None = None
    verification_address: Short | None = None
    application: Prose | None = None


class Letter(Achievement):
    title: Short | None = None
    issued_by: Short | None = None
    content: Prose | None = None


class Honour(Details):
    title: Short | None = None
    issued_by: Short | None = None
    certificate_number: Short | None = None


class Endorsement(Details):
    name: Short | None = None
    unit: Short | None = None
    title: Short | None = None
    phone: Short | None = None
    opinion: Prose | None = None


class Consent(Details):
    body: Short | None = None
    number: Short | None = None
    signed_on: dt.date | None = None


class Sanction(Details):
    issued_by: Short | None = None
    number: Short | None = None
    explanation: Prose | None = None


class Summary(Details):
    text: Prose | None = None


class Nothing(Details):
    """A kind of record that is facts alone."""


OF_ACHIEVEMENT: dict[str, type[Details]] = {
    "award": Award,
    "research_project": Project,
    "plan_or_standard": Standard,
    "unit_project": Project,
    "major_project": Project,
    "technical_report": Report,
    "technical_result": Project,
    "paper": Publication,
    "survey_report": Publication,
    "internal_report": Report,
    "monograph": Monograph,
    "patent": Patent,
    "performance_letter": Letter,
}
