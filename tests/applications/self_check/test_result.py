"""The answer of the public self-check: verdict, reasons, days, levels and ways."""

import re
from datetime import date

import pytest
from django.test import Client

from rules import catalog
from rules.advice import MOST_ADDITIONS
from tests.applications.pages import address, words
from tests.applications.self_check.visitor import SelfCheck, agree_to_all, qualified


def test_somebody_who_answers_everything_is_told_that_they_qualify_and_by_what():
    check = qualified()
    page = words(agree_to_all(check))

    assert "符合申报条件 途径： 正常申报" in page.replace("途径：正常申报", "途径： 正常申报")
    assert "仅供参考" in page
    for told in ("津人社局发〔2022〕27号 五(一)2", "硕士研究生", "第1条业绩成果（获奖）", "要求满5年"):
        assert told in page


@pytest.mark.duty("TJ39-004", "TJ23-007", "TJ23-028", "TJ23-029")
def test_what_the_rules_do_not_judge_is_told_with_the_reason():
    for policy in ("tianjin-lithium-2022", "tianjin-engineering-2019"):
        page = words(SelfCheck(f"{policy}/associate_senior").send(go="result"))
        told = page.partition("系统不作判断的规定")[2]

        assert all(f"{gap.clause} {gap.why}" in told for gap in catalog.get(policy).left_to_people("associate_senior"))
        assert ("五(三)6 " in told, "四(三)5 " in told) == (True, False), "only what is asked at this level"
        for clause, about in (
            ("2023年度通知一(三)", "凭数字经济专业技术等级证书认定"),
            ("2023年度通知三(四)", "疫情防控一线人员"),
            ("2023年度通知三(五)", "教师、辅导员、校医"),
        ):
            assert f"{clause} {about}" in told
    assert "正文二(一)3 工程师资格的国际互认尚在探索" in told


def test_nothing_answered_is_open_and_names_what_is_not_known():
    check = SelfCheck()
    page = words(check.send(go="result"))

    assert "尚不能判定" in page
    assert "还不知道 学历学位、工作经历" in page
    assert check.said == {}


def test_a_policy_no_longer_in_force_is_shown_as_such_and_tried_for_an_earlier_day(monkeypatch):
    monkeypatch.setattr("portal.clock.today", lambda: date(2026, 5, 4))
    check = SelfCheck()
    page = words(check.send(go="result"))

    assert "现已失效，可按有效期内的日期试算" in words(Client().get(address("self_check")))
    assert "已经失效" in page
    assert "不能据以申报。截至2026年11月25日查询，没有已知的接续文件。" in page
    assert "年限和业绩算到 2025年10月31日" in page
    assert "开放申报之日政策不在有效期内" not in page


@pytest.mark.parametrize(
    ("today", "days", "counted"),
    [
        ("2025-03-03", {}, "2025年3月3日"),
        ("2025-03-03", {"as_of": "2024-12-31"}, "2024年12月31日"),
        ("2025-03-03", {"opened": "2025-01-10"}, "2025年3月3日"),
        ("2025-03-03", {"opened": "2025-06-01"}, "2025年6月1日"),
        ("2022-01-01", {}, "2022年11月1日"),
        ("2026-05-04", {}, "2025年10月31日"),
        ("2026-05-04", {"opened": "2025-01-10"}, "2025年10月31日"),
    ],
)
def test_the_day_counted_to(monkeypatch, today, days, counted):
    monkeypatch.setattr("portal.clock.today", lambda: date.fromisoformat(today))

    assert f"年限和业绩算到 {counted}" in words(SelfCheck(**days).send(go="result"))


@pytest.mark.parametrize("as_of", ["", "2022-12-31"])
def test_a_notice_that_states_its_cut_off_counts_to_it(as_of):
    check = SelfCheck("jiangxi-lithium-2023/associate_senior", **({"as_of": as_of} if as_of else {}))

    page = words(check.send(go="result"))

    assert "年限和业绩算到 2022年12月31日" in page
    assert "开放申报之日政策不在有效期内" not in page
    assert "所依据的标准尚未核实，评审办事机构确认之前至多为待定" in page


