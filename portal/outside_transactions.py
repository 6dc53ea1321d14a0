"""Slow work stays outside transactions: on SQLite nobody else writes while one is open, on PostgreSQL its rows wait.

The doors to such work (bytes, PDFs, the limited child, job handlers) carry `@outside_transactions`, so that a caller
who forgets learns it from the first test that comes by.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import connection

P = ParamSpec("P")
R = TypeVar("R")


class InsideTransactionError(RuntimeError):
    """Slow work was asked for while a transaction is open: a fault of the calling code, whatever a person has typed."""


def outside_transactions(function: Callable[P, R]) -> Callable[P, R]:
    """Makes a function raise InsideTransactionError, before it does anything, when a transaction is open."""

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if _is_open():
            name = f"{function.__module__}.{function.__qualname__}"
            raise InsideTransactionError(f"{name} is called inside a transaction; call it before that begins or after")
        return function(*args, **kwargs)

    return guarded


def _is_open() -> bool:
    """Whether a transaction is open, not counting the one a test runs in, which durable blocks let pass as well."""
    return any(
        not block._from_testcase  # type: ignore[attr-defined]  # noqa: SLF001  the only mark that Django gives it
        for block in connection.atomic_blocks
    )
