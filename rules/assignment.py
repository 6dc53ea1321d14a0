"""n of k clauses by different records: one record fills one clause, and the assignment serves the applicant best."""

from collections.abc import Iterator, Sequence
from itertools import combinations, product

from rules import verdict
from rules.predicates.noting import Rule
from rules.predicates.records import RecordsRule
from rules.verdict import Finding, Note, Verdict
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
    attested: list[Filled] = [(item.clause, ()) for item in items if view.attested.get(item.clause) is True]
    asked = [item for item in items if view.attested.get(item.clause) is None]
    for level in (Verdict.MET, Verdict.OPEN):
        chosen = _choose(_able(view, asked, level), count - len(attested))
        if chosen is not None:
            pairs = [*attested, *((slots.clause, records) for slots, records in chosen)]
            return _found(level, pairs, count, _doubtful(view, chosen, asked) if level is Verdict.OPEN else ())
    filled = len(attested) + _most_filled(_able(view, asked, Verdict.MET), below=count - len(attested))
    return Finding(Verdict.UNMET, notes=(Note("filled", Verdict.UNMET, (filled, count, ())),))


def _able(view: View, items: Sequence[Item], level: Verdict) -> list[list[Slots]]:
    """For each clause that can be filled at all at that level, the ways to fill it."""
    found = []
    for item in items:
        key = (id(item), level)
        if key not in view.same:
            view.same[key] = list(_ways(view, item, level))
        if view.same[key]:
            found.append(view.same[key])
    return found


def _ways(view: View, item: Item, level: Verdict) -> Iterator[Slots]:
    """The ways to fill a clause whose records and other rules all reach `level`."""
    for alternative in item.alternatives:
        needs: list[frozenset[str]] = []
        reasons: dict[str, Finding] = {}
        for rule in alternative:
            if not isinstance(rule, RecordsRule) or getattr(view.dossier, rule.spec.of) is None:
                found = rule(view)
                if found.verdict < level:
                    break
                reasons[""] = verdict.all_of((reasons.get("", verdict.MET), found))
                continue
            able = [finding for finding in rule.candidates(view) if finding.verdict >= level]
            if len(able) < rule.count:
                break
            needs += [frozenset(finding.used[0] for finding in able)] * rule.count
            reasons |= {finding.used[0]: finding for finding in able}
        else:
            yield Slots(item.clause, needs, reasons)


def _choose(ways: list[list[Slots]], count: int) -> Choice | None:
    """`count` clauses that different records fill, each with its records; None where there are none."""
    for subset in combinations(ways, max(count, 0)):
        for choice in product(*subset):
            placed = _place([need for slots in choice for need in slots.needs])
            if placed is not None:
                records = iter(placed)
                return [(slots, tuple(next(records) for _ in slots.needs)) for slots in choice]
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

    if not all(seat(need, set()) for need in range(len(needs))):
        return None
    seats = {need: record for record, need in holder.items()}
    return [seats[need] for need in range(len(needs))]


def _most_filled(able: list[list[Slots]], *, below: int) -> int:
    most = min(len(able), below - 1)
    return next((count for count in range(most, 0, -1) if _choose(able, count) is not None), 0)


def _found(level: Verdict, pairs: list[Filled], count: int, doubtful: Sequence[Finding] = ()) -> Finding:
    return Finding(
        level,
        missing=verdict.union(found.missing for found in doubtful),
        judgement=verdict.union(found.judgement for found in doubtful),
        used=verdict.union(records for _, records in pairs),
        notes=(Note("filled", level, (len(pairs), count, tuple(pairs))),),
    )


def _doubtful(view: View, chosen: Choice, asked: Sequence[Item]) -> list[Finding]:
    """What the assignment chosen, and every clause still open, leaves to be supplied or judged."""
    resting = [slots.reasons[key] for slots, records in chosen for key in (*records, "") if key in slots.reasons]
    whole = [item.whole(view) for item in asked]
    return [found for found in (*resting, *whole) if found.verdict is Verdict.OPEN]
