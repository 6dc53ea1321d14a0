"""Whether a round's pack still says what it said when the round was opened; told, and nothing is held up."""

from django.utils.translation import gettext as _

from applications.models import Round
from rules import catalog

SHOWN = 12


def is_changed(round_: Round) -> bool:
    """Whether the pack in hand is not the one that the round pinned; also where there is no such pack any more."""
    return present(round_.policy_id) != round_.policy_sha256


def present(policy_id: str) -> str:
    """The hash of the pack's content as it is now; empty without a pack."""
    return catalog.get(policy_id).sha256 if policy_id in catalog.ids() else ""


def told(round_: Round) -> str:
    """For the office: which pack, what follows, and what to do. Empty while nothing has changed."""
    if not is_changed(round_):
        return ""
    return _(
        "本批次发布之后，所依据的政策包“%(policy)s”内容有变动（发布时 %(pinned)s，现为 %(now)s）。"
        "已作出的核对结果不变，今后的核对按现在的内容进行。请系统管理员说明改了什么；属于录入更正的，应恢复原文件，另立新版本。"
        "本批次是否按变动后的内容办理，由评审办事机构决定并公告。"
    ) % {
        "policy": round_.policy_id,
        "pinned": round_.policy_sha256[:SHOWN],
        "now": present(round_.policy_id)[:SHOWN] or _("已不存在"),
    }
