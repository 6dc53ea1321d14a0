"""Which values the cases have shown of every leaf of a pack: met, unmet, open.

A leaf is seen at a value when a case of its level brings it there, looked at from a path that the leaf belongs to and
whose record is not plainly absent; the leaves of a claimed route, by the cases that claim it. A leaf that stands once
for all levels is seen by the cases of any. A question to people (`judged`, `own_text`) is seen met and unmet where the
case attests its clause; the other leaves by facts alone. `CANNOT` names the values that a leaf can never have.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from rules import casebook
from rules.catalog import Entry
from rules.compiler import compile_level
from rules.criteria import Node
from rules.dossier import Dossier
from rules.nodes import Placed, placed
from rules.predicates.noting import Rule
from rules.sections import CompiledLevel, Ground, Section
from rules.verdict import Verdict
from rules.view import Anchor, View
from rules.vocabulary import TitleLevel

VALUES: Final = (Verdict.MET, Verdict.UNMET, Verdict.OPEN)
CANNOT: Final[Mapping[str, tuple[frozenset[Verdict], str]]] = {
    "question": (
        frozenset({Verdict.MET, Verdict.UNMET}),
        "is asked inside a clause or an exclusion, where nobody attests it by itself: it is only ever open",
    ),
    "all_in_window": (
        frozenset({Verdict.UNMET}),
        "what lies outside the window does not count, and people decide on the rest: never unmet",
    ),
    "insured_months": (
        frozenset({Verdict.UNMET}),
        "too few months or another employer is for the office to decide: never unmet",
    ),
    "nothing_more": (
        frozenset({Verdict.UNMET, Verdict.OPEN}),
        "asks nothing but the record that the path rests on: always met",
    ),
}
Seen = tuple[int, str, Verdict]


class Leaf(Struct):
    """A leaf, and how many cases showed it at each value. `says`: what it asks; `rests_on` and `own_text` count too."""

    place: str
    clause: str
    says: str
    seen: Counter[Verdict]

    @property
    def never(self) -> frozenset[Verdict]:
        return CANNOT[self.says][0] if self.says in CANNOT else frozenset()

    @property
    def lacking(self) -> list[Verdict]:
        return [value for value in VALUES if not self.seen[value] and value not in self.never]


def of(entry: Entry) -> list[Leaf]:
    """Every leaf of a policy and of its layer, with what the policy's cases show of it."""
    leaves = {(id(one.node), says): leaf for one, says, leaf in _leaves(entry)}
    for name in entry.policy.levels:
        look = _Look(entry, name)
        for case in casebook.cases(entry.id, name):
            if case.dossier is not None:
                for node, says, value in set(look.at(View(case.dossier, case.as_of))):
                    leaves[node, says].seen[value] += 1
    return list(leaves.values())


def _leaves(entry: Entry) -> Iterator[tuple[Placed, str, Leaf]]:
    here = [("", one) for one in placed(entry.policy)]
    shared = [(f"layers/{entry.layer.id}.yaml: ", one) for one in placed(entry.layer)] if entry.layer else []
    for file, one in [*here, *shared]:
        for says in _says(one.node, attests="exclusions[" not in one.place):
            yield one, says, Leaf(file + one.place, one.clause or "", says, Counter())


def _says(node: Node, *, attests: bool = True) -> Iterator[str]:
    if node.rests_on is not None:
        yield "rests_on"
    if node.own_text is not None:
        yield "own_text"
    if node.judged is not None and not (attests and node.clause):
        yield "question"
    elif not node.combines:
        yield node.says


class _Part(Struct, frozen=True):
    """A tree that a level asks of those whom it is asked of. `on_paths`: as seen from each path, not from none."""

    node: Node
    grounds: dict[int, Ground]
    on_paths: bool = False
    attests: bool = True
    claim: str | None = None
    only_status: str | None = None

    def asked_of(self, dossier: Dossier) -> bool:
        claimed = self.claim is None or self.claim in (dossier.claims or ())
        return claimed and self.only_status in (None, dossier.status)


