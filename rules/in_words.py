"""A pack in words: every clause of a level with its citation, what it asks, its reading, and what it cannot decide."""

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final

from rules import catalog
from rules.asking import asked
from rules.catalog import Entry, UnknownPolicy
from rules.criteria import Node
from rules.phrases import ROUTES
from rules.sections import Clause
from rules.vocabulary import TitleLevel
from rules.words import word

HEADINGS: Final = {
    "qualification": "学历和资历",
    "ability": "专业能力",
    "achievements": "业绩成果",
    "exceptional": "破格",
}


def of_level(entry: Entry, level: TitleLevel) -> Iterator[str]:
    """The whole level, with what the policy leaves to people at the end. Raises UnknownPolicy."""
    cited = _cited(entry, level)
    policy = entry.policy
    until = f"至{word(policy.effective.until)}" if policy.effective.until else "起"
    yield f"{policy.source.title}（{policy.source.number}）：{policy.levels[level].label}"
    yield f"{policy.issuer}，{word(policy.effective.since)}{until}有效"
    if said := succession(entry):
        yield said
    for heading, parts in groupby(_parts(entry, level), key=itemgetter(0)):
        yield from ("", f"【{heading}】")
        for _, node in parts:
            yield from _tree(node, cited, windows=_windows(entry, level))
    if entry.layer and (early := entry.layer.early):
        yield from (
            "",
            f"【提前申报】　有工程类专业学位的，任职年限少{early.years}年　〔{early.source} {early.clause}〕",
        )
    if policy.readings:
        yield from ("", "【适用口径】", *(f"  {reading}" for reading in policy.readings))
    if gaps := entry.left_to_people(level):
        yield from ("", "【不作判断】", *(f"  {gap.clause}　{gap.why}" for gap in gaps))


def succession(entry: Entry) -> str:
    """Which notice came after this one, or that none was known on the day somebody looked; else empty."""
    policy = entry.policy
    if policy.successor is not None:
        return f"接续文件：{catalog.get(policy.successor).source.number}。"
    if policy.no_successor_known is not None:
        return f"截至{word(policy.no_successor_known)}查询，没有已知的接续文件。"
    return ""


def of_clause(entry: Entry, level: TitleLevel, number: str) -> Iterator[str]:
    """One clause of a level, wherever it stands. Raises UnknownPolicy naming `clause`."""
    cited = _cited(entry, level)
    found = [
        (heading, clause)
        for heading, node in _parts(entry, level)
        for clause in node.clauses()
        if clause.clause == number
    ]
    gaps = [gap for gap in entry.not_encoded if gap.clause == number]
    if not found and not gaps:
        raise UnknownPolicy("clause", f"{number!r} is not one of {', '.join(cited)}")
    for heading, clause in found:
        yield f"【{heading}】"
        yield from _tree(clause, cited, windows=_windows(entry, level))
    yield from (f"不作判断：{gap.why}" for gap in gaps)


def _cited(entry: Entry, level: str) -> dict[str, Clause]:
    return {clause.number: clause for clause in entry.clauses(level)}


def _parts(entry: Entry, level: TitleLevel) -> Iterator[tuple[str, Node]]:
    policy, layer, own = entry.policy, entry.layer, entry.policy.levels[level]
    yield from (("基本条件", node) for node in policy.basic)
    for name, heading in HEADINGS.items():
        if (node := getattr(own, name)) is not None:
            yield heading, node
    for claim, node in policy.claims_at(level, layer).items():
        yield f"另行申请：{ROUTES[claim]}", node
    if policy.other_specialty is not None:
        yield "其他专业的职称", policy.other_specialty
    for bar in policy.bars(layer):
        yield "不符合即不能申报" + ("（柔性引进人员）" if bar.only_status else ""), bar.node


def _windows(entry: Entry, level: TitleLevel) -> bool:
    """Whether the level counts achievements from the record that an application rests on."""
    own = entry.policy.levels[level]
    return own.achievements is not None or own.exceptional is not None


def _tree(node: Node, cited: dict[str, Clause], *, windows: bool) -> Iterator[str]:
    for line in asked(node, windows=windows):
        indent = "  " * (line.depth + 1)
        if not line.clause:
            yield f"{indent}· {line.text}"
            continue
        yield f"{indent}{line.clause}　{line.text}　〔{cited[line.clause].citation}〕"
        if line.node.unverified:
            yield f"{indent}  未核实：条款原文不在手，须由评审办事机构确认"
        if line.node.reading:
            yield f"{indent}  适用口径：{line.node.reading}"
        yield from (f"{indent}  低于上位标准的要求：{mark.why}" for mark in line.node.weaker)
