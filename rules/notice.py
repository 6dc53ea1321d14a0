"""What an issued notice has: the official numbers of its clauses, and the figures and days it states in them."""

from rules.leaves import Part


class Notice(Part, frozen=True, kw_only=True):
    """Written from the notice by whoever enters it, beside no pack, so that a pack's citations can be held against it.

    `clauses`: numbers by what stands before them. `items`: how many items stand under a clause, from 1 on. `states`:
    by clause, the figures, shares and days a procedure may cite it for.
    """

    number: str
    clauses: dict[str, list[str]]
    items: dict[str, int] = {}
    states: dict[str, list[str]] = {}

    def __post_init__(self) -> None:
        for key in ("items", "states"):
            for clause in getattr(self, key):
                if clause not in self.numbers:
                    raise ValueError(f"{key}: {clause} is not among the clauses")

    @property
    def numbers(self) -> frozenset[str]:
        """The number of every clause and item."""
        own = [f"{before}{number}" for before, numbers in self.clauses.items() for number in numbers]
        return frozenset(
            [*own, *(f"{clause}{item + 1}" for clause, many in self.items.items() for item in range(many))]
        )
