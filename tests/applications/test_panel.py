"""The panel: which clauses ask nothing, and why; what it says of time."""

from datetime import date
from typing import Any

import pytest

from applications.panel import Panel, PanelClause, panel
from rules import explain
from rules.engine import judge
from tests.rules.people import AS_OF, AWARD, LEVEL, PATENT, POLICY, STANDARD, attested, qualified, title

UNRANKED = {**AWARD, "award_type": "science_technology"}


def kept(**changes: Any) -> dict[str, Any]:
    return judge(POLICY, LEVEL, qualified(**changes), as_of=date.fromisoformat(AS_OF)).to_dict()


def clause(shown: Panel, number: str) -> PanelClause:
    return next(clause for clause in shown.flat if clause.number == number)


def test_an_open_exception_beside_an_open_ordinary_route_tells_what_it_misses():
    found = kept(titles=[title(appointed=None)], achievements=[UNRANKED, STANDARD, PATENT])
    shown = panel([("", found)])

    assert (found["verdict"], found["route"]) == ("open", "ordinary")
    award = clause(shown, "五(四)1")
    assert ([stand.verdict for stand in award.stands], award.quiet) == (["open"], "")
    assert award.missing == ["第1条业绩成果的排名"]
    assert clause(shown, "五(四)").opens is True
    assert [stand.word for stand in clause(shown, "五(四)3").stands] == ["不符合"]


@pytest.mark.parametrize("changes", [{}, {"attestations": attested(**{"一(一)": None})}])
def test_whoever_qualifies_ordinarily_needs_no_exception_also_while_other_clauses_are_open(changes):
    shown = panel([("", kept(**changes))])

    quiet = {each.quiet for each in shown.flat if each.number.startswith("五(四)")}
    assert quiet == {"按正常条件申报，不必符合破格条件"}
    assert {stand.word for stand in clause(shown, "五(四)1").stands} == {"未用到"}


def test_beside_an_exception_that_is_met_its_other_items_are_spared_for_that():
    shown = panel([("", kept(achievements=[{**UNRANKED, "rank": 5}, STANDARD, PATENT]))])

    assert [stand.verdict for stand in clause(shown, "五(四)").stands] == ["met"]
    assert [clause(shown, f"五(四){item}").quiet for item in (1, 2, 3)] == [
        "", "本款已由其他项满足，不必补充", "本款已由其他项满足，不必补充",
    ]  # fmt: skip


def two_views(**verified: Any) -> PanelClause:
    found = kept(achievements=[UNRANKED, STANDARD, PATENT], **verified)
    return clause(panel([("按申报", kept()), ("按已核验", found)]), "五(四)1")


def test_whoever_claims_to_qualify_ordinarily_is_not_asked_for_an_exception_while_that_waits_to_be_verified():
    waiting = two_views(titles=[title(appointed=None)])
    assert [stand.verdict for stand in waiting.stands] == ["spared", "spared"]
    assert waiting.quiet == "按正常条件申报，不必符合破格条件"


def test_once_the_ordinary_claim_has_failed_the_exception_is_told():
    failed = two_views(titles=[title(obtained="2022-01-01", appointed="2022-01-01")])
    assert [stand.verdict for stand in failed.stands] == ["spared", "open"]
    assert failed.quiet == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"titles": [title(appointed=None)]}, ""),
        ({"titles": [title(obtained="2020-01-01", appointed="2020-01-01")]}, "其他条件不变，2025年1月1日起符合"),
        ({"status": "retired"}, "仅凭时间经过不能符合"),
    ],
)
def test_page_and_command_say_the_same_of_time(changes, said):
    found = kept(**changes)

    assert [headline.earliest for headline in panel([("", found)]).headlines] == [f"{said}。" if said else ""]
    assert explain.headline(found).endswith(f"；{said}" if said else explain.headline(found))
    assert ("时间" in explain.headline(found), "起符合" in explain.headline(found)) == (
        "时间" in said,
        "起符合" in said,
    )
