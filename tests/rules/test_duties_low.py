"""Duties of 27号 annex 一–三, and of 39号 where it says the same of these levels: one who does and one who does not."""

import pytest

from tests.rules.asking import ENGINEERING, ask, assistant_since, attesting, both_notices, degree, skill, work


@pytest.mark.duty("TJ27-B1")
def test_lawful_conduct_is_attested() -> None:
    assert ask("technician", "一(一)", *attesting("一(一)", True, False)) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ27-B2")
def test_ethics_are_attested() -> None:
    assert ask("assistant", "一(二)", *attesting("一(二)", True, False)) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ27-B3")
def test_duties_done_are_attested() -> None:
    assert ask("intermediate", "一(三)", *attesting("一(三)", True, False)) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ27-B4", "TJ39-026")
@both_notices
def test_assessment_and_learning(policy: str) -> None:
    people = [
        {"assessments": [{"year": 2023, "result": "competent"}]},
        {"assessments": [{"year": 2023, "result": "incompetent"}]},
        {"continuing_education": {"committed": False, "years": [{"year": 2023, "hours": 90}]}},
        {"continuing_education": {"committed": False, "years": [{"year": 2023, "hours": 89}]}},
    ]
    assert ask("technician", "一(四)", *people, policy=policy) == ["met", "unmet", "met", "unmet"]


@pytest.mark.duty("TJ27-T1")
def test_technician_by_a_year_in_a_post() -> None:
    people = [work("specialty", "2023-06-30"), work("specialty", "2023-07-01"), {"performance_assessment": "failed"}]
    assert ask("technician", "二(一)1", *people) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-T2")
def test_technical_schools_at_every_level() -> None:
    assert ask("technician", "二(一)1", degree("tech_intermediate"), degree("tech_senior")) == ["met", "met"]
    three_years = work("specialty", "2020-01-01")
    people = [degree("tech_senior") | three_years, degree("tech_intermediate") | three_years]
    assert ask("assistant", "三(一)2", *people) == ["met", "unmet"]
    assert ask("intermediate", "四(一)3", degree("tech_senior"), degree("tech_intermediate")) == ["met", "unmet"]


@pytest.mark.duty("TJ27-T3", "TJ27-033", "TJ39-005")
@both_notices
def test_technician_by_skill(policy: str) -> None:
    people = [skill("intermediate") | work("relevant", day) for day in ("2022-06-30", "2022-07-01")]
    assert ask("technician", "二(一)2", *people, policy=policy) == ["met", "unmet"]


@pytest.mark.duty("TJ27-T4")
def test_technicians_ability_is_judged() -> None:
    assert ask("technician", "二(二)", *attesting("二(二)", True, False)) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ27-A1")
def test_assistant_by_a_higher_degree() -> None:
    degrees = ("doctor", "master", "second_bachelor", "bachelor")
    people = [degree(level) | work("relevant", "2024-06-30") for level in degrees]
    people += [degree("master") | {"posts": []}, degree("master") | work("other", "2015-07-01")]
    assert ask("assistant", "三(一)1", *people) == ["met", "met", "met", "unmet", "unmet", "unmet"]


@pytest.mark.duty("TJ27-A2")
@pytest.mark.parametrize(("level", "year"), [("bachelor", 2023), ("associate", 2021), ("secondary", 2019)])
def test_assistant_by_years_in_a_post(level: str, year: int) -> None:
    full, short = (degree(level) | work("specialty", f"{year}-{day}") for day in ("06-30", "07-01"))
    failed = full | {"performance_assessment": "failed"}
    related = degree(level) | work("relevant", "2015-07-01")
    assert ask("assistant", "三(一)2", full, short, failed, related) == ["met", "unmet", "unmet", "unmet"]


@pytest.mark.duty("TJ27-A3")
def test_technicians_class_is_a_bachelor() -> None:
    year = work("specialty", "2023-06-30")
    assert ask("assistant", "三(一)2", degree("tech_technician") | year, degree("tech_senior") | year) == [
        "met",
        "unmet",
    ]
    assert ask("intermediate", "四(一)3", degree("tech_technician")) == ["met"]


@pytest.mark.duty("TJ27-A4", "TJ27-033", "TJ39-005")
@both_notices
def test_assistant_by_skill(policy: str) -> None:
    people = [skill("senior") | work("relevant", day) for day in ("2022-06-30", "2022-07-01")]
    assert ask("assistant", "三(一)3", *people, policy=policy) == ["met", "unmet"]


@pytest.mark.duty("TJ27-A5")
def test_assistants_ability_is_judged() -> None:
    assert ask("assistant", "三(二)", *attesting("三(二)", True, False)) == ["met", "unmet", "open"]


@pytest.mark.duty("TJ39-003")
def test_a_professional_qualification_stands_for_its_title() -> None:
    people = [assistant_since(day, source="professional_qualification") for day in ("2020-06-30", "2020-07-01")]
    assert ask("intermediate", "四(一)3", *people, policy=ENGINEERING) == ["met", "unmet"]


@pytest.mark.duty("TJ39-025")
@both_notices
def test_a_professional_degree_is_a_year_less(policy: str) -> None:
    early = degree("bachelor", engineering_professional=True)
    people = [early | assistant_since(day) for day in ("2021-06-30", "2021-07-01")]
    people += [degree("bachelor") | assistant_since("2021-06-30")]
    assert ask("intermediate", "四(一)3", *people, policy=policy) == ["met", "unmet", "unmet"]


@pytest.mark.duty("TJ27-036", "TJ39-029")
@both_notices
@pytest.mark.parametrize("issuer", ["beijing", "hebei"])
def test_titles_of_beijing_and_hebei_count(policy: str, issuer: str) -> None:
    people = [assistant_since(day, issuer=issuer) for day in ("2020-06-30", "2020-07-01")]
    assert ask("intermediate", "四(一)3", *people, policy=policy) == ["met", "unmet"]
