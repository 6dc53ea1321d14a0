"""The public self-check: steps that keep what was said, three values, and the rules' answer."""

import json
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client

from applications.self_check import questions
from applications.self_check.policy_form import offered
from applications.self_check.state import MOST_ENTRIES
from applications.views.self_check import RESULTS, TRIES
from rules import catalog
from rules.advice import MOST_ADDITIONS
from tests.applications.pages import address, words
from tests.applications.self_checking import POLICY, SelfCheck, agree_to_all, qualified
from tests.costs import cost


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()
    yield
    cache.clear()


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


def test_not_known_and_none_are_two_things():
    check = SelfCheck()
    check.at("titles", **{"title-none": "on"})

    assert check.said == {"titles": []}
    assert "截止日前没有工程师职称" in words(check.send(go="result"))
    check.at("titles")
    assert check.said == {}


def test_back_and_forward_keep_everything_the_step_one_leaves_included():
    check = SelfCheck()
    check.send(go="education", **{"person-status": "employed"})
    check.send(go="back", **{"education-0-level": "doctor"})

    assert check.step == "person"
    assert '<option value="employed" selected>' in check.page.content.decode()
    check.send(go="next", **{"person-status": "employed"})
    assert '<option value="doctor" selected>' in check.page.content.decode()
    assert check.said == {"status": "employed", "education": [{"level": "doctor"}]}


def test_rows_are_added_and_dropped_without_losing_the_others():
    check = SelfCheck()
    check.send(go="posts")
    check.send(more="post", **{"post-0-from": "2014-07-01", "post-0-scope": "relevant"})
    check.send(
        more="post",
        **{
            "post-0-from": "2014-07-01",
            "post-0-scope": "relevant",
            "post-1-from": "2019-01-01",
            "post-1-scope": "other",
        },
    )
    check.send(
        drop="post-0",
        **{
            "post-0-from": "not a day",
            "post-1-from": "2019-01-01",
            "post-1-scope": "other",
            "post-2-scope": "specialty",
        },
    )

    assert check.said["posts"] == [{"from": "2019-01-01", "scope": "other"}, {"scope": "specialty"}]


@pytest.mark.duty("TJ39-012")
def test_a_kind_of_achievement_is_asked_only_what_it_is_judged_by():
    check = SelfCheck()
    check.send(go="achievements")
    page = check.send(more="achievement", **{"achievement-new": "monograph"}).content.decode()

    assert 'name="achievement-0-words"' in page
    assert [name for name in ("rank", "venue", "grade", "title") if f'name="achievement-0-{name}"' in page] == []
    check.send()
    assert check.said["achievements"] == [{"kind": "monograph"}]


@pytest.mark.parametrize("policy_id", catalog.ids())
def test_every_field_a_clause_judges_an_achievement_by_is_asked(policy_id):
    entry = catalog.get(policy_id)
    judged = questions.judged_fields(entry)

    asked = {kind: {field.name for field in questions.achievement_part(entry, kind).fields} for kind in judged}
    assert {kind: judged[kind] - asked[kind] for kind in judged} == {kind: frozenset() for kind in judged}


@pytest.mark.parametrize("policy_id", catalog.ids())
def test_every_level_of_every_policy_can_be_gone_through_to_its_result(policy_id):
    entry = catalog.get(policy_id)
    for level in entry.levels:
        check = SelfCheck(f"{policy_id}/{level}")
        for step in questions.KEYS[1:]:
            assert (check.step, check.page.status_code) == (step, 200)
            check.send()
        assert check.step == "result"
        assert entry.source.number in check.text
        assert [number for number in entry.clauses(level) if number.number not in check.text and _shown(number)] == []


def _shown(clause) -> bool:
    """Clauses of routes that nobody asked for stay away."""
    return not clause.number.startswith(("正文", "2023年度通知三", "2023年度通知一(四)", "国家基本标准"))


def test_a_row_and_none_contradict_each_other():
    check = SelfCheck()
    check.send(go="education")
    page = check.send(**{"education-0-level": "doctor", "education-none": "on"})

    assert page.status_code == 422
    assert "已经填写了条目，请取消勾选，或删除这些条目。" in words(page)
    assert 'href="#id_education-none"' in page.content.decode()


def test_a_value_that_cannot_be_read_is_shown_at_its_field():
    check = SelfCheck()
    check.send(go="posts")
    page = check.send(**{"post-0-from": "2014-13-01", "post-0-scope": "relevant"})

    assert (page.status_code, check.step) == (422, "posts")
    assert 'href="#id_post-0-from"' in page.content.decode()


def test_routes_and_own_statements_reach_the_rules():
    check = SelfCheck()
    check.at("routes", **{"routes-claims": "direct"})
    page = check.send(go="statements").content.decode()
    place = next(
        number for number in range(20) if "正文七(三)" in page.split(f"div_id_statements-clause-{number}")[1][:400]
    )
    check.send(**{f"statements-clause-{place}": "no"})

    assert check.said == {"claims": ["direct"], "attestations": {"正文七(三)": False}}
    assert "正文七(三)" in check.text


