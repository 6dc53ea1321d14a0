"""n of k clauses by different records: one record fills one clause, and the assignment serves the applicant best."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from rules import verdict
from rules.predicates.noting import Rule
from rules.predicates.records import RecordsRule
from rules.verdict import MET, Finding, Note, Verdict
from rules.view import View

Alternative = tuple[Rule, ...]
Filled = tuple[str, tuple[str, ...]]


class Item:
    """A clause that records fill: by any one of its alternatives, each of them a set of rules that must all hold."""

    def __init__(self, clause: str, alternatives: Sequence[Alternative], whole: Rule) -> None:
        self.clause = clause
        self.alternatives = alternatives
        self.whole = whole


class Slots:
    """One way to fill one clause: for each record it needs, the places that will do; open ones with reasons."""

    __slots__ = ("clause", "needs", "reasons")

    def __init__(self, clause: str, needs: list[frozenset[str]], reasons: dict[str, Finding]) -> None:
        self.clause = clause
        self.needs = needs
        self.reasons = reasons


Choice = list[tuple[Slots, tuple[str, ...]]]


def fill(view: View, items: Sequence[Item], count: int) -> Finding:
    """Whether `count` of the clauses can be filled by different records, `used` naming the records that do."""
    attested: list[Filled] = []
    asked: Sequence[Item] = items
    if view.attested:
        attested = [(item.clause, ()) for item in items if view.attested.get(item.clause) is True]
        asked = [item for item in items if view.attested.get(item.clause) is None]
    wanted = count - len(attested)
    for level in (Verdict.MET, Verdict.OPEN):
        chosen = _choose(_able(view, asked, level), wanted)
        if chosen is not None:
            pairs = [*attested, *[(slots.clause, records) for slots, records in chosen]]
            return _found(level, pairs, count, _doubtful(view, chosen, asked) if level is Verdict.OPEN else ())
    filled = len(attested) + _most_filled(_able(view, asked, Verdict.MET), below=wanted)
    return Finding(Verdict.UNMET, notes=(Note("filled", Verdict.UNMET, (filled, count, ())),))


def _able(view: View, items: Sequence[Item], level: Verdict) -> list[list[Slots]]:
    """For each clause that can be filled at all at that level, the ways to fill it."""
    found = []
    for item in items:
        key = (item, level)
        ways = view.same.get(key)
        if ways is None:
            ways = view.same[key] = list(_ways(view, item, level))
        if ways:
            found.append(ways)
    return found


def _ways(view: View, item: Item, level: Verdict) -> Iterator[Slots]:
    """The ways to fill a clause whose records and other rules all reach `level`."""
    for alternative in item.alternatives:
        needs: list[frozenset[str]] = []
        reasons: dict[str, Finding] = {}
        for rule in alternative:
            if not isinstance(rule, RecordsRule) or rule.list_of(view.dossier) is None:
                found = rule(view)
                if found.verdict < level:
                    break
                reasons[""] = verdict.all_of((reasons.get("", MET), found))
                continue
            looked = rule.look(view)
            able = looked.met if level is Verdict.MET else (*looked.met, *looked.open)
            if len(able) < rule.count:
                break
            needs += [frozenset(able)] * rule.count
            if level is Verdict.OPEN and looked.open:
                reasons |= {found.used[0]: found for found in rule.explained(view) if found.verdict is Verdict.OPEN}
        else:
            yield Slots(item.clause, needs, reasons)


def _choose(ways: list[list[Slots]], count: int) -> Choice | None:
    """`count` clauses that different records fill, each with its records; None where there are none."""
    if count > len(ways):
        return None
    for subset in combinations(ways, max(count, 0)):
        for choice in product(*subset):
            placed = _place([need for slots in choice for need in slots.needs])
            if placed is not None:
                records = iter(placed)
                return [(slots, tuple([next(records) for _ in slots.needs])) for slots in choice]
    return None


def _place(needs: list[frozenset[str]]) -> list[str] | None:
    """A different record for each need (augmenting paths), or None."""
    holder: dict[str, int] = {}

    def seat(need: int, tried: set[str]) -> bool:
        for record in sorted(needs[need] - tried):
            tried.add(record)
            if record not in holder or seat(holder[record], tried):
                holder[record] = need
                return True
        return False

    for need in range(len(needs)):
        if not seat(need, set()):
            return None
    seats = {need: record for record, need in holder.items()}
    return [seats[need] for need in range(len(needs))]


def _most_filled(able: list[list[Slots]], *, below: int) -> int:
    most = min(len(able), below - 1)
    return next((count for count in range(most, 0, -1) if _choose(able, count) is not None), 0)


def _found(level: Verdict, pairs: list[Filled], count: int, doubtful: Sequence[Finding] = ()) -> Finding:
    return Finding(
        level,
        verdict.union([found.missing for found in doubtful]),
        verdict.union([found.judgement for found in doubtful]),
        verdict.union([records for _, records in pairs]),
        (Note("filled", level, (len(pairs), count, tuple(pairs))),),
    )


def _doubtful(view: View, chosen: Choice, asked: Sequence[Item]) -> list[Finding]:
    """What the assignment chosen, and every clause still open, leaves to be supplied or judged."""
    resting = [slots.reasons[key] for slots, records in chosen for key in (*records, "") if key in slots.reasons]
    whole = [item.whole(view) for item in asked]
    return [found for found in (*resting, *whole) if found.verdict is Verdict.OPEN]
