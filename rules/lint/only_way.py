"""破四唯: what the notices bar as a gate is never the only way through a level, nor do a degree and years suffice.

27号 正文五, 2023年度通知三(二): papers, awards, projects and funds, a journal's tier, titles of honour. Each family is
taken away, then all of them together, and the level must still be within reach. How much money a project had is no
fact of the dossier, so no pack can ask for it.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from rules.criteria import Node
from rules.leaves import Test
from rules.lint.bounds import Barred, can, nothing
from rules.lint.clauses import counted, name
from rules.lint.problems import Problem
from rules.model import Level, Policy
from rules.nodes import placed

_PAPERS: Final = {"paper", "survey_report", "internal_report", "monograph"}
_PROJECTS: Final = {"research_project", "major_project"}
_QUALIFYING: Final = ("education", "seniority", "work", "title")


def _records(leaf: Node, kinds: set[str]) -> bool:
    return leaf.records is not None and bool(leaf.records.kind) and set(leaf.records.kind) <= kinds


def _top_journals_only(leaf: Node) -> bool:
    if leaf.records is None:
        return False
    options = leaf.records.any_of
    return _top(leaf.records.where) or (bool(options) and all(map(_top, options)))


def _top(tests: Mapping[str, Test]) -> bool:
    venue = tests.get("venue")
    return venue is not None and {"top_journal"} == {*(venue.in_ or ()), *([venue.is_] if venue.is_ else ())}


def _honours(leaf: Node) -> bool:
    return leaf.records is not None and leaf.records.of == "honours"


FAMILIES: Final[Mapping[str, Barred]] = {
    "papers": lambda leaf: _records(leaf, _PAPERS),
    "awards": lambda leaf: _records(leaf, {"award"}),
    "projects and funds": lambda leaf: _records(leaf, _PROJECTS),
    "a journal's tier": _top_journals_only,
    "titles of honour": _honours,
}


def problems(policy: Policy, file: str) -> Iterator[Problem]:
    for title, level in policy.levels.items():
        at = f"levels.{title}"
        alone = [family for family, barred in FAMILIES.items() if blocked(policy, level, barred)]
        for family in alone:
            stop = blocked(policy, level, FAMILIES[family])
            yield Problem(file, at, f"{family}: the only way through {stop}")
        together = blocked(policy, level, lambda leaf: any(barred(leaf) for barred in FAMILIES.values()))
        if together and not alone:
            yield Problem(file, at, f"{', '.join(FAMILIES)} together: the only way through {together}")
        if not _asks_more_than_years(level):
            yield Problem(file, at, f"a degree with years is all that {name(level.qualification)} and the level ask")


def blocked(policy: Policy, level: Level, barred: Barred = nothing) -> str:
    """The clause at which every route stops once the leaves are barred; empty where one gets through."""
    items = counted(level)
    shared = [*policy.basic, *(part for part in (level.ability, level.achievements) if part is not None)]
    for section in shared:
        if not can(section, items, barred):
            return name(_where(section, items, barred))
    ways = [level.qualification, *([level.exceptional] if level.exceptional else [])]
    if any(can(way, items, barred) for way in ways):
        return ""
    return name(_where(level.qualification, items, barred))


def _where(node: Node, items: list[Node], barred: Barred) -> Node:
    """The innermost clause at which the way is barred: a part that all-of needs, else the choice itself."""
    if node.all_of is not None:
        stop = next(child for child in node.all_of if not can(child, items, barred))
        inner = _where(stop, items, barred)
        return inner if inner.clause else node
    return node


def _asks_more_than_years(level: Level) -> bool:
    """Whether the level's own clauses ask anything besides a record held and years; unverified ones decide nothing."""
    own = [one.node for section in level.sections() for one in placed(section)]
    return any(node.unverified or not (node.combines or node.says in _QUALIFYING) for node in own)
