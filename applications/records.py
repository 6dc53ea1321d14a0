"""What a record holds beside the facts that rules read, and how both are read back strictly.

`facts` are decoded by the very types the engine reads (`rules.dossier`); `details` by the types below. Every
detail is optional while a draft is filled in; `sections` says what submission asks for.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta, Struct

from portal import identity_numbers
from rules import dossier, readers, vocabulary

VOCABULARY = 1
# The statement that there is nothing to enter in a section; its fact is the section's key.
NOTHING = "nothing"

Short = Annotated[str, Meta(max_length=200)]
Prose = Annotated[str, Meta(max_length=4000)]
Sex = Literal["male", "female"]


class RecordError(ValueError):
    """A record that cannot be read; `place` names the field, `message` what is wrong."""

    def __init__(self, place: str, message: str) -> None:
        self.place = place
        self.message = message
        super().__init__(f"{place}: {message}")


class Details(Struct, forbid_unknown_fields=True, omit_defaults=True, kw_only=True):
    """Base of the descriptive part; None means not filled in."""


class Basics(Details):
    sex: Sex | None = None
    born_on: dt.date | None = None
    ethnicity: Short | None = None
    political_status: Short | None = None
    work_started_on: dt.date | None = None
    phone: Short | None = None
    email: Short | None = None
    address: Short | None = None
    administrative_duty: Short | None = None
    file_place: Short | None = None


class Education(Details):
    school: Short | None = None
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
    appointed_by: Short | None = None


class Skill(Details):
    occupation: Short | None = None
    certificate_number: Short | None = None
    issued_by: Short | None = None


class Post(Details):
    unit: Short | None = None
    department: Short | None = None
    position: Short | None = None
    work: Prose | None = None


class Assessment(Details):
    unit: Short | None = None


class EducationYear(Details):
    provider: Short | None = None
    content: Prose | None = None
    certificate_number: Short | None = None


class SocialInsurance(Details):
    payer: Short | None = None
    verification_code: Short | None = None


class IncomeTax(Details):
    payer: Short | None = None


class Award(Details):
    name: Short | None = None
    project: Short | None = None
    issued_by: Short | None = None
    certificate_number: Short | None = None
    contribution: Prose | None = None


class Project(Details):
    name: Short | None = None
    number: Short | None = None
    source: Short | None = None
    started_on: dt.date | None = None
    team_size: int | None = None
    contribution: Prose | None = None
    result: Prose | None = None


class Standard(Details):
    name: Short | None = None
    number: Short | None = None
    issued_by: Short | None = None
    contribution: Prose | None = None


class Report(Details):
    title: Short | None = None
    project: Short | None = None
    evaluator_names: Short | None = None
    contribution: Prose | None = None


class Publication(Details):
    title: Short | None = None
    journal: Short | None = None
    issue: Short | None = None
    pages: Short | None = None
    issn: Short | None = None
    co_authors: Short | None = None
    evaluator_names: Short | None = None
    verification_address: Short | None = None
    abstract: Prose | None = None


class Monograph(Details):
    title: Short | None = None
    publisher: Short | None = None
    isbn: Short | None = None
    co_authors: Short | None = None


class Patent(Details):
    name: Short | None = None
    number: Short | None = None
    holder: Short | None = None
    co_inventors: Short | None = None
    application: Prose | None = None


class Letter(Details):
    title: Short | None = None
    issued_by: Short | None = None
    content: Prose | None = None


class Honour(Details):
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


@dataclass(frozen=True, slots=True)
class Kind:
    """`place` is the dossier key the facts go to ("" where rules read none); `piece` the rules type of a list entry."""

    key: str
    place: str
    details: type[Details]
    piece: str = ""
    many: bool = True


ACHIEVEMENT_DETAILS: dict[str, type[Details]] = {
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

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("basics", "status", Basics, many=False),
        Kind("education", "education", Education, "education"),
        Kind("title", "titles", Title, "title"),
        Kind("skill", "skills", Skill, "skill"),
        Kind("post", "posts", Post, "post"),
        Kind("assessment", "assessments", Assessment, "assessment"),
        Kind("continuing_education", "continuing_education", EducationYear, "continuing_education"),
        Kind("education_commitment", "continuing_education", Nothing, many=False),
        Kind("social_insurance", "social_insurance", SocialInsurance, many=False),
        Kind("income_tax", "income_tax", IncomeTax, "income_tax"),
        Kind("self_score", "self_score", Nothing, many=False),
        Kind("honour", "honours", Honour, "honour"),
        Kind("endorsement", "endorsements", Endorsement, "endorsement"),
        Kind("consent", "consents", Consent, "consent"),
        Kind("sanction", "sanctions", Sanction, "sanction"),
        Kind("summary", "", Summary, many=False),
        Kind(NOTHING, "", Nothing),
        *(
            Kind(key, "achievements", ACHIEVEMENT_DETAILS[key], "achievement")
            for key in get_args(vocabulary.AchievementKind)
        ),
    )
}
readers.prepare(*(kind.details for kind in KINDS.values()))


def read_facts(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a record in the engine's own shape, unknown ones left out.

    Raises:
        RecordError: a value the engine would refuse, with the field's name.
    """
    try:
        if kind == "consent":
            return {"consent": dossier.decode_piece("consent", facts.get("consent"))}
        if piece := KINDS[kind].piece:
            return _plain(dossier.decode_piece(piece, facts))
        dossier.decode(as_keys(kind, facts))
    except dossier.DossierError as error:
        raise RecordError(error.place, error.message) from None
    return {key: value for key, value in facts.items() if value is not None}


def as_keys(kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The dossier keys that a record of which there is only one fills."""
    if kind in {"basics", "self_score"}:
        return dict(facts)
    if not KINDS[kind].place:
        return {}
    return {KINDS[kind].place: dict(facts)}


def read_details(kind: str, details: Mapping[str, Any]) -> dict[str, Any]:
    """The descriptive part, checked and as JSON values.

    Raises:
        RecordError: an unknown field, a value of the wrong shape, or an identity number written into it.
    """
    try:
        read = msgspec.convert(dict(details), KINDS[kind].details)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at `$.")
        raise RecordError(place.rstrip("`"), what) from None
    plain: dict[str, Any] = msgspec.to_builtins(read)
    for name, value in plain.items():
        _refuse_identity_number(name, value)
    return plain


def _refuse_identity_number(name: str, value: object) -> None:
    """A number stands encrypted in one table; records are frozen, printed and read by many."""
    texts = value if isinstance(value, list) else [value]
    if any(isinstance(text, str) and identity_numbers.stands_in(text) for text in texts):
        raise RecordError(name, "an identity number stands in it")


def _plain(piece: Any) -> dict[str, Any]:
    """JSON values without the keys that are not known."""
    values: dict[str, Any] = msgspec.to_builtins(piece)
    return {
        key: {name: inner for name, inner in value.items() if inner is not None} if isinstance(value, dict) else value
        for key, value in values.items()
        if value is not None
    }
