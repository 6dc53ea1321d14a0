"""Whatever the rules may know of a person can be kept in the archive: a new fact, kind or value fails here first.

The archive answers for the dossier but for what others say: the application itself, its employer, its approvers.
"""

import datetime as dt
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
import pytest

from applications.records import KINDS, NOTHING
from applications.sections import SECTIONS, Field, Input
from applications.self_check.judged import judged_fields
from rules import catalog, dossier, vocabulary
from tests.applications.test_sections import WORDS

PARTS = {part.kind: part for page in SECTIONS for part in page.parts}
# Told by the application, its employer and its approvers; no record of the archive says it.
NOT_THE_PERSONS = {"employer", "performance_assessment", "attestations", "claims"}
# Words of nobody's record: the employer's own, the employer's verdict, what is applied for, the kind of a record.
NO_FIELD = {"EmployerKind", "PerformanceAssessment", "Claim", "AchievementKind"}
INPUTS = {
    dt.date: {Input.DAY},
    bool: {Input.YES_NO},
    int: {Input.WHOLE},
    float: {Input.NUMBER},
    str: {Input.OPEN_CHOICE},
    Literal: {Input.CHOICE},
}


def facts_of(struct: type, prefix: str = "") -> dict[str, Any]:
    """Dotted name → type of every fact of a piece of the dossier, its id left out."""
    found: dict[str, Any] = {}
    for field in msgspec.structs.fields(struct):
        bare = bare_of(field.type)
        if isinstance(bare, type) and issubclass(bare, msgspec.Struct):
            found |= facts_of(bare, f"{prefix}{field.encode_name}.")
        elif field.encode_name != "id" and get_origin(bare) is not list:
            found[prefix + field.encode_name] = bare
    return found


def bare_of(type_: Any) -> Any:
    """The type without its None and its bounds; of a day that may be false, the day."""
    if get_origin(type_) in {Union, UnionType}:
        type_ = next(one for one in get_args(type_) if one is not NoneType)
    return get_args(type_)[0] if get_origin(type_) is Annotated else type_


def asked(*kinds: str) -> dict[str, Field]:
    return {field.name: field for kind in kinds for field in PARTS[kind].fields if field.fact}


def kept() -> list[tuple[str, Any, Field | None]]:
    """Every fact of the dossier with the question that asks for it, None where there is none."""
    pieces = {key: ([key], type_) for key, type_ in dossier.PIECES.items() if key not in {"achievement", "consent"}}
    pieces["achievement"] = (list(get_args(vocabulary.AchievementKind)), dossier.Achievement)
    pieces["social_insurance"] = (["social_insurance"], dossier.SocialInsurance)
    pieces["education_commitment"] = (["education_commitment"], dossier.ContinuingEducation)
    rows = [
        (f"{key}.{name}", type_, asked(*kinds).get(name))
        for key, (kinds, struct) in pieces.items()
        for name, type_ in facts_of(struct).items()
        if (key, name) != ("achievement", "kind")
    ]
    single = {"status": "basics", "self_score": "self_score"}
    types = {field.encode_name: bare_of(field.type) for field in msgspec.structs.fields(dossier.Dossier)}
    rows += [(place, types[place], asked(kind).get(place)) for place, kind in single.items()]
    agreement = facts_of(dossier.FlexibleAgreement, "flexible_agreement.")
    rows += [(name, type_, asked("basics").get(name)) for name, type_ in agreement.items()]
    rows.append(("consent.consent", vocabulary.Consent, asked("consent").get("consent")))
    return rows


def test_every_key_of_the_dossier_has_a_page_that_answers_for_it():
    places = {place for page in SECTIONS for place in page.places}
    assert places == {field.encode_name for field in msgspec.structs.fields(dossier.Dossier)} - NOT_THE_PERSONS


def test_every_piece_and_every_kind_of_achievement_can_be_kept():
    kinds = (set(dossier.PIECES) - {"achievement"}) | set(get_args(vocabulary.AchievementKind))
    assert kinds <= set(KINDS) - {NOTHING}
    assert set(PARTS) == set(KINDS) - {NOTHING}


@pytest.mark.parametrize(("name", "type_", "field"), kept(), ids=[name for name, _type, _field in kept()])
def test_every_fact_is_asked_for_in_a_way_that_can_say_all_its_values(name, type_, field):
    assert field is not None, f"nothing in the archive asks for {name}"
    if field.input is Input.DAY_OR_NEVER:
        assert type_ is dt.date
        return
    origin = get_origin(type_) or type_
    assert field.input in INPUTS[origin]
    if origin is Literal:
        assert set(field.choices) == set(get_args(type_))


def test_the_list_of_facts_is_whole():
    """What the dossier has, counted by itself: nothing above was left out by the way it is looked for."""
    counted = sum(
        len(facts_of(struct))
        for struct in (
            *(type_ for key, type_ in dossier.PIECES.items() if key != "consent"),
            dossier.SocialInsurance,
            dossier.ContinuingEducation,
            dossier.FlexibleAgreement,
        )
    )
    # With status, self_score and consent; without the kind of an achievement.
    assert len(kept()) == counted + 3 - 1


def test_no_word_of_the_vocabulary_is_without_a_question():
    words = {name for name, value in vars(vocabulary).items() if get_origin(value) is Literal}
    assert words == set(WORDS.values())
    offered = [set(field.choices) for part in PARTS.values() for field in part.fields if field.fact and field.choices]
    assert [name for name in sorted(words - NO_FIELD) if set(get_args(getattr(vocabulary, name))) not in offered] == []


@pytest.mark.parametrize("policy", sorted(catalog.ids()))
def test_every_kind_asks_for_what_a_policy_judges_it_by(policy):
    lacking = {
        kind: sorted(fields - set(asked(kind)))
        for kind, fields in judged_fields(catalog.get(policy)).items()
        if fields - set(asked(kind))
    }
    assert lacking == {}
