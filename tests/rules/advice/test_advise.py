"""The way to yes on the one policy and level of `people`: what is proposed, in which order, and what never is."""

from datetime import date
from typing import Any

import pytest

from rules import catalog
from rules.advice import Advice, RouteAdvice, Way, advise, completed, search, wording
from rules.dossier import decode
from tests.rules.people import AS_OF, AWARD, LEVEL, PATENT, POLICY, STANDARD, attested, qualified, title

DAY = date.fromisoformat(AS_OF)
SCIENCE_AWARD = {**AWARD, "award_type": "science_technology", "rank": 5, "date": AS_OF}


def advice(as_of: date = DAY, opened: date | None = None, **changes: Any) -> Advice:
    return advise(catalog.get(POLICY), LEVEL, decode(qualified(**changes)), as_of=as_of, opened=opened)


def along(route: str, **changes: Any) -> RouteAdvice:
    return next(one for one in advice(**changes).routes if one.route == route)


def told(way: Way) -> list[tuple[str, str]]:
    return [(addition.kind, addition.clause) for addition in way.additions]


def test_a_route_that_is_met_needs_nothing():
    assert along("ordinary") == RouteAdvice(route="ordinary", verdict="met", ways=[])


def test_time_alone_names_day_and_clause():
    [way] = along("ordinary", titles=[title(obtained="2020-03-01", appointed="2020-03-01")]).ways
    assert (way.day, told(way), way.verdict) == (date(2025, 3, 1), [("time", "五(一)2")], "met")
    assert way.additions[0].text == "等到2025年3月1日：届时五(一)2随时间经过而符合"


def test_a_fact_not_entered_is_asked_for_with_the_latest_day_that_will_do():
    [addition] = along("ordinary", titles=[title(appointed=None)]).ways[0].additions
    assert (addition.kind, addition.clause, addition.place) == ("fact", "五(一)2", "titles[0].appointed")
    assert addition.piece == {"appointed": "2019-06-30"}
    assert addition.text == "补填：第1条职称的聘任日期，不晚于2019年6月30日（五(一)2）"


def test_a_professional_degree_asks_for_a_year_less():
    degree = {"level": "master", "awarded": "2012-07-01", "engineering_professional": True}
    [addition] = along("ordinary", education=[degree], titles=[title(appointed=None)]).ways[0].additions
    assert addition.piece == {"appointed": "2020-06-30"}


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({"continuing_education": {"committed": False, "years": None}}, "继续教育的年度记录，2024年度，90学时"),
        ({"assessments": None}, "年度考核，2024年度，考核合格"),
        ({"education": [{"level": "bachelor", "awarded": "2015-07-01", "engineering_professional": None}],
          "titles": [title(obtained="2020-03-01", appointed="2020-03-01")]},
         "第1条学历学位的是否工程类专业学位，如属实请填“是”"),
        ({"education": None}, "学历学位，博士，取得日期不晚于2024年6月30日"),
        ({"status": None}, "人员身份，在职"),
    ],
)  # fmt: skip
def test_a_fact_to_be_written_down_names_its_value(changes: dict[str, Any], label: str):
    said = [addition.text for way in along("ordinary", **changes).ways for addition in way.additions]
    assert any(text.startswith(f"补填：{label}（") for text in said), said


def test_alternatives_of_several_tests_are_told_apart():
    asked = {"as_of": date(2020, 12, 31), "opened": date(2020, 9, 1)}
    found = advise(catalog.get("zhejiang-battery-2020"), LEVEL, decode(qualified(titles=[], self_score=60)), **asked)
    said = [addition.text for way in found.routes[0].ways for addition in way.additions]
    assert (
        "再有1项（国家级、特等奖）或（国家级、一等奖及以上、前10名）或（国家级、二等奖及以上、前6名）"
        "或（省部级及以上、一等奖及以上、前6名）的奖项（正文二(四)2）"
    ) in said


def test_the_day_is_not_said_twice():
    [wait, *_] = along("ordinary", titles=[title(obtained="2020-03-01", appointed="2020-03-01")]).ways[0].additions
    assert wording.undated(wait) == "五(一)2随时间经过而符合"
    [record] = along("ordinary", achievements=[PATENT]).ways[0].additions
    assert wording.undated(record) == record.text


def test_an_earlier_day_is_asked_for_where_the_window_needs_it():
    """Five years would do for 五(一)2, but the standard of 2018 counts only from the title on."""
    achievements = [{**STANDARD, "date": "2018-05-05"}, {**PATENT, "date": "2018-07-07"}]
    found = along("ordinary", titles=[title(obtained=None)], achievements=achievements)
    assert found.ways[0].additions[0].piece == {"obtained": "2018-05-05"}


