"""Duties of the bodies of 27号 and 39号 and of the annual notice: routes, titles from elsewhere, who is kept out."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.rules.asking import (
    ENGINEERING,
    LITHIUM,
    achieved,
    answers,
    ask,
    both_notices,
    claiming,
    degree,
    routes,
    titled,
    told,
    work,
)

EVERY_LEVEL = ("technician", "assistant", "intermediate", "associate_senior", "full_senior")
ENTERPRISE = {"employer": {"kind": "private_enterprise", "region": "tianjin"}}
INSTITUTION = {"employer": {"kind": "public_institution", "region": "tianjin"}}
NOT_YET = ("unmet", None)


def claimed(claim: str, clause: str, level: str, policy: str) -> list[tuple[str, str | None]]:
    """One whom a competent person confirms, one whom nobody has judged, one who is denied."""
    return routes(level, *(claiming(claim, clause, said) for said in (True, None, False)), policy=policy)


def judged(claim: str) -> list[tuple[str, str | None]]:
    return [("met", claim), ("open", claim), NOT_YET]


@pytest.mark.duty("TJ27-005")
@both_notices
def test_there_are_five_titles_and_no_other(policy: str, tmp_path: Path) -> None:
    assert ["error" in answers(level, {}, policy=policy)[0] for level in EVERY_LEVEL] == [False] * 5
    (tmp_path / "dossier.json").write_text("{}", encoding="utf-8")
    asked = ("--policy", policy, "--level", "chief", "--as-of", "2024-06-30")
    with pytest.raises(CommandError, match=f"level: 'chief' is not one of {', '.join(EVERY_LEVEL)}"):
        call_command("check_eligibility", str(tmp_path / "dossier.json"), *asked)


@pytest.mark.duty("TJ27-027")
def test_a_leading_figure_is_recommended_for_full_senior_alone() -> None:
    leader = claiming("direct", "正文七(一)", True)
    assert routes("full_senior", leader, claiming("direct")) == [("met", "direct"), ("open", "direct")]
    denied = leader | {"attestations": leader["attestations"] | {"正文七(一)": False, "正文七(三)": False}}
    assert routes("full_senior", denied) == [NOT_YET]
    assert "正文七(一)" not in answers("associate_senior", leader)[0]["clauses"]


@pytest.mark.duty("TJ27-028")
def test_an_enterprise_appoints_engineers_by_itself() -> None:
    claim = claiming("self_appointment") | ENTERPRISE
    master = degree("master")
    people = [claim | degree("doctor"), claim | {"status": "postdoc", "education": []}]
    people += [claim | master | titled("assistant", day, False) for day in ("2022-06-30", "2022-07-01")]
    people += [claim | degree("doctor") | INSTITUTION, claim | degree("bachelor")]
    assert ask("intermediate", "正文七(二)", *people) == ["met", "met", "met", "unmet", "unmet", "unmet"]
    assert routes("intermediate", people[0], people[-1]) == [("met", "self_appointment"), NOT_YET]


@pytest.mark.duty("TJ39-023")
def test_39_names_no_postdoc() -> None:
    claim = claiming("self_appointment") | ENTERPRISE
    people = [claim | degree("doctor"), claim | {"status": "postdoc", "education": []}]
    people += [claim | degree("master") | titled("assistant", day, False) for day in ("2022-06-30", "2022-07-01")]
    assert ask("intermediate", "正文二(三)4", *people, policy=ENGINEERING) == ["met", "unmet", "met", "unmet"]


@pytest.mark.duty("TJ27-029")
def test_a_private_enterprise_keeps_its_postdoc() -> None:
    topic = {"kind": "research_project", "level": "provincial", "role": "principal"}
    claim = claiming("self_appointment") | ENTERPRISE | {"status": "postdoc"}
    state = {"employer": {"kind": "state_enterprise", "region": "tianjin"}}
    people = [claim | achieved(topic), claim | achieved({**topic, "level": "district"})]
    people += [claim | achieved({**topic, "role": "participant"}), claim | achieved(topic) | state]
    assert ask("associate_senior", "正文七(二)", *people) == ["open", "unmet", "unmet", "unmet"]
    stays = claim | {"attestations": claim["attestations"] | {"正文七(二)": True}}
    assert routes("associate_senior", stays, people[1]) == [("met", "self_appointment"), NOT_YET]


@pytest.mark.duty("TJ27-030", "TJ23-030")
@pytest.mark.parametrize("level", EVERY_LEVEL[2:])
def test_introduced_talent_applies_directly_whatever_title_it_holds(level: str) -> None:
    people = [claiming("direct", "正文七(三)", said) for said in (True, False)]
    assert ask(level, "正文七(三)", *people, claiming("direct")) == ["met", "unmet", "open"]
    assert routes(level, people[0], claiming("direct")) == judged("direct")[:2]
    titles = [titled("technician", "2023-01-01"), titled("assistant", "2023-01-01", False, specialty="chemistry")]
    assert routes(level, *(people[0] | held for held in titles)) == judged("direct")[:1] * 2


@pytest.mark.duty("TJ39-022")
@pytest.mark.parametrize("level", EVERY_LEVEL[2:])
def test_39_opens_every_level_to_contribution(level: str) -> None:
    assert claimed("direct", "正文二(三)4", level, ENGINEERING) == judged("direct")


@pytest.mark.duty("TJ27-032", "TJ23-030")
@pytest.mark.parametrize(("policy", "clause"), [(LITHIUM, "正文七(三)"), (ENGINEERING, "2023年度通知三(六)")])
def test_flexible_talent_has_a_year_and_two_months(policy: str, clause: str) -> None:
    terms = [(1, 2), (0.9, 2), (1, 1.9)]
    people: list[dict[str, Any]] = [
        {"status": "flexible", "flexible_agreement": {"years": years, "months_per_year": months}}
        for years, months in terms
    ]
    found = answers("associate_senior", *people, {"status": "flexible"}, policy=policy)
    assert [answer["excluded_by"] for answer in found] == [[], [clause], [clause], []]
    assert [answer["verdict"] for answer in found] == ["met", "unmet", "unmet", "open"]


@pytest.mark.duty("TJ27-034", "TJ39-028")
@pytest.mark.parametrize(("policy", "clause"), [(LITHIUM, "正文七(五)"), (ENGINEERING, "正文二(四)3")])
@pytest.mark.parametrize("level", EVERY_LEVEL)
def test_a_title_of_another_specialty_is_converted_after_a_year(policy: str, clause: str, level: str) -> None:
    chemist = claiming("conversion") | titled(level, "2019-01-01", series="research", specialty="chemistry")
    people = [chemist | work("specialty", day) for day in ("2023-06-30", "2023-07-01")]
    people += [claiming("conversion") | titled(level, "2019-01-01"), chemist | work("relevant", "2015-07-01")]
    assert ask(level, clause, *people, policy=policy) == ["met", "unmet", "unmet", "unmet"]
    assert routes(level, people[0], policy=policy) == [("met", "conversion")]


@pytest.mark.duty("TJ27-034", "TJ39-028")
@pytest.mark.parametrize(("policy", "clause"), [(LITHIUM, "正文七(五)"), (ENGINEERING, "正文二(四)3")])
def test_a_title_of_another_level_is_not_converted(policy: str, clause: str) -> None:
    others = [claiming("conversion") | titled(level, "2019-01-01", series="research", specialty="chemistry")
              for level in ("assistant", "intermediate", "full_senior")]  # fmt: skip
    people = [other | work("specialty", "2015-07-01") for other in others]
    assert ask("associate_senior", clause, *people, policy=policy) == ["unmet"] * 3


@pytest.mark.duty("TJ27-035", "TJ39-028")
@both_notices
def test_a_title_of_another_specialty_leads_to_the_next_level_after_a_year(policy: str) -> None:
    chemist = titled("intermediate", "2018-02-01", series="research", specialty="chemistry")
    people = [chemist | work("specialty", day) for day in ("2023-06-30", "2023-07-01")]
    assert routes("associate_senior", *people, policy=policy) == [("met", "ordinary"), NOT_YET]


@pytest.mark.duty("TJ27-046")
def test_27_binds_rounds_from_its_first_day_to_its_last() -> None:
    days = ("2022-10-31", "2022-11-01", "2025-10-31", "2025-11-01")
    found = [answers("associate_senior", {}, opened=day)[0] for day in days]
    assert [answer["excluded_by"] for answer in found] == [["not_in_force"], [], [], ["not_in_force"]]
    assert [answer["verdict"] for answer in found] == ["unmet", "met", "met", "unmet"]


@pytest.mark.duty("TJ39-039")
def test_39_binds_from_2020_without_an_end() -> None:
    found = [answers("associate_senior", {}, policy=ENGINEERING, opened=day)[0] for day in ("2019-12-31", "2020-01-01")]
    assert [answer["excluded_by"] for answer in found] == [["not_in_force"], []]
    assert answers("associate_senior", {}, policy=ENGINEERING, opened="2040-01-01")[0]["verdict"] == "met"


@pytest.mark.duty("TJ39-001")
@both_notices
def test_an_old_certificate_marked_full_senior_counts_as_that(policy: str) -> None:
    people = [
        claiming("conversion") | titled(level, "2010-01-01", series="research", specialty="chemistry")
        for level in ("full_senior", "associate_senior")
    ]
    assert routes("full_senior", *people, policy=policy) == [("met", "conversion"), NOT_YET]


@pytest.mark.duty("TJ39-003", "TJ23-006")
@both_notices
@pytest.mark.parametrize("level", ["associate_senior", "full_senior"])
def test_a_qualification_leads_on_with_proof_of_appointment(policy: str, level: str) -> None:
    lower = EVERY_LEVEL[EVERY_LEVEL.index(level) - 1]
    qualified = {"source": "professional_qualification"}
    people = [titled(lower, "2018-02-01", appointed, **qualified) for appointed in ("2018-02-01", False)]
    assert routes(level, *people, policy=policy) == [("met", "ordinary"), NOT_YET]


@pytest.mark.duty("TJ39-024")
@pytest.mark.parametrize("level", EVERY_LEVEL[2:])
def test_the_grass_roots_route_is_judged_and_named(level: str) -> None:
    assert claimed("targeted", "正文二(三)5", level, ENGINEERING) == judged("targeted")
    assert claimed("targeted", "正文二(三)5", level, LITHIUM) == [NOT_YET] * 3
    said = told(level, claiming("targeted"), policy=ENGINEERING)
    assert ("备案" in said, "限定使用范围" in said) == (True, True)
    assert "限定使用范围" not in told(level, claiming("direct"), policy=ENGINEERING)


@pytest.mark.duty("TJ39-025")
@both_notices
@pytest.mark.parametrize("level", ["associate_senior", "full_senior"])
def test_a_professional_degree_is_a_year_less_at_senior_levels(policy: str, level: str) -> None:
    lower = EVERY_LEVEL[EVERY_LEVEL.index(level) - 1]
    early = degree("master", engineering_professional=True)
    people = [early | titled(lower, day) for day in ("2020-06-30", "2020-07-01")]
    people += [degree("master") | titled(lower, "2020-06-30")]
    assert routes(level, *people, policy=policy) == [("met", "ordinary"), NOT_YET, NOT_YET]


@pytest.mark.duty("TJ27-036", "TJ39-029")
@both_notices
@pytest.mark.parametrize("issuer", ["beijing", "hebei"])
def test_senior_titles_of_beijing_and_hebei_count(policy: str, issuer: str) -> None:
    people = [titled("associate_senior", day, issuer=issuer) for day in ("2018-02-01", "2019-07-01")]
    assert routes("full_senior", *people, policy=policy) == [("met", "ordinary"), NOT_YET]


@pytest.mark.duty("TJ23-008")
@both_notices
@pytest.mark.parametrize("level", EVERY_LEVEL[2:])
def test_winners_of_contests_are_judged(policy: str, level: str) -> None:
    assert claimed("competition", "2023年度通知一(四)", level, policy) == judged("competition")


@pytest.mark.duty("TJ23-025", "TJ23-026", "TJ23-027")
@both_notices
@pytest.mark.parametrize("level", EVERY_LEVEL[2:])
def test_case_by_case_is_judged(policy: str, level: str) -> None:
    clause = "2023年度通知三(三)"
    assert claimed("case_by_case", clause, level, policy) == judged("case_by_case")
    said = told(level, claiming("case_by_case"), policy=policy)
    (line,) = [line for line in said.splitlines() if clause in line and "一事一议" in line]
    assert [ground in line for ground in ("重大突破", "首次申报", "技术负责人")] == [True] * 3


@pytest.mark.duty("TJ23-022")
@both_notices
@pytest.mark.parametrize("level", EVERY_LEVEL)
def test_how_somebody_studied_makes_no_difference(policy: str, level: str) -> None:
    studied = [degree("bachelor", **said) for said in ({"full_time": True}, {"full_time": False}, {})]
    day, part, unsaid = answers(level, *studied, policy=policy)
    assert day == part == unsaid


@pytest.mark.duty("TJ23-009")
@both_notices
@pytest.mark.parametrize("kind", ["administrative", "disciplinary", "party"])
def test_a_sanction_bars_from_its_first_day_to_its_last(policy: str, kind: str) -> None:
    spells = [("2024-06-30", None), ("2024-07-01", None), ("2023-01-01", "2024-06-30"), ("2023-01-01", "2024-06-29")]
    people = [{"sanctions": [{"kind": kind, "from": since, "until": until}]} for since, until in spells]
    found = answers("associate_senior", *people, policy=policy)
    barred = ["2023年度通知一(五)"]
    assert [answer["excluded_by"] for answer in found] == [barred, [], barred, []]
    assert [answer["verdict"] for answer in found] == ["unmet", "met", "unmet", "met"]


@pytest.mark.duty("TJ23-010")
@both_notices
def test_civil_servants_and_the_retired_are_kept_out(policy: str) -> None:
    people = [{"status": status} for status in ("civil_servant", "retired", "employed", "freelance")]
    found = answers("full_senior", *people, policy=policy)
    assert [bool(answer["excluded_by"]) for answer in found] == [True, True, False, False]
    assert [answer["verdict"] for answer in found] == ["unmet", "unmet", "met", "met"]


@pytest.mark.duty("TJ23-017")
@both_notices
def test_a_postdoc_on_station_applies_for_associate_senior(policy: str) -> None:
    postdoc = degree("doctor") | {"status": "postdoc", "titles": []}
    people = [postdoc | work("relevant", day) for day in ("2022-06-30", "2022-07-01")]
    assert routes("associate_senior", *people, policy=policy) == [("met", "ordinary"), NOT_YET]


@pytest.mark.duty("TJ23-016")
def test_a_specialty_without_criteria_applies_for_full_senior_by_the_series() -> None:
    marine = titled("associate_senior", "2018-02-01", specialty="marine")
    other_series = titled("associate_senior", "2018-02-01", series="agriculture", specialty="agronomy")
    people = [marine | {"posts": []}, other_series | {"posts": []}]
    assert routes("full_senior", *people, policy=ENGINEERING) == [("met", "ordinary"), NOT_YET]


@pytest.mark.duty("TJ23-014")
@pytest.mark.parametrize(
    ("policy", "own"), [(LITHIUM, "津人社局发〔2022〕27号"), (ENGINEERING, "津人社局发〔2019〕39号")]
)
def test_the_documents_an_application_is_judged_by_are_named(policy: str, own: str) -> None:
    said = told("associate_senior", {}, policy=policy).splitlines()[-1]
    named = said.removeprefix("依据：").split("、")
    assert named[0] == own
    assert {"津人社规字〔2019〕4号", "津人社局发〔2019〕39号", "天津市2023年度职称评审工作通知"} <= set(named)
    assert "津人社局发〔2022〕27号" not in told("associate_senior", {}, policy=ENGINEERING)


@pytest.mark.duty("TJ27-017")
def test_27_is_judged_by_its_annex_together_with_the_series_criteria() -> None:
    """The year that 39号 takes off counts under the annex of 27号, and both are named as what is judged by."""
    lower = titled("intermediate", "2020-06-30")
    early = lower | degree("bachelor", engineering_professional=True)
    found = [
        answer["clauses"]["五(一)2"]
        for answer in answers("associate_senior", early, lower | degree("bachelor"), policy=LITHIUM)
    ]
    assert [one["verdict"] for one in found] == ["met", "unmet"]
    last = told("associate_senior", early).splitlines()[-1]
    assert ("津人社局发〔2022〕27号" in last, "津人社局发〔2019〕39号" in last) == (True, True)
