"""Quorum and result in whole numbers, at every edge."""

import pytest

from review import tally

TABLE = [
    # attending, recused, consent, against, abstain, needed, passed
    (9, 0, 6, 3, 0, 6, True),
    (9, 0, 5, 4, 0, 6, False),
    (8, 0, 6, 2, 0, 6, True),
    (8, 0, 5, 3, 0, 6, False),
    (8, 0, 5, 0, 3, 6, False),
    (11, 0, 8, 3, 0, 8, True),
    (11, 0, 7, 0, 4, 8, False),
    (11, 2, 6, 3, 0, 6, True),
    (11, 2, 5, 4, 0, 6, False),
    (9, 0, 6, 0, 0, 6, True),
    (9, 0, 5, 0, 0, 6, False),
    (3, 2, 1, 0, 0, 1, True),
    (3, 3, 0, 0, 0, 0, False),
    (25, 0, 17, 8, 0, 17, True),
    (25, 0, 16, 9, 0, 17, False),
]


@pytest.mark.parametrize("row", TABLE)
def test_two_thirds_of_those_who_may_vote(row):
    attending, recused, consent, against, abstain, needed, passed = row
    counted = tally.count(consent=consent, against=against, abstain=abstain, attending=attending, recused=recused)
    assert (counted.needed, counted.passed) == (needed, passed)


def test_the_rule_holds_for_every_small_ballot():
    for attending in range(1, 26):
        for recused in range(attending + 1):
            voters = attending - recused
            for consent in range(voters + 1):
                counted = tally.count(
                    consent=consent, against=voters - consent, abstain=0, attending=attending, recused=recused
                )
                assert counted.passed == (voters > 0 and consent * 3 >= voters * 2)


@pytest.mark.parametrize(
    ("members", "attending", "needed", "met"),
    [(11, 8, 8, True), (11, 7, 8, False), (25, 17, 17, True), (25, 16, 17, False), (3, 2, 2, True), (9, 6, 6, True)],
)
def test_quorum_is_two_thirds_of_the_members(members, attending, needed, met):
    seen = tally.quorum(members=members, attending=attending)
    assert (seen.needed, seen.met) == (needed, met)
    assert met == (attending * 3 >= members * 2)


@pytest.mark.parametrize(
    "numbers",
    [
        {"consent": 5, "against": 5, "abstain": 0, "attending": 9},
        {"consent": -1, "against": 0, "abstain": 0, "attending": 9},
        {"consent": 0, "against": 0, "abstain": 0, "attending": 2, "recused": 3},
        {"consent": 8, "against": 0, "abstain": 0, "attending": 9, "recused": 2},
    ],
)
def test_numbers_that_contradict_each_other_are_refused(numbers):
    with pytest.raises(tally.TallyError):
        tally.count(**numbers)


@pytest.mark.parametrize(("members", "attending"), [(11, 12), (0, 0), (11, -1)])
def test_more_attending_than_members_is_refused(members, attending):
    with pytest.raises(tally.TallyError):
        tally.quorum(members=members, attending=attending)


def test_thresholds_come_from_outside():
    simple_majority = tally.Thresholds(quorum=(1, 2), consent=(1, 2))
    assert tally.quorum(members=11, attending=6, thresholds=simple_majority).met
    assert tally.count(consent=5, against=4, abstain=0, attending=9, thresholds=simple_majority).passed


def test_the_minutes_say_it_in_words():
    whole = tally.count(consent=6, against=2, abstain=0, attending=9)
    assert (
        whole.sentence()
        == "应投 9 票：同意 6，反对 2，弃权 0。另有 1 人到会未投票，不计为同意。同意须不少于 6 票，达到。"
    )
    nobody = tally.count(consent=0, against=0, abstain=0, attending=3, recused=3)
    assert nobody.sentence() == "全体到会专家均须回避，无人可以表决，视为未通过；应另行安排评审。"
