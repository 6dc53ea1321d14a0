"""Random dossiers near the bounds of 五, complete and without anything that only people could judge."""

import random
from datetime import date, timedelta
from typing import Any, get_args

from rules import vocabulary as terms

AS_OF = date(2024, 6, 30)
USEFUL = ("award", "award", "research_project", "plan_or_standard", "technical_report", "unit_project", "monograph", "paper",
          "patent")  # fmt: skip


def person(rng: random.Random) -> dict[str, Any]:
    """A dossier in which every fact is known, and every clause of judgement attested or denied."""
    return {
        "status": rng.choices(["employed", "freelance", "retired"], [30, 9, 1])[0],
        "education": [_degree(rng) for _ in range(rng.randint(1, 2))],
        "titles": [_title(rng) for _ in range(rng.choices([0, 1, 2], [1, 6, 1])[0])],
        "skills": [_skill(rng) for _ in range(rng.choices([0, 1], [2, 1])[0])],
        "posts": [_post(rng) for _ in range(rng.randint(0, 3))],
        "assessments": [_assessment(rng, year) for year in rng.sample(range(2020, 2026), 3)],
        "continuing_education": {
            "committed": rng.random() < 0.7,
            "years": [{"year": year, "hours": rng.choice([89, 90, 91])} for year in rng.sample(range(2020, 2025), 2)],
        },
        "achievements": [_achievement(rng) for _ in range(rng.randint(1, 8))],
        "honours": [_honour(rng) for _ in range(rng.choices([0, 1], [4, 1])[0])],
        "endorsements": [_endorsement(rng) for _ in range(rng.randint(0, 3))],
        "consents": rng.choice([[], ["supervising_body"], ["supervising_body"]]),
        "sanctions": [_sanction(rng)] if rng.random() < 0.06 else [],
        "attestations": {
            key: rng.random() < 0.97
            for key in ("一(一)", "一(二)", "一(三)", "五(二)", "五(二)1", "五(二)2", "五(二)3", "五(二)4")
        },
        "claims": [],
    }


def _near(rng: random.Random, *years: int) -> str:
    """A day about some full years before the cut-off: on it, a day off it, or months off it."""
    year = AS_OF.year - rng.choice(years)
    exact = date(year, AS_OF.month, AS_OF.day)
    return (exact + timedelta(days=rng.choice([-400, -31, -30, -1, 0, 0, 1, 30, 31, 400]))).isoformat()


def _degree(rng: random.Random) -> dict[str, Any]:
    return {
        "level": rng.choice(["doctor", "doctor", "master", "bachelor", "bachelor", *get_args(terms.Degree)]),
        "awarded": _near(rng, 0, 2, 6, 9),
        "engineering_professional": rng.random() < 0.3,
    }


def _title(rng: random.Random) -> dict[str, Any]:
    obtained = _near(rng, 0, 4, 5, 5, 6)
    return {
        "level": rng.choices(["intermediate", "assistant", "associate_senior"], [8, 1, 1])[0],
        "specialty": rng.choices(["lithium_battery", "mechanical"], [3, 1])[0],
        "obtained": obtained,
        "appointed": rng.choice([obtained, obtained, _near(rng, 4, 5), False]),
    }


def _skill(rng: random.Random) -> dict[str, Any]:
    return {"grade": rng.choice(["senior_technician", "senior_technician", "technician"]), "obtained": _near(rng, 4, 6)}


def _post(rng: random.Random) -> dict[str, Any]:
    start = date.fromisoformat(_near(rng, 1, 2, 3, 4, 6))
    until = (
        None if rng.random() < 0.5 else (start + timedelta(days=rng.choice([29, 364, 365, 400, 730, 1461]))).isoformat()
    )
    return {
        "from": start.isoformat(),
        "to": until,
        "scope": rng.choice(["specialty", "specialty", "relevant", "other"]),
    }


def _assessment(rng: random.Random, year: int) -> dict[str, Any]:
    return {"year": year, "result": rng.choices(["competent", "excellent", "incompetent"], [8, 3, 1])[0]}


def _achievement(rng: random.Random) -> dict[str, Any]:
    return {
        "kind": rng.choice(USEFUL if rng.random() < 0.85 else get_args(terms.AchievementKind)),
        "date": _near(rng, 0, 0, 1, 1, 2, 4, 5),
        "level": rng.choice(["provincial", "national", "provincial", "national", *get_args(terms.AchievementLevel)]),
        "award_type": rng.choice(get_args(terms.AwardType)),
        "grade": rng.choice(get_args(terms.AwardGrade)),
        "rank": rng.choice([1, 1, 4, 5, 5, 6]),
        "role": rng.choice(["lead", "lead", "principal", "participant"]),
        "author": rng.choice(get_args(terms.Author)),
        "venue": rng.choice(get_args(terms.Venue)),
        "words": rng.choice([99_999, 100_000, 200_000]),
        "evaluators": {
            "level": rng.choice(["full_senior", "full_senior", "associate_senior"]),
            "count": rng.choice([0, 1, 2, 2, 3]),
        },
        "concluded": rng.random() < 0.93,
        "promulgated": rng.random() < 0.93,
        "granted": rng.random() < 0.93,
        "in_production": rng.random() < 0.93,
        "personal_certificate": rng.random() < 0.6,
        "patent_type": rng.choice(["invention", "invention", "utility_model", "design"]),
        "benefit": rng.choice(["none", "good", "good", "significant"]),
        "standing": rng.choice(get_args(terms.Standing)),
        "relevant": rng.random() < 0.95,
    }


def _honour(rng: random.Random) -> dict[str, Any]:
    return {"name": rng.choice(["china_skills_award", "national_technical_expert"]), "date": _near(rng, 0, 2, 5)}


def _endorsement(rng: random.Random) -> dict[str, Any]:
    return {
        "title_level": rng.choice(["full_senior", "full_senior", "associate_senior"]),
        "years_held": rng.choice([1, 5]),
        "same_specialty": rng.random() < 0.85,
    }


def _sanction(rng: random.Random) -> dict[str, Any]:
    until = rng.choice([None, "2024-06-29", "2024-06-30", "2024-07-01"])
    return {"kind": "party", "from": rng.choice(["2023-01-01", "2024-06-30", "2024-07-01"]), "until": until}
