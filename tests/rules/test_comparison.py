"""Levels side by side in one sentence, and two policies side by side clause by clause."""

from datetime import date
from typing import Any

import pytest

from rules import catalog, comparison, phrases
from rules.catalog import UnknownPolicy
from rules.comparison import LevelStanding
from rules.dossier import decode
from tests.rules.people import AS_OF, LEVEL, POLICY, attested, qualified, title

DAY = date.fromisoformat(AS_OF)
ALL_LEVELS = attested(**{"二(二)": True, "三(二)": True, "四(二)": True, "四(二)1": True})


def standings(**changes: Any) -> list[LevelStanding]:
    person = qualified(performance_assessment="passed", **changes)
    return comparison.levels(catalog.get(POLICY), decode(person), as_of=DAY)


def test_the_sentence_names_what_is_met_and_how_the_next_would_be():
    """工程师 since 2022: 高级工程师 by time alone in 2027, or at once by an exception with one award more."""
    young = title(obtained="2022-03-01", appointed="2022-03-01")
    said = comparison.sentence(standings(titles=[young], attestations=ALL_LEVELS))
    assert said == (
        "已取得工程师职称；"
        "高级工程师：2027年3月1日起符合，或以破格申报，再有1项省部级及以上、三等奖及以上、科技奖、前5名的奖项（五(四)1）；"
        "正高级工程师：补充三项以内不能达到"
    )


def test_a_level_that_is_held_says_so_and_those_below_it_are_surpassed():
    found = standings()
    assert [one.text for one in found if one.held] == ["已取得工程师职称"]
    assert [one.title for one in comparison.not_surpassed(found)] == ["工程师", "高级工程师", "正高级工程师"]
    assert comparison.not_surpassed(standings(titles=[])) == standings(titles=[])


def test_a_title_of_a_later_day_is_not_held_yet():
    later = title(obtained="2024-07-01", appointed="2024-07-01")
    assert [one.text for one in standings(titles=[later]) if one.held] == []
    assert [one.title for one in standings(titles=[title(obtained=AS_OF)]) if one.held] == ["工程师"]


def test_without_a_title_the_sentence_begins_with_the_level_that_is_met():
    degree = {"level": "bachelor", "awarded": "2023-05-01", "engineering_professional": False}
    post = {"from": "2023-05-10", "scope": "specialty"}
    said = comparison.sentence(standings(education=[degree], titles=[], posts=[post], attestations=ALL_LEVELS))
    assert said == "截至2024年6月30日符合：助理工程师；工程师、高级工程师、正高级工程师：补充三项以内不能达到"


def test_levels_below_one_that_is_met_go_without_saying():
    said = comparison.sentence(standings())
    assert said == "截至2024年6月30日符合：高级工程师；正高级工程师：补充三项以内不能达到"


def test_each_level_with_its_verdict_route_and_ways():
    [*_, senior, full] = standings()
    assert (senior.title, senior.verdict, senior.route, senior.earliest) == ("高级工程师", "met", "ordinary", DAY)
    assert (senior.shortest, senior.now) == (None, None)
    assert (full.verdict, full.route, full.earliest, full.shortest) == ("unmet", None, None, None)


def test_the_shortest_way_may_be_a_later_one_than_the_shortest_at_once():
    young = title(obtained="2022-03-01", appointed="2022-03-01")
    senior = standings(titles=[young])[3]
    assert (senior.shortest.route, senior.shortest.way.day) == ("ordinary", date(2027, 3, 1))
    assert (senior.now.route, senior.now.way.day, senior.now.way.size) == ("exceptional", DAY, 1)


def test_waiting_and_being_confirmed_stands_beside_what_would_do_at_once():
    young = title(obtained="2020-03-01", appointed="2020-03-01")
    said = standings(titles=[young], attestations=attested(**{"一(一)": None}))[3].text
    assert said == (
        "等到2025年3月1日，并由单位或评委会确认一(一)，"
        "或以破格申报，由单位或评委会确认一(一)，并再有1项省部级及以上、三等奖及以上、科技奖、前5名的奖项（五(四)1）"
    )


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"status": "retired"}, "按2023年度通知一(五)不能申报"),
        ({"education": [], "titles": []}, "补充三项以内不能达到"),
    ],
)
def test_without_a_way_the_reason_is_said(changes: dict[str, Any], said: str):
    assert standings(**changes)[3].text == said


def test_an_unconfirmed_criterion_cannot_be_decided_by_additions():
    entry = catalog.get("jiangxi-lithium-2023")
    engineer = {
        "level": "intermediate",
        "specialty": "lithium_battery",
        "obtained": "2015-01-01",
        "appointed": "2015-01-01",
    }
    person = qualified(employer={"kind": "private_enterprise", "region": "jiangxi"}, titles=[engineer])
    found = comparison.levels(entry, decode(person), as_of=date(2022, 12, 31), opened=date(2023, 6, 1))
    assert [standing.text for standing in found if standing.verdict == "open"][-1:] == [
        f"尚不能判定，{phrases.UNVERIFIED}"
    ]


def test_two_policies_by_clause():
    """A title of mechanical engineering is the engineering series' own, and another specialty's to 27号."""
    person = qualified(titles=[title(specialty="mechanical")], posts=[{"from": "2024-01-01", "scope": "specialty"}])
    found = comparison.policies(
        catalog.get(POLICY), catalog.get("tianjin-engineering-2019"), LEVEL, decode(person), as_of=DAY
    )
    assert (found.first.verdict, found.second.verdict) == ("unmet", "met")
    assert [headline[0] for headline in found.headlines] == ["✗", "✓"]
    differing = {pair.clause: pair.verdicts for pair in found.differing}
    assert differing["五(一)2"] == ("unmet", "met")
    assert differing["正文二(一)4"] == (None, "unmet")
    same = next(pair for pair in found.pairs if pair.clause == "五(三)")
    assert (same.verdicts, same.differs) == (("met", "met"), False)
    assert len({pair.clause for pair in found.pairs}) == len(found.pairs)


def test_a_level_that_one_policy_lacks_is_an_error():
    with pytest.raises(UnknownPolicy, match="level: 'technician' is not one of"):
        comparison.policies(
            catalog.get(POLICY), catalog.get("zhejiang-battery-2020"), "technician", decode({}), as_of=DAY
        )