def test_what_only_people_judge_of_a_record_is_for_them_to_confirm():
    patent = {key: value for key, value in PATENT.items() if key != "benefit"}
    first = along("ordinary", achievements=[STANDARD, patent]).ways[0].additions[0]
    assert (first.kind, first.place, first.piece) == ("confirmation", "achievements[1].benefit", {"benefit": "good"})
    assert first.text == "由单位或评委会确认：第2条业绩成果的效益为较好及以上（五(三)7）"


def test_all_that_is_to_be_attested_is_one_confirmation_in_the_notices_order():
    [way] = along("ordinary", attestations=None).ways
    [addition] = way.additions
    assert addition.clause == "一(一)、一(二)、一(三)、五(二)、五(二)1"
    assert addition.piece == dict.fromkeys(["一(一)", "一(二)", "一(三)", "五(二)", "五(二)1"], True)
    assert "五(二)1 重要工程项目的设计（或五(二)2、五(二)3、五(二)4）" in addition.text


def test_one_record_more_just_satisfies_its_clause():
    ways = along("ordinary", achievements=[PATENT]).ways
    singles = {way.additions[0].clause: way.additions[0] for way in ways if way.size == 1}
    assert sorted(singles) == ["五(三)1", "五(三)3", "五(三)4", "五(三)6"]
    assert singles["五(三)1"].piece == {**AWARD, "date": AS_OF}
    assert singles["五(三)1"].text == "再有1项省部级及以上、三等奖及以上、有个人证书的奖项（五(三)1）"
    assert singles["五(三)3"].piece == {**STANDARD, "level": "provincial", "date": AS_OF}
    assert singles["五(三)6"].piece == {"kind": "monograph", "date": AS_OF, "words": 100_000}
    assert singles["五(三)6"].text == "再有1项本人撰写10万字以上的专著（五(三)6）"


def test_like_records_are_said_once_and_counted():
    ways = along("ordinary", achievements=[PATENT]).ways
    [pair] = [way for way in ways if way.size == 2]
    [addition] = pair.additions
    assert (addition.count, addition.clause) == (2, "五(三)2")
    assert addition.text.startswith("再有2项省部级及以上、已结项、主持或前5名的课题")


def test_one_award_may_serve_the_exception_and_the_achievements():
    """An award that serves 五(四)1 as of the science class serves 五(三)1 too, given the personal certificate."""
    young = title(obtained="2022-03-01", appointed="2022-03-01")
    found = along("exceptional", achievements=[PATENT], titles=[young])
    both = [way.additions[0] for way in found.ways if way.size == 1 and way.additions[0].piece == SCIENCE_AWARD]
    assert [addition.clause for addition in both] == ["五(三)1、五(四)1"]


def test_records_of_a_list_left_out_are_facts_to_be_written_down():
    way = along("exceptional", honours=None, titles=[title(obtained="2022-03-01", appointed="2022-03-01")]).ways[0]
    assert told(way) == [("fact", "五(四)3")]
    assert way.additions[0].text == "补填1项荣誉：中华技能大奖或全国技术能手（五(四)3）"


def test_three_achievements_two_letters_and_consent():
    """五(四)4 with the third achievement there: two colleagues and the supervising body are three confirmations."""
    achievements = [STANDARD, PATENT, {"kind": "monograph", "date": "2023-09-15", "words": 100_000}]
    found = along(
        "exceptional", titles=[title(obtained="2022-03-01", appointed="2022-03-01")], achievements=achievements
    )
    by_clause = {told(way)[0][1]: way for way in found.ways}
    way = by_clause["五(四)4"]
    assert [(addition.place, addition.count) for addition in way.additions] == [("consents", 1), ("endorsements", 2)]
    assert way.additions[0].text == "取得业务主管部门同意（五(四)4）"
    assert way.additions[1].text == "再有2名推荐人：正高级工程师、专业相同或相近（五(四)4）"


def test_time_and_a_record_together():
    young = title(obtained="2020-03-01", appointed="2020-03-01")
    ways = along("ordinary", titles=[young], achievements=[PATENT]).ways
    assert told(ways[0]) == [("time", "五(一)2"), ("achievement", "五(三)1")]
    assert ways[0].day == date(2025, 3, 1)
    assert [addition.piece["date"] for addition in ways[0].additions if addition.piece] == [AS_OF]


