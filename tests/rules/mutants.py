"""Every way to change one leaf of the pack: a bound moved, a value swapped, a test or a branch dropped."""

import copy
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, get_args

from rules import vocabulary as terms

Path = tuple[str | int, ...]

ORDERED: dict[str, tuple[str, ...]] = {
    "level": ("unit", "district", "provincial", "national"),
    "grade": ("third", "second", "first", "special"),
    "evaluators.level": get_args(terms.TitleLevel),
    "title_level": get_args(terms.TitleLevel),
    "standing": get_args(terms.Standing),
    "benefit": get_args(terms.Benefit),
    "accepted_by": ("none", "other", "provincial", "national"),
}
CHOICES: dict[str, tuple[str, ...]] = {
    "education": ("associate", "bachelor", "master", "doctor"),
    "title": get_args(terms.TitleLevel),
    "skill": get_args(terms.SkillGrade),
    "scope": ("specialty", "relevant"),
    "only_status": get_args(terms.Status),
    "specialty": ("own", "other"),
    "own_titles": ("specialty", "series"),
}
FIELD_VALUES: dict[str, tuple[str, ...]] = {
    "level": get_args(terms.AchievementLevel),
    "grade": get_args(terms.AwardGrade),
    "award_type": get_args(terms.AwardType),
    "role": get_args(terms.Role),
    "author": get_args(terms.Author),
    "venue": get_args(terms.Venue),
    "patent_type": get_args(terms.PatentType),
    "name": get_args(terms.Honour),
}
# Words for people, and what other parts of the portal read: no leaf of a judgement.
UNJUDGED = {"clause", "label", "source", "reading", "judged", "own_text", "else_judged", "id", "layer", "sources",
            "readings", "not_encoded", "procedure", "series", "region", "why"}  # fmt: skip


def mutants(pack: dict[str, Any], layer: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any], dict[str, Any]]]:
    """(name, pack, layer) with one leaf changed in one of the two."""
    for name, changed in _of(pack):
        yield name, changed, layer
    for name, changed in _of(layer):
        yield f"layer {name}", pack, changed


def _of(root: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, value in _walk(root, ()):
        for what, replacement in _changes(path, value):
            changed = copy.deepcopy(root)
            _put(changed, path, replacement)
            yield f"{'.'.join(map(str, path))} {what}", changed


def _walk(part: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if path and path[-1] in UNJUDGED:
        return
    yield path, part
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in entries:
        yield from _walk(value, (*path, key))


def _changes(path: Path, value: Any) -> Iterator[tuple[str, Any]]:
    key = path[-1] if path else ""
    field = str(path[-2]) if len(path) > 1 else ""
    if isinstance(value, bool):
        if key == "is" or key in ("distinct", "substitutes_paper", "anytime"):
            yield "negated", not value
    elif isinstance(value, int):
        yield from (("raised", value + 1), ("lowered", value - 1))
    elif isinstance(value, str):
        yield from _words(str(key), field, value)
    elif isinstance(value, list) and key in ("in", "kind", "met", "judged_results", "not_status"):
        yield from _members(field, str(key), value)
    elif isinstance(value, list) and key in ("all_of", "any_of", "basic", "exclusions") and len(value) > 1:
        yield from ((f"without {index}", value[:index] + value[index + 1 :]) for index in range(len(value)))
    elif isinstance(value, dict) and key == "where":
        yield from ((f"without {name}", {n: test for n, test in value.items() if n != name}) for name in value)
    elif isinstance(value, dict) and key == "claims":
        yield from ((f"without {name}", {n: node for n, node in value.items() if n != name}) for name in value)


def _words(key: str, field: str, value: str) -> Iterator[tuple[str, str]]:
    if key in ("from", "to"):
        for what, days in (("a day on", 1), ("a day back", -1)):
            yield what, (date.fromisoformat(value) + timedelta(days=days)).isoformat()
    elif key == "at_least":
        scale = ORDERED[field]
        place = scale.index(value)
        yield from ((f"to {scale[near]}", scale[near]) for near in (place - 1, place + 1) if 0 <= near < len(scale))
    elif key == "is":
        yield from ((f"to {other}", other) for other in FIELD_VALUES[field] if other != value)
    elif key == "code":
        yield "to mechanical", "mechanical"
    elif key in CHOICES or (key == "level" and field == "title"):
        choices = CHOICES["title"] if key == "level" else CHOICES[key]
        yield from ((f"to {other}", other) for other in choices if other != value)


def _members(field: str, key: str, value: list[str]) -> Iterator[tuple[str, list[str]]]:
    every = FIELD_VALUES.get(field, ())
    if key == "kind":
        every = get_args(terms.AchievementKind)
    if key == "not_status":
        every = get_args(terms.Status)
    if len(value) > 1:
        yield from ((f"without {name}", [other for other in value if other != name]) for name in value)
    yield from ((f"with {name}", [*value, name]) for name in every if name not in value)


def _put(root: dict[str, Any], path: Path, value: Any) -> None:
    target: Any = root
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
