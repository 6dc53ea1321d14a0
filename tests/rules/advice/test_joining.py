"""What one record must show to pass the tests of two clauses."""

import pytest

from rules.advice.joining import joined
from rules.model import Records, Test, Tests


def award(**where: Test) -> Records:
    return Records(kind=["award"], where=where)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ({"rank": Test(at_most=5)}, {"rank": Test(at_most=3)}, {"rank": Test(at_most=3)}),
        ({"rank": Test(at_most=3)}, {"rank": Test(at_most=5)}, {"rank": Test(at_most=3)}),
        (
            {"level": Test(at_least="provincial")},
            {"level": Test(at_least="national")},
            {"level": Test(at_least="national")},
        ),
        (
            {"level": Test(at_least="national")},
            {"level": Test(at_least="district")},
            {"level": Test(at_least="national")},
        ),
        ({"words": Test(at_least=100)}, {"words": Test(at_least=200)}, {"words": Test(at_least=200)}),
        ({"grade": Test(in_=["gold", "silver"])}, {"grade": Test(is_="silver")}, {"grade": Test(in_=["silver"])}),
        ({"rank": Test(at_most=5)}, {"granted": Test(is_=True)}, {"rank": Test(at_most=5), "granted": Test(is_=True)}),
        ({"grade": Test(at_least="third")}, {"grade": Test(at_least="gold")}, None),
        ({"award_type": Test(is_="patent")}, {"award_type": Test(is_="industry")}, None),
        ({"granted": Test(is_=True)}, {"granted": Test(is_=False)}, None),
        ({"grade": Test(in_=["gold"])}, {"grade": Test(at_least="third")}, None),
    ],
)
def test_both(first: Tests, second: Tests, both: Tests | None):
    found = joined(award(**first), award(**second))
    assert (found and found.where) == both


def test_kinds_are_those_both_take():
    first, second = Records(kind=["paper", "survey_report"]), Records(kind=["survey_report", "monograph"])
    assert joined(first, second).kind == ["survey_report"]
    assert joined(first, award()) is None


def test_lists_do_not_mix():
    assert joined(Records(of="honours"), Records(of="endorsements")) is None
    assert joined(Records(of="honours"), award()) is None


def test_of_alternatives_the_first_is_taken():
    topic = Records(kind=["research_project"], any_of=[{"role": Test(is_="lead")}, {"rank": Test(at_most=5)}])
    assert joined(topic, topic).where == {"role": Test(is_="lead")}
