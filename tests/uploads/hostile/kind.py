"""What a hostile file is here, and the list of kinds. Every file is made anew from its kind and its number."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

# What a payload would make if anything ran it; the tests look for it afterwards.
CANARY = "/tmp/portal-upload-was-executed"
RUN = f"touch {CANARY}".encode()
PHP = b"<?php system('" + RUN + b"'); ?>"
SCRIPT = b"<script>alert('payload')</script>"


class End(Enum):
    """How it ends for a file."""

    REFUSED = "refused, as it comes or by the check"
    INERT = "kept, and served so that nothing in it runs"
    EITHER = "one or the other: what can be repaired is kept"


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file as somebody sends it: its name, the type they claim, and bytes that must not be in a picture served."""

    name: str
    content: bytes
    end: End
    claimed: str = "image/jpeg"
    payload: bytes = b""


KINDS: dict[str, Callable[[random.Random, int], Hostile]] = {}


def kind(make: Callable[[random.Random, int], Hostile]) -> Callable[[random.Random, int], Hostile]:
    """Adds a maker to the kinds; it is given its own chance and the number of the file within the kind."""
    KINDS[make.__name__.replace("_", " ")] = make
    return make


def made(name: str, number: int) -> Hostile:
    """The file of this number of a kind, the same in every run."""
    return KINDS[name](random.Random(f"hostile {name} {number}"), number)
