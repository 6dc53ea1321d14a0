"""What one test asks of a field, in the words of an applicant: 省部级及以上, 前5名, 有个人证书."""

from collections.abc import Callable, Mapping
from typing import Final

from rules import vocabulary as terms
from rules.dossier_words import FIELDS
from rules.leaves import Test, Tests
from rules.words import either, field_name, or_above, word

TEN_THOUSAND: Final = 10_000
_TRUE: Final = {
    "personal_certificate": "有个人证书",
    "concluded": "已结项",
    "promulgated": "已颁布",
    "granted": "已授权",
    "in_production": "已投产",
    "same_specialty": "专业相同或相近",
}
_BEFORE: Final = {"benefit": "效益", "standing": "水平", "evaluators.level": "评议人为"}
_FIRST: Final = ("level", "grade")


def every(tests: Tests, joint: str = "、") -> str:
    """All tests of one record, the level and the grade first."""
    return joint.join(demand(name, tests[name]) for name in sorted(tests, key=lambda name: name not in _FIRST))


def demand(name: str, test: Test) -> str:
    """A test that stands by itself: 效益较好及以上, 2名以上评议人."""
    if test.is_ is True and name in _TRUE:
        return _TRUE[name]
    if name in _ALONE:
        return _ALONE[name](bound(name, test))
    if isinstance(test.is_, bool) or name.partition(".")[0] not in FIELDS:
        return f"{field_name(name)}为{bound(name, test)}"
    return _BEFORE.get(name, "") + bound(name, test)


def bound(name: str, test: Test) -> str:
    """A test that follows the name of its field: 较好及以上, 2名以上. 及以上 goes unsaid where nothing is above."""
    if test.is_ is not None:
        return _TRUE[name] if test.is_ is True and name in _TRUE else word(test.is_, name)
    if test.in_ is not None:
        return either([word(value, name) for value in test.in_])
    if test.at_most is not None:
        return "第1名" if test.at_most == 1 else f"前{test.at_most}名"
    least = test.at_least
    if isinstance(least, str):
        scales = [scale for scale in terms.RANKINGS.get(name, ()) if least in scale]
        return or_above(word(least, name), top=any(scale[least] == max(scale.values()) for scale in scales))
    return _COUNTED.get(name, lambda count: f"{word(count)}及以上")(least or 0)


def _characters(count: int) -> str:
    return f"{count // TEN_THOUSAND}万字以上" if count % TEN_THOUSAND == 0 else f"{count}字以上"


_COUNTED: Final[Mapping[str, Callable[[int], str]]] = {
    "words": _characters,
    "evaluators.count": lambda count: f"{count}名以上",
    "years_held": lambda count: f"满{count}年",
}
_ALONE: Final[Mapping[str, Callable[[str], str]]] = {
    "rank": lambda said: "排名第1" if said == "第1名" else said,
    "words": lambda said: f"本人撰写{said}",
    "evaluators.count": lambda said: f"{said}评议人",
    "years_held": lambda said: f"任职{said}",
    "accepted_by": lambda said: f"经{said}部门鉴定验收",
}
