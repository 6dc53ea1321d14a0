"""A record that would do, in the words of an applicant: 省部级及以上、三等奖及以上、有个人证书的奖项."""

from collections.abc import Callable, Mapping
from typing import Final

from rules import vocabulary as terms
from rules import words
from rules.leaves import Records, Test, Tests

_TRUE: Final = {
    "personal_certificate": "有个人证书",
    "concluded": "已结项",
    "promulgated": "已颁布",
    "granted": "已授权",
    "in_production": "已投产",
    "same_specialty": "专业相同或相近",
}
_BEFORE: Final = {"benefit": "效益", "standing": "水平", "accepted_by": "鉴定验收部门", "evaluators.level": "评议人为"}
_FIRST: Final = ("level", "grade")
TEN_THOUSAND: Final = 10_000


def record(spec: Records) -> str:
    """What is asked of one more record of a list."""
    asked = "、".join(filter(None, (_all(spec.where), _any(spec.any_of))))
    if spec.of == "achievements":
        return f"{asked}的{kinds(spec)}" if asked else kinds(spec)
    return f"{words.LISTS[spec.of]}：{asked}" if asked else words.LISTS[spec.of]


def kinds(spec: Records) -> str:
    return "或".join(words.word(kind, "kind") for kind in spec.kind)


def _any(options: list[Tests]) -> str:
    """Alternatives, what they share said once: 主持或前5名."""
    return "或".join(dict.fromkeys(map(_all, options)))


def _all(tests: Tests) -> str:
    return "、".join(_test(name, tests[name]) for name in sorted(tests, key=lambda name: name not in _FIRST))


def _test(name: str, test: Test) -> str:
    if test.is_ is True and name in _TRUE:
        return _TRUE[name]
    if name in _COUNTED:
        return _COUNTED[name](test)
    if test.in_ is not None:
        return _BEFORE.get(name, "") + _either([words.word(value, name) for value in test.in_])
    if isinstance(test.is_, bool) or name.partition(".")[0] not in words.FIELDS:
        return f"{words.field_name(name)}为{words.bound(name, test)}"
    return _BEFORE.get(name, "") + bound(name, test)


def bound(name: str, test: Test) -> str:
    """What a test asks of a field; 及以上 goes without saying where nothing is above."""
    least = test.at_least
    scales = [scale for scale in terms.RANKINGS.get(name, ()) if least in scale]
    if not isinstance(least, str) or any(scale[least] < max(scale.values()) for scale in scales):
        return words.bound(name, test)
    return words.word(least, name)


def _either(values: list[str]) -> str:
    return "或".join(filter(None, ("、".join(values[:-1]), values[-1])))


def _characters(test: Test) -> str:
    count = int(test.at_least or 0)
    return f"本人撰写{count // TEN_THOUSAND}万字以上" if count % TEN_THOUSAND == 0 else f"本人撰写{count}字以上"


_COUNTED: Mapping[str, Callable[[Test], str]] = {
    "rank": lambda test: f"前{test.at_most}名" if (test.at_most or 0) > 1 else "排名第1",
    "words": _characters,
    "evaluators.count": lambda test: f"评议{test.at_least}人以上",
    "years_held": lambda test: f"任职满{test.at_least}年",
}
