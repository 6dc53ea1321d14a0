"""What an applicant, or a unit, puts its name to, word for word, in our own words.

Whatever is signed keeps the words, with who said them, when and on which content. A change of words changes their
hash, so a page that was opened before signs nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from rules import catalog

# 2023年度通知三(九): continuing education is checked level by level; 四(二): the employer checks, posts, recommends.
EMPLOYER = (
    gettext_noop("本单位已对照原件逐项核验申报内容和上传材料，核验结果如实记录。"),
    gettext_noop("本单位已核验申报人的继续教育、业绩考核和职业道德情况。"),
    gettext_noop("本单位已按规定在单位内部公示，公示照片真实，收到的异议均已核查处理。"),
    gettext_noop("本单位对推荐结果负责；如有不实，接受按规定作出的处理。"),
)

# The three checks of a supervising body (27号 正文六(二), 2023年度通知四(二)).
SUPERVISOR: Mapping[str, str] = {
    "conditions": gettext_noop("申报人符合申报条件"),
    "quality": gettext_noop("材料清晰、真实、完整、规范"),
    "uploads": gettext_noop("上传材料与填报内容一致"),
}

# 27号 四(四)3, 五(四)4, 六(四)2: the ground of an exception that rests on the supervising body's consent.
EXCEPTION = (
    gettext_noop("本部门已核对申报人的破格条件、业绩成果和推荐人的推荐意见。"),
    gettext_noop("本部门同意申报人按破格条件申报，并对此项同意负责。"),
)

# What every applicant promises, whatever the notice names besides.
APPLICANT_TITLE = gettext_noop("申报承诺")
APPLICANT = (
    gettext_noop("本人填报的内容和上传的材料真实、完整，没有伪造、涂改、抄袭，也没有冒用他人成果。"),
    gettext_noop("本人已了解申报条件和程序，本年度同一系列、专业只申报这一次。"),
    gettext_noop("以上如有不实，本人接受按规定取消申报资格、撤销所得职称等处理。"),
)
# The commitments that packs name (`procedure.commitments`), by the label they give them. One that is not here is
# promised by its name: a new pack needs no code.
NAMED: Mapping[str, tuple[str, ...]] = {
    "继续教育完成情况承诺": (
        gettext_noop("本人已完成规定的继续教育，所填年度、学时和内容属实。"),
        gettext_noop("本人接受用人单位、主管部门逐级核验，以及职称管理部门的抽查。"),
        gettext_noop("继续教育情况不实的，本人接受取消当年申报资格。"),
    ),
    "个人诚信承诺": (
        gettext_noop("所列业绩成果由本人取得，排名、署名和本人作用属实。"),
        gettext_noop("本人遵守学术规范；学术不端的，接受一票否决。"),
    ),
    "个人承诺书": (
        gettext_noop("网上所填信息与原件一致，所传材料清晰、齐全，位置正确。"),
        gettext_noop("材料不清、遗漏、传错或放错位置的，后果由本人承担。"),
    ),
    "申报材料真实性保证书（扫码签署）": (
        gettext_noop("送审的每一份材料均由本人核对，真实、准确、完整，与原件相符。"),
        gettext_noop("如有虚假，本人承担由此产生的全部责任。"),
    ),
}
BY_NAME = gettext_noop("本人已了解并作出《%(label)s》所要求的承诺。")


@dataclass(frozen=True, slots=True)
class Undertaking:
    """One document that the applicant signs: what it is called, where it is asked for, its clauses."""

    title: str
    basis: str
    clauses: tuple[str, ...]


def of_applicant(policy_id: str) -> list[Undertaking]:
    """What the applicant signs under a policy: the common promise, then those that its notice names."""
    entry = catalog.get(policy_id)
    named = [signed for signed in entry.procedure.commitments if signed.who == "applicant"]
    return [
        Undertaking(APPLICANT_TITLE, "", APPLICANT),
        *(
            Undertaking(signed.label, entry.cite(signed), NAMED.get(signed.label, (BY_NAME % {"label": signed.label},)))
            for signed in named
        ),
    ]


def applicant_text(policy_id: str) -> str:
    """Everything the applicant signs under a policy, as one text."""
    return "\n".join(
        f"{one.title}{f'（{one.basis}）' if one.basis else ''}\n{text(one.clauses)}" for one in of_applicant(policy_id)
    )


def text(clauses: Iterable[str]) -> str:
    """The clauses as one text, numbered; in the language they are written in, whoever looks."""
    return "\n".join(f"{number}. {clause}" for number, clause in enumerate(clauses, 1))


def sha256(clauses: Iterable[str]) -> str:
    """What a signature is given on."""
    return sha256_of(text(clauses))


def sha256_of(statement: str) -> str:
    return hashlib.sha256(statement.encode()).hexdigest()
