"""Duties of 27号 annex 五, 高级工程师, asked of 39号 too where it says the same: one who does and one who does not."""

from typing import Any

import pytest

from tests.rules.asking import (
    BASIC,
    ENGINEERING,
    LITHIUM,
    LONG_AGO,
    achieved,
    answers,
    ask,
    attesting,
    degree,
    routes,
    skill,
    titled,
    work,
)

LEVEL = "associate_senior"
MET_UNMET = ["met", "unmet"]
YOUNG = titled("intermediate", "2022-06-01")
STANDARD = {"kind": "plan_or_standard", "level": "industry", "rank": 5, "promulgated": True}
PATENT = {"kind": "patent", "patent_type": "invention", "rank": 5, "granted": True, "benefit": "good"}
AWARD = {"kind": "award", "level": "provincial", "grade": "third", "rank": 5, "personal_certificate": True}
REPORT = {"kind": "technical_report", "rank": 5, "standing": "domestic_advanced", "evaluators": {"count": 1}}
PAPER = {"kind": "paper", "venue": "journal", "author": "second", "evaluators": {"level": "full_senior", "count": 2}}
TOPIC = {"kind": "research_project", "level": "provincial", "role": "principal", "rank": 5, "concluded": True}
PROJECT = {
    "kind": "unit_project", "role": "lead", "concluded": True, "in_production": True,
    "standing": "domestic_advanced", "benefit": "good",
}  # fmt: skip
BOOK = {"kind": "monograph", "words": 100_000}

both_notices = pytest.mark.parametrize("policy", [LITHIUM, ENGINEERING])


@pytest.mark.duty("TJ27-S-Q1")
@both_notices
def test_a_doctor_of_two_years_needs_no_title(policy: str) -> None:
    people = [degree("doctor") | {"titles": []} | work("relevant", day) for day in ("2022-06-30", "2022-07-01")]
    masters = [degree("master") | {"titles": []} | work("relevant", "2022-06-30")]
    elsewhere = [degree("doctor") | {"titles": []} | work("other", LONG_AGO)]
    assert ask(LEVEL, "五(一)1", *people, *masters, *elsewhere, policy=policy) == [*MET_UNMET, "unmet", "unmet"]
    assert routes(LEVEL, *people, policy=policy) == [("met", "ordinary"), ("unmet", None)]


@pytest.mark.duty("TJ27-S-Q2")
@both_notices
def test_five_years_as_engineer(policy: str) -> None:
    people = [titled("intermediate", "2019-06-30"), titled("intermediate", "2019-06-30", "2019-07-01")]
    graduates = [degree("tech_technician"), degree("tech_senior"), degree("master"), degree("associate")]
    graduates += [degree("second_bachelor"), titled("intermediate", LONG_AGO, False)]
    assert ask(LEVEL, "五(一)2", *people, *graduates, policy=policy) == MET_UNMET * 4


@pytest.mark.duty("TJ27-S-Q3", "TJ27-033", "TJ39-005", "TJ23-003")
@both_notices
def test_four_years_as_senior_technician(policy: str) -> None:
    people = [skill("senior_technician") | work("relevant", day) for day in ("2020-06-30", "2020-07-01")]
    technician = skill("technician") | work("relevant", LONG_AGO)
    assert ask(LEVEL, "五(一)3", *people, technician, policy=policy) == [*MET_UNMET, "unmet"]
    assert routes(LEVEL, *people, policy=policy) == [("met", "ordinary"), ("unmet", None)]


@pytest.mark.duty("TJ27-S-C0")
def test_mastery_is_judged() -> None:
    said = [{"attestations": BASIC | {"五(二)1": True} | more} for more in ({"五(二)": True}, {"五(二)": False}, {})]
    assert ask(LEVEL, "五(二)", *said) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ27-S-C")