def test_unknown_sanctions_are_asked_for_and_a_known_one_is_waited_out():
    [unknown] = along("ordinary", sanctions=None).ways
    assert (unknown.additions[0].place, unknown.additions[0].piece) == ("sanctions", {"sanctions": []})
    party = {"kind": "party", "from": "2024-01-01", "until": "2024-12-31"}
    [waited] = along("ordinary", sanctions=[party]).ways
    assert (waited.day, told(waited)) == (date(2025, 1, 1), [("time", "2023年度通知一(五)")])
    assert along("ordinary", sanctions=[{**party, "until": None}]).ways == []


def test_a_result_that_stands_for_a_paper_is_spent_on_it():
    patent = {**PATENT, "substitutes_paper": True}
    attested = [way for way in along("ordinary", achievements=[patent]).ways if told(way)[0][0] == "confirmation"]
    assert attested == []
    letter = {"kind": "performance_letter", "date": "2023-01-01", "substitutes_paper": True}
    for achievements in ([patent, letter], [patent, patent]):
        first = along("ordinary", achievements=achievements).ways[0]
        assert told(first) == [("confirmation", "五(三)6")]


@pytest.mark.parametrize(
    ("agreement", "said"),
    [
        ({"months_per_year": 2}, "补填：柔性引进协议的年限，1年以上（正文七(三)）"),
        ({"years": 1}, "补填：柔性引进协议的每年在津月数，2个月以上（正文七(三)）"),
    ],
)
def test_an_agreement_is_asked_for_with_what_it_has_to_reach(agreement, said):
    [way] = along("ordinary", status="flexible", flexible_agreement=agreement).ways
    assert way.additions[0].text == said


def test_learning_may_be_promised_or_made_up():
    [promised] = along("ordinary", continuing_education=None).ways
    assert promised.additions[0].text == "作出继续教育承诺（一(四)）"
    [promised, written] = along("ordinary", continuing_education={"years": [{"year": None, "hours": 90}]}).ways
    assert promised.additions[0].place == "continuing_education.committed"
    assert written.additions[0].text == "补填：继续教育的第1条年度记录的年度，2024（一(四)）"
    [made_up] = along("ordinary", continuing_education={"committed": False, "years": []}).ways
    assert made_up.additions[0].piece == {"years": [{"year": 2024, "hours": 90}]}


@pytest.mark.parametrize(
    ("what", "changes"),
    [
        ("a degree, a title, a grade", {"education": [], "titles": [], "skills": []}),
        ("another assessment", {"assessments": [{"year": 2024, "result": "incompetent"}]}),
        ("an appointment", {"titles": [title(appointed=False)]}),
        ("that a denial be taken back", {"attestations": attested(**{"一(一)": False})}),
        ("a career before retirement", {"status": "retired"}),
    ],
)
def test_never_proposed(what: str, changes: dict[str, Any]):
    assert along("ordinary", **changes).ways == [], what


def test_no_way_where_the_policy_is_not_in_force():
    assert [one.ways for one in advice(opened=date(2026, 1, 1), attestations=None).routes] == [[], []]


def test_claimed_routes_are_advised_and_others_are_not():
    found = advice(claims=["direct"], attestations=attested(), achievements=[])
    assert [one.route for one in found.routes] == ["ordinary", "exceptional", "direct"]
    [way] = found.routes[2].ways
    assert told(way) == [("confirmation", "正文七(三)")]


def test_completed_leaves_the_dossier_as_it_was():
    dossier = decode(qualified(achievements=[PATENT]))
    [way, *_] = advise(catalog.get(POLICY), LEVEL, dossier, as_of=DAY).routes[0].ways
    whole = completed(dossier, way.additions)
    assert (len(dossier.achievements), len(whole.achievements)) == (1, 2)
    assert whole.titles == dossier.titles


def test_fewer_first_then_cheaper_kinds():
    patent = {key: value for key, value in PATENT.items() if key not in ("benefit", "granted")}
    ways = along("ordinary", achievements=[STANDARD, patent]).ways
    assert [told(way) for way in ways[:2]] == [[("achievement", "五(三)1")], [("achievement", "五(三)4")]]
    assert [way.size for way in ways] == sorted(way.size for way in ways)


@pytest.mark.parametrize(
    ("changes", "most"),
    [
        ({"titles": [title(appointed=None)]}, 20),
        ({"attestations": None}, 50),
        ({"achievements": [PATENT]}, 130),
        ({"achievements": []}, 500),
    ],
)
def test_ordinary_questions_take_few_judgements(changes: dict[str, Any], most: int, monkeypatch: pytest.MonkeyPatch):
    counted: list[object] = []
    judge = search.with_steps

    def counting(*given: Any) -> Any:
        counted.append(given)
        return judge(*given)

    monkeypatch.setattr(search, "with_steps", counting)
    along("ordinary", **changes)
    assert 0 < len(counted) <= most
