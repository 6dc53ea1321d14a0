"""Truths that hold in the database at any moment. Each app registers its own; tests and the night check them all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Check = Callable[[], Iterable[str]]
_checks: dict[str, Check] = {}


@dataclass(frozen=True, slots=True)
class Breach:
    invariant: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.sentence}"


def invariant(name: str) -> Callable[[Check], Check]:
    """Registers a function that yields a sentence for every breach it finds."""

    def register(function: Check) -> Check:
        if _checks.setdefault(name, function) is not function:
            raise ValueError(f"two invariants named {name!r}")
        return function

    return register


def names() -> list[str]:
    return sorted(_checks)


def check() -> list[Breach]:
    """Every breach of every invariant, empty when all is well."""
    return [Breach(name, sentence) for name in names() for sentence in _checks[name]()]
