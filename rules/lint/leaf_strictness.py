"""Where one leaf asks less than another of its kind: years, counts, levels, kinds.

A comparison is given what the two leaves say, the lower tier's first; it finds the respect and, for people, how.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from rules import vocabulary as terms
from rules.criteria import Aspect, Node
from rules.leaves import Records, Test
from rules.lint.accepting import looser

Found = Iterator[tuple[Aspect, str]]
Comparison = Callable[[Any, Any], Found]


def comparable(low: Node, high: Node) -> bool:
    """Whether the leaf of the lower tier may stand for the other: of its kind, or of one that takes its place."""
    return low.says == high.says or (low.says, high.says) in STANDING_FOR


def asks_less(low: Node, high: Node) -> Found:
    """Every respect in which the leaf of the lower tier asks less; the two are comparable."""
    compare = LEAVES[high.says] if low.says == high.says else STANDING_FOR[low.says, high.says]
    yield from compare(getattr(low, low.says), getattr(high, high.says))


def _same(low: Any, high: Any) -> Found:
    if low != high:
        yield "asked", f"asks {low} where the tier above asks {high}"


def _at_least(aspect: Aspect) -> Callable[[int, int], Found]:
    def compare(low: int, high: int) -> Found:
        if low < high:
            yield aspect, f"asks {low} where the tier above asks {high}"

    return compare


def _degree(low: str, high: str) -> Found:
    if terms.DEGREE_RANK[low] < terms.DEGREE_RANK[high]:
        yield "level", f"asks {low} where the tier above asks {high}"


def _nobody(_low: Any, _high: Any) -> Found:
    yield from ()


def _work(low: Any, high: Any) -> Found:
    yield from _at_least("years")(low.years, high.years)
    if low.scope != high.scope and high.scope == "specialty":
        yield "kind", f"counts {low.scope} work where the tier above counts {high.scope}"


def _title(low: Any, high: Any) -> Found:
    yield from _at_least("years")(low.years, high.years)
    yield from _same((low.level, low.specialty), (high.level, high.specialty))


def _among(name: str, low: Sequence[str], high: Sequence[str]) -> Found:
    if more := sorted(set(low) - set(high)):
        yield "kind", f"{name} lets through {', '.join(more)}"


def _records(low: Records, high: Records) -> Found:
    yield from _same(low.of, high.of)
    yield from _among("kind", low.kind, high.kind)
    yield from _at_least("count")(low.count, high.count)
    if low.anytime and not high.anytime:
        yield "opening", "counts what came before the path's record"
    if low.substitutes_paper and not high.substitutes_paper:
        yield "kind", "lets a substitute stand for a paper"
    for option in low.any_of or [{}]:
        others = sorted(high.any_of or [{}], key=lambda other: other.keys() != option.keys())
        found = [list(_options({**low.where, **option}, {**high.where, **other})) for other in others]
        yield from min(found, key=len)


def _options(low: dict[str, Test], high: dict[str, Test]) -> Found:
    for name, wanted in high.items():
        if name not in low:
            yield "asked", f"does not ask {name}"
        elif aspect := looser(name, low[name], wanted):
            yield aspect, f"{name} is looser"


def _income_tax(low: Any, high: Any) -> Found:
    yield from _at_least("count")(low.times, high.times)
    yield from _at_least("years")(low.years, high.years)


def _agreement(low: Any, high: Any) -> Found:
    yield from _at_least("years")(low.years, high.years)
    yield from _at_least("count")(low.months_per_year, high.months_per_year)


def _calendar_years(low: Any, high: Any) -> Found:
    yield from _at_least("years")(low.years, high.years)
    yield from _among("appointment_spared", low.appointment_spared, high.appointment_spared)


def _year_heads(low: Any, years: int) -> Found:
    yield from _at_least("years")(low.years, years)
    yield "years", "counts year heads where the tier above counts full years"


def _assessment(low: Any, high: Any) -> Found:
    yield from _among("met", low.met, high.met)
    yield from _among("judged", [*low.met, *low.judged], [*high.met, *high.judged])


def _allowed(low: Any, high: Any) -> Found:
    yield from _same(low.field_, high.field_)
    yield from _among("in", low.in_, high.in_)


LEAVES: Final[Mapping[str, Comparison]] = {
    "judged": _nobody,  # a question to people: the words differ, what people ask cannot be compared
    "education": _degree,
    "stem_degree": _degree,
    "seniority": _at_least("years"),
    "calendar_years": _calendar_years,
    "work": _work,
    "records": _records,
    "filled": _at_least("count"),
    "consent": _same,
    "assessment": _assessment,
    "continuing_education": _at_least("count"),
    "hours_last_year": _at_least("count"),
    "allowed": _allowed,
    "not_status": lambda low, high: _among("not_status", high, low),
    "no_sanction": _nobody,
    "flexible_agreement": _agreement,
    "title": _title,
    "all_in_window": _nobody,
    "insured_months": _at_least("count"),
    "self_score": _at_least("count"),
    "income_tax": _income_tax,
    "nothing_more": _nobody,
}

# Tests that may stand in another's place: what they ask is held against what the other asks.
STANDING_FOR: Final[Mapping[tuple[str, str], Comparison]] = {
    ("stem_degree", "education"): _degree,
    ("calendar_years", "seniority"): _year_heads,
}
