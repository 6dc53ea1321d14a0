"""What applicants really send: photographs, scans and documents, made anew from kind and number."""

import random
from collections.abc import Callable

# Bytes of a JPEG or a PDF of at most 2 MiB.
KINDS: dict[str, Callable[[random.Random, int], bytes]] = {}


def kind(make: Callable[[random.Random, int], bytes]) -> Callable[[random.Random, int], bytes]:
    KINDS[make.__name__.replace("_", " ")] = make
    return make


def made(name: str, number: int) -> bytes:
    """The file of this number of a kind, the same in every run (but for what a signature brings)."""
    return KINDS[name](random.Random(f"honest {name} {number}"), number)
