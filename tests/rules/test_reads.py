"""What a level's criteria look at: read off the packs, held against what the notices ask."""

import pytest

from rules import catalog, criteria, reads
from rules.catalog import UnknownPolicy


def test_every_leaf_says_what_it_looks_at():
    assert set(reads.OF_LEAF) == set(criteria.LEAVES)


@pytest.mark.parametrize(
    ("policy", "level", "read"),
    [
        (
            "jiangxi-lithium-2023",
            "associate_senior",
            {"status", "sanctions", "social_insurance", "education", "titles", "posts", "achievements"},
        ),
        (
            "zhejiang-battery-2020",
            "associate_senior",
            {
                "status", "sanctions", "continuing_education", "education", "titles", "posts", "self_score",
                "income_tax", "achievements",
            },
        ),
    ],
)  # fmt: skip
def test_the_keys_that_a_province_asks_for(policy, level, read):
    assert reads.keys(policy, level) == read


def test_exceptions_and_skills_are_looked_at_where_the_level_knows_them():
    tianjin = reads.keys("tianjin-lithium-2022", "associate_senior")
    assert {"skills", "honours", "endorsements", "consents", "assessments", "employer"} <= tianjin
    assert not {"endorsements", "consents"} & reads.keys("tianjin-lithium-2022", "assistant")


def test_insurance_is_asked_of_everybody_in_jiangxi_alone():
    asked = {policy: reads.of_everybody(policy).get("social_insurance") for policy in catalog.ids()}
    assert {policy: clause for policy, clause in asked.items() if clause} == {"jiangxi-lithium-2023": "正文三(四)"}


def test_each_clause_tells_what_it_looks_at_itself():
    zhejiang = reads.of_clauses("zhejiang-battery-2020", "associate_senior")
    assert (zhejiang["正文二"], zhejiang["正文二(三)"], zhejiang["正文七(二)"]) == (
        frozenset(), {"self_score"}, {"continuing_education"},
    )  # fmt: skip
    assert reads.of_clauses("tianjin-lithium-2022", "associate_senior")["五(一)3"] == {"skills", "posts"}


def test_the_window_looks_at_every_achievement():
    assert reads.bounding("jiangxi-lithium-2023", "intermediate") == {"正文二(二)"}
    assert reads.bounding("zhejiang-battery-2020", "associate_senior") == set()


def test_an_unknown_level_is_named():
    with pytest.raises(UnknownPolicy, match="expert"):
        reads.keys("jiangxi-lithium-2023", "expert")
