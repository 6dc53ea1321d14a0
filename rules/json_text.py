"""JSON as the contract wants it: no key twice, no NaN, no number out of all bounds, every string writable as UTF-8."""

import json
import math
from collections.abc import Iterator
from typing import Any, NoReturn


class JsonError(ValueError):
    """`place` is where in the text, as a dossier path; empty where the text as a whole cannot be read.

    `value` is what the text says but for the key at `place`.
    """

    def __init__(self, place: str, message: str, value: Any = None) -> None:
        self.place = place
        self.message = message
        self.value = value
        super().__init__(f"{place}: {message}" if place else message)


class _Doubled(dict[str, Any]):
    """An object in which `key` stood twice; found again by the walk, which knows the place."""

    key: str


class _Amiss:
    """What a parse came upon that JSON allows and the contract does not; where it is, only the walk knows."""

    def __init__(self) -> None:
        self.doubled = False
        self.infinite = False

    def pairs(self, items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) == len(items):
            return found
        marked = _Doubled(found)
        seen: set[str] = set()
        marked.key = next(key for key, _ in items if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        self.doubled = True
        return marked

    def number(self, digits: str) -> float:
        found = float(digits)
        if math.isinf(found):
            self.infinite = True
        return found


def loads(text: str | bytes) -> Any:
    """Read one JSON value. Raises JsonError, with the place of a doubled key and of a number like 1e400."""
    amiss = _Amiss()
    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=amiss.pairs, parse_float=amiss.number, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise JsonError("", "nested too deeply") from None
    except UnicodeError:
        raise JsonError("", "not UTF-8 text") from None
    except ValueError as error:
        raise JsonError("", f"not JSON: {error}") from None
    if amiss.doubled:
        place = next(_below(at, found.key) for at, found in _walk(value) if isinstance(found, _Doubled))
        raise JsonError(place, "key given twice", value)
    if amiss.infinite:
        place = next(at for at, found in _walk(value) if isinstance(found, float) and math.isinf(found))
        raise JsonError(place, "a number out of all bounds", value)
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _walk(value: Any) -> Iterator[tuple[str, Any]]:
    """Every value with its place, outermost first; no recursion, since the parser nests deeper than Python calls."""
    waiting: list[tuple[str, Any]] = [("", value)]
    while waiting:
        at, found = waiting.pop()
        yield at, found
        if isinstance(found, dict):
            waiting += reversed([(_below(at, key), item) for key, item in found.items()])
        elif isinstance(found, list):
            waiting += reversed([(f"{at}[{index}]", item) for index, item in enumerate(found)])


def _below(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key
