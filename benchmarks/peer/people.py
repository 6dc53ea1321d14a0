"""People for `make bench-rules`: near the bounds of 高级工程师 of 27号, a third of them over.

Nothing is left open, and every record a path may rest on is older than every achievement that could count: so the
counts are the same along each path, and can be made beforehand for a yardstick that counts nothing itself.
"""

import random
from datetime import date, timedelta
from typing import Any

AS_OF = date(2024, 6, 30)
KINDS = ("award", "award", "research_project", "research_project", "plan_or_standard", "technical_report", "unit_project",
         "monograph", "paper", "paper", "patent", "survey_report")  # fmt: skip


def person(rng: random.Random) -> dict[str, Any]:
    """A dossier as it is stored: eight records of achievement on average, every fact known."""
    return {
        "status": rng.choices(["employed", "freelance", "retired"], [30, 9, 1])[0],
        "education": [_degree(rng, number) for number in range(rng.randint(1, 2))],
        "titles": [_title(rng)],
        "skills": [_skill(rng)] if rng.random() < 0.3 else [],
        "posts": [_post(rng, number) for number in range(rng.randint(1, 3))],
        "assessments": [_assessment(rng, year) for year in rng.sample(range(2020, 2025), 3)],
        "continuing_education": {
            "committed": rng.random() < 0.8,
            "years": [{"year": year, "hours": rng.choice([89, 90, 91])} for year in rng.sample(range(2020, 2025), 2)],
        },
        "achievements": [_achievement(rng, number) for number in range(rng.randint(4, 12))],
        "honours": [_honour(rng)] if rng.random() < 0.1 else [],
        "endorsements": [_endorsement(rng, number) for number in range(rng.randint(0, 3))],
        "consents": ["supervising_body"] if rng.random() < 0.5 else [],
        "sanctions": [_sanction(rng)] if rng.random() < 0.04 else [],
        "attestations": {
            key: rng.random() < 0.98
            for key in ("一(一)", "一(二)", "一(三)", "五(二)", "五(二)1", "五(二)2", "五(二)3", "五(二)4")
        },
        "claims": [],
    }


def _near(rng: random.Random, *years: int) -> str:
    """A day some full years before the cut-off, or just beside it; always before 2023."""
    exact = AS_OF.replace(year=AS_OF.year - rng.choice(years))
    return (exact + timedelta(days=rng.choice([-400, -31, -1, 0, 0, 1, 31]))).isoformat()


def _degree(rng: random.Random, number: int) -> dict[str, Any]:
    level = rng.choice(["doctor", "master", "bachelor", "associate"]) if number == 0 else "bachelor"
    return {
        "id": f"e{number}",
        "level": level,
        "awarded": _near(rng, 2, 3, 6),
        "engineering_professional": rng.random() < 0.2,
    }


def _title(rng: random.Random) -> dict[str, Any]:
    obtained = _near(rng, 4, 5, 6, 8)
    return {
        "id": "t0",
        "level": "intermediate",
        "specialty": rng.choices(["lithium_battery", "mechanical"], [4, 1])[0],
        "obtained": obtained,
        "appointed": obtained if rng.random() < 0.95 else False,
    }


def _skill(rng: random.Random) -> dict[str, Any]:
    return {"id": "s0", "grade": rng.choice(["senior_technician", "technician"]), "obtained": _near(rng, 4, 6)}


def _post(rng: random.Random, number: int) -> dict[str, Any]:
    start = date.fromisoformat(_near(rng, 2, 4, 6))
    until = None if rng.random() < 0.5 else (start + timedelta(days=rng.choice([29, 364, 730, 1461]))).isoformat()
    scope = rng.choice(["specialty", "specialty", "relevant", "other"])
    return {"id": f"p{number}", "from": start.isoformat(), "to": until, "scope": scope}


def _assessment(rng: random.Random, year: int) -> dict[str, Any]:
    return {
        "id": f"y{year}",
        "year": year,
        "result": rng.choices(["competent", "excellent", "incompetent"], [12, 6, 1])[0],
    }


def _achievement(rng: random.Random, number: int) -> dict[str, Any]:
    return {
        "id": f"a{number}",
        "kind": rng.choice(KINDS),
        "date": rng.choice(["2023-05-20", "2023-11-02", "2024-03-15", "2024-06-30", "2001-06-30", "2024-07-01"]),
        "level": rng.choice(["provincial", "national", "provincial", "national", "district", "industry"]),
        "award_type": rng.choice(["science_technology", "industry", "patent"]),
        "grade": rng.choice(["first", "second", "third", "gold", "silver"]),
        "rank": rng.choice([1, 1, 4, 5, 5, 6]),
        "role": rng.choice(["lead", "lead", "principal", "participant"]),
        "author": rng.choice(["first", "second", "corresponding", "other"]),
        "venue": rng.choice(["journal", "top_journal", "provincial_conference"]),
        "words": rng.choice([99_999, 100_000, 200_000]),
        "evaluators": {
            "level": rng.choice(["full_senior", "full_senior", "associate_senior"]),
            "count": rng.choice([0, 1, 2, 2, 3]),
        },
        "concluded": rng.random() < 0.9,
        "promulgated": rng.random() < 0.9,
        "granted": rng.random() < 0.9,
        "in_production": rng.random() < 0.9,
        "personal_certificate": rng.random() < 0.7,
        "patent_type": rng.choice(["invention", "invention", "utility_model"]),
        "benefit": rng.choice(["none", "good", "good", "significant"]),
        "standing": rng.choice(["domestic_advanced", "domestic_leading", "international_advanced"]),
        "relevant": rng.random() < 0.95,
        "substitutes_paper": False,
    }


def _honour(rng: random.Random) -> dict[str, Any]:
    return {"id": "h0", "name": rng.choice(["china_skills_award", "national_technical_expert"]), "date": "2023-09-01"}


def _endorsement(rng: random.Random, number: int) -> dict[str, Any]:
    return {
        "id": f"r{number}",
        "title_level": rng.choice(["full_senior", "full_senior", "associate_senior"]),
        "same_specialty": rng.random() < 0.85,
    }


def _sanction(rng: random.Random) -> dict[str, Any]:
    until = rng.choice([None, "2024-06-29", "2024-06-30", "2024-07-01"])
    return {"id": "x0", "kind": "party", "from": "2023-01-01", "until": until}
