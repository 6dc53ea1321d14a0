"""How a value, a place, a bound or a length of time is said in Chinese."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from rules.dossier_words import DEGREES, FIELDS, SKILLS, VALUES, label
from rules.periods import Length
from rules.vocabulary import DEGREE_RANK, SKILL_RANK

_STEP: Final = re.compile(r"(?P<name>[a-z_]+)(?:\[(?P<index>\d+)\])?")
_RECORD: Final = re.compile(r"([a-z_]+\[\d+\])(?:（[^）]*）(?=（))?")


def word(value: object, field: str = "") -> str:
    """A value of a field as it is read on paper."""
    if value is None:
        return "未填"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return VALUES.get(field, {}).get(str(value), str(value))


def place(path: str) -> str:
    """`titles[0].appointed` → 第1条职称的聘任日期."""
    said: list[str] = []
    above = ""
    for step in _STEP.finditer(path):
        name = label(f"{above}.{step['name']}" if above else step["name"])
        said.append(f"第{int(step['index']) + 1}条{name}" if step["index"] else name)
        above = step["name"]
    return "的".join(said)


def question(text: str) -> str:
    """A question of judgement as it is read on paper: a record named by place and id is called by its number."""
    return _RECORD.sub(lambda found: place(found[1]), text)


def field_name(name: str) -> str:
    return "".join(FIELDS.get(step, step) for step in name.split("."))


def either(values: Sequence[str]) -> str:
    """国家级、行业或省部级; a value that says 或 itself is only listed."""
    if any("或" in value for value in values):
        return "、".join(values)
    return "或".join(filter(None, ("、".join(values[:-1]), *values[-1:])))


def several(count: int, of: str) -> str:
    """So many records of a list."""
    return f"{count}{'名' if of == 'endorsements' else '项'}"


def or_above(said: str, *, top: bool) -> str:
    """及以上 goes without saying where nothing is above."""
    return said if top else f"{said}及以上"


def degree(least: str) -> str:
    """A degree as a bound: 博士, 本科（学士）及以上."""
    return or_above(DEGREES[least], top=DEGREE_RANK[least] == max(DEGREE_RANK.values()))


def skill(least: str) -> str:
    """A skill grade as a bound: 高级技师, 技师及以上."""
    return or_above(SKILLS[least], top=SKILL_RANK[least] == max(SKILL_RANK.values()))


def span(held: Length) -> str:
    """6年3个月29天."""
    years, months = divmod(held.months, 12)
    parts = [f"{years}年" if years else "", f"{months}个月" if months else "", f"{held.days}天" if held.days else ""]
    return "".join(parts) or "0天"
