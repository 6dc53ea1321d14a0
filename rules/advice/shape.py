"""What advice is made of: routes, ways along them, and the additions that make a way."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final, Literal

from msgspec import Struct

Kind = Literal["time", "fact", "confirmation", "achievement"]
# The cheaper first: waiting, writing down what is so, asking others, achieving more.
KINDS: Final[tuple[Kind, ...]] = ("time", "fact", "confirmation", "achievement")


class Addition(Struct, frozen=True, kw_only=True):
    """One thing more. `piece` goes into the dossier at `place`, `count` times (`completion.put`); time has neither.

    `clause` names the clause it serves (several, joined by 、, where one confirmation covers them), and `text` says it
    to the applicant.
    """

    kind: Kind
    clause: str
    text: str
    place: str | None = None
    piece: Mapping[str, Any] | None = None
    count: int = 1


class Way(Struct, frozen=True, kw_only=True):
    """Additions that together make the verdict `met` on `day`, none of them to spare."""

    additions: tuple[Addition, ...]
    verdict: str
    day: date

    @property
    def size(self) -> int:
        return sum(addition.count for addition in self.additions)


class RouteAdvice(Struct, frozen=True, kw_only=True):
    """A route, what it comes to today, and the shortest ways to meet it; none where it is met or out of reach."""

    route: str
    verdict: str
    ways: list[Way]


class Advice(Struct, frozen=True, kw_only=True):
    """`unverified`: the level rests on clauses whose source is not in hand, so that nothing makes it met."""

    routes: list[RouteAdvice]
    unverified: bool = False


def rank(way: Way) -> tuple[int, tuple[int, ...], date]:
    """Fewer additions first, then the cheaper kinds, then the nearer day."""
    kinds = [KINDS.index(addition.kind) for addition in way.additions for _ in range(addition.count)]
    return way.size, tuple(sorted(kinds, reverse=True)), way.day
