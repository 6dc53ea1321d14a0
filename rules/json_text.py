"""JSON as the contract wants it: no key twice, no NaN, every string writable as UTF-8."""

import json
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


def loads(text: str | bytes) -> Any:
    """Read one JSON value. Raises JsonError, with the place of a doubled key."""
    doubled: list[_Doubled] = []

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) == len(items):
            return found
        marked = _Doubled(found)
        seen: set[str] = set()
        marked.key = next(key for key, _ in items if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        doubled.append(marked)
        return marked

    try:
        if isinstance(text, bytes):
            text = text.decode("utf-8-sig")
        value = json.loads(text, object_pairs_hook=pairs, parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise JsonError("", "nested too deeply") from None
    except UnicodeError:
        raise JsonError("", "not UTF-8 text") from None
    except ValueError as error:
        raise JsonError("", f"not JSON: {error}") from None
    if doubled:
        raise JsonError(_places(value, "")[0], "key given twice", value)
    return value


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON number")


def _places(value: Any, at: str) -> list[str]:
    if isinstance(value, _Doubled):
        return [f"{at}.{value.key}" if at else value.key]
    if isinstance(value, dict):
        return [place for key, item in value.items() for place in _places(item, f"{at}.{key}" if at else key)]
    if isinstance(value, list):
        return [place for index, item in enumerate(value) for place in _places(item, f"{at}[{index}]")]
    return []
