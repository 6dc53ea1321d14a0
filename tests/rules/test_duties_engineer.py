"""Duties of 27号 annex 四, and of 39号 where it differs: one who does and one who does not."""

import pytest

from tests.rules.asking import (
    ENGINEERING,
    INSIDE,
    LONG_AGO,
    achieved,
    ask,
    assistant_since,
    both_notices,
    degree,
    skill,
    work,
)

PROJECT = {"kind": "research_project", "level": "provincial", "concluded": True}
PATENT = {"kind": "patent", "patent_type": "utility_model", "granted": True}
PAPER = {"kind": "paper", "venue": "journal", "author": "second"}
UNIT_PROJECT = {"kind": "unit_project", "rank": 3, "role": "principal"}
UNIT_PLAN = {"kind": "plan_or_standard", "level": "unit", "rank": 3}


@pytest.mark.duty("TJ27-E-Q1")
def test_engineer_by_a_doctorate() -> None:
    people = [degree(level) | work("relevant", "2024-06-30") for level in ("doctor", "master")]
    assert ask("intermediate", "四(一)1", *people, degree("doctor") | {"posts": []}) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-E-Q2")
def test_engineer_by_two_years_served() -> None:
    people = [
        degree("master") | assistant_since("2022-06-30"),
        degree("master") | assistant_since("2022-07-01"),
        degree("master") | assistant_since(LONG_AGO, appointed=False),
        degree("bachelor") | assistant_since("2022-06-30"),
    ]
    assert ask("intermediate", "四(一)2", *people) == ["met", "unmet", "unmet", "unmet"]


@pytest.mark.duty("TJ27-E-Q3")
@pytest.mark.parametrize("level", ["bachelor", "associate", "tech_senior", "tech_technician"])
def test_engineer_by_four_years_served(level: str) -> None:
    people = [degree(level) | assistant_since(day) for day in ("2020-06-30", "2020-07-01")]
    people += [degree(level) | assistant_since(LONG_AGO, appointed=False)]
    people += [degree(lower) | assistant_since(LONG_AGO) for lower in ("secondary", "tech_intermediate")]
    assert ask("intermediate", "四(一)3", *people) == ["met", "unmet", "unmet", "unmet", "unmet"]


@pytest.mark.duty("TJ27-E-Q4", "TJ27-033", "TJ39-005")
@both_notices
def test_engineer_by_skill(policy: str) -> None:
    people = [skill("technician") | work("relevant", day) for day in ("2021-06-30", "2021-07-01")]
    assert ask("intermediate", "四(一)4", *people, policy=policy) == ["met", "unmet"]


@pytest.mark.duty("TJ27-E-C0")
def test_engineers_core_is_judged() -> None:
    people = [{"attestations": {"四(二)1": True, **core}} for core in ({"四(二)": True}, {"四(二)": False}, {})]
    assert ask("intermediate", "四(二)", *people) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ27-E-C")
@pytest.mark.parametrize("item", ["四(二)1", "四(二)2", "四(二)3", "四(二)4", "四(二)5"])
def test_one_of_five_abilities(item: str) -> None:
    none = {f"四(二){number}": False for number in range(1, 6)}
    people = [{"attestations": {"四(二)": True, **none, **one}} for one in ({item: True}, {})]
    assert ask("intermediate", "四(二)", *people) == ["met", "unmet"]


@pytest.mark.duty("TJ27-E-P")
def test_two_different_items_since_the_title() -> None:
    before = {**PATENT, "date": "2019-02-28"}
    people = [achieved(PROJECT, PATENT), achieved(PATENT, PATENT), achieved(PROJECT, before)]
    assert ask("intermediate", "四(三)", *people) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-E-P1")
def test_a_concluded_project() -> None:
    people = [PROJECT, {**PROJECT, "level": "district"}, {**PROJECT, "concluded": False}]
    assert ask("intermediate", "四(三)1", *map(achieved, people)) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-E-P2")
def test_a_plan_or_standard_in_force() -> None:
    standard = {"kind": "plan_or_standard", "promulgated": True}
    levels = [achieved({**standard, "level": level}) for level in ("national", "industry", "provincial", "district")]
    assert ask("intermediate", "四(三)2", *levels) == ["met", "met", "met", "unmet"]
    assert ask("intermediate", "四(三)2", achieved({**standard, "level": "national", "promulgated": False})) == [
        "unmet"
    ]


