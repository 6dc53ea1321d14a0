"""What a unit puts its name to when it passes an application on, word for word.

The step keeps the words, with who said them, when and on which snapshot. A change of words changes their hash, so a
page that was opened before signs nothing.
"""

import hashlib
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_noop

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


def text(clauses: Iterable[str]) -> str:
    """The clauses as one text, numbered; in the language they are written in, whoever looks."""
    return "\n".join(f"{number}. {clause}" for number, clause in enumerate(clauses, 1))


def sha256(clauses: Iterable[str]) -> str:
    """What a signature is given on."""
    return sha256_of(text(clauses))


def sha256_of(statement: str) -> str:
    return hashlib.sha256(statement.encode()).hexdigest()
