"""Each kind of note in Chinese: the figures that a finding rests on, and what would mend it.

A predicate that notes something new gets its line in FIGURES, and in MENDS where somebody can mend it.
"""
# ruff: noqa: ARG001, ARG005 - a phrase is handed every figure of its kind and says what it needs

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from rules.demands import bound
from rules.dossier_words import DEGREES, KEYS, SCOPES, SKILLS, TITLES
from rules.leaves import Test
from rules.periods import Length, Spell, full_on, length
from rules.verdict import Verdict
from rules.words import degree, field_name, place, several, skill, span, word

Pairs = tuple[tuple[str, tuple[str, ...]], ...]


def _seniority(verdict: Verdict, start: date | None, years: int, less: int, as_of: date) -> str:
    asked = f"要求满{years - less}年" + (f"（有工程类专业学位，比{years}年少{less}年）" if less else "")
    if start is None:
        return "" if verdict is Verdict.OPEN else f"没有聘任记录，{asked}"
    return f"自{word(start)}任职至{word(as_of)}，计{span(length(Spell(start, as_of)))}，{asked}"


def _seniority_mend(start: date | None, years: int, less: int, as_of: date) -> str:
    day = None if start is None else full_on(start, years - less)
    return f"任职至{word(day)}满{years - less}年" if day else f"取得资格并受聘满{years - less}年"


def _work(verdict: Verdict, scope: str, years: int, have: Length | None) -> str:
    return "" if have is None else f"{SCOPES[scope]}累计{span(have)}" + (f"，要求满{years}年" if years else "")


def _title(verdict: Verdict, level: str | None, specialty: str | None) -> str:
    if level is None:
        return ""
    said = f"{TITLES[level]}职称"
    return f"{said}不能用于本次申报" if verdict is Verdict.UNMET else f"持有{said}"


def _field(verdict: Verdict, at: str, name: str, value: Any, test: Test) -> str:
    return f"{place(at)}的{field_name(name)}为{word(value, name)}，要求{bound(name, test)}"


def _kinds(of: str, kinds: tuple[str, ...]) -> str:
    if kinds == ("performance_letter",):  # of whatever kind the result is that stands for a paper
        return "替代论文的成果"
    return "、".join(word(kind, "kind") for kind in kinds) or KEYS[of]


def _records(of: str, have: int, need: int, kinds: tuple[str, ...], perhaps: int) -> str:
    more = f"（另有{several(perhaps, of)}待定）" if perhaps else ""
    return f"符合的{_kinds(of, kinds)}{several(have, of)}{more}，要求{several(need, of)}"


def _records_mend(of: str, have: int, need: int, kinds: tuple[str, ...], perhaps: int) -> str:
    return f"还缺{several(need - have, of)}符合本款的{_kinds(of, kinds)}" if need > have else ""


def _filled(verdict: Verdict, have: int, need: int, pairs: Pairs, doubtful: int) -> str:
    by = "、".join(
        clause + (f"（{'、'.join(map(place, sorted(records, key=_number)))}）" if records else "")
        for clause, records in pairs
    )
    return f"可计{have}项{f'（其中{doubtful}项待定）' if doubtful else ''}，要求{need}项" + (f"，由{by}" if by else "")


def _measured(value: float | None, unit: str, what: str) -> str:
    return f"{what}未填" if value is None else f"{word(value)}{unit}"


def _number(record: str) -> int:
    """`achievements[11]` → 11: records are read out in the order in which they stand."""
    return int(record.partition("[")[2].rstrip("]"))


def _learning(verdict: Verdict, year: int | None, value: float | None, hours: int) -> str:
    return f"{year}年继续教育{_measured(value, '学时', '学时')}，要求{hours}学时" if year else ""


def _sanction(verdict: Verdict, kind: str | None, since: date, until: date | None) -> str:
    said = f"{word(kind, 'sanction') if kind else '处分'}自{word(since)}起"
    return said + (f"至{word(until)}止" if until else "，尚未解除")


def _agreement(verdict: Verdict, years: float | None, months: float | None, least: int, least_months: int) -> str:
    said = f"协议{_measured(years, '年', '年数')}、每年在津{_measured(months, '个月', '月数')}"
    return f"{said}，要求{least}年以上、{least_months}个月以上"


def _year_heads(verdict: Verdict, start: date | None, years: int, as_of: date) -> str:
    if start is None:
        return ""
    passed = as_of.year - start.year
    return f"自{start.year}年至{as_of.year}年，按年头相减{passed}年、首尾都计{passed + 1}年，要求{years}年"


def _year_heads_mend(start: date | None, years: int, as_of: date) -> str:
    return f"取得资格并任职，按年头满{years}年" if start is None else f"按年头相减，{start.year + years}年起满{years}年"


