"""Nation, city, specialty: whatever a clause asks less than the tier above is found, and stands only with its reason."""

import copy
from typing import Any

import msgspec
import pytest

from rules import catalog, lint, load
from rules.criteria import LEAVES, Node
from rules.floor import Floor
from rules.lint import leaf_strictness, strictness, tiers
from rules.model import Policy
from tests.rules.people import POLICY
from tests.rules.test_lint import PACK, at, changed

CITY = "tianjin-engineering-2019"
FLOOR = "national-engineering-2019"
UPPER = catalog.get(CITY).policy
SENIOR = "levels.associate_senior"


def found(pack: dict[str, Any], upper: Policy | Floor | None = UPPER) -> list[str]:
    """What is refused of a specialty's pack."""
    policy = msgspec.convert(pack, Policy)
    problems = sorted(tiers.problems(policy, "x.yaml", upper))
    return [str(problem).removeprefix("x.yaml: ") for problem in problems if problem.refusal]


def node(**said: Any) -> Node:
    return msgspec.convert(said, Node)


def aspects(low: Node, high: Node) -> list[str]:
    return [less.aspect for less in strictness.less(low, high)]


def test_what_stands_weaker_is_known_clause_by_clause() -> None:
    """The whole list: a shortfall that is not here is new, and needs its reason in the pack."""
    stands = {(problem.file, problem.place, problem.message.partition("(")[2].partition(")")[0])
              for problem in lint.every() if "which stands" in problem.message}  # fmt: skip
    assert stands == {
        ("jiangxi-lithium-2023.yaml", "levels.intermediate.qualification.any_of[0]", "opening"),
        *(("jiangxi-lithium-2023.yaml", f"levels.intermediate.qualification.any_of[{index}]", aspect)
          for index in (1, 2) for aspect in ("opening", "years")),
        *(("jiangxi-lithium-2023.yaml", f"{SENIOR}.qualification.any_of[{index}]", aspect)
          for index in (0, 1) for aspect in ("opening", "years")),
        ("zhejiang-battery-2020.yaml", f"{SENIOR}.qualification.any_of[2]", "way"),
        ("zhejiang-battery-2020.yaml", f"{SENIOR}.qualification.any_of[3]", "way"),
        ("tianjin-engineering-2019.yaml", f"{SENIOR}.qualification.any_of[0]", "way"),
        ("tianjin-lithium-2022.yaml", f"{SENIOR}.claims.self_appointment", "way"),
        ("tianjin-lithium-2022.yaml", "levels.full_senior.qualification", "opening"),
        ("tianjin-lithium-2022.yaml", "levels.full_senior.exceptional", "opening"),
        ("tianjin-lithium-2022.yaml", "levels.intermediate.achievements.of[1]", "text"),
        ("tianjin-lithium-2022.yaml", "levels.intermediate.claims.self_appointment", "way"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ({"stem_degree": "bachelor"}, {"education": "bachelor"}, []),
        ({"stem_degree": "associate"}, {"education": "bachelor"}, ["level"]),
        ({"calendar_years": {"years": 5}}, {"seniority": 5}, ["years"]),
        ({"calendar_years": {"years": 4}}, {"seniority": 5}, ["years", "years"]),
        ({"education": "bachelor"}, {"stem_degree": "bachelor"}, ["asked"]),
    ],
)
def test_a_test_of_another_kind_may_stand_for_one(
    low: dict[str, Any], high: dict[str, Any], expected: list[str]
) -> None:
    title = {"rests_on": {"title": "intermediate"}}
    assert aspects(node(**title, all_of=[low]), node(**title, all_of=[high])) == expected