def test_zhejiang_counts_to_the_end_of_its_year():
    page = words(SelfCheck("zhejiang-battery-2020/associate_senior").send(go="result"))

    assert "年限和业绩算到 2020年12月31日" in page
    assert "打分表自评80分以上" in page


def test_what_rests_on_a_source_nobody_has_read_is_marked():
    check = SelfCheck("jiangxi-lithium-2023/intermediate")
    page = words(check.send(go="result"))

    assert "未核实" in page
    assert "须由评审办事机构确认" in page
    assert "未核实" not in words(SelfCheck().send(go="result"))


def test_where_only_the_day_of_an_achievement_counts_every_kind_may_be_told():
    check = SelfCheck("jiangxi-lithium-2023/associate_senior")
    check.at(
        "titles",
        **{"title-0-level": "intermediate", "title-0-specialty": "lithium_battery", "title-0-obtained": "2018-03-01"},
    )
    check.send(go="achievements")
    check.send(more="achievement", **{"achievement-new": "patent"})

    page = words(check.send(go="result", **{"achievement-0-kind": "patent", "achievement-0-date": "2017-12-31"}))

    assert check.said["achievements"] == [{"kind": "patent", "date": "2017-12-31"}]
    assert "第1条业绩成果（2017-12-31）不在起算、终算时间之内，不作为依据" in page


def test_levels_and_the_regions_other_policy_stand_beside_each_other():
    check = SelfCheck()
    check.at("titles", **{"title-0-level": "intermediate", "title-0-obtained": "2017-12-01"})
    page = words(check.send(go="result"))

    assert "各层级对照" in page
    for title in ("技术员", "助理工程师", "工程师", "高级工程师（所申报）", "正高级工程师"):
        assert title in page.replace("高级工程师 （所申报）", "高级工程师（所申报）")
    assert "与津人社局发〔2019〕39号对照" in page


def test_the_way_to_yes_names_additions_that_were_judged():
    check = qualified()
    page = words(check.send(go="result"))

    assert "怎样才能符合" in page
    assert "补齐后即可" in page
    assert "由单位或评委会确认" in page


def test_the_result_leads_at_its_top_to_the_way_to_yes_and_to_the_other_levels():
    page = qualified().send(go="result").content.decode()
    top = page.split('<ul class="clauses">')[0]

    for place in ("ways", "beside"):
        assert f'href="#{place}"' in top
        assert f'id="{place}"' in page
    assert "#ways" not in agree_to_all(qualified()).content.decode()


def steps_offered(page: str, clause: str) -> list[str]:
    """The steps to which the buttons of a clause lead."""
    about = page.partition(f'id="clause-{clause}"')[2].partition('id="clause-')[0]
    return re.findall(r'name="go" value="(\w+)"', about)


def test_a_clause_leads_to_the_steps_that_ask_for_what_it_lacks():
    empty = SelfCheck().send(go="result").content.decode()
    done = agree_to_all(qualified()).content.decode()

    assert steps_offered(empty, "五(一)1") == ["education", "posts"]
    assert steps_offered(empty, "五(一)2") == ["education", "titles"]
    assert steps_offered(empty, "五(三)1") == ["achievements"]
    assert steps_offered(empty, "一(二)") == ["statements"]
    assert steps_offered(done, "五(一)2") == []


def test_the_button_of_a_clause_leads_there_and_none_stands_on_paper_where_it_would_do_nothing():
    check = SelfCheck()
    check.send(go="result")

    assert steps_offered(check.page.content.decode(), "五(一)1")
    check.send(go="education")
    assert check.step == "education"
    check.send(go="result")
    assert steps_offered(check.send(go="print").content.decode(), "五(一)1") == []


def test_ways_are_said_to_take_three_additions_each_at_most():
    page = words(qualified().send(go="result"))

    assert "只列补充不超过三项的办法" in page
    assert MOST_ADDITIONS == 3
    assert "依据 已确认符合" in words(agree_to_all(qualified()))
