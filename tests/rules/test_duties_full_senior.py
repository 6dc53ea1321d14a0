"""Duties of 27号 annex 六, 正高级工程师, and of 39号 where it parts from it: one who does and one who does not."""

from typing import Any

import pytest

from tests.rules.asking import (
    BASIC,
    ENGINEERING,
    achieved,
    ask,
    attesting,
    both_notices,
    degree,
    routes,
    skill,
    titled,
    work,
)

LEVEL = "full_senior"
MET_UNMET = ["met", "unmet"]
STANDARD = {"kind": "plan_or_standard", "level": "provincial", "rank": 1, "promulgated": True}
PATENT = {"kind": "patent", "patent_type": "invention", "rank": 1, "granted": True, "benefit": "significant"}
BOOK = {"kind": "monograph", "words": 200_000}
PROJECT = {
    "kind": "major_project", "role": "principal", "rank": 5, "level": "provincial",
    "standing": "domestic_leading", "accepted_by": "provincial",
}  # fmt: skip
LED = {**PROJECT, "role": "lead"}
RESULT = {
    "kind": "technical_result", "role": "lead", "rank": 1, "level": "provincial",
    "in_production": True, "standing": "domestic_leading", "accepted_by": "provincial",
}  # fmt: skip
AWARD = {"kind": "award", "level": "provincial", "grade": "third", "rank": 5, "personal_certificate": False}
TOPIC = {"kind": "research_project", "role": "principal", "level": "provincial", "benefit": "significant"}
REPORT = {"kind": "technical_report", "standing": "domestic_leading", "evaluators": {"count": 1}}
PAPER = {"kind": "paper", "venue": "top_journal", "author": "corresponding"}
PRIZE = {
    "kind": "award", "award_type": "science_technology", "level": "national",
    "grade": "second", "rank": 9, "personal_certificate": True,
}  # fmt: skip


@pytest.mark.duty("TJ27-Z-Q1")
def test_five_years_appointed_and_no_short_cut() -> None:
    people = [titled("associate_senior", "2023-01-01", day) for day in ("2019-06-30", "2019-07-01")]
    people += [degree("doctor") | {"titles": []}, skill("senior_technician") | work("specialty", "2010-01-01")]
    people += [degree("associate")]
    assert ask(LEVEL, "六(一)", *people) == ["met", "unmet", "unmet", "unmet", "unmet"]


@pytest.mark.duty("TJ39-040")
def test_39_asks_for_the_title_beside_the_appointment() -> None:
    people = [titled("associate_senior", day, "2018-01-01") for day in ("2019-06-30", "2019-07-01")]
    assert ask(LEVEL, "六(一)", *people, policy=ENGINEERING) == MET_UNMET
    assert ask(LEVEL, "六(一)", *people) == ["met", "met"]


@pytest.mark.duty("TJ27-Z-C0")
def test_leading_knowledge_is_judged() -> None:
    said = [{"attestations": BASIC | {"六(二)1": True} | more} for more in ({"六(二)": True}, {"六(二)": False}, {})]
    assert ask(LEVEL, "六(二)", *said) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ27-Z-C")
@pytest.mark.parametrize("number", [1, 2, 3])
def test_one_ability_of_three_is_judged(number: int) -> None:
    assert ask(LEVEL, f"六(二){number}", *attesting(f"六(二){number}", True, False)) == ["met", "unmet", "open"]
    every = {f"六(二){other}": other == number for other in (1, 2, 3)}
    people = [{"attestations": BASIC | {"六(二)": True} | every}]
    people += [{"attestations": BASIC | {"六(二)": True} | dict.fromkeys(every, False)}]
    assert ask(LEVEL, "六(二)", *people) == MET_UNMET


@pytest.mark.duty("TJ27-Z-P")
@both_notices
def test_two_clauses_of_seven(policy: str) -> None:
    people = [achieved(STANDARD, PATENT), achieved(STANDARD, STANDARD), achieved(RESULT)]
    assert ask(LEVEL, "六(三)", *people, policy=policy) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-Z-P", "TJ39-040")
def test_the_window_opens_with_the_appointment_in_27_and_with_the_title_in_39() -> None:
    title = titled("associate_senior", "2018-06-01", "2019-01-01")
    people = [title | achieved(STANDARD, {**PATENT, "date": day}) for day in ("2019-01-01", "2018-12-31", "2018-05-31")]
    assert ask(LEVEL, "六(三)7", *people) == ["met", "unmet", "unmet"]
    assert ask(LEVEL, "六(三)7", *people, policy=ENGINEERING) == ["met", "met", "unmet"]


