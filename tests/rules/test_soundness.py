"""Three values are sound: what is met or unmet with gaps stays so however the gaps are filled."""

import copy
import random
from datetime import date
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rules.dossier import decode
from rules.engine import judge
from rules.result import Result
from tests.rules import random_people
from tests.rules.people import LEVEL, POLICY

# Not facts that may be unknown: a post or sanction without an end goes on, and these have a default.
NEVER_A_GAP = {"to", "until", "relevant", "claims", "id"}


def gaps(part: Any, rng: random.Random, share: float) -> Any:
    """The same dossier with some facts not known."""
    if isinstance(part, dict):
        kept = {}
        for key, value in part.items():
            if key in NEVER_A_GAP or rng.random() >= share:
                kept[key] = value if key in NEVER_A_GAP else gaps(value, rng, share)
            elif rng.random() < 0.5:
                kept[key] = None
        return kept
    if isinstance(part, list):
        return [gaps(item, rng, share) for item in part]
    return part


def answer(dossier: dict[str, Any], as_of: date = random_people.AS_OF) -> Result:
    return judge(POLICY, LEVEL, decode(dossier), as_of=as_of)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32), share=st.sampled_from([0.02, 0.1, 0.3]))
def test_filling_a_gap_never_flips(seed: int, share: float) -> None:
    rng = random.Random(seed)
    whole = random_people.person(rng)
    part = answer(gaps(copy.deepcopy(whole), rng, share))
    full = answer(whole)
    if part.verdict != "open":
        assert full.verdict == part.verdict
    independent = ("一(四)", "五(一)", "五(一)1", "五(一)2", "五(一)3", "五(二)", "2023年度通知一(五)")
    settled = {number: part.clauses[number].verdict for number in independent if part.clauses[number].verdict != "open"}
    assert {number: full.clauses[number].verdict for number in settled} == settled


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_open_tells_what_would_settle_it(seed: int) -> None:
    rng = random.Random(seed)
    found = answer(gaps(random_people.person(rng), rng, 0.15))
    for clause in found.clauses.values():
        reasons = bool(clause.missing or clause.judgement)
        assert reasons == (clause.verdict == "open"), clause


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 2**32))
def test_earliest_is_the_first_day_that_will_do(seed: int) -> None:
    rng = random.Random(seed)
    person = random_people.person(rng)
    found = answer(person)
    if found.earliest is None:
        for years in (1, 3, 10, 39):
            assert answer(person, date(2024 + years, 6, 30)).verdict != "met"
        return
    first = date.fromisoformat(found.earliest)
    assert judge(POLICY, LEVEL, decode(person), as_of=first, opened=random_people.AS_OF).verdict == "met"
    step = max((first - random_people.AS_OF).days // 40, 1)
    for days in range(0, (first - random_people.AS_OF).days, step):
        before = date.fromordinal(random_people.AS_OF.toordinal() + days)
        assert judge(POLICY, LEVEL, decode(person), as_of=before, opened=random_people.AS_OF).verdict != "met"
    if first > random_people.AS_OF:
        eve = date.fromordinal(first.toordinal() - 1)
        assert judge(POLICY, LEVEL, decode(person), as_of=eve, opened=random_people.AS_OF).verdict != "met"
