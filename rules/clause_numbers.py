"""How clauses are numbered: 五(三)6, 正文七(二), 2023年度通知三(一), 国家基本标准 工程师1."""

import re
from typing import Final

CLAUSE: Final = re.compile(
    r"(?:正文|\d{4}年度通知)?[一二三四五六七八九十]+(?:\([一二三四五六七八九十]+\)(?:[1-9]\d?)?)?"
    r"|国家基本标准 (?:工程师|高级工程师)[1-9]"
)


def is_clause(number: str) -> bool:
    """Whether a text is written as a clause number is."""
    return CLAUSE.fullmatch(number) is not None


def stands_under(clause: str, group: str) -> bool:
    """Whether a clause is an item of a group: 五(三)6 of 五(三) and of 五, and 五(三)10 not of 五(三)1."""
    below = clause.removeprefix(group)
    return len(below) < len(clause) and (below.startswith("(") or (group.endswith(")") and below.isdecimal()))
