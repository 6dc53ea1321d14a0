"""A kind of record: where its facts go, what its details are, and how both are read back strictly.

`facts` are decoded by the very types the engine reads (`rules.dossier`), `details` by those of `applications.details`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

import msgspec

from applications import details as details_of
from portal import identity_numbers
from rules import dossier, readers, vocabulary

VOCABULARY = 1
# The statement that there is nothing to enter in a section; its fact is the section's key.
NOTHING = "nothing"


class RecordError(ValueError):
    """A record that cannot be read; `place` names the field, `message` what is wrong."""

    def __init__(self, place: str, message: str) -> None:
        self.place = place
        self.message = message
        super().__init__(f"{place}: {message}")


@dataclass(frozen=True, slots=True)
class Kind:
    """`place` is the dossier key the facts go to ("" where rules read none); `piece` the rules type of a list entry."""

    key: str
    place: str
    details: type[details_of.Details]
    piece: str = ""
    many: bool = True


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind("basics", "status", details_of.Basics, many=False),
        Kind("education", "education", details_of.Education, "education"),
        Kind("title", "titles", details_of.Title, "title"),
        Kind("skill", "skills", details_of.Skill, "skill"),
        Kind("post", "posts", details_of.Post, "post"),
        Kind("assessment", "assessments", details_of.Assessment, "assessment"),
        Kind("continuing_education", "continuing_education", details_of.EducationYear, "continuing_education"),
        Kind("education_commitment", "continuing_education", details_of.Nothing, many=False),
        Kind("social_insurance", "social_insurance", details_of.SocialInsurance, many=False),
        Kind("income_tax", "income_tax", details_of.IncomeTax, "income_tax"),
        Kind("self_score", "self_score", details_of.SelfScore, many=False),
        Kind("honour", "honours", details_of.Honour, "honour"),
        Kind("endorsement", "endorsements", details_of.Endorsement, "endorsement"),
        Kind("consent", "consents", details_of.Consent, "consent"),
        Kind("sanction", "sanctions", details_of.Sanction, "sanction"),
        Kind("summary", "", details_of.Summary, many=False),
        Kind(NOTHING, "", details_of.Nothing),
        *(
            Kind(key, "achievements", details_of.OF_ACHIEVEMENT[key], "achievement")
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