@pytest.mark.parametrize(
    ("place", "value", "aspect"),
    [
        (f"{SENIOR}.qualification.any_of[0].work.years", 1, "years"),
        (f"{SENIOR}.qualification.any_of[1].all_of[0].education", "associate", "level"),
        (f"{SENIOR}.qualification.any_of[1].all_of[1].seniority", 4, "years"),
        (f"{SENIOR}.qualification.any_of[1].rests_on", {"title": "assistant"}, "level"),
        (f"{SENIOR}.qualification.any_of[2].rests_on", {"skill": "technician"}, "level"),
        (f"{SENIOR}.achievements.at_least", 1, "count"),
        (f"{SENIOR}.achievements.of[0].records.where.level", {"at_least": "district"}, "level"),
        (f"{SENIOR}.achievements.of[1].records.count", 1, "count"),
        (f"{SENIOR}.achievements.of[1].records.any_of[1].rank", {"at_most": 6}, "rank"),
        (f"{SENIOR}.achievements.of[2].records.where.rank", {"at_most": 6}, "rank"),
        (f"{SENIOR}.achievements.of[2].records.where.level", {"in": ["national", "provincial", "district"]}, "level"),
        (f"{SENIOR}.achievements.of[3].records.where.evaluators.count", {"at_least": 0}, "count"),
        (f"{SENIOR}.achievements.of[6].records.kind", ["patent", "paper"], "kind"),
        (f"{SENIOR}.exceptional.any_of[3].all_of[0].filled", 2, "count"),
    ],
)
def test_a_shortfall_is_found(place: str, value: Any, aspect: str) -> None:
    head, where, field = place.rpartition("where.")
    if where and "." in field:  # a field of a field is one key
        place, value = f"{head}where", {**at(PACK, f"{head}where"), field: value}
    (refusal,) = found(changed(PACK, place, value))
    assert f": asks less than {CITY} ({aspect}): " in refusal


@pytest.mark.parametrize(
    ("place", "value"),
    [
        (f"{SENIOR}.qualification.any_of[0].work.years", 3),
        (f"{SENIOR}.qualification.any_of[1].all_of[0].education", "master"),
        (f"{SENIOR}.achievements.at_least", 3),
        (f"{SENIOR}.achievements.of[0].records.where.level", {"is": "national"}),
        (f"{SENIOR}.achievements.of[2].records.where.rank", {"at_most": 1}),
        (f"{SENIOR}.achievements.of[2].records.where.level", {"in": ["national"]}),
        (f"{SENIOR}.exceptional.any_of[3].all_of[0].filled", 4),
    ],
)
def test_asking_more_is_welcome(place: str, value: Any) -> None:
    assert found(changed(PACK, place, value)) == []


def test_a_way_more_is_found_and_a_way_less_is_not() -> None:
    ways = at(PACK, f"{SENIOR}.qualification.any_of")
    more = {
        "clause": "五(一)4",
        "label": "l",
        "rests_on": {"skill": "senior_technician"},
        "work": {"scope": "relevant", "years": 3},
    }
    assert found(changed(PACK, f"{SENIOR}.qualification.any_of", ways[:2])) == []
    assert found(changed(PACK, f"{SENIOR}.qualification.any_of", [*ways, more])) == [
        f"{SENIOR}.qualification.any_of[3]: asks less than {CITY} (years): work: asks 3 where the tier above asks 4"
    ]


def test_a_part_left_out_is_found() -> None:
    pack = copy.deepcopy(PACK)
    del pack["levels"]["associate_senior"]["ability"]
    assert f"{SENIOR}.qualification: asks less than {CITY} (asked): does not ask ability" in found(pack)


BAR = "exclusions[0].node.flexible_agreement"
FIRST = "levels.technician.qualification"


@pytest.mark.parametrize(
    ("place", "value", "refusals"),
    [
        ("exclusions", [], [f"{FIRST}: asks less than {CITY} (asked): does not bar as 2023年度通知三(六) does"]),
        (
            "exclusions[0].only_status",
            "postdoc",
            [f"{FIRST}: asks less than {CITY} (asked): does not bar as 2023年度通知三(六) does"],
        ),
        (
            f"{BAR}.months_per_year",
            1,
            [
                f"exclusions[0].node: asks less than {CITY} (count): flexible_agreement: asks 1 where the tier above asks 2"
            ],
        ),
        ("layer", None, [f"{FIRST}: asks less than {CITY} (asked): does not take the layer tianjin-annual"]),
        (f"{BAR}.years", 2, []),
        ("exclusions[0].only_status", None, []),
    ],
)
def test_what_bars_from_applying_is_compared_too(place: str, value: Any, refusals: list[str]) -> None:
    assert found(changed(PACK, place, value)) == refusals


def test_a_bar_is_held_against_the_one_of_its_number() -> None:
    stricter = changed(PACK, f"{BAR}.years", 3)["exclusions"][0]
    own = changed(PACK, "exclusions[0].node.clause", "2023年度通知三(六)")
    looser = changed(own, f"{BAR}.months_per_year", 1)["exclusions"][0]
    (refusal,) = found({**PACK, "exclusions": [stricter, looser]})
    assert refusal.startswith(f"exclusions[1].node: asks less than {CITY} (count): ")


