"""The sections about the work: posts, assessments, continuing education, insurance, honours, what stands against it."""

from django.utils.translation import gettext_lazy as _

from applications import wording as words
from applications.sections import score_sheet
from applications.sections.model import Input, Section, Slot, detail, fact, many, one

POSTS = Section(
    "posts",
    _("工作经历"),
    _("按时间先后填写，截止日期为在岗的最后一天；至今仍在岗的不填截止日期。"),
    (
        many(
            "post",
            _("工作经历"),
            detail("category", _("工作经历类别"), Input.CHOICE, words.EXPERIENCE, help=_("有的批次要求先选类别。")),
            fact("from", _("开始日期"), Input.DAY, required=True, ends="to"),
            fact("to", _("截止日期"), Input.DAY),
            fact("scope", _("岗位与申报专业的关系"), Input.CHOICE, words.SCOPE, required=True),
            detail("unit", _("工作单位"), required=True),
            detail("department", _("部门")),
            detail("position", _("岗位"), required=True),
            detail("duty", _("职务"), help=_("如“工艺部副经理”；没有的不填。")),
            detail("work", _("主要工作内容"), Input.PROSE),
            detail("witness", _("证明人"), help=_("了解这段工作的同事或负责人。")),
        ),
    ),
    places=("posts",),
    slot=Slot(
        "proof",
        _("任职证明"),
        _("劳动合同备案记录、社保登记记录、6 个月以上的工资发放记录，或单位出具的任职证明，有一种即可。"),
    ),
    required=True,
)

ASSESSMENTS = Section(
    "assessments",
    _("年度考核"),
    _("逐年填写考核结果。"),
    (
        many(
            "assessment",
            _("年度考核"),
            fact("year", _("考核年度"), Input.WHOLE, required=True),
            fact("result", _("考核结果"), Input.CHOICE, words.ASSESSMENT_RESULT, required=True),
            detail("unit", _("考核单位")),
        ),
    ),
    places=("assessments",),
    slot=Slot("proof", _("年度考核材料"), _("考核登记表或单位证明。")),
    required=True,
    none_allowed=True,
)

CONTINUING_EDUCATION = Section(
    "continuing_education",
    _("继续教育"),
    _("如实填写承诺和各年度学时，单位和主管部门逐级核验；承诺不实的，按所报批次的规定处理。"),
    (
        one(
            "education_commitment",
            _("继续教育承诺"),
            fact("committed", _("本人承诺已按规定完成继续教育"), Input.YES_NO, required=True),
        ),
        many(
            "continuing_education",
            _("继续教育年度记录"),
            fact("year", _("年度"), Input.WHOLE, required=True),
            fact("hours", _("学时"), Input.NUMBER, required=True),
            detail("provider", _("培训机构")),
            detail("content", _("学习内容"), Input.PROSE),
            detail("certificate_number", _("证书编号")),
        ),
    ),
    places=("continuing_education",),
    slot=Slot("proof", _("继续教育证明"), _("学时证明或合格证书。")),
    required=True,
)

INSURANCE_AND_TAX = Section(
    "insurance_and_tax",
    _("社会保险与个人所得税"),
    _("社会保险由人社部门自行核对的地区可不上传；个人所得税仅在相应条款需要时填写。"),
    (
        one(
            "social_insurance",
            _("社会保险"),
            fact("months", _("累计缴费月数"), Input.WHOLE, required=True),
            fact("same_employer", _("缴费单位是否为申报单位"), Input.YES_NO, required=True),
            detail("payer", _("缴费单位")),
            detail("verification_code", _("参保证明验证码")),
            detail(
                "hosted_at",
                _("人事档案托管机构"),
                help=_("在外地工作、档案托管在本地就业服务机构，社保未达到要求的填写；江西的批次可按此申报。"),
            ),
            detail("consent_number", _("省职称办同意申报的文号"), help=_("填了档案托管机构的填写，并上传同意的材料。")),
        ),
        many(
            "income_tax",
            _("个人所得税"),
            fact("year", _("年度"), Input.WHOLE, required=True),
            fact("paid", _("已缴税额（元）"), Input.NUMBER, required=True),
            fact("exemption", _("当年免征额（元）"), Input.NUMBER),
            detail("payer", _("扣缴单位")),
        ),
    ),
    places=("social_insurance", "income_tax"),
    slot=Slot("proof", _("参保证明、完税证明")),
)

