"""Levels side by side: what is held, what is below it, what was asked for."""

from datetime import date
from typing import Any

import pytest

from applications.side_by_side import side_by_side
from rules import catalog
from rules.dossier import decode
from tests.rules.people import AS_OF, POLICY, qualified, title


def rows(level: str, policy: str = POLICY, **changes: Any) -> list[tuple[str, str, str]]:
    day = date.fromisoformat(AS_OF)
    shown = side_by_side(catalog.get(policy), level, decode(qualified(**changes)), as_of=day)
    return [(row.title, row.word, row.text) for row in shown.levels]


def test_an_engineer_has_that_level_and_none_below_is_offered():
    assert rows("associate_senior")[:2] == [
        ("工程师", "已取得", "已取得工程师职称"),
        ("高级工程师", "符合", "符合（正常申报）"),
    ]


@pytest.mark.parametrize("asked", ["technician", "assistant"])
def test_a_level_below_the_one_held_stays_where_it_was_asked_for(asked):
    level = {"technician": "技术员", "assistant": "助理工程师"}[asked]
    assert [title for title, *_told in rows(asked)] == [level, "工程师", "高级工程师", "正高级工程师"]


def test_where_no_title_is_held_every_level_stands_with_its_verdict():
    shown = rows("associate_senior", titles=[])
    assert [title for title, *_told in shown] == ["技术员", "助理工程师", "工程师", "高级工程师", "正高级工程师"]
    assert "已取得" not in {word for _title, word, _text in shown}


def test_in_jiangxi_too_what_is_held_is_of_the_policys_own_specialty():
    own = rows("associate_senior", "jiangxi-lithium-2023", titles=[title(specialty="lithium_battery")])
    other = rows("associate_senior", "jiangxi-lithium-2023", titles=[title(specialty="mechanical")])

    assert next(word for _title, word, _text in own) == "已取得"
    assert "已取得" not in {word for _title, word, _text in other}