@pytest.mark.duty("TJ27-E-P3")
def test_a_unit_project_with_unit_rules() -> None:
    people = [
        achieved(UNIT_PROJECT, UNIT_PLAN),
        achieved(UNIT_PROJECT),
        achieved({"kind": "unit_project", "rank": 9, "role": "lead"}),
        achieved({**UNIT_PROJECT, "rank": 4}, {**UNIT_PLAN, "rank": 4}),
    ]
    assert ask("intermediate", "四(三)3", *people) == ["met", "open", "open", "unmet"]


@pytest.mark.duty("TJ27-E-P4")
def test_a_fair_return_as_first_finisher() -> None:
    returned = {"kind": "unit_project", "rank": 1, "concluded": True, "benefit": "good"}
    people = [returned, {**returned, "rank": 2}, {**returned, "benefit": "none"}, {**returned, "concluded": False}]
    people += [{**returned, "benefit": None}]
    assert ask("intermediate", "四(三)4", *map(achieved, people)) == ["met", "unmet", "unmet", "unmet", "open"]


@pytest.mark.duty("TJ27-E-P5")
def test_papers_surveys_and_internal_reports() -> None:
    at_conference = {**PAPER, "venue": "provincial_conference"}
    report = {"kind": "internal_report", "author": "first", "evaluators": {"level": "associate_senior", "count": 2}}
    people = [
        PAPER,
        {**PAPER, "author": "other"},
        at_conference,
        {**at_conference, "author": "corresponding"},
        {**at_conference, "kind": "survey_report"},
        report,
        {**report, "evaluators": {"level": "associate_senior", "count": 1}},
    ]
    narrow = ["met", "unmet", "met", "unmet", "unmet", "met", "unmet"]
    assert ask("intermediate", "四(三)5", *map(achieved, people)) == narrow
    wide = ["met", "unmet", "met", "met", "met", "met", "unmet"]
    assert ask("intermediate", "四(三)5", *map(achieved, people), policy=ENGINEERING) == wide


@pytest.mark.duty("TJ27-E-P6")
def test_a_granted_patent() -> None:
    people = [{**PATENT, "rank": 30}, {**PATENT, "patent_type": "invention"}, {**PATENT, "patent_type": "design"}]
    assert ask("intermediate", "四(三)6", *map(achieved, people), achieved({**PATENT, "granted": False})) == [
        "met", "met", "unmet", "unmet",
    ]  # fmt: skip


@pytest.mark.duty("TJ27-E-X")
def test_exception_for_an_assistant_engineer() -> None:
    honoured = {"honours": [{"name": "municipal_technical_expert", "date": INSIDE}]}
    people = [assistant_since("2023-01-01", appointed=False) | honoured, {"titles": []} | honoured]
    assert ask("intermediate", "四(四)", *people) == ["met", "unmet"]


@pytest.mark.duty("TJ27-E-X1")
def test_exception_by_a_district_award() -> None:
    award = {"kind": "award", "award_type": "science_technology", "level": "district", "grade": "third", "rank": 5}
    people = [award, {**award, "rank": 6}, {**award, "level": "unit"}, {**award, "award_type": "industry"}]
    assert ask("intermediate", "四(四)1", *map(achieved, people)) == ["met", "unmet", "unmet", "unmet"]


@pytest.mark.duty("TJ27-E-X2")
def test_exception_by_an_honour() -> None:
    people = [
        {"honours": [{"name": name, "date": INSIDE}]} for name in ("municipal_technical_expert", "haihe_craftsman")
    ]
    assert ask("intermediate", "四(四)2", *people, {"honours": []}) == ["met", "open", "unmet"]


@pytest.mark.duty("TJ27-E-X3")
def test_exception_by_three_items_and_two_recommendations() -> None:
    two = {"endorsements": [{"title_level": "associate_senior", "same_specialty": True}] * 2}
    consented = {"consents": ["supervising_body"]}
    three = achieved(PROJECT, PATENT, PAPER)
    people = [
        three | two | consented,
        achieved(PROJECT, PATENT) | two | consented,
        three | {"endorsements": two["endorsements"][:1]} | consented,
        three | two | {"consents": []},
    ]
    assert ask("intermediate", "四(四)3", *people) == ["met", "unmet", "unmet", "unmet"]
