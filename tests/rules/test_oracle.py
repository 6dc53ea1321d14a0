"""The engine against the oracle written by hand: random dossiers, no difference."""

import random
from collections import Counter
from datetime import date

import pytest

from rules.dossier import decode
from rules.engine import judge
from tests.counts import times
from tests.rules import oracle, random_people
from tests.rules.people import LEVEL, POLICY, qualified

COUNT = len(times(10_000))
BATCH = 250


@pytest.mark.parametrize("seed", range(COUNT // BATCH))
def test_agrees_with_the_oracle(seed: int) -> None:
    rng = random.Random(seed)
    seen: Counter[str | None] = Counter()
    for _ in range(BATCH):
        person = random_people.person(rng)
        result = judge(POLICY, LEVEL, decode(person), as_of=random_people.AS_OF)
        met, route, clauses = oracle.verdict(person, random_people.AS_OF)
        found = {number: result.clauses[number].verdict == "met" for number in clauses}
        assert (result.verdict, result.route, found) == ("met" if met else "unmet", route, clauses), person
        seen[route] += 1
    assert min(seen["ordinary"], seen["exceptional"], seen[None]) > 0, "the dossiers must reach every route"


@pytest.mark.parametrize("seed", range(COUNT // BATCH))
def test_items_agree_with_the_oracle(seed: int) -> None:
    """Items and 破格 conditions one by one, seen from a single title."""
    rng = random.Random(10_000 + seed)
    since = date(2019, 6, 30)
    title = {
        "level": "intermediate",
        "specialty": "lithium_battery",
        "obtained": "2019-06-30",
        "appointed": "2019-06-30",
    }
    for _ in range(BATCH):
        random_facts = random_people.person(rng)
        kept = {key: random_facts[key] for key in ("achievements", "honours", "endorsements", "consents")}
        person = qualified(**kept, titles=[title], education=[{"level": "bachelor", "awarded": "2010-07-01"}])
        result = judge(POLICY, LEVEL, decode(person), as_of=random_people.AS_OF)
        expected = {
            **oracle.items(person, since, random_people.AS_OF),
            **oracle.conditions(person, since, random_people.AS_OF),
            "五(三)": oracle.enough(person, since, random_people.AS_OF, 2),
        }
        assert {number: result.clauses[number].verdict == "met" for number in expected} == expected, person
