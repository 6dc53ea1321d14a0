"""Sentences a person can act on: mark, figures, what would mend it."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, get_args

import pytest
from msgspec import Struct
from msgspec.structs import fields

from rules import casebook, catalog, phrases, verdict, words
from rules.dossier import Dossier
from rules.engine import judge
from rules.explain import Line, headline, sentences
from rules.leaves import Allowed
from rules.result import Result
from rules.verdict import Either, Note, Verdict
from tests.rules.people import LEVEL, PATENT, POLICY, STANDARD, qualified, title


def asked(dossier: dict) -> Result:
    return judge(POLICY, LEVEL, dossier, as_of=date(2024, 6, 30))


def line(result: Result, clause: str) -> Line:
    return next(line for line in sentences(result) if line.clause == clause)


def test_a_kept_result_reads_as_the_fresh_one() -> None:
    result = asked(qualified(titles=[title(appointed=None)]))
    assert sentences(result.to_dict()) == sentences(result)
    assert headline(result.to_dict()) == headline(result)


def test_every_clause_has_a_line_in_order() -> None:
    result = asked(qualified())
    assert [line.clause for line in sentences(result)] == list(result.clauses)
    assert {line.depth for line in sentences(result)} == {0, 1}


def test_seniority_tells_its_figures_and_the_day() -> None:
    found = line(asked(qualified(titles=[title(obtained="2022-06-01", appointed="2022-06-01")])), "五(一)2")
    assert found.mark == "✗"
    assert "自2022年6月1日任职至2024年6月30日，计2年29天，要求满5年" in found.text
    assert found.mend == "任职至2027年6月1日满5年"


def test_a_professional_degree_is_told_with_the_year_it_takes_off() -> None:
    degree = {"level": "master", "awarded": "2012-07-01", "engineering_professional": True}
    held = title(obtained="2020-09-01", appointed="2020-09-01")
    found = line(asked(qualified(education=[degree], titles=[held])), "五(一)2")
    assert "计3年9个月29天，要求满4年（有工程类专业学位，比5年少1年）" in found.text
    assert found.mend == "任职至2024年9月1日满4年"


def test_a_degree_that_may_be_professional_takes_nothing_off_yet() -> None:
    degree = {"level": "master", "awarded": "2012-07-01"}
    held = title(obtained="2020-06-01", appointed="2020-06-01")
    found = line(asked(qualified(education=[degree], titles=[held])), "五(一)2")
    assert found.text.endswith("要求满5年")
    assert "工程类专业学位" in found.mend


def test_a_near_miss_is_named() -> None:
    found = line(asked(qualified(achievements=[{**STANDARD, "rank": 7}, PATENT])), "五(三)3")
    assert found.text.endswith("：第1条业绩成果的排名为7，要求前5名；符合的规划、政策、标准或规范0项，要求1项")
    assert found.mend == "还缺1项符合本款的规划、政策、标准或规范"


def places(of: type[Struct], above: str = "") -> Iterator[str]:
    """Every place of a dossier that may be said to be missing, as the dossier writes it."""
    for field in fields(of):
        place = f"{above}.{field.encode_name}" if above else field.encode_name
        if field.name != "id":
            yield place
        for part in _structs(field.type):
            yield from places(part, f"{place}[0]" if "list[" in str(field.type) else place)


def _structs(type_: Any) -> list[type[Struct]]:
    if isinstance(type_, type) and not get_args(type_):
        return [type_] if issubclass(type_, Struct) else []
    return [found for part in get_args(type_) for found in _structs(part)]


def test_every_place_of_a_dossier_is_said_in_chinese() -> None:
    said = {place: words.place(place) for place in places(Dossier)}
    assert len(said) > 70
    assert {place: text for place, text in said.items() if re.search("[a-z]", text)} == {}


def test_the_years_of_an_agreement_are_no_yearly_record() -> None:
    asked_for = asked(qualified(status="flexible", flexible_agreement={"months_per_year": 3}))
    assert line(asked_for, "正文七(三)").mend == "请补充柔性引进协议的年限"
    assert words.place("continuing_education.years[1].hours") == "继续教育的第2条年度记录的学时"


def test_of_alternatives_any_one_is_asked_for() -> None:
    found = line(asked(qualified(achievements=[STANDARD, PATENT])), "五(三)6")
    assert found.mend == "还缺1项符合本款的专著，或还缺2项符合本款的论文、调查报告"


def test_near_misses_of_alternatives_are_told_as_alternatives() -> None:
    project = {"id": "k1", "kind": "research_project", "date": "2022-01-01", "level": "provincial", "concluded": True}
    near = {**project, "role": "participant", "rank": 7}
    found = line(asked(qualified(achievements=[near])), "五(三)2")
    assert found.text.endswith(
        "：第1条业绩成果的承担角色为参与，要求主持，或第1条业绩成果的排名为7，要求前5名；符合的课题0项，要求2项"
    )


def test_alternatives_of_several_figures_begin_with_or() -> None:
    book = {"id": "m", "kind": "monograph", "date": "2022-01-01", "words": 50_000}
    found = line(asked(qualified(achievements=[book])), "五(三)6")
    assert found.text.endswith(
        "：第1条业绩成果的本人撰写字数为50000，要求10万字以上；符合的专著0项，要求1项；或符合的论文、调查报告0项，要求2项"
    )


def test_alternatives_that_are_open_are_told_as_alternatives_too() -> None:
    lacking, held = Note("degree", Verdict.UNMET, ("doctor",)), Note("work", Verdict.OPEN, ("relevant", 4, None))
    work = verdict.Finding(Verdict.OPEN, missing=("posts",), notes=(Note("status", Verdict.OPEN, ("retired",)), held))
    found = verdict.any_of([verdict.Finding(Verdict.UNMET, notes=(lacking,)), work])
    assert found.verdict is Verdict.OPEN
    assert phrases.text("甲", found.notes) == "甲：没有博士学历学位，或人员身份为已离退休"


def test_an_alternative_that_says_nothing_new_is_left_out() -> None:
    degree, skill = Note("degree", Verdict.UNMET, ("doctor",)), Note("skill_absent", Verdict.UNMET, ("technician",))
    several = Either(((degree, skill), Either(((degree,), (skill,))), ()))
    assert phrases.text("甲", (several,)) == "甲：没有博士学历学位；没有技师及以上技能等级"


def test_what_is_asked_together_is_asked_for_together() -> None:
    found = line(asked(qualified(endorsements=[], achievements=[])), "五(四)4")
    assert found.mend == "还缺3项业绩成果条款；还缺2名符合本款的推荐人；取得业务主管部门同意"


def test_what_is_wanting_of_alternatives_of_several_parts() -> None:
    of = [Note("skill_absent", Verdict.UNMET, (grade,)) for grade in ("technician", "senior_technician")]
    work = Note("work", Verdict.UNMET, ("relevant", 4, None))
    notes = (Either(((of[0], work), (of[1], Either((work, Note("consent", Verdict.UNMET, ("b",))))), ())), of[0])
    assert phrases.mend("unmet", (), (), notes) == (
        "取得技师及以上技能等级，并相关工作累计满4年，"
        "或取得高级技师技能等级，并相关工作累计满4年（或取得业务主管部门同意）；取得技师及以上技能等级"
    )


def test_what_is_missing_is_asked_for_in_words() -> None:
    found = line(asked(qualified(titles=[title(appointed=None)])), "五(一)2")
    assert (found.mark, found.mend) == ("？", "请补充第1条职称的聘任日期")


def test_what_is_judged_is_put_as_a_question() -> None:
    achievements = [STANDARD, {key: value for key, value in PATENT.items() if key != "benefit"}]
    found = line(asked(qualified(achievements=achievements)), "五(三)7")
    assert found.mend == "待有权人员确认：该成果的经济社会效益如何认定"


def test_the_assignment_is_told() -> None:
    found = line(asked(qualified()), "五(三)")
    assert found.text.endswith("可计2项，要求2项，由五(三)3（第1条业绩成果）、五(三)7（第2条业绩成果）")
    assert found.mend == ""


def test_the_assignment_tells_how_much_of_it_is_open() -> None:
    achievements = [STANDARD, {key: value for key, value in PATENT.items() if key != "benefit"}]
    found = line(asked(qualified(achievements=achievements)), "五(三)")
    assert (found.mark, "：可计2项（其中1项待定），要求2项，由五(三)3" in found.text) == ("？", True)


def test_an_achievement_outside_the_window_is_told() -> None:
    found = line(asked(qualified(achievements=[{**STANDARD, "date": "2018-01-09"}, PATENT])), "五(三)3")
    assert "（2018年1月9日）早于起算日2018年1月10日" in found.text


def test_readings_stand_beside_their_clause() -> None:
    assert line(asked(qualified()), "五(四)4").reading == "“3项以上”含3项"


def test_sanctions_say_until_when() -> None:
    sanctions = [{"kind": "party", "from": "2024-01-01", "until": "2024-12-31"}]
    found = line(asked(qualified(sanctions=sanctions)), "2023年度通知一(五)")
    assert "党纪处分自2024年1月1日起至2024年12月31日止" in found.text
    assert found.mend == "影响期满后再申报"


def test_a_route_for_others_says_whom_it_is_for() -> None:
    found = line(asked(qualified(claims=["self_appointment"], achievements=[])), "正文七(二)")
    assert found.mark == "✗"
    assert found.mend == "人员身份须为博士后；还缺1项符合本款的课题"


def test_a_figure_that_is_not_known_is_said_to_be_wanting() -> None:
    agreed = asked(qualified(status="flexible", flexible_agreement={"years": 2}))
    assert "：协议2年、每年在津月数未填，要求1年以上" in line(agreed, "正文七(三)").text
    learnt = asked(qualified(continuing_education={"committed": False, "years": [{"year": 2023}]}))
    assert "2023年继续教育学时未填，要求90学时" in line(learnt, "一(四)").text


def test_headlines() -> None:
    assert headline(asked(qualified())) == "✓ 符合申报条件（正常申报）"
    assert headline(asked(qualified(status="retired"))) == (
        "✗ 不符合申报条件：按2023年度通知一(五)不能申报；仅凭时间经过不能符合"
    )
    young = title(obtained="2022-06-01", appointed="2022-06-01")
    assert headline(asked(qualified(titles=[young]))) == "✗ 不符合申报条件；其他条件不变，2027年6月1日起符合"


def test_where_facts_or_people_are_awaited_nothing_is_said_of_time() -> None:
    assert headline(asked(qualified(titles=[title(appointed=None)]))) == "？ 尚不能判定（正常申报）"


def test_of_several_degrees_the_nearest_years_are_told() -> None:
    dossier = casebook.base(POLICY, "assistant")
    dossier["education"] = [{"level": "bachelor", "awarded": "2023-07-01"}]
    found = line(judge(POLICY, "assistant", dossier, as_of=date(2024, 6, 30)), "三(一)2")
    assert found.text.endswith("：学历学位为本科（学士）；本专业岗位累计11个月29天，要求满1年")
    assert found.mend == "本专业岗位累计满1年"


def test_years_that_a_nearer_degree_spares_are_not_asked_for_with_what_else_is_wrong() -> None:
    dossier = casebook.base(POLICY, "assistant") | {"performance_assessment": "failed"}
    dossier["education"] = [{"level": "bachelor", "awarded": "2021-01-01"}]
    found = line(judge(POLICY, "assistant", dossier, as_of=date(2024, 6, 30)), "三(一)2")
    assert "要求满1年；业绩考核为不合格" in found.text
    assert "或" not in found.text.rpartition("：")[2]
    assert found.mend == "业绩考核须为合格"


def test_a_degree_whose_years_are_spared_leaves_no_alternative_behind() -> None:
    dossier = casebook.base(POLICY, "assistant")
    degrees = [("bachelor", "2024-01-10"), ("associate", "2018-07-01")]
    dossier["education"] = [{"level": level, "awarded": day} for level, day in degrees]
    dossier["posts"] = [{"from": "2021-09-01", "scope": "specialty"}]
    found = line(judge(POLICY, "assistant", dossier, as_of=date(2024, 6, 30)), "三(一)2")
    assert found.text.endswith(
        "：学历学位为本科（学士）；本专业岗位累计5个月20天，要求满1年"
        "；或学历学位为大专；本专业岗位累计2年9个月29天，要求满3年"
    )


@pytest.mark.parametrize("policy_id", catalog.ids())
def test_every_value_that_a_clause_asks_of_a_single_field_is_said_in_words(policy_id: str) -> None:
    entry = catalog.get(policy_id)
    asked = [*_allowed(entry.policy), *_allowed(entry.layer)]
    assert [
        (leaf.field_, value) for leaf in asked for value in leaf.in_ if words.word(value, leaf.field_) == value
    ] == []


def _allowed(part: object) -> Iterator[Allowed]:
    if isinstance(part, Allowed):
        yield part
    elif isinstance(part, Struct):
        for name in part.__struct_fields__:
            yield from _allowed(getattr(part, name))
    elif isinstance(part, dict | list):
        for item in part.values() if isinstance(part, dict) else part:
            yield from _allowed(item)


def test_the_records_that_fill_a_clause_are_named_in_their_order() -> None:
    topic = {"kind": "research_project", "date": "2023-01-01", "level": "provincial", "concluded": True, "rank": 1}
    found = line(asked(qualified(achievements=[topic, STANDARD, topic])), "五(三)")
    assert "五(三)2（第1条业绩成果、第3条业绩成果）" in found.text


def test_nobody_is_told_to_bring_a_substitute_for_a_paper() -> None:
    clause = asked(qualified(achievements=[])).clauses["五(三)6"]
    assert clause.verdict == "unmet"
    assert "业绩证明函" not in clause.text + clause.mend
    assert "论文" in clause.mend


def test_a_substitute_of_another_kind_is_not_called_a_letter() -> None:
    found = line(asked(qualified(achievements=[STANDARD, {**PATENT, "rank": 6, "substitutes_paper": True}])), "五(三)6")
    assert found.mark == "？"
    assert "替代论文的成果0项（另有1项待定）" in found.text
    assert "业绩证明函" not in found.text


@pytest.mark.parametrize("named", [{}, {"id": "a-1"}])
def test_a_record_out_of_the_window_is_called_by_its_number(named: dict) -> None:
    dossier = {"titles": [title()], "achievements": [{"kind": "paper", "date": "2001-05-01", **named}]}
    found = line(
        judge("jiangxi-lithium-2023", LEVEL, dossier, as_of=date(2022, 12, 31), opened=date(2023, 6, 1)), "正文二(二)"
    )
    assert found.mend.startswith("待有权人员确认：第1条业绩成果（2001-05-01）不在")


@pytest.mark.parametrize("titles", [[], [title(level=LEVEL)], [title(level="full_senior", specialty="chemistry")]])
def test_a_conversion_asks_for_a_title_of_another_specialty(titles: list) -> None:
    found = line(asked(qualified(titles=titles, claims=["conversion"])), "正文七(五)")
    assert (found.mark, found.mend) == ("✗", "持有其他专业的高级工程师职称方可转评")


def test_a_record_that_may_yet_count_is_told() -> None:
    achievements = [STANDARD, {key: value for key, value in PATENT.items() if key != "benefit"}]
    found = line(asked(qualified(achievements=achievements)), "五(三)7")
    assert found.text.endswith("：符合的专利0项（另有1项待定），要求1项")