@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_one_ability_of_four_is_judged(number: int) -> None:
    assert ask(LEVEL, f"五(二){number}", *attesting(f"五(二){number}", True, False)) == ["met", "unmet", "open"]
    every = {f"五(二){other}": other == number for other in (1, 2, 3, 4)}
    people = [{"attestations": BASIC | {"五(二)": True} | every}]
    people += [{"attestations": BASIC | {"五(二)": True} | dict.fromkeys(every, False)}]
    assert ask(LEVEL, "五(二)", *people) == MET_UNMET


@pytest.mark.duty("TJ27-S-P")
@both_notices
def test_two_clauses_since_the_title(policy: str) -> None:
    before = {**PATENT, "date": "2018-01-09"}
    people = [achieved(STANDARD, PATENT), achieved(STANDARD, STANDARD), achieved(STANDARD, before)]
    assert ask(LEVEL, "五(三)", *people, policy=policy) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-S-P1")
@both_notices
def test_an_award_with_a_certificate(policy: str) -> None:
    people = [AWARD, {**AWARD, "personal_certificate": False}, {**AWARD, "level": "national", "grade": "first"}]
    people += [{**AWARD, "level": "district", "grade": "special"}]
    assert ask(LEVEL, "五(三)1", *map(achieved, people), policy=policy) == MET_UNMET * 2


@pytest.mark.duty("TJ27-S-P2")
@both_notices
def test_two_topics_among_the_first_five(policy: str) -> None:
    people = [achieved(TOPIC, TOPIC), achieved(TOPIC, {**TOPIC, "rank": 6}), achieved(TOPIC)]
    assert ask(LEVEL, "五(三)2", *people, policy=policy) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-S-P3")
@both_notices
def test_a_standard_among_the_first_five(policy: str) -> None:
    people = [STANDARD, {**STANDARD, "rank": 6}, {**STANDARD, "promulgated": False}]
    assert ask(LEVEL, "五(三)3", *map(achieved, people), policy=policy) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-S-P4")
@both_notices
def test_a_report_that_peers_appraised(policy: str) -> None:
    unseen = {key: value for key, value in REPORT.items() if key != "standing"}
    people = [REPORT, {**REPORT, "rank": 6}, {**REPORT, "evaluators": {"count": 0}}, unseen]
    assert ask(LEVEL, "五(三)4", *map(achieved, people), policy=policy) == ["met", "unmet", "unmet", "open"]


@pytest.mark.duty("TJ27-S-P5")
@both_notices
def test_two_projects_led_into_production(policy: str) -> None:
    people = [achieved(PROJECT, PROJECT), achieved(PROJECT), achieved(PROJECT, {**PROJECT, "in_production": False})]
    assert ask(LEVEL, "五(三)5", *people, policy=policy) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-S-P6")
@both_notices
def test_a_book_or_two_papers(policy: str) -> None:
    books = [achieved(BOOK), achieved({**BOOK, "words": 99_999})]
    papers = [achieved(PAPER, PAPER), achieved(PAPER, {**PAPER, "evaluators": {"level": "full_senior", "count": 1}})]
    assert ask(LEVEL, "五(三)6", *books, *papers, policy=policy) == MET_UNMET * 2


@pytest.mark.duty("TJ27-S-P7")
@both_notices
def test_a_granted_invention_among_the_first_five(policy: str) -> None:
    people = [PATENT, {**PATENT, "rank": 6}, {**PATENT, "benefit": "significant"}]
    people += [{**PATENT, "patent_type": "utility_model"}, {**PATENT, "benefit": None}, {**PATENT, "granted": False}]
    people += [{**PATENT, "benefit": "none"}]
    assert ask(LEVEL, "五(三)7", *map(achieved, people), policy=policy) == [*MET_UNMET * 2, "open", "unmet", "unmet"]


def excepted(*records: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**YOUNG, **achieved(STANDARD, PATENT, *records), **more}


