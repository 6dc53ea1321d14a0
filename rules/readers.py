"""Makes msgspec's readers while modules are imported, where one thread is at work.

msgspec builds the reader of a struct when it first meets one. Two threads that meet the same struct at once crash the
interpreter (msgspec 0.22): the second takes the reader half built. A web process serves in threads, so none of them
may be the first.
"""

from typing import Any

from msgspec.json import Decoder


def prepare(*types: Any) -> None:
    """Builds the readers of these types and of everything inside them; they stay with the types."""
    for type_ in types:
        Decoder(type_)
