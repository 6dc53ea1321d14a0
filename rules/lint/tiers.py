"""39号 正文二(二)3: no tier's criteria are weaker than those above it, nation, city and specialty in turn.

A policy names what stands above it. Wherever a clause asks less, in years, counts, ranks, levels or ways through, the
clause says so itself with the reason (`weaker:`), or the pack is refused; so is a mark that is no longer true.
"""

from collections.abc import Iterator

from rules.criteria import Node
from rules.floor import Floor
from rules.lint.problems import Problem
from rules.lint.strictness import Less, alike, less
from rules.model import Exclusion, Level, Policy
from rules.nodes import placed

Upper = Policy | Floor


def problems(policy: Policy, file: str, upper: Upper | None) -> Iterator[Problem]:
    """`upper`: what the policy names as standing above it."""
    marks = {(place, mark.in_): mark.why for place, node in _clauses(policy) for mark in node.weaker}
    if upper is None:
        yield from (Problem(file, f"{place}.weaker", "no policy is named above") for place, _ in marks)
        return
    shown: set[tuple[str, str]] = set()
    places = {id(one.node): one.place for one in placed(policy)}
    for found in _shortfalls(policy, upper):
        place = places.get(id(found.node), "")
        marked = [(at, aspect) for at, aspect in marks if aspect == found.aspect and _within(place, at)]
        shown |= set(marked)
        if not marked:
            yield Problem(file, place, f"asks less than {upper.id} ({found.aspect}): {found.what}")
    for (place, aspect), why in marks.items():
        if (place, aspect) in shown or aspect == "text":
            yield Problem(file, place, f"asks less than {upper.id} ({aspect}), which stands: {why}", refusal=False)
        else:
            yield Problem(file, f"{place}.weaker", f"{aspect}: does not ask less than {upper.id}")


def _clauses(policy: Policy) -> list[tuple[str, Node]]:
    return [(one.place, one.node) for one in placed(policy) if one.node.clause is not None]


def _within(place: str, clause: str) -> bool:
    return place == clause or place.startswith((f"{clause}.", f"{clause}["))


def _shortfalls(policy: Policy, upper: Upper) -> Iterator[Less]:
    for name, level in policy.levels.items():
        if name not in upper.levels:
            continue
        if isinstance(upper, Floor):
            yield from _below_floor(level.qualification, upper, upper.levels[name])
        else:
            yield from _of_level(policy, level, upper, upper.levels[name])
    if isinstance(upper, Policy):
        yield from _of_all_levels(policy, upper)


def _below_floor(qualification: Node, floor: Floor, asked: Node) -> Iterator[Less]:
    """Ways that rest on a kind of record of which the floor is silent are not held against it."""
    for found in less(qualification, asked):
        spec = found.node.rests_on
        if spec is None or not any(getattr(spec, kind) for kind in floor.silent):
            yield found


def _of_level(policy: Policy, level: Level, upper: Policy, above: Level) -> Iterator[Less]:
    for part in ("qualification", "ability", "achievements"):
        yield from _held_against(getattr(level, part), getattr(above, part), level.qualification, part)
    if level.exceptional is not None:
        yield from _route(level.exceptional, above.exceptional)
    routes = {**upper.claims, **above.claims}
    for claim, node in {**policy.claims, **level.claims}.items():
        yield from _route(node, routes.get(claim))


def _of_all_levels(policy: Policy, upper: Policy) -> Iterator[Less]:
    own = {node.clause: node for node in policy.basic}
    instead = next(iter(policy.levels.values())).qualification
    for node in upper.basic:
        yield from _held_against(own.get(node.clause), node, instead, node.clause or node.says)
    for bar in upper.exclusions:
        yield from _of_bar(policy.exclusions, bar, instead)
    if upper.layer is not None and policy.layer != upper.layer:  # its bars and routes are those of both, or of neither
        yield Less(instead, "asked", f"does not take the layer {upper.layer}")
    if policy.other_specialty is not None and upper.other_specialty is not None:
        yield from less(policy.other_specialty, upper.other_specialty)


def _of_bar(own: list[Exclusion], above: Exclusion, instead: Node) -> Iterator[Less]:
    """Whether one of a policy's bars bars everybody whom the tier above bars: by its number, else the nearest."""
    wide = [bar for bar in own if bar.only_status in (None, above.only_status)]
    same = [bar for bar in wide if bar.node.clause == above.node.clause]
    results = [list(less(bar.node, above.node)) for bar in same or wide if alike(bar.node, above.node)]
    yield from min(results, key=len, default=[Less(instead, "asked", f"does not bar as {above.node.clause} does")])


def _held_against(own: Node | None, above: Node | None, instead: Node, name: str) -> Iterator[Less]:
    """`instead`: where to say that the part is not asked at all."""
    if above is None:
        return
    if own is None:
        yield Less(instead, "asked", f"does not ask {name}")
    else:
        yield from less(own, above)


def _route(own: Node, above: Node | None) -> Iterator[Less]:
    if above is None:
        yield Less(own, "way", "is a route that the tier above does not have")
    else:
        yield from less(own, above)
