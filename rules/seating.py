"""Which records fill which clauses: a different record for each need, found by moving those that hold one."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import combinations, product

from rules.predicates.records import places
from rules.verdict import Finding


class Slots:
    """One way to fill one clause: for each record it needs, the places that will do; open ones with reasons.

    `exact`: no open record would do as well, so that what is met is all there is. `first`: the places it would take
    of its own accord, where that is known.
    """

    __slots__ = ("clause", "exact", "first", "needs", "reasons")

    def __init__(
        self,
        clause: str,
        needs: Sequence[Collection[str]],
        reasons: dict[str, Finding],
        *,
        exact: bool = False,
        first: tuple[str, ...] | None = None,
    ) -> None:
        self.clause = clause
        self.exact = exact
        self.first = first
        self.needs = needs
        self.reasons = reasons


Choice = list[tuple[Slots, tuple[str, ...]]]


def choose(ways: list[list[Slots]], count: int) -> Choice | None:
    """`count` clauses that different records fill, each with its records; None where there are none."""
    if count > len(ways):
        return None
    for subset in combinations(ways, max(count, 0)):
        for choice in product(*subset):
            chosen = unrivalled(choice) or assigned(choice)
            if chosen is not None:
                return chosen
    return None


def unrivalled(choice: Sequence[Slots]) -> Choice | None:
    """The usual case: no two of them reach for the same record."""
    chosen: Choice = []
    records: tuple[str, ...] = ()
    for slots in choice:
        if slots.first is None:
            return None
        chosen.append((slots, slots.first))
        records += slots.first
    return chosen if len(set(records)) == len(records) else None


def assigned(choice: Sequence[Slots]) -> Choice | None:
    placed = place([need for slots in choice for need in slots.needs])
    if placed is None:
        return None
    records = iter(placed)
    return [(slots, tuple([next(records) for _ in slots.needs])) for slots in choice]


def most_filled(able: list[list[Slots]], *, below: int) -> int:
    """The most clauses, fewer than `below`, that different records fill."""
    for count in range(min(len(able), below - 1), 0, -1):
        if choose(able, count) is not None:
            return count
    return 0


@lru_cache(maxsize=4096)
def taken(of: str, members: int, count: int) -> tuple[str, ...]:
    """The places that `count` needs of the same records take, no other need being in their way."""
    return tuple(reversed(sorted(places(of, members))[:count]))


def place(needs: Sequence[Collection[str]]) -> list[str] | None:
    """A different record for each need (augmenting paths), or None."""
    holder: dict[str, int] = {}
    if not all(_seat(needs, need, holder, set()) for need in range(len(needs))):
        return None
    seats = {need: record for record, need in holder.items()}
    return [seats[need] for need in range(len(needs))]


def _seat(needs: Sequence[Collection[str]], need: int, holder: dict[str, int], tried: set[str]) -> bool:
    """Finds a record for a need, moving those that hold one where that helps."""
    for record in sorted(needs[need]):
        if record not in tried:
            tried.add(record)
            if record not in holder or _seat(needs, holder[record], holder, tried):
                holder[record] = need
                return True
    return False
