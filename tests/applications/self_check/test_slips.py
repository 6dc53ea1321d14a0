"""Slips on the pages of the self-check: dates the wrong way round, absurd numbers, a row filled in by mistake."""

import pytest

from tests.applications.pages import words
from tests.applications.self_check.visitor import SelfCheck


def test_a_row_that_always_waits_is_emptied_and_only_one_among_several_is_dropped():
    check = SelfCheck()
    lone = words(check.send(go="education"))
    both = words(check.send(more="education", **{"education-0-level": "master"}))
    emptied = check.send(drop="education-0", **{"education-0-level": "master"})

    assert ("清空" in lone, "删除" in lone) == (True, False)
    assert ("清空" in both, "删除" in both) == (False, True)
    assert 'id="row-education-0"' in emptied.content.decode()


@pytest.mark.parametrize(
    ("step", "answers", "said"),
    [
        (
            "posts",
            {"post-0-from": "2020-01-01", "post-0-to": "2019-12-31"},
            "截止日期早于开始日期（2020年1月1日）。请核对这两个日期。",
        ),
        (
            "person",
            {"sanction-0-from": "2020-01-01", "sanction-0-until": "2019-12-31"},
            "影响期最后一天早于影响期开始（2020年1月1日）。请核对这两个日期。",
        ),
        ("person", {"person-flexible_agreement__years": "-3"}, "不能小于 0。"),
        ("person", {"person-flexible_agreement__years": "1e30"}, "数字太大，请核对后重新填写。"),
        ("conduct", {"continuing_education-0-hours": "九十"}, "请填写数字。"),
        ("conduct", {"assessment-0-year": "202"}, "不能小于 1900。"),
        ("conduct", {"assessment-0-year": "2024.5"}, "请填写整数。"),
    ],
)
def test_a_slip_is_told_in_words_and_what_was_typed_stays(step, answers, said):
    page = SelfCheck().at(step, **answers)

    assert page.status_code == 422
    assert said in words(page)
    assert all(f'value="{typed}"' in page.content.decode() for typed in answers.values())


def test_a_period_of_one_day_is_a_period():
    check = SelfCheck()
    check.at("posts", **{"post-0-from": "2020-01-01", "post-0-to": "2020-01-01"})

    assert check.said["posts"] == [{"from": "2020-01-01", "to": "2020-01-01"}]


def test_adding_an_achievement_without_its_kind_asks_for_the_kind():
    check = SelfCheck()
    check.send(go="achievements")
    asked = check.send(more="achievement", **{"achievement-new": ""})

    assert asked.status_code == 422
    assert words(asked).count("请先在这里选择成果的类别") == 2
    assert 'id="row-achievement-0"' in check.send(more="achievement", **{"achievement-new": "award"}).content.decode()
