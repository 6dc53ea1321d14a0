"""n of k clauses by different records: one record fills one clause, and the assignment serves the applicant best."""

from collections.abc import Collection, Sequence
from functools import lru_cache

from rules import verdict
from rules.predicates.noting import Rule
from rules.predicates.records import RecordsRule, places
from rules.predicates.sieve import KEPT, UNKNOWN
from rules.seating import Choice, Slots, choose, most_filled, taken
from rules.verdict import MET, Finding, Note, Verdict
from rules.view import View

Alternative = tuple[Rule, ...]
Filled = tuple[str, tuple[str, ...]]
_UNMET, _OPEN, _MET = Verdict


class Item:
    """A clause that records fill: by any one of its alternatives, each of them a set of rules that must all hold."""

    def __init__(self, clause: str, alternatives: Sequence[Alternative], whole: Rule) -> None:
        self.clause = clause
        self.alternatives = alternatives
        self.whole = whole
        self.records = _only_records(alternatives)
        self.kept: dict[tuple[int, ...], list[Slots]] = {}


def _only_records(alternatives: Sequence[Alternative]) -> list[RecordsRule]:
    """The rules of alternatives that ask for one kind of records each; none where any asks for more."""
    rules = [way[0] for way in alternatives if len(way) == 1 and isinstance(way[0], RecordsRule)]
    return rules if len(rules) == len(alternatives) else []


Ways = tuple[list[Slots], list[Slots]]
NO_WAY: Ways = ([], [])  # nobody adds to these


def fill(view: View, items: Sequence[Item], count: int) -> Finding:
    """Whether `count` of the clauses can be filled by different records, `used` naming the records that do."""
    attested: list[Filled] = []
    surely: list[list[Slots]] = []
    perhaps: list[list[Slots]] = []
    said, same, settled = view.attested, view.same, True
    for item in items:
        word = said.get(item.clause)
        if word is None:
            known: Ways | None = same.get(item)
            if known is None:
                known = same[item] = _ways(view, item)
            met, able = known
            if met:
                surely.append(met)
            if able:
                perhaps.append(able)
                settled = settled and met is able
        elif word:
            attested.append((item.clause, ()))
    wanted = count - len(attested)
    chosen = choose(surely, wanted)
    if chosen is not None:
        return _found(_MET, [*attested, *_pairs(chosen)], count)
    chosen = None if settled else choose(perhaps, wanted)
    if chosen is not None:
        asked = [item for item in items if item.clause not in said]
        unsure = sum([bool(_resting(slots, records)) for slots, records in chosen])
        return _found(_OPEN, [*attested, *_pairs(chosen)], count, _doubtful(view, chosen, asked), unsure)
    return _short(len(attested) + most_filled(surely, below=wanted), count)


@lru_cache(maxsize=256)
def _short(filled: int, count: int) -> Finding:
    return Finding(_UNMET, (), (), (), (Note("filled", _UNMET, (filled, count, (), 0)),))


def _ways(view: View, item: Item) -> Ways:
    """The ways to fill a clause: those whose records and other rules are all met, and those that none rules out.

    The same list twice where nothing open adds to the first.
    """
    reported = view.seen.get(item.clause)
    if reported is not None and reported.verdict is _UNMET:
        return NO_WAY
    settled = _settled(view, item)
    if settled is not None:
        return settled, settled
    met: list[Slots] = []
    able: list[Slots] = []
    for alternative in item.alternatives:
        way = sure = _way(view, item, alternative, _OPEN)
        if way is None:
            continue
        if not way.exact:
            sure = _way(view, item, alternative, _MET)
        able.append(way)
        if sure is not None:
            met.append(sure)
    return (able, able) if all(way.exact for way in able) else (met, able)


def _settled(view: View, item: Item) -> list[Slots] | None:
    """The ways to fill a clause that one kind of records each fills, where none of the records is open.

    They rest on which records pass and on nothing else, so they are kept for the next dossier.
    """
    if not item.records:
        return None
    passing: tuple[int, ...] = ()
    for rule in item.records:
        counted = rule.sieve.at(view)
        if counted is UNKNOWN:
            return None
        met, possible = counted[rule.number]
        if possible:
            return None
        passing += (met,)
    known = item.kept.get(passing)
    if known is None:
        if len(item.kept) >= KEPT:
            item.kept.clear()
        ways = [_way(view, item, alternative, _MET) for alternative in item.alternatives]
        known = item.kept[passing] = [way for way in ways if way is not None]
    return known


def _way(view: View, item: Item, alternative: Alternative, level: Verdict) -> Slots | None:
    needs: list[Collection[str]] = []
    first: tuple[str, ...] = ()
    reasons: dict[str, Finding] = {}
    exact = True
    for rule in alternative:
        if not isinstance(rule, RecordsRule) or (counted := rule.sieve.at(view)) is UNKNOWN:
            found = rule(view)
            if found.verdict < level:
                return None
            reasons[""] = verdict.all_of((reasons.get("", MET), found))
            exact = exact and found.verdict is _MET
            continue
        met, possible = counted[rule.number]
        exact = exact and not possible
        able = met if level is _MET else met | possible
        if able.bit_count() < rule.count:
            return None
        needs += [places(rule.spec.of, able)] * rule.count
        first += taken(rule.spec.of, able, rule.count)
        if level is _OPEN and possible:
            reasons |= {found.used[0]: found for found in rule.explained(view) if found.verdict is _OPEN}
    return Slots(item.clause, needs, reasons, exact=exact, first=first)


def _pairs(chosen: Choice) -> list[Filled]:
    return [(slots.clause, records) for slots, records in chosen]


def _found(
    level: Verdict, pairs: list[Filled], count: int, doubtful: Sequence[Finding] = (), unsure: int = 0
) -> Finding:
    """`unsure`: how many of the pairs are still open."""
    return Finding(
        level,
        verdict.union([found.missing for found in doubtful]),
        verdict.union([found.judgement for found in doubtful]),
        verdict.union([records for _, records in pairs]),
        (Note("filled", level, (len(pairs), count, tuple(pairs), unsure)),),
    )


def most_ever(view: View, items: Sequence[Item]) -> int:
    """More clauses than this no day and no window will fill."""
    return sum([
        attested if (attested := view.attested.get(item.clause)) is not None else _fillable(view, item)
        for item in items
    ])  # fmt: skip


def _fillable(view: View, item: Item) -> bool:
    return any(
        all(not isinstance(rule, RecordsRule) or rule.ever(view) for rule in alternative)
        for alternative in item.alternatives
    )


def _doubtful(view: View, chosen: Choice, asked: Sequence[Item]) -> list[Finding]:
    """What the assignment chosen, and every clause still open, leaves to be supplied or judged."""
    resting = [found for slots, records in chosen for found in _resting(slots, records)]
    return resting + [found for item in asked if (found := item.whole(view)).verdict is _OPEN]


def _resting(slots: Slots, records: Sequence[str]) -> list[Finding]:
    """What is still open of a clause chosen, filled by these records."""
    found = [slots.reasons[key] for key in (*records, "") if key in slots.reasons]
    return [reason for reason in found if reason.verdict is _OPEN]
