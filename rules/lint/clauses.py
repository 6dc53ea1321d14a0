"""Every test belongs to a clause that is cited, is said once, and can decide something."""

from collections import Counter
from collections.abc import Iterator

from rules.clause_numbers import is_clause
from rules.criteria import Node
from rules.floor import Floor
from rules.lint.bounds import always, can
from rules.lint.problems import Problem
from rules.lint.strictness import less
from rules.model import Layer, Level, Policy
from rules.nodes import Placed, placed


def policy_problems(policy: Policy, file: str) -> Iterator[Problem]:
    for one in placed(policy):
        yield from (Problem(file, one.place, message) for message in _said_of(one))
    yield from _unused_sources(policy, file, [policy])
    for name, level in policy.levels.items():
        at = f"levels.{name}"
        yield from (Problem(file, at, message) for message in _said_twice([*policy.basic, *level.sections()]))
        yield from _out_of_reach(level, file, at)
    shared = {f"basic[{index}]": node for index, node in enumerate(policy.basic)}
    for at, node in {**shared, **{f"claims.{claim}": node for claim, node in policy.claims.items()}}.items():
        yield from _never_met(node, [], file, at)


def layer_problems(layer: Layer, file: str, named_by: list[Policy]) -> Iterator[Problem]:
    """`named_by`: the policies that name the layer."""
    if not named_by:
        yield Problem(file, "", "no policy names this layer")
    for one in placed(layer):
        yield from (Problem(file, one.place, message) for message in _said_of(one))
        if one.node.clause is not None and one.node.source is None:
            yield Problem(file, f"{one.place}.source", "a layer's clause names its document")
    yield from _unused_sources(layer, file, [layer, *named_by])


def floor_problems(floor: Floor, file: str, named_by: list[Policy]) -> Iterator[Problem]:
    if not named_by:
        yield Problem(file, "", "no policy names this floor")
    for one in placed(floor):
        yield from (Problem(file, one.place, message) for message in _said_of(one))


def name(node: Node) -> str:
    return node.clause or node.says


def _said_of(one: Placed) -> Iterator[str]:
    node = one.node
    if one.leaf and one.clause is None and node.reading is None:
        yield "belongs to no clause: a test is cited by the clause it stands in, or says in `reading` why there is none"
    if node.clause is not None and not is_clause(node.clause):
        yield f"{node.clause!r} is no clause number"
    if node.combines and not node.children:
        yield f"{node.says} of nothing"
    yield from _out_of_the_way(node)


def _out_of_the_way(node: Node) -> Iterator[str]:
    ways = node.any_of or []
    sure = next((index for index, way in enumerate(ways) if always(way)), None)
    if sure is not None:
        for index, way in enumerate(ways):
            if index != sure:
                yield f"any_of[{index}] ({name(way)}) is out of reach: any_of[{sure}] always passes"
        return
    for index, way in enumerate(ways):
        wider = next((other for other in ways if other is not way and _passes_whenever(other, way)), None)
        if wider is not None:
            at = next(place for place, other in enumerate(ways) if other is wider)
            yield f"any_of[{index}] ({name(way)}) decides nothing: any_of[{at}] passes whenever it does"


def _passes_whenever(wide: Node, narrow: Node) -> bool:
    """Questions to people are no measure: two of them may ask anything."""
    return not _asks_people(wide) and not _asks_people(narrow) and not list(less(narrow, wide))


def _asks_people(node: Node) -> bool:
    return node.asks_people or any(map(_asks_people, node.children))


def _said_twice(sections: list[Node]) -> Iterator[str]:
    numbers = Counter(clause.clause for section in sections for clause in section.clauses())
    for number, times in numbers.items():
        if times > 1:
            yield f"clause {number} is said {times} times"


def _out_of_reach(level: Level, file: str, at: str) -> Iterator[Problem]:
    items = counted(level)
    parts = {
        "qualification": level.qualification,
        "ability": level.ability,
        "achievements": level.achievements,
        "exceptional": level.exceptional,
        **{f"claims.{claim}": node for claim, node in level.claims.items()},
    }
    for part, node in parts.items():
        if node is not None:
            yield from _never_met(node, items, file, f"{at}.{part}")


def counted(level: Level) -> list[Node]:
    """The clauses that `filled` counts: those of a `distinct` count among the achievements."""
    nodes = [one.node for one in placed(level.achievements)]
    return [item for node in nodes if node.distinct for item in node.of or ()]


def _never_met(section: Node, items: list[Node], file: str, at: str) -> Iterator[Problem]:
    """The innermost nodes that no dossier meets."""
    for one in placed(section):
        below = [child for child in one.node.children if not can(child, items)]
        if not can(one.node, items) and not (below and one.node.at_least is None):
            yield Problem(file, f"{at}.{one.place}".rstrip("."), f"no dossier can meet {name(one.node)}")


def _unused_sources(part: Policy | Layer, file: str, among: list[Policy | Layer]) -> Iterator[Problem]:
    used = {one.node.source for where in among for one in placed(where)}
    for source in part.sources:
        if source not in used:
            yield Problem(file, f"sources.{source}", "no clause names this document")
