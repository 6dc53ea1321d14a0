"""What a finding names is what it rests on: records used suffice, and what is missing is not there."""

import copy
import random
import re
from typing import Any

import pytest

from tests.rules import random_people
from tests.rules.gaps import gaps
from tests.rules.test_oracles import LEVELS
from tests.rules.test_soundness import DOSSIERS, SHARES, answer

# Years of learning are asked for even where the list says that there are none: one may be added.
LEARNING = "continuing_education.years"
STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


def at(dossier: dict[str, Any], path: str) -> Any:
    """What stands at a path of the dossier; None where nothing does."""
    found: Any = dossier
    for name, index in STEP.findall(path):
        found = found.get(name)
        if index:
            found = found[int(index)]
        if found is None:
            return None
    return found


@pytest.mark.parametrize(("policy", "level"), LEVELS)
def test_what_is_missing_is_not_there(policy: str, level: str) -> None:
    rng = random.Random(f"missing {policy} {level}")
    for _ in range(DOSSIERS):
        case = random_people.asked(rng, policy, level)
        part = gaps(copy.deepcopy(case.dossier), rng, rng.choice(SHARES))
        for number, clause in answer(policy, level, part, case).clauses.items():
            named = set(clause.missing) - {LEARNING}
            assert {path: at(part, path) for path in named} == dict.fromkeys(named), number
            assert len(set(clause.missing)) == len(clause.missing)
            assert len(set(clause.judgement)) == len(clause.judgement)


@pytest.mark.parametrize(
    ("policy", "level"), [pair for pair in LEVELS if pair[1] in ("intermediate", "associate_senior", "full_senior")]
)
def test_the_records_used_suffice(policy: str, level: str) -> None:
    """Achievements and honours that no clause rests on can be left out: the verdict and its route stay."""
    rng = random.Random(f"used {policy} {level}")
    tried = 0
    for _ in range(DOSSIERS * 6):
        case = random_people.asked(rng, policy, level)
        dossier = copy.deepcopy(case.dossier)
        for name in ("achievements", "honours", "titles", "education", "skills"):
            dossier[name] = [{**record, "id": f"{name}{index}"} for index, record in enumerate(dossier[name])]
        result = answer(policy, level, dossier, case)
        if result.route not in ("ordinary", "exceptional"):
            continue
        tried += 1
        behind = [clause for clause in result.clauses.values() if clause.verdict in (result.verdict, "met")]
        used = {id_ for clause in behind for id_ in clause.used}
        assert used <= {record["id"] for name in dossier for record in listed(dossier[name])}
        for name in ("achievements", "honours"):
            dossier[name] = [record for record in dossier[name] if record["id"] in used]
        again = answer(policy, level, dossier, case)
        assert (again.verdict, again.route) == (result.verdict, result.route), (case, used)
    assert tried >= DOSSIERS // 10


def listed(part: Any) -> list[dict[str, Any]]:
    return [record for record in part if isinstance(record, dict) and "id" in record] if isinstance(part, list) else []
