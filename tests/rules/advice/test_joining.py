"""What one record must show to pass the tests of two clauses."""

import pytest

from rules.advice.joining import joined
from rules.leaves import Records, Tests
from rules.leaves import Test as Asked


def award(**where: Asked) -> Records:
    return Records(kind=["award"], where=where)


@pytest.mark.parametrize(
    ("first", "second", "both"),
    [
        ({"rank": Asked(at_most=5)}, {"rank": Asked(at_most=3)}, {"rank": Asked(at_most=3)}),
        ({"rank": Asked(at_most=3)}, {"rank": Asked(at_most=5)}, {"rank": Asked(at_most=3)}),
        (
            {"level": Asked(at_least="provincial")},
            {"level": Asked(at_least="national")},
            {"level": Asked(at_least="national")},
        ),
        (
            {"level": Asked(at_least="national")},
            {"level": Asked(at_least="district")},
            {"level": Asked(at_least="national")},
        ),
        ({"words": Asked(at_least=100)}, {"words": Asked(at_least=200)}, {"words": Asked(at_least=200)}),
        ({"grade": Asked(in_=["gold", "silver"])}, {"grade": Asked(is_="silver")}, {"grade": Asked(in_=["silver"])}),
        (
            {"rank": Asked(at_most=5)},
            {"granted": Asked(is_=True)},
            {"rank": Asked(at_most=5), "granted": Asked(is_=True)},
        ),
        ({"grade": Asked(at_least="third")}, {"grade": Asked(at_least="gold")}, None),
        ({"award_type": Asked(is_="patent")}, {"award_type": Asked(is_="industry")}, None),
        ({"granted": Asked(is_=True)}, {"granted": Asked(is_=False)}, None),
        ({"grade": Asked(in_=["gold"])}, {"grade": Asked(at_least="third")}, None),
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
    topic = Records(kind=["research_project"], any_of=[{"role": Asked(is_="lead")}, {"rank": Asked(at_most=5)}])
    assert joined(topic, topic).where == {"role": Asked(is_="lead")}
