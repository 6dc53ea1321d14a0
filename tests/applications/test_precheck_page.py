"""The applicant's own page leads from a finding to the sections of the form where it is mended."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import fields

from applications.precheck_page import PLACES, SAYS_WHERE, places_of
from rules import casebook, engine
from rules.dossier import Dossier
from rules.note_words import FIGURES

ZHEJIANG = ("zhejiang-battery-2020", date(2020, 12, 31))
JIANGXI = ("jiangxi-lithium-2023", date(2022, 12, 31))
FRESH = {"level": "intermediate", "series": "engineering", "specialty": "lithium_battery", "obtained": "2021-01-01"}


def test_every_figure_a_finding_may_rest_on_is_entered_somewhere():
    assert sorted(FIGURES.keys() - PLACES.keys() - SAYS_WHERE) == ["attested"], "what a person attested, nobody enters"
    assert set(PLACES.values()) <= {field.encode_name for field in fields(Dossier)}


@pytest.mark.parametrize(
    ("policy", "changes", "clause", "place"),
    [
        (ZHEJIANG, {"continuing_education": {"years": [{"year": 2019, "hours": 5}]}}, "正文七(二)", "continuing_education"),
        (ZHEJIANG, {"education": [{"level": "bachelor", "awarded": "2000-06-30", "stem": False}]}, "正文二(一)", "education"),
        (ZHEJIANG, {"self_score": 10}, "正文二(三)", "self_score"),
        (ZHEJIANG, {"income_tax": []}, "正文二(四)3", "income_tax"),
        (JIANGXI, {"titles": [{**FRESH, "appointed": "2021-01-01"}]}, "国家基本标准 高级工程师2", "titles"),
        (JIANGXI, {"social_insurance": {"months": 1, "same_employer": True}}, "正文三(四)", "social_insurance"),
        (JIANGXI, {"achievements": [{"kind": "paper", "date": "2010-01-01"}]}, "正文二(二)", "achievements"),
    ],
)  # fmt: skip
def test_what_only_other_provinces_ask_leads_to_its_section(
    policy: tuple[str, date], changes: dict[str, Any], clause: str, place: str
):
    name, day = policy
    dossier = {**casebook.base(name, "associate_senior"), **changes}
    found = engine.judge(name, "associate_senior", dossier, as_of=day, opened=date(day.year + 1, 1, 1)).clauses[clause]

    assert found.verdict != "met"
    assert place in places_of(found)
