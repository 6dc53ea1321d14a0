"""The public self-check in steps: what is asked, and that what was said is kept."""

import pytest
from django.test import Client

from applications.self_check import questions
from applications.self_check.judged import judged_fields
from applications.self_check.policy_form import offered
from rules import catalog
from tests.applications.pages import address, words
from tests.applications.self_check.visitor import SelfCheck
from tests.costs import cost


def test_policies_are_offered_with_their_document_and_days():
    page = words(Client().get(address("self_check")))

    for entry in offered():
        assert f"{entry.policy.specialty.label}：{entry.source.number}" in page
    assert "2022年11月1日至2025年10月31日有效" in page


def test_home_and_log_in_lead_to_it(db):
    for page in ("/", "/account/login/"):
        assert f'href="{address("self_check")}"' in Client().get(page).content.decode()


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
    judged = judged_fields(entry)

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


def test_the_hint_of_an_opinion_stands_before_its_options():
    check = SelfCheck()
    page = check.send(go="statements").content.decode()
    question = page.split('id="div_id_statements-clause-0"')[1].split("</fieldset>")[0]

    assert 0 < question.index('id="id_statements-clause-0_helptext"') < question.index('type="radio"')
    assert question.count("_helptext") == 2, "said once, and pointed at once"


@pytest.mark.django_db
@pytest.mark.pins({"applications:self_check": 2})
def test_it_asks_the_database_nothing():
    assert [cost(Client(), "applications:self_check") for _ in range(2)] == [0, 0]
