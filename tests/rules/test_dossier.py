"""The dossier contract: what is read, and how a refusal names its place."""

from datetime import date
from typing import Any

import pytest

from rules.dossier import PIECES, Achievement, DossierError, EducationYear, Post, Title, decode, decode_piece


def refusal(source: Any) -> str:
    with pytest.raises(DossierError) as caught:
        decode(source)
    return str(caught.value)


def test_absent_null_and_empty_are_three_things() -> None:
    dossier = decode('{"titles": null, "skills": []}')
    assert (dossier.titles, dossier.skills, dossier.posts) == (None, [], None)


def test_a_mapping_and_its_text_read_alike() -> None:
    text = '{"titles": [{"id": "t", "level": "intermediate", "obtained": "2018-01-10", "appointed": false}]}'
    assert (
        decode(text)
        == decode(text.encode())
        == decode({"titles": [{"id": "t", "level": "intermediate", "obtained": "2018-01-10", "appointed": False}]})
    )


def test_python_names_are_not_keys() -> None:
    assert decode({"posts": [{"from": "2018-01-10", "to": None}]}).posts == [Post(since=date(2018, 1, 10))]
    assert refusal({"posts": [{"since": "2018-01-10"}]}) == "posts[0].since: unknown key"


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"colour": 1}, "colour: unknown key"),
        ({"titles": [{"grade": "x"}]}, "titles[0].grade: unknown key"),
        ({"achievements": [{}, {}, {"grade": "forth"}]},
         "achievements[2].grade: 'forth' is not one of special, first, second, third, gold, silver"),
        ({"achievements": [{"evaluators": {"level": "boss"}}]},
         ("achievements[0].evaluators.level: 'boss' is not one of"
          " technician, assistant, intermediate, associate_senior, full_senior")),
        ({"status": "idle"},
         ("status: 'idle' is not one of"
          " employed, freelance, new_employment_form, postdoc, flexible, civil_servant, retired")),
        ({"claims": ["wish"]},
         ("claims[0]: 'wish' is not one of"
          " conversion, self_appointment, case_by_case, competition, targeted, direct")),
        ({"posts": [{"from": "2015-8-1"}]}, "posts[0].from: '2015-8-1' is not a date written YYYY-MM-DD"),
        ({"posts": [{"from": "2015-02-30"}]}, "posts[0].from: '2015-02-30' is not a date written YYYY-MM-DD"),
        ({"posts": [{"from": "2015-02-03T00:00:00"}]},
         "posts[0].from: '2015-02-03T00:00:00' is not a date written YYYY-MM-DD"),
        ({"titles": [{"appointed": True}]},
         "titles[0].appointed: true is neither a date nor false (never appointed)"),
        ({"achievements": [{"rank": 0}]}, "achievements[0].rank: expected `int` >= 1"),
        ({"achievements": [{"rank": "1"}]}, "achievements[0].rank: expected `int | null`, got `str`"),
        ({"achievements": [{"granted": 1}]}, "achievements[0].granted: expected `bool | null`, got `int`"),
        ({"titles": {}}, "titles: expected `array | null`, got `object`"),
        ({"attestations": {"五(二)": True, "五(二)1": "yes"}},
         "attestations.五(二)1: expected `bool | null`, got `str`"),
        ({"attestations": {"五（二）": True}}, "attestations.五（二）: is no clause number"),
        ({"attestations": {"第五条": True}}, "attestations.第五条: is no clause number"),
        ([], "expected `object`, got `array`"),
    ],
)  # fmt: skip
def test_refusals_name_their_place(source: object, message: str) -> None:
    assert refusal(source) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"titles": [], "titles": []}', "titles: key given twice"),
        ('{"achievements": [{}, {"rank": 1, "rank": 2}]}', "achievements[1].rank: key given twice"),
        ('{"achievements": [{"evaluators": {"count": 1, "count": 1}}]}',
         "achievements[0].evaluators.count: key given twice"),
        ('{"self_score": NaN}', "not JSON: NaN is no JSON number"),
        ('{"a": "\\ud800"}', "not UTF-8 text"),
        ("[" * 100_000, "nested too deeply"),
    ],
)  # fmt: skip
def test_text_is_read_strictly(text: str, message: str) -> None:
    assert refusal(text) == message


def test_bytes_that_are_no_text() -> None:
    assert refusal(b"\xff\xfe") == "not UTF-8 text"


@pytest.mark.parametrize(
    "key", ["五(二)", "五(二)1", "一(四)", "正文七(二)", "2023年度通知三(三)", "正文一", "国家基本标准 高级工程师1"]
)
def test_clause_numbers_may_be_attested(key: str) -> None:
    assert decode({"attestations": {key: True}}).attestations == {key: True}


def test_every_kind_of_piece_is_the_dossiers_own() -> None:
    assert set(PIECES) == {
        "education", "title", "skill", "post", "assessment", "continuing_education", "achievement", "honour",
        "endorsement", "consent", "sanction", "income_tax",
    }  # fmt: skip


def test_pieces() -> None:
    assert decode_piece("title", {"level": "intermediate"}) == Title(level="intermediate")
    assert decode_piece("achievement", {"kind": "patent", "rank": 1}) == Achievement(kind="patent", rank=1)
    assert decode_piece("continuing_education", {"year": 2023, "hours": 90}) == EducationYear(year=2023, hours=90)
    assert decode_piece("consent", "supervising_body") == "supervising_body"


def test_a_piece_is_refused_with_its_place() -> None:
    with pytest.raises(DossierError) as caught:
        decode_piece("achievement", {"grade": "forth"})
    assert caught.value.place == "grade"
    with pytest.raises(KeyError):
        decode_piece("hobby", {})
