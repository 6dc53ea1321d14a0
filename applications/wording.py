"""The Chinese word for every value a dossier may use, for forms and papers. One table a type of `rules.vocabulary`.

The sentences of the rules have shorter ones of their own (`rules.dossier_words`): 硕士研究生 here, 硕士 there.
"""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = Mapping[str, str | Promise]

TITLE_LEVEL: Words = {
    "technician": _("技术员"),
    "assistant": _("助理工程师"),
    "intermediate": _("工程师"),
    "associate_senior": _("高级工程师"),
    "full_senior": _("正高级工程师"),
}
STATUS: Words = {
    "employed": _("在职"),
    "freelance": _("自由职业者"),
    "new_employment_form": _("新就业形态劳动者"),
    "postdoc": _("在站博士后"),
    "flexible": _("柔性引进人才"),
    "civil_servant": _("公务员（含参公管理人员）"),
    "retired": _("已离退休"),
}
PERFORMANCE_ASSESSMENT: Words = {"passed": _("合格"), "failed": _("不合格")}
REGION: Words = {"tianjin": _("天津"), "jiangxi": _("江西"), "zhejiang": _("浙江")}
EMPLOYER_KIND: Words = {
    "private_enterprise": _("民营企业"),
    "state_enterprise": _("国有企业"),
    "foreign_enterprise": _("外资企业"),
    "public_institution": _("事业单位"),
    "social_organisation": _("社会组织"),
}
DEGREE: Words = {
    "doctor": _("博士研究生"),
    "master": _("硕士研究生"),
    "second_bachelor": _("第二学士学位"),
    "bachelor": _("大学本科（学士）"),
    "associate": _("大学专科"),
    "secondary": _("中等职业学校（中专）"),
    "tech_intermediate": _("技工院校中级工班"),
    "tech_senior": _("技工院校高级工班"),
    "tech_technician": _("技工院校预备技师（技师）班"),
}
TITLE_SOURCE: Words = {
    "review": _("评审"),
    "appointment": _("聘任（认定）"),
    "exam": _("考试"),
    "professional_qualification": _("职业资格对应"),
}
ISSUER: Words = {
    "tianjin": _("天津"),
    "beijing": _("北京"),
    "hebei": _("河北"),
    "jiangxi": _("江西"),
    "zhejiang": _("浙江"),
    "central": _("中央国家机关、中央企业"),
    "other_province": _("其他省份"),
}
ORIGIN: Words = {
    "mainland": _("境内院校"),
    "abroad": _("国外院校"),
    "hong_kong_macao_taiwan": _("港澳台院校"),
    "party_school": _("党校（行政学院）"),
}
SKILL_GRADE: Words = {
    "intermediate": _("中级工"),
    "senior": _("高级工"),
    "technician": _("技师"),
    "senior_technician": _("高级技师"),
}
# The kinds that a notice names by their proofs; the criteria that list them are not in hand.
EXPERIENCE: Words = {
    "management": _("担任企业技术管理负责人"),
    "testing": _("担任产品检测负责人"),
    "new_product": _("新产品研发"),
    "renovation": _("技术改造项目"),
    "conversion": _("科技成果转化、推广运用"),
    "papers": _("以文件、纪要等证明的技术工作"),
    "other": _("其他专业技术工作"),
}
EXPERIENCE_PROOF: Words = {
    "management": _("任职文件或单位证明，各页完整上传"),
    "testing": _("任职文件或单位证明，各页完整上传"),
    "new_product": _("项目中与本人有关的证明，如任务书、成员名单、鉴定或投产证明"),
    "renovation": _("项目中与本人有关的证明，如批准文件、成员名单、验收证明"),
    "conversion": _("转化、推广中与本人有关的证明，如合同、成员名单、应用证明"),
    "papers": _("文件、纪要各页完整上传，标出与本人有关的内容"),
    "other": _("与这段经历对应的文件或证明"),
}
SCOPE: Words = {"specialty": _("本专业岗位"), "relevant": _("相关专业岗位"), "other": _("其他岗位")}
ASSESSMENT_RESULT: Words = {
    "excellent": _("优秀"),
    "competent": _("合格（称职）"),
    "basic": _("基本合格（基本称职）"),
    "incompetent": _("不合格（不称职）"),
}
ACHIEVEMENT_KIND: Words = {
    "award": _("获奖"),
    "research_project": _("科研课题"),
    "plan_or_standard": _("规划、政策、标准、规范"),
    "unit_project": _("本单位项目"),
    "major_project": _("省部级及以上重点工程、攻关、创新项目"),
    "technical_report": _("重点项目技术报告"),
    "technical_result": _("技术成果（发明、革新、新产品、新工艺）"),
    "paper": _("论文"),
    "survey_report": _("调查报告"),
    "internal_report": _("单位内部研究报告"),
    "monograph": _("专著"),
    "patent": _("专利"),
    "performance_letter": _("业绩证明函"),
}
ACHIEVEMENT_LEVEL: Words = {
    "international": _("国际"),
    "national": _("国家级"),
    "provincial": _("省部级"),
    "industry": _("行业"),
    "district": _("区局级"),
    "unit": _("本单位"),
}
AWARD_TYPE: Words = {"science_technology": _("科学技术奖"), "industry": _("行业奖"), "patent": _("专利奖")}
AWARD_GRADE: Words = {
    "special": _("特等奖"),
    "first": _("一等奖"),
    "second": _("二等奖"),
    "third": _("三等奖"),
    "gold": _("金奖"),
    "silver": _("银奖"),
}
ROLE: Words = {"lead": _("主持（牵头）"), "principal": _("主要完成人"), "participant": _("参与")}
AUTHOR: Words = {
    "first": _("第一作者"),
    "second": _("第二作者"),
    "corresponding": _("通讯作者"),
    "other": _("其他作者"),
}
VENUE: Words = {
    "journal": _("学术期刊"),
    "top_journal": _("高水平期刊"),
    "provincial_conference": _("省级及以上学术会议"),
}
INDEXED: Words = {
    "cnki": _("中国知网"),
    "wanfang": _("万方数据"),
    "vip": _("维普网"),
    "sci": _("SCI 收录"),
    "ei": _("EI 收录"),
    "none": _("都检索不到"),
}
WRITTEN_AS: Words = {
    "sole": _("独著"),
    "joint": _("合著"),
    "editor": _("主编"),
    "contributor": _("参编"),
}
PATENT_TYPE: Words = {"invention": _("发明专利"), "utility_model": _("实用新型专利"), "design": _("外观设计专利")}
BENEFIT: Words = {"none": _("没有明显效益"), "good": _("较好"), "significant": _("显著")}
STANDING: Words = {
    "domestic_advanced": _("国内较高"),
    "domestic_leading": _("国内领先"),
    "international_advanced": _("国际先进"),
}
ACCEPTED_BY: Words = {
    "provincial": _("省部级部门"),
    "national": _("国家级部门"),
    "other": _("其他单位"),
    "none": _("未经鉴定或验收"),
}
HONOUR: Words = {
    "municipal_technical_expert": _("市级技术能手"),
    "national_technical_expert": _("全国技术能手"),
    "china_skills_award": _("中华技能大奖"),
    "haihe_craftsman": _("海河工匠"),
    "national_skill_master_studio_lead": _("国家级技能大师工作室带头人"),
    "other": _("其他荣誉"),
}
CONSENT: Words = {"supervising_body": _("业务主管部门同意破格申报")}
SANCTION_KIND: Words = {
    "party": _("党纪处分"),
    "administrative": _("政务处分"),
    "disciplinary": _("单位处分"),
    "integrity_ban": _("失信惩戒"),
}
CLAIM: Words = {
    "conversion": _("转评"),
    "self_appointment": _("企业自主聘任"),
    "case_by_case": _("一事一议"),
    "competition": _("大赛获奖"),
    "targeted": _("定向评价"),
    "direct": _("直接申报"),
}
SERIES: Words = {"engineering": _("工程技术"), "research": _("自然科学研究"), "economics": _("经济")}
SPECIALTY: Words = {
    "lithium_battery": _("锂离子电池"),
    "mechanical": _("机械"),
    "chemistry": _("化工"),
    "electrical": _("电气"),
    "materials": _("材料"),
}
DIRECTIONS: Words = {
    "materials": _("关键材料"),
    "cells": _("电芯及电池系统"),
    "recycling": _("回收再生利用"),
    "services": _("检测、应用和服务"),
}


def word(words: Words, value: str) -> str:
    """The Chinese word, or the value itself where the open list has no word for it."""
    return str(words.get(value, value))


def route_name(claim: str, label: str) -> str:
    """A special route with what its clause says, which often begins with the route's own name."""
    name = word(CLAIM, claim)
    return label if label.startswith(name) else f"{name}：{label}"
