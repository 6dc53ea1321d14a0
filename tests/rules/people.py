"""Dossiers to start from: a person who qualifies as 高级工程师 by the ordinary route, and ways to change one."""

import copy
from typing import Any

from rules import casebook

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

_QUALIFIED = casebook.base(POLICY, LEVEL)


def qualified(**changes: Any) -> dict[str, Any]:
    """A person who qualifies, with some keys of the dossier replaced; a key set to None is left out."""
    dossier = {**copy.deepcopy(_QUALIFIED), **copy.deepcopy(changes)}
    return {key: value for key, value in dossier.items() if value is not None}


def title(**changes: Any) -> dict[str, Any]:
    return {**_QUALIFIED["titles"][0], **changes}


def attested(**changes: bool | None) -> dict[str, Any]:
    return {key: value for key, value in {**_QUALIFIED["attestations"], **changes}.items() if value is not None}
