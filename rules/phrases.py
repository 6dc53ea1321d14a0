"""Chinese for the words and figures of a finding."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from rules.model import Test
from rules.periods import Length, full_on, length, Spell
from rules.verdict import Note, Verdict

VERDICTS: Final = {"met": "符合申报条件", "unmet": "不符合申报条件", "open": "尚不能判定"}
ROUTES: Final = {
    "ordinary": "正常申报",
    "exceptional": "破格申报",
    "conversion": "转评",
    "self_appointment": "企业自主聘任",
    "direct": "直接申报",
    "case_by_case": "一事一议",
    "competition": "大赛获奖",
    "targeted": "定向评价",
}

LISTS: Final = {
    "education": "学历学位",
    "titles": "职称",
    "skills": "职业技能等级",
    "posts": "工作经历",
    "assessments": "年度考核",
    "achievements": "业绩成果",
    "honours": "荣誉",
    "endorsements": "推荐人",
    "sanctions": "处分情况",
    "consents": "主管部门同意",
    "continuing_education": "继续教育",
    "years": "继续教育年度",
    "status": "人员身份",
    "flexible_agreement": "柔性引进协议",
    "employer": "用人单位",
}
FIELDS: Final = {
    "level": "级别",
    "awarded": "取得日期",
    "obtained": "取得日期",
    "appointed": "聘任日期",
    "engineering_professional": "是否工程类专业学位",
    "specialty": "专业",
    "grade": "等级",
    "from": "开始日期",
    "until": "结束日期",
    "scope": "岗位类别",
    "year": "年度",
    "result": "考核结果",
    "hours": "学时",
    "committed": "继续教育承诺",
    "kind": "类别",
    "date": "日期",
    "rank": "排名",
    "role": "承担角色",
    "author": "作者身份",
    "venue": "发表载体",
    "words": "本人字数",
    "evaluators": "评议人",
    "count": "评议人数",
    "concluded": "是否结项",
    "promulgated": "是否颁布实施",
    "granted": "是否授权",
    "in_production": "是否投产",
    "personal_certificate": "是否有个人证书",
    "patent_type": "专利类型",
    "benefit": "效益",
    "standing": "技术水平",
    "award_type": "奖项类型",
    "name": "名称",
    "title_level": "职称层级",
    "years_held": "任职年数",
    "same_specialty": "是否相关专业",
    "years": "协议年限",
    "months_per_year": "每年在津月数",
}
VALUES: Final = {
    "technician": "技术员", "assistant": "助理工程师", "intermediate": "工程师", "associate_senior": "高级工程师",
    "full_senior": "正高级工程师", "doctor": "博士", "master": "硕士", "second_bachelor": "第二学士", "bachelor": "本科",
    "associate": "大专", "secondary": "中专", "tech_intermediate": "中级工班", "tech_senior": "高级工班",
    "tech_technician": "技师班", "senior_technician": "高级技师", "international": "国际级", "national": "国家级",
    "provincial": "省部级", "industry": "行业", "district": "区局级", "unit": "单位级", "special": "特等奖", "first": "一等",
    "second": "二等", "third": "三等", "gold": "金奖", "silver": "银奖", "lead": "主持", "principal": "主要完成人",
    "participant": "参与", "invention": "发明专利", "utility_model": "实用新型", "design": "外观设计", "none": "无",
    "good": "较好", "significant": "显著", "domestic_advanced": "国内较高", "domestic_leading": "国内领先",
    "international_advanced": "国际先进", "science_technology": "科技奖", "patent": "专利奖", "specialty": "本专业",
    "relevant": "相关", "excellent": "优秀", "competent": "合格", "basic": "基本合格", "incompetent": "不合格",
    "party": "党纪处分", "administrative": "政务处分", "disciplinary": "处分", "integrity_ban": "失信惩戒",
    "retired": "已离退休", "civil_servant": "公务员", "corresponding": "通讯作者", "other": "其他", "journal": "学术期刊",
    "top_journal": "高水平期刊", "provincial_conference": "省部级学术会议", "china_skills_award": "中华技能大奖",
    "national_technical_expert": "全国技术能手", "postdoc": "博士后", "private_enterprise": "民营企业",
}  # fmt: skip

_PLACE = re.compile(r"(?P<name>[a-z_]+)(?:\[(?P<index>\d+)\])?")


def word(value: object) -> str:
    """A value of the dossier as it is read on paper."""
    if value is None:
        return "未填"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return VALUES.get(str(value), str(value))


def place(path: str) -> str:
    """`titles[0].appointed` → 第1条职称的聘任日期."""
    said: list[str] = []
    for step in _PLACE.finditer(path):
        name = (LISTS if not said else {**LISTS, **FIELDS}).get(step["name"], step["name"])
        said.append(f"第{int(step['index']) + 1}条{name}" if step["index"] else name)
    return "的".join(said)


def span(held: Length) -> str:
    years, months = divmod(held.months, 12)
    parts = [f"{years}年" if years else "", f"{months}个月" if months else "", f"{held.days}天" if held.days else ""]
    return "".join(parts) or "0天"


def exclusion(name: str) -> str:
    return "开放申报之日政策不在有效期内" if name == "not_in_force" else f"{name}规定不得申报"


def figure(note: Note) -> str:
    """What the figure says; empty where the label says it all."""
    return _FIGURES[note.kind](note.verdict, *note.values) if note.kind in _FIGURES else ""


def mend(note: Note) -> str:
    """What would mend an unmet figure; empty where it is not at fault."""
    if note.verdict is not Verdict.UNMET or note.kind not in _MENDS:
        return ""
    return _MENDS[note.kind](*note.values)


def _seniority(verdict: Verdict, start: date | None, years: int, early: int, as_of: date) -> str:
    if start is None:
        return "" if verdict is Verdict.OPEN else f"没有聘任记录，要求满{years}年"
    return f"自{word(start)}任职至{word(as_of)}，计{span(length(Spell(start, as_of)))}，要求满{years}年"


def _seniority_mend(start: date | None, years: int, early: int, as_of: date) -> str:
    day = None if start is None else full_on(start, years)
    return f"任职至{word(day)}满{years}年" if day else f"取得资格并受聘满{years}年"


def _work(verdict: Verdict, scope: str, years: int, have: Length | None) -> str:
    return "" if have is None else f"{_SCOPES[scope]}累计{span(have)}，要求满{years}年"


_SCOPES = {"specialty": "本专业岗位", "relevant": "相关工作"}


def _field(verdict: Verdict, at: str, name: str, value: Any, test: Test) -> str:
    return f"{place(at)}的{_field_name(name)}为{word(value)}，要求{bound(test)}"


def _field_name(name: str) -> str:
    return "".join(FIELDS.get(step, step) for step in name.split("."))


def bound(test: Test) -> str:
    """What a test asks for: 省部级及以上, 前5名."""
    if test.is_ is not None:
        return word(test.is_)
    if test.in_ is not None:
        return "、".join(map(word, test.in_))
    if test.at_most is not None:
        return f"前{test.at_most}名"
    return f"{word(test.at_least)}及以上"


def _filled(verdict: Verdict, have: int, need: int, pairs: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    by = "、".join(clause + (f"（{'、'.join(map(place, records))}）" if records else "") for clause, records in pairs)
    return f"可计{have}项，要求{need}项" + (f"，由{by}" if by else "")


_FIGURES: Mapping[str, Callable[..., str]] = {
    "attested": lambda verdict, said: "已确认符合" if said else "已确认不符合",
    "degree": lambda verdict, least: "" if verdict is Verdict.OPEN else f"没有{word(least)}及以上学历学位",
    "degree_held": lambda verdict, level: f"学历学位为{word(level)}",
    "skill_held": lambda verdict, grade: f"技能等级为{word(grade)}",
    "skill_absent": lambda verdict, grade: f"没有{word(grade)}技能等级",
    "title": lambda verdict, level, specialty: (
        f"{word(level)}职称" + ("" if verdict is not Verdict.UNMET else "不能用于本次申报")
    ),
    "title_absent": lambda verdict, level: f"截止日前没有{word(level)}职称",
    "seniority": _seniority,
    "work": _work,
    "future": lambda verdict, at, day: f"{place(at)}（{word(day)}）在截止日之后",
    "before_window": lambda verdict, at, day, opens: f"{place(at)}（{word(day)}）早于起算日{word(opens)}",
    "field": _field,
    "records": lambda verdict, of, have, need: f"符合的{LISTS[of]}{have}项，要求{need}项",
    "filled": _filled,
    "consent": lambda verdict, body: "业务主管部门已同意" if verdict is Verdict.MET else "",
    "assessment": lambda verdict, year, result: f"{year}年度考核{word(result)}" if year else "",
    "committed": lambda verdict: "已作继续教育承诺",
    "continuing_education": lambda verdict, year, value, hours: f"{year}年继续教育{word(value)}学时，要求{hours}学时"
    if year
    else "",
    "status": lambda verdict, status: f"人员身份为{word(status)}" if verdict is Verdict.UNMET else "",
    "sanction": lambda verdict, kind, since, until: f"{word(kind)}自{word(since)}起"
    + (f"至{word(until)}止" if until else "，尚未解除"),
    "agreement": lambda verdict, years, months, least, least_months: (
        f"协议{word(years)}年、每年在津{word(months)}个月，要求{least}年、{least_months}个月以上"
    ),
    "allowed": lambda verdict, name, value: f"{place(name)}为{word(value)}" if verdict is Verdict.UNMET else "",
}

_MENDS: Mapping[str, Callable[..., str]] = {
    "attested": lambda said: "如有新的材料，请原确认人重新确认",
    "degree": lambda least: f"取得{word(least)}及以上学历学位",
    "skill_absent": lambda grade: f"取得{word(grade)}技能等级",
    "title_absent": lambda level: f"取得{word(level)}职称",
    "title": lambda level, specialty: "在本专业岗位工作满一年后，其他专业职称才能使用",
    "seniority": _seniority_mend,
    "work": lambda scope, years, have: f"{_SCOPES[scope]}累计满{years}年" if years else f"补充{_SCOPES[scope]}经历",
    "records": lambda of, have, need: f"还缺{need - have}项符合本款的{LISTS[of]}" if need > have else "",
    "filled": lambda have, need, pairs: f"还缺{need - have}项业绩成果条款",
    "consent": lambda body: "取得业务主管部门同意",
    "continuing_education": lambda year, value, hours: f"作出继续教育承诺，或补足{hours}学时",
    "assessment": lambda year, result: "以合格及以上的年度考核申报",
    "sanction": lambda kind, since, until: "影响期满后再申报" if until else "处分解除后再申报",
    "status": lambda status: "在职专业技术人员方可申报",
    "agreement": lambda years, months, least, least_months: "协议期限和在津时间都达到要求后再申报",
}
