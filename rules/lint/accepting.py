"""Whether one test of a field lets through what another would not."""

from typing import Any, Final, get_args

from rules import vocabulary as terms
from rules.criteria import Aspect
from rules.leaves import Test

_RANKED: Final = {
    "level": terms.AchievementLevel,
    "grade": terms.AwardGrade,
    "benefit": terms.Benefit,
    "standing": terms.Standing,
    "accepted_by": terms.AcceptedBy,
    "title_level": terms.TitleLevel,
    "evaluators.level": terms.TitleLevel,
}


def looser(name: str, low: Test, high: Test) -> Aspect | None:
    """In which respect `low` accepts a value that `high` refuses; None where it accepts none."""
    if high.else_judged is None and low.else_judged is not None:
        return "asked"
    if high.at_most is not None or _number(high.at_least):
        return _looser_number(low, high)
    if _values(name, low) <= _values(name, high):
        return None
    return "level" if name in _RANKED else "kind"


def _looser_number(low: Test, high: Test) -> Aspect | None:
    if high.at_most is not None:
        return None if low.at_most is not None and low.at_most <= high.at_most else "rank"
    least: Any = low.at_least
    return None if _number(least) and least >= high.at_least else "count"


def _number(bound: object) -> bool:
    return isinstance(bound, int) and not isinstance(bound, bool)


def _values(name: str, test: Test) -> frozenset[object]:
    """The values that pass a test of a field with words or yes and no."""
    if test.in_ is not None:
        return frozenset(test.in_)
    if test.at_least is None:
        return frozenset({test.is_})
    scale = next(scale for scale in terms.RANKINGS[name] if test.at_least in scale)
    return frozenset(value for value in get_args(_RANKED[name]) if scale.get(value, -1) >= scale[str(test.at_least)])
