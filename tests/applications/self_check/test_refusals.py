"""What the public self-check does not take: contradictions, what no page of ours sent, and too much at once."""

import json

import pytest
from django.core.cache import cache
from django.test import Client

from applications.self_check.state import MOST_ENTRIES
from applications.views.self_check import RESULTS, TRIES
from tests.applications.pages import address, words
from tests.applications.self_check.visitor import POLICY, SelfCheck


def test_a_day_outside_the_policy_is_asked_for_again():
    page = SelfCheck(as_of="2026-01-01").page

    assert page.status_code == 422
    assert "2022年11月1日至2025年10月31日有效，2026年1月1日不在其中" in words(page)


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
