"""Random achievements: anything at all, or aimed at one clause and then perhaps spoilt in one field."""

import random
from typing import Any, get_args

from rules import vocabulary as terms

Record = dict[str, Any]

FULL = {"level": "full_senior", "count": 2}
CLOSED = {"concluded": True, "in_production": True, "benefit": "good"}
GREAT = {"kind": "major_project", "level": "provincial", "standing": "domestic_leading", "accepted_by": "provincial"}
FRUITFUL = {"kind": "research_project", "level": "provincial", "benefit": "significant"}
LEADING_REPORT = {
    "kind": "technical_report",
    "standing": "domestic_leading",
    "evaluators": {"level": "assistant", "count": 1},
}
RESULT = {"kind": "technical_result", "in_production": True}
PRIZE = {"kind": "award", "level": "provincial", "award_type": "science_technology", "grade": "third", "rank": 5}
MEDAL = {"kind": "award", "level": "national", "award_type": "patent", "grade": "silver", "rank": 5}

# What would just do for a clause: four for each level, and the records that 破格 and Zhejiang ask for.
AIMS: dict[str, list[list[Record]]] = {
    "intermediate": [
        [{"kind": "research_project", "level": "provincial", "concluded": True}],
        [{"kind": "plan_or_standard", "level": "industry", "promulgated": True}],
        [{"kind": "unit_project", "rank": 3}, {"kind": "plan_or_standard", "level": "unit", "rank": 3}],
        [{"kind": "unit_project", "rank": 1, "concluded": True, "benefit": "good"}],
        [{"kind": "paper", "venue": "journal", "author": "second"}],
        [{"kind": "survey_report", "venue": "journal", "author": "corresponding"}],
        [{"kind": "paper", "venue": "provincial_conference", "author": "corresponding"}],
        [{"kind": "internal_report", "author": "first", "evaluators": {"level": "associate_senior", "count": 2}}],
        [{"kind": "patent", "patent_type": "utility_model", "granted": True}],
        [{**PRIZE, "level": "district"}],
        [{"kind": "performance_letter", "substitutes_paper": True}],
    ],
    "associate_senior": [
        [{**PRIZE, "personal_certificate": True}],
        [{"kind": "research_project", "level": "provincial", "concluded": True, "rank": 5}] * 2,
        [{"kind": "plan_or_standard", "level": "industry", "rank": 5, "promulgated": True}],
        [{"kind": "technical_report", "rank": 5, "evaluators": {"level": "assistant", "count": 1}}],
        [{"kind": "unit_project", "role": "lead", **CLOSED}] * 2,
        [{"kind": "monograph", "words": 100_000}],
        [{"kind": "paper", "author": "second", "evaluators": FULL}, {"kind": "survey_report", "author": "first", "evaluators": FULL}],
        [{"kind": "patent", "patent_type": "invention", "granted": True, "rank": 5, "benefit": "good"}],
        [PRIZE],
        [{**PRIZE, "award_type": "industry", "rank": 6, "personal_certificate": True}],
        [MEDAL],
        [{"kind": "performance_letter", "substitutes_paper": True}],
    ],
    "full_senior": [
        [{**GREAT, "role": "lead", "rank": 6}],
        [{**GREAT, "role": "principal", "rank": 5}] * 2,
        [RESULT, {**PRIZE, "level": "national", "grade": "second", "rank": 5}],
        [RESULT, PRIZE, {**PRIZE, "rank": 6, "personal_certificate": True}],
        [{**RESULT, "rank": 1, "standing": "domestic_leading"}],
        [{**FRUITFUL, "role": "lead"}, LEADING_REPORT],
        [{**FRUITFUL, "role": "principal"}, {**FRUITFUL, "role": "principal"}, LEADING_REPORT],
        [{"kind": "technical_result", "level": "provincial", "role": "lead", "standing": "domestic_leading", "accepted_by": "provincial"}],
        [{"kind": "unit_project", "role": "lead", "benefit": "significant", "accepted_by": "provincial"}],
        [{"kind": "monograph", "words": 200_000}],
        [{"kind": "paper", "venue": "top_journal", "author": "corresponding"}] * 2,
        [{"kind": "plan_or_standard", "level": "provincial", "rank": 1, "promulgated": True}],
        [{"kind": "patent", "patent_type": "invention", "granted": True, "rank": 1, "benefit": "significant"}],
        [{**PRIZE, "level": "national", "grade": "second", "personal_certificate": True, "rank": 6}],
        [{"kind": "performance_letter", "substitutes_paper": True}],
    ],
    "zhejiang": [
        [{"kind": "research_project", "level": "national", "rank": 5}],
        [{"kind": "major_project", "level": "national", "rank": 6}],
        [{**PRIZE, "level": "national", "grade": "special", "rank": 40}],
        [{**PRIZE, "level": "national", "grade": "first", "rank": 10}],
        [{**PRIZE, "level": "national", "grade": "second", "rank": 6}],
        [{**PRIZE, "level": "provincial", "grade": "first", "rank": 6}],
        [{"kind": "plan_or_standard", "level": "national", "rank": 1}],
        [{"kind": "plan_or_standard", "level": "international", "rank": 7}],
    ],
}  # fmt: skip
SPOILT: dict[str, list[Any]] = {"rank": [1, 2, 3, 4, 6, 7, 10, 11], "words": [99_999, 100_000, 199_999, 200_000]}


def anything(rng: random.Random) -> Record:
    """An achievement of any kind with every field known."""
    return {
        "kind": rng.choice(get_args(terms.AchievementKind)),
        "level": rng.choice(["provincial", "national", *get_args(terms.AchievementLevel)]),
        "award_type": rng.choice(get_args(terms.AwardType)),
        "grade": rng.choice(get_args(terms.AwardGrade)),
        "rank": rng.choice([1, 1, 2, 3, 4, 5, 6]),
        "role": rng.choice(get_args(terms.Role)),
        "author": rng.choice(get_args(terms.Author)),
        "venue": rng.choice(get_args(terms.Venue)),
        "words": rng.choice(SPOILT["words"]),
        "evaluators": {"level": rng.choice(get_args(terms.TitleLevel)), "count": rng.choice([0, 1, 2, 3])},
        "concluded": rng.random() < 0.8,
        "promulgated": rng.random() < 0.8,
        "granted": rng.random() < 0.8,
        "in_production": rng.random() < 0.8,
        "personal_certificate": rng.random() < 0.5,
        "patent_type": rng.choice(get_args(terms.PatentType)),
        "benefit": rng.choice(get_args(terms.Benefit)),
        "standing": rng.choice(get_args(terms.Standing)),
        "accepted_by": rng.choice(get_args(terms.AcceptedBy)),
        "relevant": rng.random() < 0.96,
        "substitutes_paper": rng.random() < 0.02,
    }


def aimed(rng: random.Random, kind: str) -> list[Record]:
    """What would just do for one clause; now and then with one of the fields it is judged by changed."""
    found = []
    for aim in rng.choice(AIMS[kind]):
        record = {**anything(rng), "relevant": True, **aim}
        if rng.random() < 0.15:
            field = rng.choice(sorted(aim))
            record[field] = rng.choice(SPOILT[field]) if field in SPOILT else anything(rng)[field]
        found.append(record)
    return found
