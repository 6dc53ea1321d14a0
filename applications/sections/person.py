"""The sections about the person: who they are, what they learned, which titles they hold."""

from django.utils.translation import gettext_lazy as _

from applications import wording as words
from applications.sections.model import Input, Section, Slot, detail, fact, many, one

SEXES: words.Words = {"male": _("男"), "female": _("女")}

BASICS = Section(
    "basics",
    _("基本信息"),
    _("填写个人情况。证件号码在“个人信息”中单独登记并加密保存，此处不需要填写。"),
    (
        one(
            "basics",
            _("基本信息"),
            fact(
                "status",
                _("申报身份"),
                Input.CHOICE,
                words.STATUS,
                required=True,
                help=_("身为公务员的、已经离退休的，不能申报。"),
            ),
            fact("flexible_agreement.years", _("柔性引进协议年限（年）"), Input.NUMBER, help=_("仅柔性引进人才填写。")),
            fact(
                "flexible_agreement.months_per_year",
                _("每年在本地工作月数"),
                Input.NUMBER,
                help=_("仅柔性引进人才填写。"),
            ),
            detail("former_name", _("曾用名"), help=_("材料上的姓名与证件不一致时填写，以便核对是同一人。")),
            detail("sex", _("性别"), Input.CHOICE, SEXES, required=True, purpose="sex"),
            detail("born_on", _("出生日期"), Input.DAY, required=True, ends="work_started_on", purpose="bday"),
            detail("ethnicity", _("民族"), required=True),
            detail("political_status", _("政治面貌"), help=_("如群众、中共党员、共青团员、民主党派成员。")),
            detail("health", _("健康状况"), help=_("只填概况，如“健康”“良好”；不必写病史。")),
            detail("work_started_on", _("参加工作日期"), Input.DAY, required=True),
            detail("technical_post", _("现从事专业技术工作"), help=_("如“锂离子电池正极材料研发”。")),
            detail("administrative_duty", _("行政职务"), help=_("没有的不填。")),
            detail("phone", _("联系电话"), required=True, purpose="tel"),
            detail("email", _("电子邮箱"), purpose="email"),
            detail("address", _("通信地址"), purpose="street-address"),
            detail("file_place", _("人事档案存放单位"), help=_("证书和评审表最终归入该处档案。")),
            detail(
                "front_line",
                _("是否疫情防控一线人员"),
                Input.YES_NO,
                help=_("所报批次有专门政策的，由受理人员核对；系统不加分，也不放宽条件。"),
            ),
        ),
    ),
    places=("status", "flexible_agreement"),
    slot=Slot("photo", _("近期免冠照片"), _("一张 JPG 图片，用于证书和评审表；尺寸不合的，用上面的“上传并裁剪照片”。")),
    required=True,
)

EDUCATION = Section(
    "education",
    _("学历学位"),
    _("从高到低逐条填写。非全日制与全日制同等对待。"),
    (
        many(
            "education",
            _("学历学位"),
            fact("level", _("学历学位"), Input.CHOICE, words.DEGREE, required=True),
            fact("awarded", _("取得日期"), Input.DAY, required=True),
            fact("stem", _("是否理工类"), Input.YES_NO),
            fact(
                "engineering_professional",
                _("是否工程类专业学位"),
                Input.YES_NO,
                help=_("天津的批次，工程类专业学位可提前一年申报。"),
            ),
            fact("full_time", _("是否全日制"), Input.YES_NO),
            detail("school", _("毕业院校"), required=True),
            detail("origin", _("院校所在"), Input.CHOICE, words.ORIGIN),
            detail("major", _("所学专业"), required=True),
            detail("started_on", _("入学日期"), Input.DAY, ends="awarded"),
            detail("certificate_number", _("学历证书编号")),
            detail("degree_number", _("学位证书编号")),
            detail("verification_code", _("学信网在线验证码"), help=_("12 位或 16 位字母和数字。")),
            detail(
                "verification_expires_on",
                _("验证码有效期至"),
                Input.DAY,
                help=_("提交当天须仍在有效期内；过期的可在学信网延长后更正。"),
            ),
        ),
    ),
    places=("education",),
    slot=Slot("certificate", _("学历、学位证书"), _("学历证书和学位证书扫描件。"), required=True),
    required=True,
)

TITLES = Section(
    "titles",
    _("现有职称"),
    _("填写已取得的全部职称及聘任情况。以职业资格对应职称的，来源选“职业资格对应”。"),
    (
        many(
            "title",
            _("职称"),
            fact("level", _("职称层级"), Input.CHOICE, words.TITLE_LEVEL, required=True),
            fact("series", _("系列"), Input.OPEN_CHOICE, words.SERIES, required=True),
            fact("specialty", _("专业"), Input.OPEN_CHOICE, words.SPECIALTY, required=True),
            fact("obtained", _("取得日期"), Input.DAY, required=True),
            fact("appointed", _("聘任日期"), Input.DAY_OR_NEVER, help=_("取得后一直没有聘任的，选“从未聘任”。")),
            fact("source", _("取得方式"), Input.CHOICE, words.TITLE_SOURCE, required=True),
            fact(
                "issuer",
                _("发证地区或机关"),
                Input.CHOICE,
                words.ISSUER,
                help=_("外地证书由审核单位核对；天津的批次，京冀两地的证书互认。"),
            ),
            detail("name", _("证书上的职称名称"), required=True),
            detail("certificate_number", _("证书编号")),
            detail("issued_by", _("发证机关")),
            detail(
                "old_full_senior",
                _("证书是否写作“高级工程师（正高级）”"),
                Input.YES_NO,
                help=_("旧称的证书继续有效，等同正高级工程师：选“是”的，职称层级请选“正高级工程师”。"),
            ),
            detail("qualification", _("职业资格名称"), help=_("仅取得方式为“职业资格对应”的填写。")),
            detail("qualification_number", _("职业资格证书编号"), help=_("仅取得方式为“职业资格对应”的填写。")),
            detail("appointed_by", _("聘任单位")),
            detail("established", _("聘任时是否为事业单位在编人员"), Input.YES_NO),
            detail("converted", _("是否由其他系列转评取得"), Input.YES_NO),
        ),
    ),
    places=("titles",),
    slot=Slot("certificate", _("职称证书和聘任证明"), _("证书和聘书（聘任文件）扫描件。"), required=True),
    required=True,
    none_allowed=True,
)

SKILLS = Section(
    "skills",
    _("职业技能等级"),
    _("高技能人才填写职业资格或职业技能等级。"),
    (
        many(
            "skill",
            _("技能等级"),
            fact("grade", _("等级"), Input.CHOICE, words.SKILL_GRADE, required=True),
            fact("obtained", _("取得日期"), Input.DAY, required=True),
            detail("occupation", _("职业（工种）"), required=True),
            detail("certificate_number", _("证书编号")),
            detail("issued_by", _("发证机构")),
        ),
    ),
    places=("skills",),
    slot=Slot("certificate", _("技能等级证书"), required=True),
    required=True,
    none_allowed=True,
)