class _Look:
    """What a view shows of every leaf of a level."""

    def __init__(self, entry: Entry, name: TitleLevel) -> None:
        self._rules: dict[int, Rule] = {}
        self._level = compile_level(entry.policy, entry.layer, name, watch=self._watch)
        self._parts = list(_parts(entry, name, self._level))
        ways = (self._level.qualification, self._level.exceptional)
        self._grounds = [ground for way in ways if way is not None for ground in way.grounds]

    def at(self, view: View) -> Iterator[Seen]:
        paths = [path for ground in self._grounds for path in _on(view, ground.anchoring.of(view))]
        for part in self._parts:
            if part.asked_of(view.dossier):
                yield from self._walk(part.node, part, view, paths if part.on_paths and self._grounds else [view])

    def _watch(self, node: Node, rule: Rule) -> None:
        self._rules[id(node)] = rule

    def _walk(self, node: Node, part: _Part, view: View, paths: list[View]) -> Iterator[Seen]:
        if node.rests_on is not None:
            anchors = part.grounds[id(node)].anchoring.of(view)
            yield from ((id(node), "rests_on", anchor.finding.verdict) for anchor in anchors)
            paths = _on(view, anchors)
        for says in _says(node, attests=part.attests):
            if says in ("judged", "own_text"):
                yield id(node), says, _attested(view.dossier, node)
            elif says != "rests_on":
                yield from ((id(node), says, self._rules[id(node)](path).verdict) for path in paths)
        for child in node.children:
            yield from self._walk(child, part, view, paths)


def _parts(entry: Entry, name: TitleLevel, compiled: CompiledLevel) -> Iterator[_Part]:
    policy, layer, level = entry.policy, entry.layer, entry.policy.levels[name]
    for node, section in zip(policy.basic, compiled.basic, strict=True):
        yield _Part(node, _grounds(node, section))
    for at in ("qualification", "ability", "achievements", "exceptional"):
        if (own := getattr(level, at)) is not None:
            yield _Part(own, _grounds(own, getattr(compiled, at)), on_paths=at in ("achievements", "exceptional"))
    for claim, node in policy.claims_at(name, layer).items():
        yield _Part(node, _grounds(node, compiled.claims[claim]), claim=claim)
    for bar in policy.bars(layer):
        yield _Part(bar.node, {}, attests=False, only_status=bar.only_status)
    if policy.other_specialty is not None:
        yield _Part(policy.other_specialty, {}, attests=False)


def _grounds(node: Node, section: Section) -> dict[int, Ground]:
    return dict(zip((id(one) for one in _resting(node)), section.grounds, strict=True))


def _resting(node: Node) -> Iterator[Node]:
    """The nodes that rest on a record, in the order of their grounds."""
    for child in node.children:
        yield from _resting(child)
    if node.rests_on is not None:
        yield node


def _on(view: View, anchors: Iterable[Anchor]) -> list[View]:
    return [view.on(anchor) for anchor in anchors if anchor.finding.verdict is not Verdict.UNMET]


def _attested(dossier: Dossier, node: Node) -> Verdict:
    said = (dossier.attestations or {}).get(node.clause or "")
    return Verdict.OPEN if said is None else Verdict.MET if said else Verdict.UNMET


def table(leaves: Sequence[Leaf]) -> Iterator[str]:
    """A line a leaf: in how many cases it was seen at each value; then the rules behind each value that cannot be."""
    yield f"{'met':>5} {'unmet':>5} {'open':>5}  leaf"
    for leaf in leaves:
        shown = " ".join(f"{_cell(leaf, value):>5}" for value in VALUES)
        lacks = f"   lacks {', '.join(value.word for value in leaf.lacking)}" if leaf.lacking else ""
        yield f"{shown}  {leaf.clause} {leaf.says} ({leaf.place}){lacks}"
    for says in sorted({leaf.says for leaf in leaves} & CANNOT.keys()):
        yield f"n/a: {says}: {CANNOT[says][1]}"


def _cell(leaf: Leaf, value: Verdict) -> str:
    return "n/a" if value in leaf.never else str(leaf.seen[value] or "-")