HONOURS = Section(
    "honours",
    _("荣誉称号"),
    _("填写与申报专业有关的荣誉称号；科学技术奖、行业奖填在“科技奖励”。没有的请声明。"),
    (
        many(
            "honour",
            _("荣誉称号"),
            fact("name", _("称号"), Input.CHOICE, words.HONOUR, required=True),
            detail("title", _("荣誉名称"), help=_("称号选“其他荣誉”的，照证书填写。")),
            fact("date", _("授予日期"), Input.DAY, required=True),
            detail("issued_by", _("授予机关"), required=True),
            detail("certificate_number", _("证书编号")),
        ),
    ),
    places=("honours",),
    slot=Slot("certificate", _("荣誉证书"), required=True),
    required=True,
    none_allowed=True,
)

EXCEPTION = Section(
    "exception",
    _("破格推荐与同意"),
    _("只有按破格条件申报的才需要填写。"),
    (
        many(
            "endorsement",
            _("专家推荐"),
            fact("title_level", _("推荐人职称层级"), Input.CHOICE, words.TITLE_LEVEL, required=True),
            fact("years_held", _("担任该职称年数"), Input.NUMBER),
            fact("same_specialty", _("是否相同专业"), Input.YES_NO, required=True),
            detail("name", _("推荐人姓名"), required=True),
            detail("unit", _("推荐人单位"), required=True),
            detail("title", _("推荐人职称")),
            detail("phone", _("推荐人电话")),
            detail("opinion", _("推荐意见"), Input.PROSE),
        ),
        many(
            "consent",
            _("主管部门同意"),
            fact("consent", _("同意事项"), Input.CHOICE, words.CONSENT, required=True),
            detail("body", _("同意的部门"), required=True),
            detail("number", _("文号")),
            detail("signed_on", _("签署日期"), Input.DAY),
        ),
    ),
    places=("endorsements", "consents"),
    slot=Slot("letter", _("推荐书、同意书"), required=True),
    required=True,
    none_allowed=True,
)

SANCTIONS = Section(
    "sanctions",
    _("处分与失信情况"),
    _("如实填写仍在影响期内和曾经受过的处分；没有的请声明。"),
    (
        many(
            "sanction",
            _("处分"),
            fact("kind", _("类别"), Input.CHOICE, words.SANCTION_KIND, required=True),
            fact("from", _("影响期开始"), Input.DAY, required=True, ends="until"),
            fact("until", _("影响期最后一天"), Input.DAY, help=_("没有确定期限的不填。")),
            detail("issued_by", _("作出处分的单位")),
            detail("number", _("文号")),
            detail("explanation", _("情况说明"), Input.PROSE),
        ),
    ),
    places=("sanctions",),
    slot=Slot("document", _("处分决定")),
    required=True,
    none_allowed=True,
)

SELF_SCORE = Section(
    "self_score",
    _("量化自评"),
    _(
        "只有评价标准附有打分表的批次需要填写。下列各项是样表：正式打分表由评审办事机构公布，"
        "公布前按样表试填，分值以正式表为准。"
    ),
    (
        one(
            "self_score",
            _("量化自评"),
            *score_sheet.FIELDS,
            fact("self_score", _("自评得分"), Input.NUMBER, required=True, help=_("填了各项得分的，应等于各项之和。")),
            detail("basis", _("打分依据"), Input.PROSE, help=_("逐项写明对应的业绩和材料。")),
        ),
    ),
    places=("self_score",),
    slot=Slot("sheet", _("打分表")),
)
