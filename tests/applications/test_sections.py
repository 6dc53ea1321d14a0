"""The form as data fits the records, and the records fit the rules."""

from typing import get_args

import msgspec
import pytest

from applications import wording
from applications.records import KINDS, NOTHING
from applications.sections import SECTIONS, Input, of_kind, section
from rules import dossier, vocabulary
from rules.phrases import ROUTES

PARTS = [(page, part) for page in SECTIONS for part in page.parts]
WORDS = {
    "TITLE_LEVEL": "TitleLevel",
    "STATUS": "Status",
    "PERFORMANCE_ASSESSMENT": "PerformanceAssessment",
    "EMPLOYER_KIND": "EmployerKind",
    "DEGREE": "Degree",
    "TITLE_SOURCE": "TitleSource",
    "ISSUER": "Issuer",
    "SKILL_GRADE": "SkillGrade",
    "SCOPE": "Scope",
    "ASSESSMENT_RESULT": "AssessmentResult",
    "ACHIEVEMENT_KIND": "AchievementKind",
    "ACHIEVEMENT_LEVEL": "AchievementLevel",
    "AWARD_TYPE": "AwardType",
    "AWARD_GRADE": "AwardGrade",
    "ROLE": "Role",
    "AUTHOR": "Author",
    "VENUE": "Venue",
    "PATENT_TYPE": "PatentType",
    "BENEFIT": "Benefit",
    "STANDING": "Standing",
    "ACCEPTED_BY": "AcceptedBy",
    "HONOUR": "Honour",
    "CONSENT": "Consent",
    "SANCTION_KIND": "SanctionKind",
    "CLAIM": "Claim",
}


@pytest.mark.parametrize(("table", "type_"), WORDS.items())
def test_every_value_of_the_rules_has_a_word(table, type_):
    assert set(getattr(wording, table)) == set(get_args(getattr(vocabulary, type_)))


def test_a_route_is_called_the_same_in_the_form_and_in_a_finding():
    asked_for = {claim: str(word) for claim, word in wording.CLAIM.items()}
    assert asked_for == {claim: ROUTES[claim] for claim in get_args(vocabulary.Claim)}


def test_every_kind_stands_on_one_page():
    on_pages = [part.kind for _page, part in PARTS]

    assert sorted(on_pages) == sorted(set(KINDS) - {NOTHING})
    assert all(of_kind(part.kind) is page for page, part in PARTS)
    assert [section(page.key) for page in SECTIONS] == list(SECTIONS)


@pytest.mark.parametrize(("page", "part"), PARTS, ids=lambda value: getattr(value, "kind", getattr(value, "key", "")))
def test_fields_are_those_of_the_types(page, part):
    kind = KINDS[part.kind]
    assert kind.many == part.many
    if kind.piece:
        assert kind.place in page.places or kind.key == "education_commitment"

    details = {field.encode_name for field in msgspec.structs.fields(kind.details)}
    assert {field.name for field in part.fields if not field.fact} == details

    if kind.piece and kind.key != "consent":
        known = {field.encode_name for field in msgspec.structs.fields(dossier.PIECES[kind.piece])}
        asked = {field.name.split(".")[0] for field in part.fields if field.fact}
        assert asked <= known
        if kind.piece != "achievement":
            assert asked == known - {"id"}


def test_achievements_ask_for_every_judged_key_somewhere():
    asked = {f.name.split(".")[0] for _page, part in PARTS if part.facts for f in part.fields if f.fact}
    known = {field.encode_name for field in msgspec.structs.fields(dossier.Achievement)}

    assert asked == known - {"id", "kind"}


def test_choices_have_words_and_nothing_else_has():
    for _page, part in PARTS:
        for field in part.fields:
            assert bool(field.choices) == (field.input in {Input.CHOICE, Input.OPEN_CHOICE})
