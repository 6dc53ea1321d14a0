"""Which clauses ask nothing of a person because others serve, and why. Read from a kept `Result.to_dict()`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from rules import catalog
from rules.sections import CompiledLevel

SPARED = "spared"
Kept = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """A clause's verdict as pages tell it, SPARED where it asks nothing; `quiet` says why it does not."""

    verdict: str
    quiet: str = ""


def told(kept: Kept, *, claimed: Kept | None = None) -> dict[str, Told]:
    """Every clause asked.

    Spared is an item that did not serve one that is met, and a clause of the exceptional route where the ordinary
    route's own qualification is met. While that is open the exception is a way of its own, and what it misses is told;
    unless the qualification was `claimed` as met and only waits to be verified.
    """
    level = catalog.get(kept["policy"]).level(kept["level"])
    ordinary = kept["route"] == "ordinary" and any(_qualifies(level, view) for view in (kept, claimed) if view)
    excepted = _exceptional(level) if ordinary else frozenset()
    above, found = "", {}
    for number, clause in kept["clauses"].items():
        if clause["depth"] == 0:
            above = clause["verdict"]
        quiet = _quiet(clause, above, excepted=number in excepted)
        found[number] = Told(SPARED if quiet else clause["verdict"], quiet)
    return found


def _quiet(clause: Kept, above: str, *, excepted: bool) -> str:
    if clause["verdict"] == "met":
        return ""
    if clause["depth"] > 0 and above == "met":
        return _("本款已由其他项满足，不必补充")
    return _("按正常条件申报，不必符合破格条件") if excepted else ""


def _qualifies(level: CompiledLevel, kept: Kept) -> bool:
    """Whether the ordinary route's own qualification is met."""
    roots = [clause.number for clause in level.qualification.clauses if clause.depth == 0]
    found = [kept["clauses"][number]["verdict"] for number in roots if number in kept["clauses"]]
    return set(found) == {"met"}


def _exceptional(level: CompiledLevel) -> frozenset[str]:
    return frozenset(clause.number for clause in level.exceptional.clauses) if level.exceptional else frozenset()