def test_a_mark_that_is_no_longer_true_is_refused() -> None:
    pack = changed(PACK, f"{SENIOR}.ability.weaker", [{"in": "years", "why": "w"}])
    assert found(pack) == [f"{SENIOR}.ability.weaker: years: does not ask less than {CITY}"]


def test_a_mark_excuses_its_own_respect_alone() -> None:
    pack = changed(PACK, f"{SENIOR}.qualification.any_of[0].work.years", 1)
    assert found(changed(pack, f"{SENIOR}.qualification.any_of[0].weaker", [{"in": "years", "why": "w"}])) == []
    assert len(found(changed(pack, f"{SENIOR}.qualification.any_of[0].weaker", [{"in": "count", "why": "w"}]))) == 2


def test_a_mark_without_a_tier_above_is_refused() -> None:
    refusals = found(PACK, None)
    assert refusals
    assert all(refusal.endswith("weaker: no policy is named above") for refusal in refusals)


def test_a_tier_that_is_not_there_is_named() -> None:
    policy = msgspec.convert({**PACK, "above": "moon"}, Policy)
    problems = lint.of_policy(catalog.Entry(policy, catalog.get(POLICY).layer))
    assert [str(problem) for problem in problems if problem.place == "above"] == [
        f"{POLICY}.yaml: above: moon.yaml: there is neither such a policy nor such a floor"
    ]


def test_the_floor_is_silent_of_skill_grades() -> None:
    """A way by skill grade is none of its business; one by a degree alone is."""
    floor = load.load_floor(catalog.FLOORS / f"{FLOOR}.yaml")
    loud = msgspec.structs.replace(floor, silent=[])
    city = msgspec.structs.replace(UPPER, above=FLOOR)
    quiet = [problem.place for problem in tiers.problems(city, "x", floor) if problem.refusal]
    heard = [problem.place for problem in tiers.problems(city, "x", loud) if problem.refusal]
    assert quiet == []
    assert sorted(heard) == [f"{SENIOR}.qualification.any_of[2]", "levels.intermediate.qualification.any_of[3]"]


