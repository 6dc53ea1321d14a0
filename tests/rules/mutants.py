"""Every way to change one leaf of a pack or a layer: a bound moved, a value swapped, a test or a branch dropped."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, get_args

from rules import catalog, load
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
    "education": ("secondary", "associate", "bachelor", "second_bachelor", "doctor"),
    "stem_degree": ("associate", "bachelor", "master", "doctor"),
    "title": get_args(terms.TitleLevel),
    "skill": get_args(terms.SkillGrade),
    "scope": ("specialty", "relevant"),
    "only_status": get_args(terms.Status),
    "specialty": ("own", "other"),
    "own_titles": ("specialty", "series"),
    "opens": ("obtained", "appointed"),
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
ALLOWED_VALUES: dict[str, tuple[str, ...]] = {
    "status": get_args(terms.Status),
    "employer.kind": get_args(terms.EmployerKind),
    "performance_assessment": get_args(terms.PerformanceAssessment),
}
MEMBERS: dict[str, tuple[str, ...]] = {
    "kind": get_args(terms.AchievementKind),
    "not_status": get_args(terms.Status),
    "appointment_spared": get_args(terms.EmployerKind),
    "met": get_args(terms.AssessmentResult),
}
NEGATED = ("is", "distinct", "substitutes_paper", "anytime", "whole_year", "unverified")
# Words for people, and what other parts of the portal read: no leaf of a judgement.
UNJUDGED = {"clause", "label", "source", "reading", "judged", "own_text", "else_judged", "id", "layer", "sources",
            "readings", "not_encoded", "documents", "procedure", "series", "region", "why",
            "no_successor_known"}  # fmt: skip


# The same degree rank by another name.
SAME = ({"second_bachelor", "master"},)


@dataclass(frozen=True)
class Mutant:
    """One leaf of one file changed; `level` where only that level is touched. None as replacement drops the key."""

    file: str
    level: str | None
    path: Path
    what: str
    value: Any

    @property
    def name(self) -> str:
        return f"{self.file} {'.'.join(map(str, self.path))} {self.what}"

    def applied(self) -> dict[str, Any]:
        """The parsed file so changed; of its levels only the one that is touched."""
        changed = copy.deepcopy(parsed(self.file))
        target: Any = changed
        for key in self.path[:-1]:
            target = target[key]
        if self.value is None:
            del target[self.path[-1]]
        else:
            target[self.path[-1]] = self.value
        if self.level:
            changed["levels"] = {self.level: changed["levels"][self.level]}
        return changed


@cache
def parsed(file: str) -> dict[str, Any]:
    """A policy or a layer, by its id, as it is written."""
    path = catalog.POLICIES / f"{file}.yaml"
    found: dict[str, Any] = load._parse(path if path.exists() else catalog.LAYERS / f"{file}.yaml")
    return found


def files() -> list[str]:
    """Every policy, then every layer."""
    return [*catalog.ids(), *sorted(path.stem for path in catalog.LAYERS.glob("*.yaml"))]


def mutants(file: str) -> Iterator[Mutant]:
    for path, value in _walk(parsed(file), ()):
        level = str(path[1]) if len(path) > 1 and path[0] == "levels" else None
        for what, replacement in _changes(path, value):
            yield Mutant(file, level, path, what, replacement)
    specialty = parsed(file).get("specialty")
    if specialty:  # whichever tells a title of one's own
        own = "series" if specialty.get("own_titles") == "series" else "code"
        yield Mutant(file, None, ("specialty", own), "to another", "another")


# Left out, they change what a node asks.
DROPPED = ("own_text", "else_judged", "rests_on", "other_specialty", "early")


def _walk(part: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if (
        path
        and path[-1] in UNJUDGED
        and path[-1] not in DROPPED
        and not (path[-1] == "judged" and isinstance(part, list))
    ):
        return
    yield path, part
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in entries:
        yield from _walk(value, (*path, key))


def _changes(path: Path, value: Any) -> Iterator[tuple[str, Any]]:
    key = str(path[-1]) if path else ""
    field = str(path[-2]) if len(path) > 1 else ""
    if key in DROPPED:
        yield "dropped", None
    if isinstance(value, bool):
        if key in NEGATED:
            yield "negated", not value
    elif isinstance(value, int):
        yield "raised", value + 1
        if value:
            yield "lowered", value - 1
    elif isinstance(value, str):
        yield from _words(key, field, value)
    elif isinstance(value, list) and (key in MEMBERS or (key == "in" and field != "allowed")):
        yield from _members(value, MEMBERS.get(key) or FIELD_VALUES.get(field, ()))
    elif isinstance(value, list) and key == "judged":
        yield from ((f"without {name}", [other for other in value if other != name]) for name in value)
    elif isinstance(value, list) and key in ("all_of", "any_of", "basic", "exclusions") and len(value) > 1:
        yield from ((f"without {index}", value[:index] + value[index + 1 :]) for index in range(len(value)))
    elif isinstance(value, dict) and key == "allowed":
        changed = _members(value["in"], ALLOWED_VALUES[value["field"]])
        yield from ((what, {**value, "in": members}) for what, members in changed)
    elif isinstance(value, dict) and key in ("where", "claims"):
        yield from ((f"without {name}", {n: test for n, test in value.items() if n != name}) for name in value)


def _words(key: str, field: str, value: str) -> Iterator[tuple[str, Any]]:
    if key in ("from", "to"):
        day = date.fromisoformat(value)
        yield "a day on", (day + timedelta(days=1)).isoformat()
        yield "a day back", (day - timedelta(days=1)).isoformat()
    elif key == "at_least":
        scale = ORDERED[field]
        place = scale.index(value)
        yield from ((f"to {scale[near]}", scale[near]) for near in (place - 1, place + 1) if 0 <= near < len(scale))
    elif key == "is":
        yield from ((f"to {other}", other) for other in FIELD_VALUES[field] if other != value)
    elif key in CHOICES or (key == "level" and field == "title"):
        choices = (*CHOICES["title"], "asked") if key == "level" else CHOICES[key]
        yield from ((f"to {other}", other) for other in choices if other != value and {other, value} not in SAME)
        if key in ("opens", "only_status"):
            yield "dropped", None


def _members(value: list[str], every: tuple[str, ...]) -> Iterator[tuple[str, list[str]]]:
    if len(value) > 1:
        yield from ((f"without {name}", [other for other in value if other != name]) for name in value)
    yield from ((f"with {name}", [*value, name]) for name in every if name not in value)
