"""Counting lawful panels agrees with listing them."""

import itertools
import random

import pytest

from review.lawful_panels import Rule, count_completions, explain_infeasible, is_lawful
from tests.review.pools import candidate, random_pool, rules


@pytest.mark.parametrize("case", range(150))
def test_the_count_equals_listing_them_all(case):
    chance = random.Random(case)
    people = random_pool(chance, chance.randint(3, 11))
    asked = rules(chance.choice([3, 5, 7]), skilled_least=chance.randint(0, 2))
    kept, free = people[: case % 3], people[case % 3 :]
    listed = sum(
        is_lawful(asked, [*kept, *others]) for others in itertools.combinations(free, max(0, asked.panel - len(kept)))
    )
    assert count_completions(asked, free, kept) == listed
    binding = explain_infeasible(asked, free, kept)
    assert bool(binding) == (listed == 0)
    if binding and binding != [Rule.SIZE]:
        for rule in set(Rule) - set(binding):
            asked = asked.without(rule)
        assert count_completions(asked, free, kept) == 0
        assert all(count_completions(asked.without(rule), free, kept) for rule in binding)


@pytest.mark.parametrize(
    ("changed", "lawful"),
    [
        ({}, True),
        ({"0": ()}, False),
        ({"3": ()}, False),
        ({"3": ("enterprise",), "4": ("enterprise",), "2": ("senior", "enterprise")}, False),
        ({"1": ("senior",)}, False),
    ],
)
def test_each_duty_of_a_panel_decides(changed, lawful):
    facts = {
        "0": ("senior",),
        "1": ("senior", "skilled"),
        "2": ("senior",),
        "3": ("enterprise", "private_or_social"),
        "4": ("enterprise",),
    }
    panel = [candidate(name, *said) for name, said in {**facts, **changed}.items()]
    assert is_lawful(rules(5), panel) is lawful


def test_a_panel_of_the_wrong_size_is_not_lawful():
    full = [candidate(str(n), "senior", "enterprise", "private_or_social", "skilled") for n in range(6)]
    assert [is_lawful(rules(5), full[:size]) for size in (4, 5, 6)] == [False, True, False]


def test_more_kept_than_seats_leaves_no_panel():
    full = [candidate(str(n), "senior", "enterprise", "private_or_social", "skilled") for n in range(9)]
    assert count_completions(rules(5), full[7:], full[:7]) == 0
