"""Dossiers to start from: a person who qualifies as 高级工程师 by the ordinary route, and ways to change one."""

import copy
from typing import Any

POLICY = "tianjin-lithium-2022"
LEVEL = "associate_senior"
AS_OF = "2024-06-30"

AWARD = {"kind": "award", "date": "2023-09-15", "level": "provincial", "grade": "third", "personal_certificate": True}
STANDARD = {"kind": "plan_or_standard", "date": "2023-09-15", "level": "industry", "rank": 5, "promulgated": True}
PATENT = {
    "kind": "patent",
    "date": "2023-09-15",
    "patent_type": "invention",
    "rank": 5,
    "granted": True,
    "benefit": "good",
}

_QUALIFIED: dict[str, Any] = {
    "status": "employed",
    "employer": {"kind": "private_enterprise", "region": "tianjin"},
    "education": [{"id": "e1", "level": "bachelor", "awarded": "2010-07-01", "engineering_professional": False}],
    "titles": [
        {
            "id": "t1",
            "level": "intermediate",
            "series": "engineering",
            "specialty": "lithium_battery",
            "obtained": "2018-01-10",
            "appointed": "2018-03-01",
        }
    ],
    "skills": [],
    "posts": [{"id": "p1", "from": "2010-08-01", "scope": "specialty"}],
    "assessments": [{"year": 2023, "result": "competent"}],
    "continuing_education": {"committed": True, "years": [{"year": 2023, "hours": 96}]},
    "achievements": [{"id": "a1", **STANDARD}, {"id": "a2", **PATENT}],
    "honours": [],
    "endorsements": [],
    "consents": [],
    "sanctions": [],
    "attestations": {"一(一)": True, "一(二)": True, "一(三)": True, "五(二)": True, "五(二)1": True},
    "claims": [],
}


def qualified(**changes: Any) -> dict[str, Any]:
    """A person who qualifies, with some keys of the dossier replaced; a key set to None is left out."""
    dossier = {**copy.deepcopy(_QUALIFIED), **copy.deepcopy(changes)}
    return {key: value for key, value in dossier.items() if value is not None}


def title(**changes: Any) -> dict[str, Any]:
    return {**_QUALIFIED["titles"][0], **changes}


def attested(**changes: bool | None) -> dict[str, Any]:
    return {key: value for key, value in {**_QUALIFIED["attestations"], **changes}.items() if value is not None}
