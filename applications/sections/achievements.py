"""The sections about achievements, by kind. Which clause a record serves is what the rules make of its facts."""

from django.utils.translation import gettext_lazy as _

from applications import wording as words
from applications.sections.model import Field, Input, Section, Slot, achievement, detail, fact, one

LEVEL = fact("level", _("级别"), Input.CHOICE, words.ACHIEVEMENT_LEVEL)
RANK = fact("rank", _("本人排名"), Input.WHOLE, help=_("在全部完成人（发明人、起草人）中的名次，从 1 起。"))
ROLE = fact("role", _("本人角色"), Input.CHOICE, words.ROLE)
CONCLUDED = fact("concluded", _("是否已结项（完成）"), Input.YES_NO)
IN_PRODUCTION = fact("in_production", _("是否已投产应用"), Input.YES_NO)
BENEFIT = fact("benefit", _("经济社会效益"), Input.CHOICE, words.BENEFIT)
STANDING = fact("standing", _("技术水平"), Input.CHOICE, words.STANDING)
ACCEPTED_BY = fact("accepted_by", _("鉴定（验收）单位"), Input.CHOICE, words.ACCEPTED_BY)
EVALUATORS = (
    fact("evaluators.level", _("评议同行的职称"), Input.CHOICE, words.TITLE_LEVEL),
    fact("evaluators.count", _("评议同行人数"), Input.WHOLE),
)
CERTIFICATE = fact("personal_certificate", _("是否有个人证书"), Input.YES_NO)
CONTRIBUTION = detail("contribution", _("本人承担的工作和贡献"), Input.PROSE, required=True)

PROJECT: tuple[Field, ...] = (
    detail("name", _("项目名称"), required=True),
    detail("number", _("项目编号")),
    detail("source", _("项目来源")),
    detail("started_on", _("开始日期"), Input.DAY, ends="date"),
    detail("team_size", _("参加人数"), Input.WHOLE),
    CONTRIBUTION,
    detail("result", _("成果和效益"), Input.PROSE),
)
PUBLICATION: tuple[Field, ...] = (
    fact("venue", _("发表处"), Input.CHOICE, words.VENUE, required=True),
    fact("author", _("署名"), Input.CHOICE, words.AUTHOR, required=True),
    *EVALUATORS,
    detail("title", _("题目"), required=True),
    detail("journal", _("期刊或会议名称"), required=True),
    detail("issue", _("年、卷、期")),
    detail("pages", _("起止页")),
    detail("issn", _("ISSN / CN 号")),
    detail(
        "indexed",
        _("检索或收录"),
        Input.CHOICE,
        words.INDEXED,
        help=_("SCI、EI 收录的，须附检索单位盖章的收录检索报告。"),
    ),
    detail("foreign_language", _("是否外文"), Input.YES_NO, help=_("外文的须附中文译文。")),
    detail("co_authors", _("合作者"), help=_("合作者担任评审专家时须回避，请写全。")),
    detail("evaluator_names", _("评议同行姓名")),
    detail("verification_address", _("检索网址"), help=_("中国知网、万方数据或维普网上该文的页面地址。")),
    detail("abstract", _("内容提要"), Input.PROSE),
)
REPORT: tuple[Field, ...] = (
    detail("title", _("报告题目"), required=True),
    detail("project", _("所属项目")),
    detail("evaluator_names", _("评议同行姓名")),
    CONTRIBUTION,
)

AWARDS = Section(
    "awards",
    _("科技奖励"),
    _("填写科学技术奖、行业奖、专利奖。"),
    (
        achievement(
            "award",
            _("获奖"),
            LEVEL,
            fact("award_type", _("奖项类别"), Input.CHOICE, words.AWARD_TYPE, required=True),
            fact("grade", _("等级"), Input.CHOICE, words.AWARD_GRADE, required=True),
            RANK,
            CERTIFICATE,
            detail("name", _("奖项名称"), required=True),
            detail("project", _("获奖项目")),
            detail("issued_by", _("授奖单位"), required=True),
            detail("certificate_number", _("证书编号")),
            CONTRIBUTION,
        ),
    ),
    places=("achievements",),
    slot=Slot("certificate", _("获奖证书"), required=True),
)

