"""A procedure in words, a citation a line; and the documents that the records of a dossier need."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from msgspec.structs import asdict

from rules.catalog import Entry
from rules.documents import Asked, Condition, DocumentRule, asked
from rules.dossier import Dossier
from rules.procedure import NoticeRule, Pool, Procedure
from rules.stated import Stated
from rules.words import DEGREES, VALUES, place, word

STAGES: Final = {"applicant": "申报人", "employer": "用人单位", "supervisor": "主管部门", "office": "受理"}
COUNTING: Final = {"anniversaries": "按对应日满年计算", "calendar_years": "按年头计算"}
FACTS: Final = {
    "level": "学历层次",
    "awarded": "取得年份",
    "year": "年度",
    "origin": "毕业院校",
    "employer": "用人单位",
    "established": "在编",
    "converted": "转系列取得",
    "same_employer": "参保单位一致",
    "indexed": "收录",
    "source": "取得方式",
    "foreign_language": "外文",
}
WORDS: Final = {
    "mainland": "境内院校",
    "abroad": "国外院校",
    "hong_kong_macao_taiwan": "港澳台院校",
    "party_school": "党校",
    "cnki": "中国知网",
    "wanfang": "万方数据",
    "vip": "维普网",
    "sci": "SCI",
    "ei": "EI",
    "none": "都检索不到",
    "review": "评审",
    "appointment": "聘任",
    "exam": "考试",
    "professional_qualification": "职业资格",
    **DEGREES,
    **VALUES["employer.kind"],
}
KINDS: Final[Mapping[str, str]] = {
    **VALUES["kind"],
    "every": "每份材料",
    "education": "学历",
    "title": "职称",
    "post": "工作经历",
    "social_insurance": "社会保险",
    "continuing_education": "继续教育",
    "honour": "荣誉",
}
SETTINGS: Final = {
    "modes": "各层级的取得方式",
    "cut_off": "终算时间",
    "windows": "申报、审核的起止日",
    "documents": "材料",
    "notices.employer.work_days": "单位公示的天数",
    "notices.employer.posting_day_counts": "单位公示的张贴当日是否计入",
    "notices.supervisor.posting_day_counts": "主管部门公示的张贴当日是否计入",
    "notices.result.work_days": "评审结果公示的天数",
    "notices.result.posting_day_counts": "评审结果公示的发布当日是否计入",
    "evidence.types": "材料的格式",
    "evidence.max_bytes": "单个文件的大小",
    "pool.size": "专家库的人数",
    "pool.senior_only": "专家库是否限高级职称",
    "panel.size": "评审组的人数",
    "panel.odd": "评审组是否为单数",
    "panel.lead_days": "会前抽取的天数",
    "ballot.quorum": "法定出席比例",
    "ballot.passing": "通过比例",
    "ballot.counts": "回避者是否计入",
    "interview.statement_minutes": "陈述的时间",
    "interview.answer_minutes": "答辩的时间",
    "interview.by_direction": "答辩是否分组",
    "certificate.numbering": "证书编号的组成",
    "certificate.recognised_in": "互认的地区",
    "fee": "收费的金额",
    "sign_up": "个人账号如何开立",
    "applications_a_year": "每年申报的次数",
    "continuing_education": "继续教育如何认定",
}
POST_RATIOS: Final = {"must": "事业单位须在岗位结构比例内申报", "generally": "事业单位一般在岗位结构比例内申报"}


def of_procedure(entry: Entry) -> Iterator[str]:
    """The whole procedure of a policy, its settings to confirm last."""
    yield f"{entry.source.title}（{entry.source.number}）"
    for heading, lines in chapters(entry):
        yield from ("", f"【{heading}】", *(f"  {line}" for line in lines))


def chapters(entry: Entry) -> list[tuple[str, list[str]]]:
    """The procedure under its headings, each line with its citation; a heading without lines is left out."""
    procedure = entry.procedure
    written: tuple[tuple[str, Iterable[str]], ...] = (
        ("时间", _times(procedure)),
        ("环节与公示", _steps(procedure)),
        ("材料", _materials(procedure)),
        ("评审", _review(procedure)),
        ("其他", _rest(procedure)),
        ("待确认的设定", (f"{setting(at)}：{why}" for at, why in procedure.to_confirm())),
    )
    return [(heading, said) for heading, lines in written if (said := list(lines))]


def setting(at: str) -> str:
    """The name of a setting that no notice states, by its place in the procedure."""
    return SETTINGS[at.partition("[")[0]]


def of_documents(entry: Entry, dossier: Dossier) -> Iterator[str]:
    """A heading for each record, and what it has to bring; what hangs on facts not known is said as such."""
    employer = dossier.employer.kind if dossier.employer else None
    own = [rule for rule in entry.procedure.documents if "every" not in rule.of]
    for at, kind, facts in _records(dossier):
        found = asked(own, kind, {**facts, "employer": employer})
        if found:
            yield place(at)
            yield from (f"  {_asked(one)}" for one in found)
    yield from (_rule(rule) for rule in entry.procedure.documents if "every" in rule.of)


def of_record(procedure: Procedure, kind: str, facts: Mapping[str, Any]) -> list[str]:
    """What one record has to bring; `employer` among the facts is the kind of employer applied from."""
    return [_asked(one) for one in asked(procedure.documents, kind, facts)]


def of_posts(procedure: Procedure, *, has_quota: bool = True) -> list[str]:
    """How an application and a title obtained stand to the posts of the employer; `has_quota`: it may count them."""
    ratio, appointment = procedure.post_ratio, procedure.appointment
    said = [_cited(POST_RATIOS[ratio.value], ratio)] if ratio is not None and has_quota else []
    return said + ([_cited(appointment.label, appointment)] if appointment is not None else [])


def _times(procedure: Procedure) -> Iterator[str]:
    cut_off = procedure.cut_off
    if cut_off is not None:
        day = word(cut_off.value) if cut_off.value else "由每个批次设定"
        yield _cited(f"终算时间：{day}，{COUNTING[cut_off.counting]}", cut_off)
    for window in procedure.windows:
        opens = f"{word(window.opens)}起，" if window.opens else ""
        yield _cited(f"{STAGES[window.stage]}（{window.label}）：{opens}至{word(window.closes)}24时", window)


def _steps(procedure: Procedure) -> Iterator[str]:
    for step in procedure.steps:
        yield _cited(step.label, step)
    yield from of_posts(procedure)
    notices = procedure.notices
    for notice in (notices.employer, notices.supervisor, notices.result):
        if notice is not None:
            yield from _notice(notice)


def _notice(notice: NoticeRule) -> Iterator[str]:
    yield _cited(f"{notice.label}：不少于{notice.work_days.value}个工作日", notice.work_days)
    if notice.matters is not None:
        yield _cited(f"{notice.label}的内容：{'、'.join(notice.matters.value)}", notice.matters)
    if notice.photographs is not None:
        yield _cited(f"{notice.label}留存照片{notice.photographs.value}张以上", notice.photographs)


def _materials(procedure: Procedure) -> Iterator[str]:
    evidence = procedure.evidence
    yield _cited(f"格式：{'、'.join(one.partition('/')[2].upper() for one in evidence.types.value)}", evidence.types)
    yield _cited(f"单个文件不超过{evidence.max_bytes.value / 1024**2:g} MiB", evidence.max_bytes)
    for signed in procedure.commitments:
        yield _cited(f"{STAGES[signed.who]}签署：{signed.label}", signed)
    for rule in procedure.documents:
        yield _rule(rule)


def _review(procedure: Procedure) -> Iterator[str]:
    pool, panel, ballot = procedure.pool, procedure.panel, procedure.ballot
    yield _cited(f"专家库{pool.size.value}人以上", pool.size)
    yield from _made_of(pool)
    yield _cited(f"评审组{panel.size.value}人", panel.size)
    if panel.skilled is not None:
        yield _cited(f"其中高技能人才专家{panel.skilled.value}名以上", panel.skilled)
    yield _cited(f"会前{panel.lead_days.value}日抽取", panel.lead_days)
    yield _cited(f"出席{ballot.quorum.value}以上有效", ballot.quorum)
    yield _cited(f"同意{ballot.passing.value}以上通过", ballot.passing)
    interview = procedure.interview
    if interview is not None:
        levels = "、".join(procedure.title_of(level) for level in interview.levels)
        yield _cited(f"面试答辩：{levels}", interview.rule)
        yield _cited(f"陈述{interview.statement_minutes.value}分钟", interview.statement_minutes)
        yield _cited(f"答辩{interview.answer_minutes.value}分钟", interview.answer_minutes)
        yield _cited("按专业方向分组", interview.by_direction)


def _made_of(pool: Pool) -> Iterator[str]:
    """Who the pool must hold, as far as a notice says so."""
    if pool.senior_only is not None:
        yield _cited("专家都具有高级职称", pool.senior_only)
    shares = (
        ("正高级专家", pool.full_senior),
        ("企业技术专家", pool.enterprise),
        ("企业技术专家中来自民营企业和社会组织的", pool.non_public),
    )
    figures = (("高技能人才专家", pool.skilled), ("正高级评审另行增加的本专业正高级专家", pool.added_full_senior))
    yield from (_cited(f"{who}不少于{share.value}", share) for who, share in shares if share is not None)
    yield from (_cited(f"{who}{figure.value}名以上", figure) for who, figure in figures if figure is not None)


def _rest(procedure: Procedure) -> Iterator[str]:
    fee, learning = procedure.fee, procedure.learning
    yield _cited(f"收费：{fee.value}元" if fee.value is not None else f"收费：按{fee.basis}，金额待录入", fee)
    yield _cited(f"每年申报{procedure.applications_a_year.value}次", procedure.applications_a_year)
    yield _cited(f"证书编号：{len(procedure.certificate.numbering.value)}段", procedure.certificate.numbering)
    if procedure.certificate.recognised_in.value:
        yield _cited(
            f"互认地区：{'、'.join(procedure.certificate.recognised_in.value)}", procedure.certificate.recognised_in
        )
    if learning is not None:
        checked = f"{min(learning.years)}至{max(learning.years)}年逐年核实"
        proved = "、".join(f"{year}年" for year in learning.proved)
        yield _cited(f"继续教育：{checked}，{proved}须有证明并满{learning.hours}学时", learning)
    for later in procedure.later:
        yield _cited(f"{word(later.since)}起：{later.label}", later)
    for consequence in procedure.consequences:
        yield _cited(consequence.label, consequence)


def _rule(rule: DocumentRule) -> str:
    kinds = "、".join(KINDS[kind] for kind in rule.of)
    when = "，".join(_condition(name, condition) for name, condition in rule.when.items())
    return _cited(f"{kinds}{f'（{when}）' if when else ''}：{_wanted(rule)}", rule)


def _asked(one: Asked) -> str:
    said = _wanted(one.rule)
    if one.unknown:
        said = f"如{'，'.join(_condition(name, one.rule.when[name]) for name in one.unknown)}：{said}"
    return _cited(f"{one.rule.slot}：{said}", one.rule)


def _wanted(rule: DocumentRule) -> str:
    if rule.spared is not None:
        return rule.spared
    said = [("或" if rule.one_of else "、").join(rule.documents)] if rule.documents else []
    said += [f"填写{'、'.join(rule.entered)}"] if rule.entered else []
    said += ["由系统自动提取"] if rule.fetched else []
    said += [f"最多{rule.most}项"] if rule.most else []
    said += ["按质量从高到低排列"] if rule.ranked else []
    said += ["缺少的视为无效，不作依据"] if rule.void_without else []
    return "；".join(said)


def _condition(name: str, condition: Condition) -> str:
    fact = FACTS.get(name, name)
    if condition.is_ is not None:
        return f"{fact}为{WORDS.get(str(condition.is_), word(condition.is_))}"
    if condition.in_ is not None:
        return f"{fact}为{'、'.join(WORDS.get(value, value) for value in condition.in_)}"
    if condition.since == condition.until:
        return f"{fact}为{condition.since}年"
    since = f"{condition.since}年起" if condition.since else ""
    return f"{fact}{since}{f'至{condition.until}年' if condition.until else ''}"


def _records(dossier: Dossier) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Every record with its place, its kind and its facts."""
    lists: Iterable[tuple[str, str, Iterable[Any]]] = (
        ("education", "education", dossier.education or ()),
        ("titles", "title", dossier.titles or ()),
        ("posts", "post", dossier.posts or ()),
        ("honours", "honour", dossier.honours or ()),
    )
    for name, kind, records in lists:
        for index, record in enumerate(records):
            yield f"{name}[{index}]", kind, asdict(record)
    for index, record in enumerate(dossier.achievements or ()):
        if record.kind is not None:
            yield f"achievements[{index}]", record.kind, asdict(record)
    if dossier.social_insurance is not None:
        yield "social_insurance", "social_insurance", asdict(dossier.social_insurance)
    learning = dossier.continuing_education
    for index, year in enumerate(learning.years or () if learning else ()):
        yield f"continuing_education.years[{index}]", "continuing_education", asdict(year)


def _cited(said: str, stated: Stated) -> str:
    if stated.clause is None:
        return f"{said}　〔待确认{f'，见{stated.see}' if stated.see else ''}〕"
    return f"{said}　〔{stated.clause}〕{f'　口径：{stated.reading}' if stated.reading else ''}"
