"""The smallest things that can be added: one fact, one confirmation, one record."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from rules.advice.shape import KINDS, Addition, Kind
from rules.leaves import Records


class Step(Struct, frozen=True):
    """One addition while ways are looked for.

    `key` says what is added whatever its value: of two ways with the same keys the one with the weaker values stands.
    `label` is what the sentence says of it, `asks` what a record must show. Steps with `joint` are one act of the
    person who confirms, and count once. `spends` is the place of a record that serves for nothing else then.
    """

    kind: Kind
    clause: str
    place: str
    piece: Mapping[str, Any]
    label: str
    key: str
    joint: bool = False
    asks: Records | None = None
    spends: str = ""

    @property
    def bare(self) -> Addition:
        return Addition(kind=self.kind, clause=self.clause, text=self.label, place=self.place, piece=self.piece)

    @property
    def identity(self) -> str:
        return f"{self.key}={sorted(self.piece.items(), key=lambda entry: entry[0])}{self.spends}"


def weight(steps: tuple[Step, ...]) -> int:
    """How many additions they are."""
    return sum(not step.joint for step in steps) + any(step.joint for step in steps)


def cost(steps: tuple[Step, ...]) -> tuple[int, tuple[int, ...]]:
    kinds = [KINDS.index(step.kind) for step in steps if not step.joint]
    kinds += [KINDS.index("confirmation")] if any(step.joint for step in steps) else []
    return weight(steps), tuple(sorted(kinds, reverse=True))