def test_the_consent_is_known_given_refused_or_unknown():
    check = SelfCheck()
    answers = []
    for said in ("yes", "no", ""):
        check.at("support", **{"consent-consents": said})
        answers.append(check.said.get("consents"))

    assert answers == [["supervising_body"], [], None]


def test_policies_are_offered_with_their_document_and_days():
    page = words(Client().get(address("self_check")))

    for entry in offered():
        assert f"{entry.policy.specialty.label}：{entry.source.number}" in page
    assert "2022年11月1日至2025年10月31日有效" in page


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


def test_a_day_outside_the_policy_is_asked_for_again():
    page = SelfCheck(as_of="2026-01-01").page

    assert page.status_code == 422
    assert "2022年11月1日至2025年10月31日有效，2026年1月1日不在其中" in words(page)


@pytest.mark.parametrize(
    "state",
    [
        "{",
        "[]",
        '{"policy":"no-such","level":"associate_senior"}',
        '{"policy":"tianjin-lithium-2022","level":"chief"}',
        '{"version":2}',
        '{"stranger":1}',
        '{"dossier":{"status":"king"}}',
        '{"dossier":{"status":"retired","status":"employed"}}',
        '{"as_of":"0001-01-01"}',
        json.dumps({"dossier": {"titles": [{}] * (MOST_ENTRIES + 1)}}),
        json.dumps({"dossier": {"titles": [{"series": "长" * 70_000}]}}),
        '{"dossier":{"attestations":{"天":true}}}',
    ],
)
def test_what_no_page_of_ours_sent_gets_a_calm_answer_and_a_way_on(state):
    answer = Client().post(address("self_check"), {"state": state, "step": "education"})

    assert answer.status_code == 400
    assert "重新开始自查" in words(answer)
    assert "king" not in words(answer)


def test_an_attestation_that_only_counts_gets_the_same_answer_at_the_result():
    policy, level = POLICY.split("/")
    state = json.dumps({"policy": policy, "level": level, "dossier": {"attestations": {"五(一)": True}}})
    answer = Client().post(address("self_check"), {"state": state, "step": "result", "go": "result"})

    assert answer.status_code == 400


@pytest.mark.parametrize("step", ["result", "nonsense", "posts"])
def test_a_step_without_a_policy_is_no_step(step):
    assert Client().post(address("self_check"), {"state": "", "step": step}).status_code == 400


def test_who_asks_too_often_is_told_to_wait():
    client = Client()
    for _ in range(TRIES.times):
        client.post(address("self_check"), {"state": "{"})
    answer = client.post(address("self_check"), {"state": "{"})

    assert (answer.status_code, answer["Retry-After"]) == (429, "60")


def test_results_are_rationed_more_closely_than_steps():
    check = SelfCheck()
    answers = [
        check.client.post(address("self_check"), {**check.carried, "go": "result"}).status_code for _ in range(3)
    ]
    cache.clear()
    for _ in range(RESULTS.times):
        RESULTS.allows_one("127.0.0.1")

    assert answers == [200, 200, 200]
    assert check.client.post(address("self_check"), {**check.carried, "go": "result"}).status_code == 429
    assert check.client.post(address("self_check"), {**check.carried, "go": "person"}).status_code == 200


def test_what_rests_on_a_source_nobody_has_read_is_marked():
    check = SelfCheck("jiangxi-lithium-2023/intermediate")
    page = words(check.send(go="result"))

    assert "未核实" in page
    assert "须由评审办事机构确认" in page
    assert "未核实" not in words(SelfCheck().send(go="result"))


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


def test_ways_are_said_to_take_three_additions_each_at_most():
    page = words(qualified().send(go="result"))

    assert "只列补充不超过三项的办法" in page
    assert MOST_ADDITIONS == 3
    assert "依据 已确认符合" in words(agree_to_all(qualified()))


def test_the_hint_of_an_opinion_stands_before_its_options():
    check = SelfCheck()
    page = check.send(go="statements").content.decode()
    question = page.split('id="div_id_statements-clause-0"')[1].split("</fieldset>")[0]

    assert 0 < question.index('id="id_statements-clause-0_helptext"') < question.index('type="radio"')
    assert question.count("_helptext") == 2, "said once, and pointed at once"


def test_home_and_log_in_lead_to_it(db):
    for page in ("/", "/account/login/"):
        assert f'href="{address("self_check")}"' in Client().get(page).content.decode()


@pytest.mark.django_db
@pytest.mark.pins({"applications:self_check": 2})
def test_it_asks_the_database_nothing():
    assert [cost(Client(), "applications:self_check") for _ in range(2)] == [0, 0]


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
