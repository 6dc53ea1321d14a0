"""Where somebody may meet a clause and not its counterpart of the tier above: years, counts, ranks, levels.

Sound, not complete: a clause said to be as strict is so. One that is as strict for a reason the shapes do not show is
reported too, and its `weaker:` says why it stands.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from msgspec import Struct

from rules import vocabulary as terms
from rules.criteria import Aspect, Node, RestsOn
from rules.lint.leaf_strictness import asks_less, comparable

RANKS: Final[Mapping[str, terms.Ranking]] = {
    "education": terms.DEGREE_RANK,
    "skill": terms.SKILL_RANK,
}


class Less(Struct, frozen=True):
    """`node` asks less in `aspect`; `what` says how, for people."""

    node: Node
    aspect: Aspect
    what: str


def less(low: Node, high: Node) -> Iterator[Less]:
    """Every respect in which `low` asks less than `high`, at the node of `low` where it shows."""
    yield from _less_of_record(low, high)
    if high.own_text is not None and low.own_text is None:
        yield Less(low, "asked", "does not ask the clause's own text")
    if low.any_of is not None:
        for way in ways(low, low.rests_on):
            yield from _less_of_way(way, high)
    elif high.any_of is not None:
        yield from _less_of_way(low, high)
    elif low.at_least is not None or high.at_least is not None:
        yield from _less_of_count(low, high)
    else:
        for asked in _parts(high):
            yield from _less_of_part(low, asked)


def ways(node: Node, record: RestsOn | None) -> Iterator[Node]:
    """The alternatives of a choice; a choice among them by the same record and without a text is one with it."""
    for child in node.any_of or ():
        if child.any_of is not None and child.own_text is None and child.rests_on in (None, record):
            yield from ways(child, record)
        else:
            yield child


def _parts(node: Node) -> list[Node]:
    return node.all_of if node.all_of is not None else [node]


def _less_of_way(way: Node, high: Node) -> Iterator[Less]:
    """An alternative is held against the one of its number, else against whichever it meets or comes nearest to."""
    others = list(ways(high, high.rests_on)) if high.any_of is not None else [high]
    numbered = [other for other in _with_items(high) if way.clause is not None and other.clause == way.clause]
    if numbered:
        yield from less(way, numbered[0])
        return
    like = [found for other in others if alike(way, other) for found in [list(less(way, other))]]
    if not like:
        yield Less(way, "way", "is a way that the tier above does not have")
        return
    yield from min(like, key=len)


def _with_items(node: Node) -> list[Node]:
    return [other for child in node.children for other in child.clauses()]


def alike(low: Node, high: Node) -> bool:
    """Whether two nodes speak of the same thing, so that the one can be held against the other."""
    record = _record(high.rests_on)
    if record or low.rests_on:
        return _record(low.rests_on) == record
    if low.records is not None and high.records is not None:
        same = set(low.records.kind) & set(high.records.kind)
        return low.records.of == high.records.of and (bool(same) or not low.records.kind)
    return bool(_asked_by(low) & _asked_by(high))


def _asked_by(node: Node) -> set[str]:
    """The kinds of test in a node and under it."""
    return {node.says} if not node.combines else {says for child in node.children for says in _asked_by(child)}


def _less_of_count(low: Node, high: Node) -> Iterator[Less]:
    if low.at_least is None or high.at_least is None:
        yield Less(low, "asked", f"asks {_said(low)} where the tier above asks {_said(high)}")
        return
    if low.at_least < high.at_least:
        yield Less(low, "count", f"asks {low.at_least} where the tier above asks {high.at_least}")
    if high.distinct and not low.distinct:
        yield Less(low, "count", "lets one record serve twice")
    for item in low.of or ():
        same = [other for other in high.of or () if other.clause == item.clause]
        if same:
            yield from less(item, same[0])
        elif not any(alike(item, other) and not list(less(item, other)) for other in high.of or ()):
            yield Less(item, "way", "is an item that the tier above does not have")


def _less_of_part(low: Node, asked: Node) -> Iterator[Less]:
    """Whether one of the parts of `low` asks what the tier above asks."""
    if asked.nothing_more or (asked.education and _has_degree(low.rests_on, asked.education)):
        return
    likeliest_first = sorted(_parts(low), key=lambda part: part.says != asked.says)
    results = [
        list(less(part, asked) if part.combines or asked.combines else _less_of_leaf(part, asked))
        for part in likeliest_first
        if comparable(part, asked) or part.combines or asked.combines
    ]
    yield from min(results, key=len, default=[Less(low, "asked", f"does not ask {_said(asked)}")])


def _less_of_leaf(low: Node, high: Node) -> Iterator[Less]:
    for aspect, what in asks_less(low, high):
        yield Less(low, aspect, f"{high.says}: {what}")


def _has_degree(spec: RestsOn | None, least: str) -> bool:
    held = spec.education if spec else None
    return held is not None and terms.DEGREE_RANK[held] >= terms.DEGREE_RANK[least]


def _said(node: Node) -> str:
    return node.clause or node.says


def _record(spec: RestsOn | None) -> str:
    return next((name for name in ("education", "title", "skill") if spec and getattr(spec, name)), "")


def _less_of_record(low: Node, high: Node) -> Iterator[Less]:
    if high.rests_on is None:
        return
    name = _record(high.rests_on)
    if low.rests_on is None or _record(low.rests_on) != name:
        yield Less(low, "way", f"does not rest on the {name} that the tier above asks")
        return
    held, wanted = getattr(low.rests_on, name), getattr(high.rests_on, name)
    if held != wanted and (name == "title" or RANKS[name][held] < RANKS[name][wanted]):  # no title serves for another
        yield Less(low, "level", f"rests on {held} where the tier above asks {wanted}")
    if (low.rests_on.opens == "appointed") != (high.rests_on.opens == "appointed"):
        own = "appointment" if low.rests_on.opens == "appointed" else "title"
        yield Less(low, "opening", f"counts from the {own}, which may be the earlier day")
    if low.rests_on.whole_year and not high.rests_on.whole_year:
        yield Less(low, "opening", "counts from the year's first day, the tier above from the day itself")