def _in_window(verdict: Verdict, opens: date | None, as_of: date, inside: int, outside: int) -> str:
    if opens is None:
        return ""
    return f"业绩自{word(opens)}起算、至{word(as_of)}终算，在内{inside}项、在外{outside}项"


def _insured(verdict: Verdict, months: int | None, same: bool | None, least: int) -> str:
    said = "" if months is None else f"缴费{months}个月，要求{least}个月"
    return said + ("；参保单位与申报单位不一致" if same is False else "")


def _tax(verdict: Verdict, met: tuple[int | None, ...], times: int, years: int) -> str:
    reached = "、".join(f"{year}年度" for year in sorted(year for year in met if year is not None))
    return f"达到当年免征额{times}倍的有{reached or '0年'}，要求连续{years}年"


def _allowed(verdict: Verdict, name: str, value: object, among: tuple[str, ...]) -> str:
    return f"{place(name)}为{word(value, name)}" if verdict is Verdict.UNMET else ""


FIGURES: Final[Mapping[str, Callable[..., str]]] = {
    "attested": lambda verdict, said: "已确认符合" if said else "已确认不符合",
    "degree": lambda verdict, least: "" if verdict is Verdict.OPEN else f"没有{degree(least)}学历学位",
    "degree_held": lambda verdict, level: f"学历学位为{DEGREES[level]}" if level else "",
    "skill_held": lambda verdict, grade: f"技能等级为{SKILLS[grade]}" if grade else "",
    "skill_absent": lambda verdict, grade: f"没有{skill(grade)}技能等级",
    "title": _title,
    "title_absent": lambda verdict, level: f"截止日前没有{TITLES[level]}职称",
    "title_of_another": lambda verdict, level: "",
    "title_years": lambda verdict, since, years: f"自{word(since)}取得资格，要求满{years}年",
    "seniority": _seniority,
    "work": _work,
    "future": lambda verdict, at, day: f"{place(at)}（{word(day)}）在截止日之后",
    "before_window": lambda verdict, at, day, opens: f"{place(at)}（{word(day)}）早于起算日{word(opens)}",
    "field": _field,
    "records": lambda verdict, *figures: _records(*figures),
    "filled": _filled,
    "consent": lambda verdict, body: "业务主管部门已同意" if verdict is Verdict.MET else "",
    "assessment": lambda verdict, year, result: f"{year}年度考核{word(result, 'result')}" if year else "",
    "committed": lambda verdict: "已作继续教育承诺",
    "continuing_education": _learning,
    "stem_degree": lambda verdict, least: "" if verdict is Verdict.OPEN else f"没有理工类{degree(least)}学历学位",
    "calendar_years": _year_heads,
    "in_window": _in_window,
    "insured": _insured,
    "self_score": lambda verdict, score, least: "" if score is None else f"自评{word(score)}分，要求{least}分",
    "income_tax": _tax,
    "hours_last_year": _learning,
    "status": lambda verdict, status: f"人员身份为{word(status, 'status')}" if status else "",
    "sanction": _sanction,
    "agreement": _agreement,
    "allowed": _allowed,
}

MENDS: Final[Mapping[str, Callable[..., str]]] = {
    "attested": lambda said: "如有新的材料，请原确认人重新确认",
    "degree": lambda least: f"取得{degree(least)}学历学位",
    "skill_absent": lambda grade: f"取得{skill(grade)}技能等级",
    "title_absent": lambda level: f"取得{TITLES[level]}职称",
    "title_of_another": lambda level: f"持有其他专业的{TITLES[level]}职称方可转评",
    "title_years": lambda since, years: f"取得资格满{years}年",
    "seniority": _seniority_mend,
    "work": lambda scope, years, have: f"{SCOPES[scope]}累计满{years}年" if years else f"补充{SCOPES[scope]}经历",
    "records": _records_mend,
    "filled": lambda have, need, pairs, doubtful: f"还缺{need - have}项业绩成果条款",
    "consent": lambda body: "取得业务主管部门同意",
    "stem_degree": lambda least: f"取得理工类{degree(least)}学历学位",
    "calendar_years": _year_heads_mend,
    "self_score": lambda score, least: f"按打分表自评达到{least}分",
    "income_tax": lambda met, times, years: f"连续{years}年每年纳税达到当年免征额的{times}倍",
    "hours_last_year": lambda year, value, hours: f"补足{year}年度{hours}学时",
    "continuing_education": lambda year, value, hours: f"作出继续教育承诺，或补足{hours}学时",
    "assessment": lambda year, result: "以合格及以上的年度考核申报",
    "sanction": lambda kind, since, until: "影响期满后再申报" if until else "处分解除后再申报",
    "status": lambda status: "在职专业技术人员方可申报",
    "allowed": lambda name, value, among: f"{place(name)}须为{'、'.join(word(one, name) for one in among)}",
    "agreement": lambda years, months, least, least_months: "协议期限和在津时间都达到要求后再申报",
}
