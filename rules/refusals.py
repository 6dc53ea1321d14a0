"""Turns a msgspec refusal into a place and a sentence: `achievements[2].grade`, `'forth' is not one of …`."""

import re
from typing import Any, Literal, get_args, get_origin

import msgspec

_TAIL = re.compile(r"^(?P<what>.*?)(?: - at `(?P<at>[^`]*)`(?: in `(?P<within>[^`]*)`)?)?$", re.DOTALL)
_UNKNOWN = re.compile(r"Object contains unknown field `(?P<key>.*)`", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(?P<key>.*)`", re.DOTALL)
_ENUM = re.compile(r"Invalid enum value '(?P<value>.*)'", re.DOTALL)
_OWN = re.compile(r"(?P<key>[a-z_]+): (?P<what>.*)", re.DOTALL)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]")


def explain(error: msgspec.ValidationError, type_: Any, data: object) -> tuple[str, str]:  # noqa: PLR0911 - a kind each
    """Place and message of a refusal of `data` as a `type_`."""
    match = _TAIL.match(str(error))
    assert match is not None
    what, at, within = match["what"], _with_keys(match["at"] or "$", type_, data), match["within"]
    if within is not None:
        return _key_refused(what, within, type_)
    place = _plain(at)
    if unknown := _UNKNOWN.match(what):
        return join(place, unknown["key"] or '""'), "unknown key"
    if missing := _MISSING.match(what):
        return join(place, missing["key"]), "required key is left out"
    if own := _OWN.fullmatch(what):
        return join(place, own["key"]), own["what"]
    if "enum value" in what:
        return place, f"{_value_at(data, at)!r} is not one of {', '.join(_choices(type_, at))}"
    if "RFC3339 encoded date" in what:
        return place, f"{_value_at(data, at)!r} is not a date written YYYY-MM-DD"
    return place, what[:1].lower() + what[1:]


def _key_refused(what: str, within: str, type_: Any) -> tuple[str, str]:
    if not (named := _ENUM.match(what)):
        return _plain(within), "a key is not a string"
    keys = next(get_args(part)[0] for part in _parts(_type_at(type_, within)) if get_origin(part) is dict)
    return join(_plain(within), named["value"]), f"{named['value']!r} is not one of {', '.join(get_args(keys))}"


def join(place: str, key: str) -> str:
    return f"{place}.{key}" if place else key


def _plain(at: str) -> str:
    return at.removeprefix("$").removeprefix(".")


def _with_keys(at: str, type_: Any, data: object) -> str:
    """`attestations[...]` with the key that was refused: msgspec does not name the keys of a plain mapping."""
    before, hidden, after = at.partition("[...]")
    found = _value_at(data, before)
    if not hidden or not isinstance(found, dict):
        return at
    wanted = _below(_type_at(type_, before), "")
    for key, value in found.items():
        try:
            msgspec.convert(value, wanted)
        except msgspec.ValidationError:
            return _with_keys(f"{before}.{key}{after}", type_, data)
    return at


def _steps(at: str) -> list[str]:
    return [name or index for name, index in _STEP.findall(at)]


def _value_at(data: object, at: str) -> object:
    for step in _steps(at):
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and step.isdigit():
            data = data[int(step)]
    return data


def _choices(type_: Any, at: str) -> tuple[str, ...]:
    found = _parts(_type_at(type_, at))
    return tuple(str(choice) for part in found if get_origin(part) is Literal for choice in get_args(part))


def _type_at(type_: Any, at: str) -> Any:
    for step in _steps(at):
        type_ = _below(type_, step)
    return type_


def field_type(type_: Any, name: str) -> Any:
    """The type of a field of a struct, by the name it is written with. Raises LookupError."""
    for part in _parts(type_):
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            for field in msgspec.structs.fields(part):
                if field.encode_name == name:
                    return field.type
    raise LookupError(name)


def _below(type_: Any, step: str) -> Any:
    for part in _parts(type_):
        if isinstance(part, type) and issubclass(part, msgspec.Struct):
            return field_type(part, step)
        if get_origin(part) in (list, tuple):
            return get_args(part)[0]
        if get_origin(part) is dict:
            return get_args(part)[1]
    return type_


def _parts(type_: Any) -> list[Any]:
    """The members of a union, without what only annotates them."""
    if hasattr(type_, "__metadata__"):
        return _parts(type_.__origin__)
    if get_origin(type_) is Literal:
        return [type_]
    if type(type_).__name__ in ("UnionType", "_UnionGenericAlias"):
        return [part for member in get_args(type_) for part in _parts(member)]
    return [type_]
