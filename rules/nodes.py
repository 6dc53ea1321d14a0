"""Walks what a pack says: every node with its place in the file, whichever field it stands in."""

from collections.abc import Iterator
from functools import cache
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import fields

from rules import refusals
from rules.criteria import Node

_COMBINED: Final = ("all_of", "any_of", "of")
_HOLDERS: Final = (Struct, list, dict)


class Placed(Struct, frozen=True):
    """A node where it stands: `clause` is the number it belongs to, its own or that of the nearest clause above it."""

    place: str
    node: Node
    clause: str | None

    @property
    def leaf(self) -> bool:
        return not self.node.combines


def placed(part: object) -> Iterator[Placed]:
    """Every node of a policy or a layer, from the top down, in the order of the file."""
    return _walk(part, "", None)


def structs(part: object, at: str = "") -> Iterator[tuple[str, Struct]]:
    """Everything of a policy or a layer that has keys of its own, with its place."""
    if isinstance(part, Struct):
        yield at, part
    for name, value in _below(part):
        yield from structs(value, _join(at, name))


def names(part: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text and every key of a mapping, of a policy or a layer, with its place."""
    if isinstance(part, str):
        yield at, part
    for name, value in _below(part):
        if isinstance(part, dict):
            yield _join(at, name), name
        yield from names(value, _join(at, name))


def _walk(part: object, at: str, clause: str | None) -> Iterator[Placed]:
    if isinstance(part, Node):
        clause = part.clause or clause
        yield Placed(at, part, clause)
        for name in _COMBINED:  # nodes stand in no other field of a node
            for index, child in enumerate(getattr(part, name) or ()):
                yield from _walk(child, f"{_join(at, name)}[{index}]", clause)
        return
    for name, value in _below(part):
        if isinstance(value, _HOLDERS):
            yield from _walk(value, _join(at, name), clause)


def _below(part: object) -> Iterator[tuple[str, Any]]:
    if isinstance(part, Struct):
        yield from ((said, getattr(part, name)) for said, name in _names(type(part)))
    elif isinstance(part, dict):
        yield from part.items()
    elif isinstance(part, list):
        yield from ((f"[{index}]", item) for index, item in enumerate(part))


@cache
def _names(type_: type[Struct]) -> tuple[tuple[str, str], ...]:
    return tuple((field.encode_name, field.name) for field in fields(type_))


def _join(at: str, name: str) -> str:
    return f"{at}{name}" if name.startswith("[") else refusals.join(at, name)
