"""Jiangxi and Zhejiang through check_eligibility: what the command says of a person, clause by clause."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from rules import casebook

JIANGXI = ("jiangxi-lithium-2023", "2022-12-31", "2023-06-01")
ZHEJIANG = ("zhejiang-battery-2020", "2020-12-31", "2020-09-01")
SENIOR = "associate_senior"
FLOOR = "国家基本标准 高级工程师2"
UNVERIFIED = "所依据的标准尚未核实，须由评审办事机构确认"


class Person:
    """Someone of a province, asked of by the command."""

    def __init__(self, folder: Path, notice: tuple[str, str, str], level: str = SENIOR, **changes: Any) -> None:
        self.policy, self.as_of, self.opened = notice
        self.level = level
        self.path = folder / "dossier.json"
        dossier = {**casebook.base(self.policy, SENIOR), **changes}
        known = {key: value for key, value in dossier.items() if value is not None}
        self.path.write_text(json.dumps(known, default=str), encoding="utf-8")

    def run(self, *flags: str, **days: str) -> str:
        out = io.StringIO()
        asked = {"as_of": self.as_of, "opened": self.opened, **days}
        call_command(
            "check_eligibility", str(self.path), "--policy", self.policy, "--level", self.level,
            "--as-of", asked["as_of"], "--opened", asked["opened"], *flags, stdout=out,
        )  # fmt: skip
        return out.getvalue()

    def answer(self, **days: str) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.run("--json", **days))
        return answer

    def verdicts(self) -> dict[str, str]:
        return {number: found["verdict"] for number, found in self.answer()["clauses"].items()}


def engineer(obtained: str, **changes: Any) -> list[dict[str, Any]]:
    title = {"level": "intermediate", "specialty": "lithium_battery", "obtained": obtained, "appointed": obtained}
    return [{**title, **changes}]


@pytest.mark.duty("JX81-002")
@pytest.mark.parametrize("level", ["technician", "assistant", "full_senior"])
def test_jiangxi_has_two_levels(tmp_path: Path, level: str) -> None:
    with pytest.raises(CommandError, match=f"level: '{level}' is not one of intermediate, associate_senior"):
        Person(tmp_path, JIANGXI, level).run()
    assert Person(tmp_path, JIANGXI, "intermediate").answer()["verdict"] == "unmet"


@pytest.mark.duty("JX81-003")
def test_jiangxi_asks_for_somebody_in_service_in_its_trade(tmp_path: Path) -> None:
    said = Person(tmp_path, JIANGXI).run()
    assert "✓ 正文一　在职在岗（江西省锂电行业的工程技术人员）" in said
    assert "岗位是否属于锂电行业由受理人员核对" in said
    retired = Person(tmp_path, JIANGXI, status="retired")
    assert "按正文一不能申报；仅凭时间经过不能符合" in retired.run()
    assert retired.answer()["excluded_by"] == ["正文一"]
    assert "在职专业技术人员方可申报" in retired.run()
    elsewhere = Person(
        tmp_path,
        JIANGXI,
        titles=engineer("2016-06-01", specialty="mechanical"),
        posts=[{"scope": "other", "from": "2010-01-01"}],
    )
    assert elsewhere.answer()["verdict"] == "unmet"


@pytest.mark.duty("JX81-004")
def test_the_criteria_of_jiangxi_wait_for_the_office(tmp_path: Path) -> None:
    person = Person(tmp_path, JIANGXI)
    answer = person.answer()
    assert (answer["verdict"], answer["route"], answer["earliest"]) == ("open", "ordinary", None)
    assert answer["clauses"][FLOOR]["judgement"] == [UNVERIFIED]
    said = person.run("--advise", "--levels")
    assert "（标准未核实）" in said
    assert said.count("所依据的标准尚未核实，评审办事机构确认之前至多为待定") == 3, "headline, ways and levels"
    assert "34号文可能另有规定或例外" in said
    short = Person(tmp_path, JIANGXI, titles=engineer("2020-06-01")).answer()
    assert (short["verdict"], short["clauses"][FLOOR]["verdict"]) == ("unmet", "unmet")
    attested = Person(tmp_path, JIANGXI, attestations={FLOOR: True}).answer()
    assert attested["verdict"] == "open"


@pytest.mark.duty("JX81-005", "JX81-006")
@pytest.mark.parametrize(
    ("obtained", "as_of", "verdict", "reasons"),
    [
        ("2017-12-31", "2022-12-31", "open", 1),
        ("2018-01-01", "2022-12-31", "open", 2),
        ("2019-01-01", "2022-12-31", "unmet", 0),
        ("2019-01-01", "2023-12-31", "open", 2),
        ("2023-01-01", "2022-12-31", "unmet", 0),
    ],
)
def test_years_are_counted_by_year_heads_to_the_cut_off(
    tmp_path: Path, obtained: str, as_of: str, verdict: str, reasons: int
) -> None:
    person = Person(tmp_path, JIANGXI, titles=engineer(obtained))
    found = person.answer(as_of=as_of)["clauses"][FLOOR]
    assert (found["verdict"], len(found["judgement"])) == (verdict, reasons)


@pytest.mark.duty("JX81-007", "JX81-008")
def test_the_window_of_jiangxi_opens_with_the_year_and_names_what_lies_outside(tmp_path: Path) -> None:
    achievements = [
        {"id": "eve", "kind": "patent", "date": "2015-12-31"},
        {"id": "new-year", "kind": "patent", "date": "2016-01-01"},
        {"id": "last-day", "kind": "patent", "date": "2022-12-31"},
        {"id": "after", "kind": "paper", "date": "2023-01-01"},
    ]
    person = Person(tmp_path, JIANGXI, achievements=achievements)
    window = person.answer()["clauses"]["正文二(二)"]
    assert window["verdict"] == "open"
    assert [name in " ".join(window["judgement"]) for name in ("eve", "new-year", "last-day", "after")] == [
        True, False, False, True,
    ]  # fmt: skip
    assert window["used"] == ["new-year", "last-day"]
    assert "业绩自2016年1月1日起算、至2022年12月31日终算，在内2项、在外2项" in person.run()
    assert Person(tmp_path, JIANGXI, achievements=achievements[1:3]).verdicts()["正文二(二)"] == "met"


@pytest.mark.duty("ZJ15-001")
def test_zhejiang_asks_for_somebody_in_service_in_its_trade(tmp_path: Path) -> None:
    said = Person(tmp_path, ZHEJIANG).run()
    assert "✓ 正文一　在职在岗（浙江省蓄电池行业的专业技术人员）" in said
    assert "岗位是否属于蓄电池领域由受理人员核对" in said
    assert Person(tmp_path, ZHEJIANG, status="civil_servant").answer()["excluded_by"] == ["正文一"]


@pytest.mark.duty("ZJ15-002")
def test_zhejiang_has_one_level_and_four_conditions_of_which_one_will_do(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="level: 'intermediate' is not one of associate_senior"):
        Person(tmp_path, ZHEJIANG, "intermediate").run()
    assert Person(tmp_path, ZHEJIANG).answer()["verdict"] == "met"
    none = Person(tmp_path, ZHEJIANG, titles=[])
    assert none.answer()["verdict"] == "unmet"
    assert {none.verdicts()[f"正文二({number})"] for number in "一二三四"} == {"unmet"}


@pytest.mark.duty("ZJ15-003")
@pytest.mark.parametrize(
    ("stem", "appointed", "verdict"),
    [
        (True, "2018-12-31", "met"),
        (True, "2019-01-01", "unmet"),
        (False, "2018-12-31", "unmet"),
        (None, "2018-12-31", "open"),
    ],
)
def test_a_doctor_of_science_or_engineering_after_two_years(
    tmp_path: Path, stem: bool | None, appointed: str, verdict: str
) -> None:
    education = [{"level": "doctor", "awarded": "2017-07-01", "stem": stem}]
    person = Person(tmp_path, ZHEJIANG, education=education, titles=engineer("2018-01-01", appointed=appointed))
    assert person.verdicts()["正文二(一)"] == verdict


@pytest.mark.duty("ZJ15-004", "ZJ15-022")
@pytest.mark.parametrize(
    ("appointed", "verdict", "earliest"),
    [("2015-12-31", "met", "2020-12-31"), ("2016-01-01", "unmet", "2021-01-01"), (False, "unmet", None)],
)
def test_five_years_of_actual_appointment_to_the_end_of_2020(
    tmp_path: Path, appointed: str | bool, verdict: str, earliest: str | None
) -> None:
    answer = Person(tmp_path, ZHEJIANG, titles=engineer("2015-06-01", appointed=appointed)).answer()
    assert (answer["verdict"], answer["earliest"]) == (verdict, earliest)
    assert answer["clauses"]["正文二(二)"]["verdict"] == verdict


@pytest.mark.duty("ZJ15-005")
@pytest.mark.parametrize(("score", "verdict"), [(80, "met"), (79.9, "unmet"), (None, "open")])
def test_a_self_score_of_eighty(tmp_path: Path, score: float | None, verdict: str) -> None:
    person = Person(tmp_path, ZHEJIANG, titles=[], self_score=score)
    assert (person.verdicts()["正文二(三)"], person.answer()["verdict"]) == (verdict, verdict)


def merit(folder: Path, *, confirmed: bool | None = True, **changes: Any) -> Person:
    said = {} if confirmed is None else {"正文二(四)": confirmed}
    return Person(folder, ZHEJIANG, titles=[], attestations=said, **changes)


def achieved(**facts: Any) -> list[dict[str, Any]]:
    return [{"date": "2018-05-01", **facts}]


@pytest.mark.duty("ZJ15-006", "ZJ15-007")
@pytest.mark.parametrize(
    ("rank", "confirmed", "item", "verdict"),
    [(5, True, "met", "met"), (5, None, "met", "open"), (5, False, "met", "unmet"), (6, True, "unmet", "unmet")],
)
def test_a_national_project_that_the_committee_confirms(
    tmp_path: Path, rank: int, confirmed: bool | None, item: str, verdict: str
) -> None:
    project = achieved(kind="research_project", level="national", rank=rank, concluded=True)
    found = merit(tmp_path, confirmed=confirmed, achievements=project).answer()
    assert (found["clauses"]["正文二(四)1"]["verdict"], found["verdict"]) == (item, verdict)


@pytest.mark.duty("ZJ15-008")
@pytest.mark.parametrize(
    ("level", "grade", "rank", "verdict"),
    [
        ("national", "special", 30, "met"),
        ("national", "first", 10, "met"),
        ("national", "first", 11, "unmet"),
        ("national", "second", 6, "met"),
        ("national", "second", 7, "unmet"),
        ("provincial", "first", 6, "met"),
        ("provincial", "first", 7, "unmet"),
        ("provincial", "second", 1, "unmet"),
    ],
)
def test_awards_by_class_and_rank(tmp_path: Path, level: str, grade: str, rank: int, verdict: str) -> None:
    award = achieved(kind="award", award_type="science_technology", level=level, grade=grade, rank=rank)
    person = merit(tmp_path, achievements=award)
    assert (person.verdicts()["正文二(四)2"], person.answer()["verdict"]) == (verdict, verdict)
    assert "各为一项，名次都是前6名" in person.run()


@pytest.mark.duty("ZJ15-009")
@pytest.mark.parametrize(
    ("years", "paid", "verdict"),
    [((2018, 2019), 1500000, "met"), ((2018, 2019), 1499999, "unmet"), ((2017, 2019), 1500000, "unmet")],
)
def test_income_tax_of_two_years_running(tmp_path: Path, years: tuple[int, int], paid: int, verdict: str) -> None:
    tax = [{"year": year, "paid": paid, "exemption": 60000} for year in years]
    person = merit(tmp_path, income_tax=tax)
    assert (person.verdicts()["正文二(四)3"], person.answer()["verdict"]) == (verdict, verdict)


@pytest.mark.duty("ZJ15-010")
@pytest.mark.parametrize(
    ("level", "rank", "verdict"), [("national", 1, "met"), ("national", 2, "unmet"), ("industry", 1, "unmet")]
)
def test_the_first_drafter_of_a_national_standard(tmp_path: Path, level: str, rank: int, verdict: str) -> None:
    person = merit(tmp_path, achievements=achieved(kind="plan_or_standard", level=level, rank=rank))
    assert (person.verdicts()["正文二(四)4"], person.answer()["verdict"]) == (verdict, verdict)


@pytest.mark.duty("ZJ15-027")
@pytest.mark.parametrize(("hours", "verdict"), [(90, "met"), (89, "unmet"), (None, "open")])
def test_ninety_hours_in_the_latest_year(tmp_path: Path, hours: int | None, verdict: str) -> None:
    learning = {"committed": True, "years": [{"year": 2018, "hours": 10}, {"year": 2019, "hours": hours}]}
    answer = Person(tmp_path, ZHEJIANG, continuing_education=learning).answer()
    assert (answer["clauses"]["正文七(二)"]["verdict"], answer["verdict"]) == (verdict, verdict)


@pytest.mark.parametrize(
    ("notice", "day"), [(JIANGXI, "2024-01-01"), (JIANGXI, "2022-12-31"), (ZHEJIANG, "2021-01-01")]
)
def test_an_annual_notice_holds_in_its_own_year(tmp_path: Path, notice: tuple[str, str, str], day: str) -> None:
    answer = Person(tmp_path, notice).answer(opened=day)
    assert (answer["verdict"], answer["excluded_by"], answer["earliest"]) == ("unmet", ["not_in_force"], None)