@pytest.mark.duty("TJ27-Z-P1")
@both_notices
def test_a_key_project_led_or_two_among_the_first_five(policy: str) -> None:
    people = [achieved(LED), achieved(PROJECT, PROJECT), achieved(PROJECT), achieved(PROJECT, {**PROJECT, "rank": 6})]
    people += [achieved({**LED, "standing": "domestic_advanced"}), achieved({**LED, "accepted_by": "other"})]
    found = ask(LEVEL, "六(三)1", *people, policy=policy)
    assert found == ["met", "met", "unmet", "unmet", "unmet", "unmet"]


@pytest.mark.duty("TJ27-Z-P2")
@both_notices
def test_a_result_in_production_with_awards_or_leading(policy: str) -> None:
    made = {**RESULT, "rank": 2}
    national = {**AWARD, "level": "national"}
    people = [achieved(RESULT), achieved(made), achieved(made, AWARD, AWARD), achieved(made, AWARD)]
    people += [achieved(made, national), achieved(national), achieved({**RESULT, "in_production": False})]
    found = ask(LEVEL, "六(三)2", *people, policy=policy)
    assert found == ["met", "unmet", "met", "unmet", "met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-Z-P3")
@both_notices
def test_topics_and_the_report(policy: str) -> None:
    led = {**TOPIC, "role": "lead"}
    people = [achieved(led, REPORT), achieved(TOPIC, TOPIC, REPORT), achieved(TOPIC, REPORT), achieved(led)]
    people += [achieved({**led, "benefit": "good"}, REPORT)]
    assert ask(LEVEL, "六(三)3", *people, policy=policy) == ["met", "met", "unmet", "unmet", "unmet"]


@pytest.mark.duty("TJ27-Z-P4")
@both_notices
def test_an_appraised_result_or_project(policy: str) -> None:
    project = {"kind": "unit_project", "role": "lead", "benefit": "significant", "accepted_by": "provincial"}
    people = [achieved(RESULT), achieved({**RESULT, "standing": "domestic_advanced"})]
    people += [achieved(project), achieved({**project, "accepted_by": "other"})]
    assert ask(LEVEL, "六(三)4", *people, policy=policy) == MET_UNMET * 2


@pytest.mark.duty("TJ27-Z-P5")
@both_notices
def test_a_book_or_two_papers_in_top_journals(policy: str) -> None:
    books = [achieved(BOOK), achieved({**BOOK, "words": 199_999})]
    papers = [achieved(PAPER, PAPER), achieved(PAPER, {**PAPER, "author": "second"})]
    assert ask(LEVEL, "六(三)5", *books, *papers, policy=policy) == MET_UNMET * 2


@pytest.mark.duty("TJ27-Z-P6")
@both_notices
def test_first_drafter_of_a_standard(policy: str) -> None:
    people = [STANDARD, {**STANDARD, "rank": 2}, {**STANDARD, "level": "industry"}, {**STANDARD, "level": "district"}]
    assert ask(LEVEL, "六(三)6", *map(achieved, people), policy=policy) == MET_UNMET * 2


@pytest.mark.duty("TJ27-Z-P7")
@both_notices
def test_first_inventor_with_marked_returns(policy: str) -> None:
    people = [PATENT, {**PATENT, "rank": 2}, {**PATENT, "benefit": "good"}]
    assert ask(LEVEL, "六(三)7", *map(achieved, people), policy=policy) == ["met", "unmet", "unmet"]


def excepted(*records: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {**titled("associate_senior", "2022-06-01"), **achieved(STANDARD, PATENT, *records), **more}


@pytest.mark.duty("TJ27-Z-X", "TJ27-Z-X1")
@both_notices
def test_an_exception_by_a_national_award(policy: str) -> None:
    people = [excepted(PRIZE), excepted({**PRIZE, "personal_certificate": False}), excepted(PRIZE, titles=[])]
    assert ask(LEVEL, "六(四)1", *people, policy=policy) == ["met", "unmet", "unmet"]
    assert routes(LEVEL, *people, policy=policy) == [("met", "exceptional"), ("unmet", None), ("unmet", None)]


@pytest.mark.duty("TJ27-Z-X2")
@both_notices
def test_an_exception_by_three_clauses_and_colleagues_of_five_years(policy: str) -> None:
    def backed(years: float, consents: list[str]) -> dict[str, Any]:
        colleague = {"title_level": "full_senior", "years_held": years, "same_specialty": True}
        return {"endorsements": [colleague, colleague], "consents": consents}

    full = backed(5, ["supervising_body"])
    people = [excepted(BOOK, **full), excepted(**full), excepted(BOOK, **backed(4.9, ["supervising_body"]))]
    people += [excepted(BOOK, **backed(5, []))]
    assert ask(LEVEL, "六(四)2", *people, policy=policy) == ["met", "unmet", "unmet", "unmet"]
