"""What a clause asks, in words: for whoever reads a pack without reading YAML."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

from rules.criteria import Node, RestsOn
from rules.demands import every
from rules.dossier_words import KEYS, SCOPES, TITLES
from rules.leaves import Records, Tests
from rules.words import degree, either, place, several, skill, word

OPENS: Final = {"awarded": "取得", "obtained": "取得", "appointed": "聘任"}


class Asked(NamedTuple):
    """One line: a clause with its number and label, or a test or a choice inside it, `depth` steps down."""

    depth: int
    clause: str
    text: str
    node: Node


def asked(node: Node, depth: int = 0, path: RestsOn | None = None, *, windows: bool = True) -> Iterator[Asked]:
    """A node and what stands under it, a line each. A clause that asks one thing says it in its own line below.

    `path` is the record that the node is asked beside; `windows`: achievements are counted from it.
    """
    if node.clause is not None:
        yield Asked(depth, node.clause, node.label or "", node)
        depth += 1
    if node.own_text is not None:
        yield Asked(depth, "", f"由有权人员确认：{node.own_text}", node)
    if node.rests_on is not None and node.rests_on != path:
        yield Asked(depth, "", _rests_on(node.rests_on, windows=windows), node)
    path = node.rests_on or path
    if not node.combines:
        yield Asked(depth, "", _beside(path, node), node)
        return
    if len(node.children) > 1:
        yield Asked(depth, "", _combined(node), node)
        depth += 1
    for child in node.children:
        yield from asked(child, depth, path, windows=windows)


def _beside(path: RestsOn | None, leaf: Node) -> str:
    """What a leaf asks beside the record of its path, with the day that its own years count from."""
    if path is None or leaf.says not in _COUNTS:
        return says(leaf)
    return _COUNTS[leaf.says](says(leaf), OPENS[path.opens or "obtained"])


_COUNTS: Final[Mapping[str, Callable[[str, str], str]]] = {
    "work": lambda said, opens: f"{opens}后{said}",
    "seniority": lambda said, opens: f"{said}，自{'聘任' if opens == '聘任' else '取得资格与聘任两者较晚'}之日起算",
}


def says(leaf: Node) -> str:
    """What a leaf asks."""
    return SAYS[leaf.says](getattr(leaf, leaf.says))


def _combined(node: Node) -> str:
    if node.all_of is not None:
        return "各项都要："
    if node.any_of is not None:
        return "符合其一："
    return f"{len(node.children)}项中至少{node.at_least}项" + ("，一项成果只计一处：" if node.distinct else "：")


def _rests_on(spec: RestsOn, *, windows: bool) -> str:
    record = (
        f"{degree(spec.education)}学历学位" if spec.education
        else f"{TITLES[spec.title]}职称" if spec.title
        else f"{skill(spec.skill or '')}技能等级"
    )  # fmt: skip
    if not windows:
        return f"凭{record}申报"
    day = "当年1月1日" if spec.whole_year else "之日"
    return f"凭{record}申报，业绩自{OPENS[spec.opens or 'obtained']}{day}起算"


def _records(spec: Records) -> str:
    what = either([word(kind, "kind") for kind in spec.kind]) if spec.kind else KEYS[spec.of]
    tests = "，".join(filter(None, (_tests(spec.where), _either(spec.any_of))))
    said = [f"{what}至少{several(spec.count, spec.of)}" + (f"：{tests}" if tests else "")]
    said += ["不限获得时间"] if spec.anytime else []
    said += ["单位认定的替代成果可代论文，由评委会判断"] if spec.substitutes_paper else []
    return "；".join(said)


def _tests(tests: Tests) -> str:
    judged = any(test.else_judged for test in tests.values())
    return every(tests, "，") + ("（其他的由评委会判断）" if judged else "")


def _either(options: list[Tests]) -> str:
    """Alternatives, the longer ones in brackets: 主持或前5名."""
    return "或".join(f"（{_tests(option)}）" if len(option) > 1 else _tests(option) for option in options)


def _title(spec: Any) -> str:
    level = "同层级" if spec.level == "asked" else TITLES[spec.level]
    held = f"持有{'其他专业的' if spec.specialty == 'other' else ''}{level}职称"
    return held + (f"满{spec.years}年" if spec.years else "")


def _assessment(spec: Any) -> str:
    met = either([word(result, "result") for result in spec.met])
    judged = "、".join(word(result, "result") for result in spec.judged)
    return f"最近一年年度考核为{met}" + (f"；{judged}的由评委会判断" if judged else "")


def _calendar_years(spec: Any) -> str:
    spared = "、".join(word(kind, "employer.kind") for kind in spec.appointment_spared)
    said = f"该职称按年头计满{spec.years}年，自取得资格与聘任两者较晚之年起计"
    return said + (f"；{spared}的人员不看聘任记录，自取得之年起计" if spared else "")


SAYS: Final[Mapping[str, Callable[[Any], str]]] = {
    "judged": lambda question: f"由有权人员判断：{question}",
    "education": lambda least: f"{degree(least)}学历学位",
    "stem_degree": lambda least: f"理工类{degree(least)}学历学位",
    "seniority": lambda years: f"任该职称满{years}年",
    "calendar_years": _calendar_years,
    "work": lambda spec: f"{SCOPES[spec.scope]}" + (f"累计满{spec.years}年" if spec.years else "有经历即可"),
    "records": _records,
    "filled": lambda count: f"业绩成果条款中至少{count}项",
    "consent": lambda _body: "业务主管部门同意",
    "assessment": _assessment,
    "continuing_education": lambda hours: f"作出继续教育承诺，或最近一年满{hours}学时",
    "hours_last_year": lambda hours: f"最近一年继续教育满{hours}学时",
    "allowed": lambda spec: f"{place(spec.field_)}为{either([word(one, spec.field_) for one in spec.in_])}",
    "not_status": lambda barred: f"人员身份不是{either([word(one, 'status') for one in barred])}",
    "no_sanction": lambda _true: "没有处在影响期内的处分或失信惩戒",
    "flexible_agreement": lambda spec: f"柔性引进协议{spec.years}年以上，每年在津{spec.months_per_year}个月以上",
    "title": _title,
    "all_in_window": lambda _true: "业绩成果都在起算与终算之间；在外的由评审办看余下的成果",
    "insured_months": lambda months: f"社会保险缴费满{months}个月，参保单位与申报单位一致；不足的由人社部门核实",
    "self_score": lambda score: f"按打分表自评{score}分以上",
    "nothing_more": lambda _true: "符合上列一项即可，别无要求",
    "income_tax": lambda spec: f"连续{spec.years}年个人所得税达到当年免征额的{spec.times}倍",
}
