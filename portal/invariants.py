"""Truths that hold in the database at any moment. Each app registers its own; tests and the night check them all."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import transaction

from portal.error_text import told
from portal.steady_view import steady_view

log = logging.getLogger("portal.invariants")

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
    """Every breach of every invariant, empty when all is well; all are asked of the same moment.

    One that cannot be asked is a breach itself, and the others are asked all the same.
    """
    with steady_view():
        return [breach for name in names() for breach in _breaches(name)]


def _breaches(name: str) -> list[Breach]:
    try:
        with transaction.atomic():  # a failed query spoils no more than this
            return [Breach(name, sentence) for sentence in _checks[name]()]
    except Exception as error:
        log.exception("invariant could not be checked: %s", name)
        return [Breach(name, f"could not be checked: {told(error)}")]
