"""Putting additions into a dossier: the completed dossier is what is judged."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from msgspec import to_builtins

from rules.advice.shape import Addition
from rules.dossier import Dossier, decode

_STEP: Final = re.compile(r"[a-z_]+|\d+")


def data_of(dossier: Dossier) -> dict[str, Any]:
    """The mapping that the dossier is read from."""
    data: dict[str, Any] = to_builtins(dossier)
    return data


def completed(dossier: Dossier, additions: Iterable[Addition]) -> Dossier:
    """The dossier with the additions put in; the dossier itself stays as it is."""
    data = data_of(dossier)
    for addition in additions:
        data = put(data, addition)
    return decode(data)


def put(data: Mapping[str, Any], addition: Addition) -> dict[str, Any]:
    """A copy with the addition in it.

    A piece that is named like the last step of its place is that field's value; at `attestations` it is joined to
    what is there, at `consents` it names the body, and anything else is one more record of the list.
    """
    place, piece = addition.place, addition.piece
    if place is None or piece is None:
        return dict(data)
    steps = [int(step) if step.isdigit() else step for step in _STEP.findall(place)]
    if place == "attestations":
        return {**data, place: {**(data.get(place) or {}), **piece}}
    if list(piece) == [steps[-1]]:
        changed: dict[str, Any] = _set(data, steps, piece[place.rpartition(".")[2]])
        return changed
    more = list(piece.values()) if place == "consents" else [dict(piece)] * addition.count
    return {**data, place: [*(data.get(place) or []), *more]}


def spent(data: Mapping[str, Any], place: str) -> dict[str, Any]:
    """A copy in which the record at a place counts for nothing: what was confirmed of it has used it up."""
    name, _, rest = place.partition("[")
    entries = list(data[name])
    used = int(rest.rstrip("]"))
    entries[used] = {**entries[used], "relevant": False}
    return {**data, name: entries}


def on_file(data: Mapping[str, Any], place: str) -> bool:
    """Whether a place is free of records that are only being added: of those everything is known."""
    name, _, rest = place.partition("[")
    return name not in data or not rest or int(rest.partition("]")[0]) < len(data[name] or [])


def _set(part: Any, steps: list[str | int], value: object) -> Any:
    if not steps:
        return value
    head, *rest = steps
    if isinstance(head, int):
        return [_set(item, rest, value) if index == head else item for index, item in enumerate(part)]
    held = part or {}
    return {**held, head: _set(held.get(head), rest, value)}
