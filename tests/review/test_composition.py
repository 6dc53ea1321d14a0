"""A pool's duties at their edges: 33 members, 17 full seniors, 10 of enterprises, 4 of those private or social, 3 skilled."""

from dataclasses import replace
from datetime import date

import pytest

from review import composition
from review.composition import Member
from review.lawful_panels import PanelRules
from review.procedure import panel_rules
from rules import catalog

POOL = catalog.get("tianjin-lithium-2022").procedure.pool
PLAIN = Member(
    title_level="associate_senior",
    enterprise=False,
    private_or_social=False,
    non_public=False,
    skilled=False,
    term_from=date(2024, 1, 1),
    term_until=date(2026, 12, 31),
)


def smallest_lawful() -> list[Member]:
    members = [PLAIN] * 33
    for place in range(17):
        members[place] = replace(members[place], title_level="full_senior")
    for place in range(10):
        members[place] = replace(members[place], enterprise=True)
    for place in range(4):
        members[place] = replace(members[place], private_or_social=True, non_public=True)
    for place in range(3):
        members[place] = replace(members[place], skilled=True)
    return members


def broken(members: list[Member]) -> list[str]:
    return [found.duty for found in composition.findings(POOL, members, named="27号") if not found.holds]


def without(fact: str, count: int = 1) -> list[Member]:
    """The smallest lawful pool with the fact taken from so many members."""
    members, left = smallest_lawful(), count
    for place, member in enumerate(members):
        if left and getattr(member, fact) is True:
            members[place], left = replace(member, **{fact: False}), left - 1
    return members


def test_the_smallest_lawful_pool_is_lawful():
    assert broken(smallest_lawful()) == []


@pytest.mark.parametrize(
    ("members", "duties"),
    [
        (smallest_lawful()[:-1], ["专家库总人数"]),
        (without("enterprise"), ["企业技术专家"]),
        (without("private_or_social"), ["企业技术专家中来自民营企业、社会组织的专家"]),
        (without("skilled"), ["高技能人才专家"]),
        (without("non_public", 4), ["非公单位专家"]),
        ([replace(smallest_lawful()[0], title_level="associate_senior"), *smallest_lawful()[1:]], ["正高级专家"]),
        ([*smallest_lawful()[:-1], replace(PLAIN, title_level="intermediate")], ["具有高级职称的专家"]),
        ([*smallest_lawful()[:-1], replace(PLAIN, term_until=date(2027, 1, 1))], ["任期超过三年的专家"]),
    ],
)
def test_one_short_breaks_exactly_that_duty(members, duties):
    assert broken(members) == duties


def test_a_term_from_a_leap_day_ends_with_february():
    leap = replace(PLAIN, term_from=date(2024, 2, 29), term_until=date(2027, 2, 28))
    assert broken([*smallest_lawful()[:-1], leap]) == []
    assert broken([*smallest_lawful()[:-1], replace(leap, term_until=date(2027, 3, 1))]) == ["任期超过三年的专家"]


def test_a_finding_says_what_to_mend_and_where_it_stands():
    short = next(found for found in composition.findings(POOL, smallest_lawful()[:-1], named="27号") if not found.holds)
    assert short.sentence() == "专家库总人数：现有 32 人，须 33 人（27号 正文四(一)）。请调整专家库后再试。"


@pytest.mark.parametrize("policy", ["jiangxi-lithium-2023", "zhejiang-battery-2020"])
def test_what_a_notice_does_not_ask_of_a_pool_is_no_duty(policy):
    procedure = catalog.get(policy).procedure
    found = composition.findings(procedure.pool, [PLAIN] * 24, named="")

    assert [(one.duty, one.clause, one.holds) for one in found] == [
        ("专家库总人数", "设定值，待确认", False),
        ("具有高级职称的专家", "设定值，待确认", True),
        ("任期超过三年的专家", "通行做法，待确认", True),
    ]
    assert panel_rules(procedure, size=11, shares_bind=True) == PanelRules(11)
