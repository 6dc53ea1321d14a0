"""A correction is a new version of the same notice, in a file of its own, and a successor a later notice.

The version that is corrected or succeeded stays as it is.
"""

from collections import Counter
from collections.abc import Iterator

from rules.lint.problems import Problem
from rules.model import Policy


def problems(policies: list[Policy]) -> Iterator[Problem]:
    by_id = {policy.id: policy for policy in policies}
    times = Counter(policy.corrects for policy in policies)
    for policy in policies:
        successor = by_id.get(policy.successor or "")
        if policy.successor and (successor is None or successor.effective.since <= policy.effective.since):
            yield Problem(
                f"{policy.id}.yaml", "successor", f"{policy.successor!r} is no policy in force from a later day"
            )
        if policy.successor and policy.no_successor_known:
            yield Problem(f"{policy.id}.yaml", "no_successor_known", f"{policy.successor!r} is named as its successor")
        if policy.corrects is None:
            continue
        file, corrected = f"{policy.id}.yaml", by_id.get(policy.corrects)
        if corrected is None or corrected is policy:
            yield Problem(file, "corrects", f"{policy.corrects!r} is no other policy")
        elif _notice(corrected) != _notice(policy):
            yield Problem(file, "corrects", f"{policy.corrects} states another notice or specialty")
        elif times[policy.corrects] > 1:
            yield Problem(file, "corrects", f"{policy.corrects} is corrected {times[policy.corrects]} times")


def _notice(policy: Policy) -> tuple[object, ...]:
    specialty = policy.specialty
    return (policy.source.number, specialty.region, specialty.series, specialty.code)
