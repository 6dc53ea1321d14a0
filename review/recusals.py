"""Why an expert may not judge an applicant, as far as the system can see it. Reads rows, writes none."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from applications.models import Application
from review.models import ExpertProfile, RecusalReason

BETWEEN_NAMES = re.compile(r"[、，,;；/|\s（）()]+")


@dataclass(frozen=True, slots=True)
class Conflict:
    """`detail` says where it was seen, for the office and the supervisor."""

    reason: RecusalReason
    detail: str


@dataclass(frozen=True, slots=True)
class Named:
    """Whom an application concerns: its applicant, the unit, and every name its material carries, with the place."""

    applicant_id: int
    applicant_name: str
    employer_id: int
    employer_name: str
    places: dict[str, str]


def names_in(application: Application) -> Named:
    """Reads an application once, for comparing with many experts."""
    content = application.snapshot.data if application.snapshot else {}
    places: dict[str, str] = {}
    for place, text in _texts(content, ""):
        for name in BETWEEN_NAMES.split(text):
            places.setdefault(name, place)
    return Named(
        applicant_id=application.applicant_id,
        applicant_name=application.applicant.get_full_name(),
        employer_id=application.employer_id,
        employer_name=application.employer.name,
        places=places,
    )


def conflict(expert: ExpertProfile, named: Named) -> Conflict | None:
    """The first reason why this expert may not judge this applicant, or None.

    A name that equals the expert's anywhere in the submitted material counts (co-author, recommender, appraiser):
    one recusal too many does less harm than one too few.
    """
    if expert.user_id == named.applicant_id:
        return Conflict(RecusalReason.SELF, named.applicant_name)
    if expert.organization_id == named.employer_id or expert.unit_name.strip() == named.employer_name:
        return Conflict(RecusalReason.SAME_UNIT, named.employer_name)
    if expert.name != named.applicant_name and expert.name in named.places:
        return Conflict(RecusalReason.NAMED, named.places[expert.name])
    return None


def conflicts(expert: ExpertProfile, applications: Iterable[Named]) -> Conflict | None:
    """The first conflict of an expert with any of the applications."""
    return next((found for named in applications if (found := conflict(expert, named))), None)


def _texts(value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, f"{place}.{key}".lstrip("."))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _texts(inner, f"{place}[{number}]")
