"""Random dossiers for any level of any policy: near its bounds, with gaps, and with clauses still to be confirmed."""

import random
from datetime import date
from typing import Any, get_args

from rules import catalog
from rules import vocabulary as terms
from rules.catalog import Entry
from tests.rules import random_people
from tests.rules.test_soundness import gaps

OPENED = {
    "jiangxi-lithium-2023": date(2023, 6, 1),
    "zhejiang-battery-2020": date(2020, 6, 1),
}
AS_OF = random_people.AS_OF
LOWER = {
    "assistant": "technician",
    "intermediate": "assistant",
    "associate_senior": "intermediate",
    "full_senior": "associate_senior",
}


def person(rng: random.Random, entry: Entry, level: str) -> dict[str, Any]:
    made = random_people.person(rng)
    made["employer"] = {"kind": "private_enterprise", "region": entry.policy.specialty.region}
    made["performance_assessment"] = "passed"
    made["self_score"] = rng.choice([60, 80, 100])
    for title in made["titles"]:
        title["series"] = entry.policy.specialty.series
        title["level"] = rng.choice([LOWER.get(level, "technician"), title["level"]])
        title["specialty"] = rng.choice([entry.policy.specialty.code, "mechanical"])
    for achievement in made["achievements"]:
        achievement["accepted_by"] = rng.choice(get_args(terms.AcceptedBy))
    said = [clause.number for clause in entry.clauses(level) if clause.attested and rng.random() < 0.5]
    made["attestations"] = {number: rng.random() < 0.95 for number in said if _judged(entry, level, number)}
    made["claims"] = rng.sample(get_args(terms.Claim), rng.choice([0, 0, 1, 2]))
    return gaps(made, rng, rng.choice([0, 0.03, 0.1]))


def every_level() -> list[tuple[str, str]]:
    return [(policy, level) for policy in catalog.ids() for level in catalog.get(policy).levels]


def _judged(entry: Entry, level: str, number: str) -> bool:
    parts = [*entry.policy.basic, *entry.policy.levels[level].sections(), *entry.policy.levels[level].claims.values()]
    return any(
        node.clause == number and (node.judged is not None or node.own_text is not None)
        for part in parts
        for node in part.clauses()
    )
