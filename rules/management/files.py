"""The files that commands are given by name; `-` is standard input. What cannot be opened is said in one line."""

import sys
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import CommandError


def reading(name: str) -> AbstractContextManager[BinaryIO]:
    """What stands in a file, to be read. Raises CommandError."""
    return nullcontext(_standard_input()) if name == "-" else opened(name, "rb")


def opened(name: str, mode: str, **how: Any) -> Any:
    """Raises CommandError."""
    try:
        return Path(name).open(mode, **how)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from None


def _standard_input() -> BinaryIO:
    if sys.stdin is None:  # closed by the caller
        raise CommandError("standard input is closed")
    return sys.stdin.buffer
