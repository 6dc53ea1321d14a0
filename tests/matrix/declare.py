"""How a route's row of the permission matrix is written.

A row names the relation ("mine": the round, employer, supervising body and office of 林申报's application; "other":
those of another unit), who gets what on GET and on POST. What is not named falls to the defaults of the row.

Answers: ok (2xx, or a redirect that is not to the log-in page, or 400/409/422: the person may ask, the empty post is
wrong), login (sent to the log-in page), no (403 with the reason), gone (404: not visible), method (405).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

OK, LOGIN, NO, GONE, METHOD = "ok", "login", "no", "gone", "method"
ANYONE = "anyone"

PERSONAS = ("anonymous", "lin", "wang", "zhao", "sun", "qian", "zhou", "wu", "zheng", "feng", "chen")


@dataclass(frozen=True)
class Cell:
    """Who gets which answer; `rest` is everybody else. Anonymous people are sent to log in unless named."""

    who: Mapping[str, str] = field(default_factory=dict)
    rest: str = GONE
    anonymous: str = LOGIN

    def expected(self, persona: str) -> str:
        if persona in self.who:
            return self.who[persona]
        return self.anonymous if persona == "anonymous" else self.rest


@dataclass(frozen=True)
class Route:
    """`keys` names, for each relation, the scene's object whose public id (or other word) fills the address."""

    get: Mapping[str, Cell]
    post: Mapping[str, Cell]
    keys: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def only(*personas: str, rest: str = GONE, anonymous: str = LOGIN) -> Cell:
    """These get through, everybody else gets `rest`."""
    return Cell(dict.fromkeys(personas, OK), rest=rest, anonymous=anonymous)


def everyone(answer: str = OK) -> Cell:
    return Cell(rest=answer, anonymous=answer)


def all_signed_in() -> Cell:
    return Cell(rest=OK, anonymous=LOGIN)


def nobody(answer: str = METHOD, anonymous: str = METHOD) -> Cell:
    return Cell(rest=answer, anonymous=anonymous)


def page(get: Cell, post: Cell | None = None) -> Route:
    """A route without an object in its address."""
    return Route(get={"-": get}, post={"-": post or nobody()})


def form(cell: Cell) -> Route:
    """A page that is read and posted to by the same people."""
    return page(cell, cell)


def act(cell: Cell, *, get: Cell | None = None) -> Route:
    """A route that only takes posts."""
    return Route(get={"-": get or nobody()}, post={"-": cell})
