"""How the permission matrix is written down: a table a room, a line a route, readable without knowing the code.

The columns of a table, two or more blanks apart:

    route   the name of the address
    kind    read (GET only), form (GET and POST for the same people) or act (POST only)
    door    who gets as far as the object: `all` (log-in or not), `people` (any log-in), or those who work for
            `employers`, `bodies`, `offices`, the `watch`; several joined by +. Others: the log-in page, or 403
    at      the stages of the line (scene.py) at which the route is asked, joined by commas
    things  what fills the address, in its order; `=word` stands for itself, `-` for nothing; `?name=word` is
            what a post sends
    mine    who gets in where the thing belongs to 林申报's application: its round, employer, body, office, expert
    other   the same for the application of another employer, another supervising body and another office
    far     the same in another region; nobody where the column is left out

In the last three columns the names before the slash get in; those behind it see the thing but may not do this (403
with the reason); for everybody else it is not there (404). `*` is everybody whom the door lets through, `-` nobody.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

OK, LOGIN, NO, GONE, METHOD = "ok", "login", "no", "gone", "method"

ANONYMOUS = "anonymous"
PEOPLE = ("lin", "wang", "zhao", "sun", "qian", "zhou", "wu", "zheng", "feng", "chen")
PERSONAS = (ANONYMOUS, *PEOPLE)
DOORS: Mapping[str, Sequence[str]] = {
    "all": PERSONAS,
    "people": PEOPLE,
    "employers": ("wang", "wu"),
    "bodies": ("zhao",),
    "offices": ("sun", "zheng"),
    "watch": ("feng", "chen"),
    "filing": ("feng",),
}
METHODS: Mapping[str, Sequence[str]] = {"read": ("GET",), "form": ("GET", "POST"), "act": ("POST",)}
RELATIONS = ("mine", "other", "far")


@dataclass(frozen=True, slots=True)
class Cell:
    """Who gets in, and who sees the thing without being allowed."""

    may: frozenset[str]
    sees: frozenset[str]

    def answer(self, persona: str) -> str:
        if persona in self.may:
            return OK
        return NO if persona in self.sees else GONE


@dataclass(frozen=True, slots=True)
class Row:
    route: str
    methods: Sequence[str]
    door: frozenset[str]
    stages: Sequence[str]
    things: Sequence[str]
    sent: str
    cells: Mapping[str, Cell]

    def expected(self, persona: str, relation: str, method: str) -> str:
        """The declared answer of this route to a persona."""
        if persona not in self.door:
            return LOGIN if persona == ANONYMOUS else NO
        if method not in self.methods:
            return METHOD
        return self.cells[relation].answer(persona)

    def reaches(self, persona: str, method: str) -> bool:
        """Whether the answer depends on the thing at all."""
        return persona in self.door and method in self.methods

    @property
    def has_objects(self) -> bool:
        return any(not thing.startswith("=") for thing in self.things)

    @property
    def relations(self) -> Sequence[str]:
        """A page without a thing in its address belongs to nobody in particular and is asked once."""
        return RELATIONS if self.things else RELATIONS[:1]


def rows_of(table: str) -> list[Row]:
    """The rows of a table; empty lines and lines that begin with # tell nothing."""
    lines = (line.strip() for line in table.splitlines())
    return [_row(line) for line in lines if line and not line.startswith("#")]


def _row(line: str) -> Row:
    route, kind, door, at, things, mine, *more = re.split(r"\s{2,}", line)
    columns = dict(zip(RELATIONS, [mine, *more, "-", "-"], strict=False))
    through = frozenset(name for group in door.split("+") for name in DOORS[group])
    named = [] if things == "-" else things.split()
    return Row(
        route=route,
        methods=METHODS[kind],
        door=through,
        stages=at.split(","),
        things=[thing for thing in named if not thing.startswith("?")],
        sent="&".join(thing[1:] for thing in named if thing.startswith("?")),
        cells={relation: _cell(column, through) for relation, column in columns.items()},
    )


def _cell(column: str, through: frozenset[str]) -> Cell:
    may, _slash, sees = column.partition("/")
    allowed = _names(may, through)
    return Cell(may=allowed, sees=_names(sees, through) - allowed)


def _names(text: str, through: frozenset[str]) -> frozenset[str]:
    words = text.replace("-", "").split()
    named = through if "*" in words else frozenset(words)
    unknown = named - set(PERSONAS)
    if unknown:
        raise ValueError(f"no such persona: {', '.join(sorted(unknown))}")
    return named
