"""The search for ways along one route on one day: what stands in the way, one step that mends it, and again.

Every way has to mend the part that is looked at, so going on from its remedies alone loses none. Fewer additions come
up first; what holds more than a way already found is not looked at. A bound on dossiers judged keeps the answer quick,
the same for the same dossier on every machine.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from heapq import heappop, heappush
from typing import Any, Final, NamedTuple

from msgspec.structs import replace

from rules.advice import completion
from rules.advice.paths import Path, Plan
from rules.advice.remedies import Remedies
from rules.advice.steps import Step, cost, weight
from rules.dossier import Dossier, DossierError, decode
from rules.verdict import Verdict

Known = list[Counter[str]]
MOST_JUDGED: Final = 250
ENOUGH: Final = 5


class Budget:
    """How many dossiers may still be judged."""

    def __init__(self) -> None:
        self.left = MOST_JUDGED

    def spend(self) -> bool:
        self.left -= 1
        return self.left >= 0


class Aim(NamedTuple):
    """A route to be met on a day, seen from today, with at most so many additions."""

    route: str
    today: date
    day: date
    most: int


def ways(plan: Plan, data: dict[str, Any], aim: Aim, budget: Budget, known: Known) -> list[tuple[Step, ...]]:
    """Sets of steps that meet the aim, in the order in which they rank, as many as are shown.

    What holds a set of `known` is left out; what is found joins it.
    """
    unknown = frozenset(name for name, value in data.items() if value is None)
    waiting: list[tuple[tuple[int, tuple[int, ...]], int, tuple[Step, ...]]] = [((0, ()), 0, ())]
    seen: set[tuple[str, ...]] = set()
    found: list[tuple[Step, ...]] = []
    count = 0
    while waiting and len(found) < ENOUGH:
        _, _, steps = heappop(waiting)
        if _holds(steps, known) or not budget.spend():
            continue
        dossier = with_steps(data, steps)
        paths = plan.paths(aim.route, dossier, aim.day) if dossier is not None else []
        if any(path.verdict is Verdict.MET for path in paths):
            least = _least(plan, data, aim, steps)
            if not _holds(least, known) and not _fewer_would_do(plan, data, aim, least):
                found.append(least)
                known.append(keys(least))
            continue
        remedies = Remedies(plan, unknown, aim.today, room=aim.most - weight(steps))
        for step in _next(remedies, paths, steps, aim):
            more = (*steps, step)
            identity = tuple(sorted(each.identity for each in more))
            fits = weight(more) <= aim.most and completion.on_file(data, step.place) and not _twice(more)
            if fits and identity not in seen:
                seen.add(identity)
                count += 1
                heappush(waiting, (cost(more), count, more))
    return found


def _next(remedies: Remedies, paths: list[Path], steps: tuple[Step, ...], aim: Aim) -> Iterator[Step]:
    """The steps to go on with. Where no addition is left, one more clause may still be confirmed with the others."""
    if weight(steps) < aim.most or any(step.joint for step in steps):
        for path in paths:
            yield from remedies.of(path)


def meets(plan: Plan, data: dict[str, Any], aim: Aim, steps: tuple[Step, ...]) -> bool:
    dossier = with_steps(data, steps)
    return dossier is not None and any(path.verdict is Verdict.MET for path in plan.paths(aim.route, dossier, aim.day))


def with_steps(data: dict[str, Any], steps: tuple[Step, ...]) -> Dossier | None:
    """The dossier with the steps in it; None where they do not go together."""
    for step in steps:
        data = completion.put(data, step.bare)
        data = completion.spent(data, step.spends) if step.spends else data
    try:
        return decode(data)
    except DossierError:
        return None


def keys(steps: tuple[Step, ...]) -> Counter[str]:
    return Counter(step.key for step in steps)


def _least(plan: Plan, data: dict[str, Any], aim: Aim, steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """The steps without those that can be spared."""
    for fewer in _without_one(steps):
        if meets(plan, data, aim, fewer):
            return _least(plan, data, aim, fewer)
    return steps


def _fewer_would_do(plan: Plan, data: dict[str, Any], aim: Aim, steps: tuple[Step, ...]) -> bool:
    """Whether fewer would do for the engine, which does not know what a confirmation spends: no way to tell anybody."""
    unspent = tuple(replace(step, spends="") for step in steps)
    return unspent != steps and any(meets(plan, data, aim, fewer) for fewer in _without_one(unspent))


def _without_one(steps: tuple[Step, ...]) -> Iterator[tuple[Step, ...]]:
    return (steps[:index] + steps[index + 1 :] for index in range(len(steps)))


def _holds(steps: tuple[Step, ...], known: Known) -> bool:
    mine = keys(steps)
    return any(way <= mine for way in known)


def _twice(steps: tuple[Step, ...]) -> bool:
    """Whether a place is filled twice: only records may be added more than once."""
    once = [step.key for step in steps if not step.key.startswith("record ")]
    return len(once) != len(set(once))
