"""A procedure in words, a citation a line."""

from collections.abc import Iterable, Iterator
from typing import Final

from rules import document_words
from rules.catalog import Entry
from rules.document_words import cited
from rules.procedure import NoticeRule, Pool, Procedure
from rules.words import word

STAGES: Final = {
    "plan": "评审方案",
    "applicant": "申报人",
    "employer": "用人单位",
    "supervisor": "主管部门",
    "office": "受理",
    "review": "评审",
    "archive": "归档",
}
COUNTING: Final = {"anniversaries": "按对应日满年计算", "calendar_years": "按年头计算"}
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


def of_posts(procedure: Procedure, *, has_quota: bool = True) -> list[str]:
    """How an application and a title obtained stand to the posts of the employer; `has_quota`: it may count them."""
    ratio, appointment = procedure.post_ratio, procedure.appointment
    said = [cited(POST_RATIOS[ratio.value], ratio)] if ratio is not None and has_quota else []
    return said + ([cited(appointment.label, appointment)] if appointment is not None else [])


def _times(procedure: Procedure) -> Iterator[str]:
    cut_off = procedure.cut_off
    if cut_off is not None:
        day = word(cut_off.value) if cut_off.value else "由每个批次设定"
        yield cited(f"终算时间：{day}，{COUNTING[cut_off.counting]}", cut_off)
    for window in procedure.windows:
        opens = f"{word(window.opens)}起，" if window.opens else ""
        yield cited(f"{STAGES[window.stage]}（{window.label}）：{opens}至{word(window.closes)}24时", window)


def _steps(procedure: Procedure) -> Iterator[str]:
    for step in procedure.steps:
        yield cited(step.label, step)
    yield from of_posts(procedure)
    yield from _post_grades(procedure)
    notices = procedure.notices
    for notice in (notices.employer, notices.supervisor, notices.result):
        if notice is not None:
            yield from _notice(notice)
    if procedure.one_committee is not None:
        yield cited("同一单位同系列同层级的人员报同一评委会", procedure.one_committee)
    for provision in procedure.provisions:
        yield cited(f"{STAGES[provision.stage]}：{provision.label}", provision)


def _post_grades(procedure: Procedure) -> Iterator[str]:
    if procedure.post_grades is not None:
        grades = (
            f"{procedure.title_of(level)}{first if first == last else f'{first}至{last}'}级"
            for level, (first, last) in procedure.post_grades.value.items()
        )
        yield cited(f"事业单位专业技术岗位等级：{'、'.join(grades)}", procedure.post_grades)


def _notice(notice: NoticeRule) -> Iterator[str]:
    yield cited(f"{notice.label}：不少于{notice.work_days.value}个工作日", notice.work_days)
    if notice.matters is not None:
        yield cited(f"{notice.label}的内容：{'、'.join(notice.matters.value)}", notice.matters)
    if notice.photographs is not None:
        yield cited(f"{notice.label}留存照片{notice.photographs.value}张以上", notice.photographs)


def _materials(procedure: Procedure) -> Iterator[str]:
    evidence = procedure.evidence
    yield cited(f"格式：{'、'.join(one.partition('/')[2].upper() for one in evidence.types.value)}", evidence.types)
    yield cited(f"单个文件不超过{evidence.max_bytes.value / 1024**2:g} MiB", evidence.max_bytes)
    for signed in procedure.commitments:
        yield cited(f"{STAGES[signed.who]}签署：{signed.label}", signed)
    for rule in procedure.documents:
        yield document_words.rule(rule)


def _review(procedure: Procedure) -> Iterator[str]:
    pool, panel, ballot = procedure.pool, procedure.panel, procedure.ballot
    if procedure.filing is not None:
        yield cited("评审委员会须经备案，未备案的结果不予采用", procedure.filing)
    yield cited(f"专家库{pool.size.value}人以上", pool.size)
    yield from _made_of(pool)
    yield cited(f"评审组{panel.size.value}人", panel.size)
    if panel.skilled is not None:
        yield cited(f"其中高技能人才专家{panel.skilled.value}名以上", panel.skilled)
    yield cited(f"会前{panel.lead_days.value}日抽取", panel.lead_days)
    yield cited(f"出席{ballot.quorum.value}以上有效", ballot.quorum)
    yield cited(f"同意{ballot.passing.value}以上通过", ballot.passing)
    interview = procedure.interview
    if interview is not None:
        levels = "、".join(procedure.title_of(level) for level in interview.levels)
        yield cited(f"面试答辩：{levels}", interview.rule)
        yield cited(f"陈述{interview.statement_minutes.value}分钟", interview.statement_minutes)
        yield cited(f"答辩{interview.answer_minutes.value}分钟", interview.answer_minutes)
        yield cited("按专业方向分组", interview.by_direction)


def _made_of(pool: Pool) -> Iterator[str]:
    """Who the pool must hold, as far as a notice says so."""
    if pool.senior_only is not None:
        yield cited("专家都具有高级职称", pool.senior_only)
    shares = (
        ("正高级专家", pool.full_senior),
        ("企业技术专家", pool.enterprise),
        ("企业技术专家中来自民营企业和社会组织的", pool.non_public),
    )
    figures = (("高技能人才专家", pool.skilled), ("正高级评审另行增加的本专业正高级专家", pool.added_full_senior))
    yield from (cited(f"{who}不少于{share.value}", share) for who, share in shares if share is not None)
    yield from (cited(f"{who}{figure.value}名以上", figure) for who, figure in figures if figure is not None)
    if pool.non_public_members is not None:
        yield cited("专家库中有非公单位的专家", pool.non_public_members)


def _rest(procedure: Procedure) -> Iterator[str]:
    fee, learning = procedure.fee, procedure.learning
    for direction in procedure.directions:
        yield cited(f"专业方向：{direction.label}（{'、'.join(direction.topics)}）", direction)
    yield cited(f"收费：{fee.value}元" if fee.value is not None else f"收费：按{fee.basis}，金额待录入", fee)
    yield cited(f"每年申报{procedure.applications_a_year.value}次", procedure.applications_a_year)
    yield cited(f"证书编号：{len(procedure.certificate.numbering.value)}段", procedure.certificate.numbering)
    if procedure.certificate.recognised_in.value:
        yield cited(
            f"互认地区：{'、'.join(procedure.certificate.recognised_in.value)}", procedure.certificate.recognised_in
        )
    if learning is not None:
        checked = f"{min(learning.years)}至{max(learning.years)}年逐年核实"
        proved = "、".join(f"{year}年" for year in learning.proved)
        yield cited(f"继续教育：{checked}，{proved}须有证明并满{learning.hours}学时", learning)
    for later in procedure.later:
        yield cited(f"{word(later.since)}起：{later.label}", later)
    for consequence in procedure.consequences:
        yield cited(consequence.label, consequence)