@pytest.mark.duty("TJ27-S-X", "TJ27-S-X1")
@both_notices
def test_an_exception_by_an_award(policy: str) -> None:
    science = {**AWARD, "award_type": "science_technology", "personal_certificate": False}
    trade = {**AWARD, "award_type": "industry", "rank": 9}
    people = [excepted(science), excepted({**science, "rank": 6}), excepted(trade)]
    people += [excepted({**trade, "personal_certificate": False})]
    assert ask(LEVEL, "五(四)1", *people, policy=policy) == MET_UNMET * 2
    assert routes(LEVEL, *people, policy=policy) == [("met", "exceptional"), ("unmet", None)] * 2


@pytest.mark.duty("TJ27-S-X")
@both_notices
def test_an_exception_waives_years_and_not_the_title(policy: str) -> None:
    science = {**AWARD, "award_type": "science_technology"}
    people = [excepted(science), excepted(science, titles=[]), {**YOUNG, **achieved(science)}]
    assert routes(LEVEL, *people, policy=policy) == [("met", "exceptional"), ("unmet", None), ("unmet", None)]


@pytest.mark.duty("TJ27-S-X2")
@both_notices
def test_an_exception_by_a_patent_medal(policy: str) -> None:
    medal = {**AWARD, "award_type": "patent", "level": "national", "grade": "silver"}
    people = [excepted(medal), excepted({**medal, "rank": 6}), excepted({**medal, "level": "provincial"})]
    assert ask(LEVEL, "五(四)2", *people, policy=policy) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-S-X3")
@both_notices
def test_an_exception_by_an_honour(policy: str) -> None:
    honours = [("national_technical_expert", "2023-05-01"), ("china_skills_award", "2022-05-31"),
               ("municipal_technical_expert", "2023-05-01")]  # fmt: skip
    people = [excepted(honours=[{"name": name, "date": day}]) for name, day in honours]
    assert ask(LEVEL, "五(四)3", *people, policy=policy) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ27-S-X4")
@both_notices
def test_an_exception_by_three_clauses(policy: str) -> None:
    recommending: dict[str, Any] = {"title_level": "full_senior", "same_specialty": True}
    full: dict[str, Any] = {"endorsements": [recommending] * 2, "consents": ["supervising_body"]}
    people = [excepted(BOOK, **full), excepted(**full), excepted(BOOK, **{**full, "consents": []})]
    people += [excepted(BOOK, **{**full, "endorsements": full["endorsements"][:1]})]
    others = [{**recommending, "title_level": "associate_senior"}, {**recommending, "same_specialty": False}]
    people += [excepted(BOOK, **{**full, "endorsements": [other] * 2}) for other in others]
    assert ask(LEVEL, "五(四)4", *people, policy=policy) == ["met", *["unmet"] * 5]


@pytest.mark.duty("TJ39-006")
@pytest.mark.parametrize(
    "name", ["china_skills_award", "haihe_craftsman", "national_skill_master_studio_lead", "national_technical_expert"]
)
def test_four_skill_honours_of_39_open_the_exception(name: str) -> None:
    honoured = [{"name": name, "date": "2010-05-01"}]
    people = [excepted(honours=honoured), excepted(honours=[]), excepted(honours=honoured, titles=[])]
    assert routes(LEVEL, *people, policy=ENGINEERING) == [("met", "exceptional"), ("unmet", None), ("unmet", None)]
    other = excepted(honours=[{"name": "municipal_technical_expert", "date": "2023-05-01"}])
    assert ask(LEVEL, "正文二(一)4", *people[:2], other, policy=ENGINEERING) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-031", "TJ39-013", "TJ39-014")
@both_notices
@pytest.mark.parametrize("kind", ["patent", "performance_letter", "technical_report", "unit_project"])
def test_a_recognised_result_in_place_of_a_paper_is_left_to_people(policy: str, kind: str) -> None:
    letter = {"kind": kind, "substitutes_paper": True}
    people = [achieved(STANDARD, letter), achieved(STANDARD, {**letter, "substitutes_paper": False})]
    assert ask(LEVEL, "五(三)6", *people, policy=policy) == ["open", "unmet"]
    assert answers(LEVEL, people[0], policy=policy)[0]["verdict"] == "open"