ITEM = {"clause": "五(三)1", "label": "l", "judged": "a"}
COUNT = {"at_least": 1, "of": [ITEM, {**ITEM, "clause": "五(三)2"}]}
RECORDS = {"kind": ["paper"], "where": {"author": {"in": ["first"]}}}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ({"work": {"scope": "relevant", "years": 2}}, {"work": {"scope": "specialty", "years": 2}}, ["kind"]),
        ({"work": {"scope": "specialty", "years": 2}}, {"work": {"scope": "relevant", "years": 2}}, []),
        ({"title": {"level": "assistant", "specialty": "own", "years": 1}},
         {"title": {"level": "assistant", "specialty": "own", "years": 2}}, ["years"]),
        ({"title": {"level": "assistant", "specialty": "own"}}, {"title": {"level": "intermediate", "specialty": "own"}}, ["asked"]),
        ({"consent": "supervising_body"}, {"consent": "supervising_body"}, []),
        ({"assessment": {"met": ["competent", "basic"], "judged": []}}, {"assessment": {"met": ["competent"], "judged": []}},
         ["kind", "kind"]),
        ({"assessment": {"met": ["competent"], "judged": ["basic"]}}, {"assessment": {"met": ["competent"], "judged": []}}, ["kind"]),
        ({"continuing_education": 72}, {"continuing_education": 90}, ["count"]),
        ({"hours_last_year": 72}, {"hours_last_year": 90}, ["count"]),
        ({"allowed": {"field": "status", "in": ["employed", "postdoc"]}}, {"allowed": {"field": "status", "in": ["postdoc"]}}, ["kind"]),
        ({"allowed": {"field": "employer.region", "in": ["a"]}}, {"allowed": {"field": "status", "in": ["postdoc"]}},
         ["asked", "kind"]),
        ({"not_status": ["retired"]}, {"not_status": ["retired", "civil_servant"]}, ["kind"]),
        ({"flexible_agreement": {"years": 1, "months_per_year": 1}}, {"flexible_agreement": {"years": 2, "months_per_year": 2}},
         ["years", "count"]),
        ({"calendar_years": {"years": 4, "appointment_spared": ["private_enterprise"]}}, {"calendar_years": {"years": 5}},
         ["years", "kind"]),
        ({"income_tax": {"times": 20, "years": 1}}, {"income_tax": {"times": 25, "years": 2}}, ["count", "years"]),
        ({"self_score": 70}, {"self_score": 80}, ["count"]),
        ({"insured_months": 3}, {"insured_months": 6}, ["count"]),
        ({"stem_degree": "bachelor"}, {"stem_degree": "doctor"}, ["level"]),
        ({"records": {"of": "honours"}}, {"records": {"kind": ["paper"]}}, ["asked"]),
        ({"records": {**RECORDS, "anytime": True}}, {"records": RECORDS}, ["opening"]),
        ({"records": {**RECORDS, "substitutes_paper": True}}, {"records": RECORDS}, ["kind"]),
        ({"records": {"kind": ["paper"]}}, {"records": RECORDS}, ["asked"]),
        ({"records": {"kind": ["paper"], "where": {"author": {"in": ["first", "second"]}}}}, {"records": RECORDS}, ["kind"]),
        ({"records": {"kind": ["paper"], "where": {"author": {"in": ["first"], "else_judged": "q"}}}}, {"records": RECORDS}, ["asked"]),
        ({"records": {"kind": ["paper"], "any_of": [{"author": {"is": "first"}}, {"rank": {"at_most": 1}}]}},
         {"records": RECORDS}, ["asked"]),
        ({"records": RECORDS}, {"records": {"kind": ["paper"], "any_of": [{"author": {"is": "first"}}, {"rank": {"at_most": 1}}]}}, []),
        ({"records": {"kind": ["paper"], "where": {"words": {"at_least": 1}}}},
         {"records": {"kind": ["paper"], "where": {"words": {"at_least": 2}}}}, ["count"]),
        ({"records": {"kind": ["paper"], "where": {"words": {"at_least": 1}}}},
         {"records": {"kind": ["paper"], "where": {"rank": {"at_most": 2}}}}, ["asked"]),
        (COUNT, {**COUNT, "distinct": True}, ["count"]),
        ({**COUNT, "of": [ITEM, {**ITEM, "clause": "五(三)9"}]}, COUNT, []),
        ({**COUNT, "of": [ITEM, {**ITEM, "clause": "五(三)9", "judged": None, "self_score": 1}]}, COUNT, ["way"]),
        ({"judged": "a"}, COUNT, ["asked"]),
        ({"judged": "a"}, {"judged": "b"}, []),
        ({"judged": "a"}, {"nothing_more": True}, []),
        ({"nothing_more": True}, {"judged": "a"}, ["asked"]),
        ({"judged": "a"}, {"education": "bachelor"}, ["asked"]),
        ({"all_of": [{"judged": "a"}, {"education": "doctor"}]}, {"education": "bachelor"}, []),
        ({"any_of": [{"judged": "a"}, {"education": "doctor"}]}, {"education": "bachelor"}, ["way"]),
        ({"education": "doctor"}, {"any_of": [{"judged": "a"}, {"education": "bachelor"}]}, []),
        ({"rests_on": {"education": "doctor"}, "work": {"scope": "relevant", "years": 1}}, {"education": "bachelor"}, []),
        ({"rests_on": {"title": "assistant", "whole_year": True}, "seniority": 2}, {"rests_on": {"title": "assistant"}, "seniority": 2},
         ["opening"]),
        ({"rests_on": {"title": "full_senior"}, "seniority": 2}, {"rests_on": {"title": "assistant"}, "seniority": 2}, ["level"]),
        ({"rests_on": {"title": "assistant"}, "seniority": 2},
         {"rests_on": {"title": "assistant", "opens": "appointed"}, "seniority": 2}, ["opening"]),
        ({"seniority": 2}, {"rests_on": {"title": "assistant"}, "seniority": 2}, ["way"]),
        ({"all_of": [{"clause": "五(一)1", "label": "l", "judged": "a"}]},
         {"own_text": "q", "all_of": [{"clause": "五(一)1", "label": "l", "judged": "a"}]}, ["asked"]),
    ],
)  # fmt: skip
def test_leaf_by_leaf(low: dict[str, Any], high: dict[str, Any], expected: list[str]) -> None:
    assert aspects(node(**low), node(**high)) == expected


def test_every_leaf_can_be_compared() -> None:
    assert set(leaf_strictness.LEAVES) == set(LEAVES)


def test_a_node_is_never_weaker_than_itself() -> None:
    for policy_id in catalog.ids():
        for level in catalog.get(policy_id).policy.levels.values():
            for section in level.sections():
                assert aspects(section, section) == []
