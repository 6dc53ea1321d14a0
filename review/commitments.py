"""What an expert promises online before reading anything (2023年度通知 四(三): commitments are made online)."""

import hashlib

from django.utils.translation import gettext_lazy as _

CLAUSES = (
    _("本人自愿担任评委，客观、公正、独立地提出评审意见并投票。"),
    _("与申报人有利害关系的，本人主动提出回避。"),
    _("本人对评委名单、申报材料、评审意见和表决情况保密，不复制、不外传。"),
    _("本人不接受请托，不收受财物，不为任何人打招呼；不委托他人代为评审或投票。"),
    _("违反以上承诺的，本人接受取消评审专家资格等处理。"),
)


def text() -> str:
    """The commitment as it is shown and signed."""
    return "\n".join(f"{number}. {clause}" for number, clause in enumerate(CLAUSES, 1))


def sha256() -> str:
    """The hash stored with the signature, so that it stays known what was signed."""
    return hashlib.sha256(text().encode()).hexdigest()