PROJECTS = Section(
    "projects",
    _("课题、项目与技术成果"),
    _("科研课题、本单位项目、重点工程和投产的技术成果分别填写。"),
    (
        achievement(
            "research_project",
            words.ACHIEVEMENT_KIND["research_project"],
            LEVEL,
            ROLE,
            RANK,
            CONCLUDED,
            BENEFIT,
            ACCEPTED_BY,
            *PROJECT,
        ),
        achievement(
            "unit_project",
            words.ACHIEVEMENT_KIND["unit_project"],
            ROLE,
            RANK,
            CONCLUDED,
            IN_PRODUCTION,
            STANDING,
            BENEFIT,
            ACCEPTED_BY,
            *PROJECT,
        ),
        achievement(
            "major_project",
            words.ACHIEVEMENT_KIND["major_project"],
            LEVEL,
            ROLE,
            RANK,
            STANDING,
            BENEFIT,
            ACCEPTED_BY,
            *PROJECT,
        ),
        achievement(
            "technical_result",
            words.ACHIEVEMENT_KIND["technical_result"],
            LEVEL,
            ROLE,
            RANK,
            IN_PRODUCTION,
            STANDING,
            ACCEPTED_BY,
            *PROJECT,
        ),
    ),
    places=("achievements",),
    slot=Slot("proof", _("立项、结项、鉴定、投产和效益证明"), required=True),
)

STANDARDS = Section(
    "standards",
    _("规划、政策、标准与规范"),
    _("填写参与编制并已颁布的文件。"),
    (
        achievement(
            "plan_or_standard",
            words.ACHIEVEMENT_KIND["plan_or_standard"],
            LEVEL,
            RANK,
            fact("promulgated", _("是否已颁布"), Input.YES_NO),
            detail("name", _("名称"), required=True),
            detail("number", _("编号")),
            detail("issued_by", _("颁布机关")),
            CONTRIBUTION,
        ),
    ),
    places=("achievements",),
    slot=Slot("document", _("颁布文件和编制人名单页"), required=True),
)

REPORTS = Section(
    "reports",
    _("技术报告与研究报告"),
    _("重点项目技术报告、单位内部研究报告，以及对策、建议等智库成果。所报批次要同行评议的，附评议意见。"),
    (
        achievement(
            "technical_report", words.ACHIEVEMENT_KIND["technical_report"], RANK, STANDING, *EVALUATORS, *REPORT
        ),
        achievement(
            "internal_report",
            words.ACHIEVEMENT_KIND["internal_report"],
            fact("author", _("署名"), Input.CHOICE, words.AUTHOR, required=True),
            *EVALUATORS,
            *REPORT,
        ),
    ),
    places=("achievements",),
    slot=Slot("report", _("报告全文和评议（采纳、批示）意见"), required=True),
)

PUBLICATIONS = Section(
    "publications",
    _("论文、调查报告与专著"),
    _("有则填写。是否必须有论文，看所报批次的条款，在“预检”中可以看到。"),
    (
        achievement("paper", words.ACHIEVEMENT_KIND["paper"], *PUBLICATION),
        achievement("survey_report", words.ACHIEVEMENT_KIND["survey_report"], *PUBLICATION),
        achievement(
            "monograph",
            words.ACHIEVEMENT_KIND["monograph"],
            fact("words", _("本人撰写字数"), Input.WHOLE, required=True),
            detail("title", _("书名"), required=True),
            detail("publisher", _("出版社"), required=True),
            detail("isbn", _("ISBN")),
            detail("written_as", _("著作方式"), Input.CHOICE, words.WRITTEN_AS),
            detail("own_chapters", _("本人撰写章节")),
            detail("total_words", _("全书字数"), Input.WHOLE),
            detail("co_authors", _("合作者")),
        ),
        achievement(
            "performance_letter",
            words.ACHIEVEMENT_KIND["performance_letter"],
            detail("title", _("业绩名称"), required=True),
            detail("issued_by", _("出具单位")),
            detail("content", _("证明内容"), Input.PROSE),
        ),
    ),
    places=("achievements",),
    slot=Slot("pages", _("封面、目录、正文和检索页"), required=True),
)

PATENTS = Section(
    "patents",
    _("专利"),
    _("填写已授权的发明、实用新型专利。"),
    (
        achievement(
            "patent",
            words.ACHIEVEMENT_KIND["patent"],
            fact("patent_type", _("专利类型"), Input.CHOICE, words.PATENT_TYPE, required=True),
            fact("granted", _("是否已授权"), Input.YES_NO, required=True),
            RANK,
            BENEFIT,
            detail("name", _("专利名称"), required=True),
            detail("number", _("专利号"), required=True),
            detail("holder", _("专利权人")),
            detail("co_inventors", _("其他发明人"), help=_("共同发明人担任评审专家时须回避，请写全。")),
            detail("verification_address", _("检索网址"), help=_("中国知网等处该专利的页面地址。")),
            detail("application", _("应用情况和效益"), Input.PROSE),
        ),
    ),
    places=("achievements",),
    slot=Slot("certificate", _("专利证书和效益证明"), required=True),
)

SUMMARY = Section(
    "summary",
    _("专业技术工作总结"),
    _("概括任现职以来的专业技术工作、能力和业绩，4000 字以内。"),
    (one("summary", _("专业技术工作总结"), detail("text", _("总结"), Input.PROSE, required=True)),),
    required=True,
)
