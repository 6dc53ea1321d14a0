"""Chinese for the words of a dossier: lists, fields, values, places."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from rules.periods import Length
from rules.vocabulary import DEGREE_RANK, SKILL_RANK

LISTS: Final = {
    "status": "人员身份",
    "flexible_agreement": "柔性引进协议",
    "performance_assessment": "业绩考核",
    "employer": "用人单位",
    "education": "学历学位",
    "titles": "职称",
    "skills": "职业技能等级",
    "posts": "工作经历",
    "assessments": "年度考核",
    "continuing_education": "继续教育",
    "achievements": "业绩成果",
    "honours": "荣誉",
    "endorsements": "推荐人",
    "consents": "主管部门意见",
    "sanctions": "处分情况",
    "social_insurance": "社会保险",
    "income_tax": "个人所得税记录",
    "self_score": "自评得分",
}
FIELDS: Final = {
    "level": "级别",
    "awarded": "取得日期",
    "obtained": "取得日期",
    "appointed": "聘任日期",
    "engineering_professional": "是否工程类专业学位",
    "stem": "是否理工类",
    "months": "缴费月数",
    "same_employer": "参保单位是否一致",
    "paid": "缴纳税额",
    "exemption": "年度免征额",
    "specialty": "专业",
    "series": "系列",
    "grade": "等级",
    "from": "开始日期",
    "scope": "岗位类别",
    "year": "年度",
    "years": "年度记录",
    "result": "考核结果",
    "hours": "学时",
    "committed": "承诺",
    "kind": "类别",
    "date": "日期",
    "rank": "排名",
    "role": "承担角色",
    "author": "作者身份",
    "venue": "发表载体",
    "words": "本人撰写字数",
    "evaluators": "评议人",
    "count": "人数",
    "concluded": "结项情况",
    "promulgated": "颁布情况",
    "granted": "授权情况",
    "in_production": "投产情况",
    "personal_certificate": "个人证书",
    "patent_type": "专利类型",
    "benefit": "效益",
    "standing": "技术水平",
    "accepted_by": "鉴定验收部门",
    "award_type": "奖项类型",
    "name": "名称",
    "title_level": "职称层级",
    "years_held": "任职年数",
    "same_specialty": "专业相关性",
    "months_per_year": "每年在津月数",
}
TITLES: Final = {
    "technician": "技术员",
    "assistant": "助理工程师",
    "intermediate": "工程师",
    "associate_senior": "高级工程师",
    "full_senior": "正高级工程师",
}
SKILLS: Final = {
    "intermediate": "中级工",
    "senior": "高级工",
    "technician": "技师",
    "senior_technician": "高级技师",
}
DEGREES: Final = {
    "doctor": "博士",
    "master": "硕士",
    "second_bachelor": "第二学士",
    "bachelor": "本科（学士）",
    "associate": "大专",
    "secondary": "中专",
    "tech_intermediate": "中级工班",
    "tech_senior": "高级工班",
    "tech_technician": "技师班",
}
SCOPES: Final = {"specialty": "本专业岗位", "relevant": "相关工作"}
LEVELS: Final = {
    "international": "国际",
    "national": "国家级",
    "provincial": "省部级",
    "industry": "行业",
    "district": "区局级",
    "unit": "单位级",
}
# Field → its values; the fields of an achievement, an honour and an endorsement that clauses test.
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "level": LEVELS,
    "evaluators.level": TITLES,
    "title_level": TITLES,
    "grade": {
        "special": "特等奖",
        "first": "一等奖",
        "second": "二等奖",
        "third": "三等奖",
        "gold": "金奖",
        "silver": "银奖",
    },
    "award_type": {"science_technology": "科技奖", "industry": "行业奖", "patent": "专利奖"},
    "role": {"lead": "主持", "principal": "主要完成人", "participant": "参与"},
    "author": {"first": "第一作者", "second": "第二作者", "corresponding": "通讯作者", "other": "其他作者"},
    "venue": {"journal": "学术期刊", "top_journal": "高水平期刊", "provincial_conference": "省部级学术会议"},
    "patent_type": {"invention": "发明专利", "utility_model": "实用新型", "design": "外观设计"},
    "benefit": {"none": "无明显效益", "good": "较好", "significant": "显著"},
    "standing": {
        "domestic_advanced": "国内较高",
        "domestic_leading": "国内领先",
        "international_advanced": "国际先进",
    },
    "accepted_by": {"provincial": "省部级", "national": "国家级", "other": "其他部门", "none": "未鉴定验收"},
    "name": {
        "municipal_technical_expert": "市级技术能手",
        "national_technical_expert": "全国技术能手",
        "china_skills_award": "中华技能大奖",
        "haihe_craftsman": "海河工匠",
        "national_skill_master_studio_lead": "国家级技能大师工作室带头人",
    },
    "result": {"excellent": "优秀", "competent": "合格", "basic": "基本合格", "incompetent": "不合格"},
    "sanction": {
        "party": "党纪处分",
        "administrative": "政务处分",
        "disciplinary": "处分",
        "integrity_ban": "失信惩戒",
    },
    "performance_assessment": {"passed": "合格", "failed": "不合格"},
    "employer.region": {"tianjin": "天津", "jiangxi": "江西", "zhejiang": "浙江"},
    "status": {
        "employed": "在职",
        "freelance": "自由职业者",
        "new_employment_form": "新就业形态劳动者",
        "postdoc": "博士后",
        "flexible": "柔性引进",
        "civil_servant": "公务员",
        "retired": "已离退休",
    },
    "employer.kind": {
        "private_enterprise": "民营企业",
        "state_enterprise": "国有企业",
        "foreign_enterprise": "外资企业",
        "public_institution": "事业单位",
        "social_organisation": "社会组织",
    },
    "kind": {
        "award": "奖项",
        "research_project": "课题",
        "plan_or_standard": "规划、政策、标准或规范",
        "unit_project": "本单位项目",
        "major_project": "重点工程或攻关创新项目",
        "technical_report": "重点项目技术报告",
        "technical_result": "技术成果",
        "paper": "论文",
        "survey_report": "调查报告",
        "internal_report": "单位内部研究报告",
        "monograph": "专著",
        "patent": "专利",
        "performance_letter": "业绩证明函",
    },
}

_STEP = re.compile(r"(?P<name>[a-z_]+)(?:\[(?P<index>\d+)\])?")
_RECORD = re.compile(r"([a-z_]+\[\d+\])(?:（[^）]*）(?=（))?")


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
    for step in _STEP.finditer(path):
        name = (FIELDS if said else LISTS).get(step["name"], step["name"])
        said.append(f"第{int(step['index']) + 1}条{name}" if step["index"] else name)
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
