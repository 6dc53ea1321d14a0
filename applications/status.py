"""Where an application stands: about a dozen coarse statuses. Who it waits for is rows (`ApprovalStep`)."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Status(StrEnum):
    DRAFT = "draft"
    IN_APPROVAL = "in_approval"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    IN_REVIEW = "in_review"
    PASSED = "passed"
    FAILED = "failed"
    IN_NOTICE = "in_notice"
    CONFIRMED = "confirmed"
    CERTIFIED = "certified"
    NOT_RECOMMENDED = "not_recommended"
    NOT_ACCEPTED = "not_accepted"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"

    @property
    def face(self) -> "Face":
        return FACES[self]


@dataclass(frozen=True, slots=True)
class Face:
    """What staff read, what the applicant reads, and the tone of the badge (beside the words, never instead)."""

    label: Promise
    applicant_label: Promise
    tone: str


FACES: dict[Status, Face] = {
    Status.DRAFT: Face(_("草稿"), _("填写中，尚未提交"), "neutral"),
    Status.IN_APPROVAL: Face(_("逐级审核"), _("已提交，正在逐级审核"), "info"),
    Status.RETURNED: Face(_("退回补正"), _("已退回，请补正后重新提交"), "warning"),
    Status.ACCEPTED: Face(_("已受理"), _("评审办事机构已受理"), "info"),
    Status.IN_REVIEW: Face(_("评审中"), _("正在评审"), "info"),
    Status.PASSED: Face(_("评审通过"), _("评审已结束，等待公布"), "info"),
    Status.FAILED: Face(_("未通过"), _("评审未通过"), "danger"),
    Status.IN_NOTICE: Face(_("结果公示中"), _("评审通过，正在公示"), "info"),
    Status.CONFIRMED: Face(_("公示无异议"), _("公示无异议，正在制发证书"), "success"),
    Status.CERTIFIED: Face(_("已发证"), _("证书已生成，可以下载"), "success"),
    Status.NOT_RECOMMENDED: Face(_("不予推荐"), _("未获推荐，本次申报结束"), "danger"),
    Status.NOT_ACCEPTED: Face(_("不予受理"), _("未获受理，本次申报结束"), "danger"),
    Status.WITHDRAWN: Face(_("撤回"), _("您已撤回本次申报"), "neutral"),
    Status.CANCELLED: Face(_("取消资格"), _("申报资格已被取消"), "danger"),
}

# A result stays closed until it is published: `passed` and `failed` read alike to whoever may not know it yet.
UNTOLD = Face(_("评审已结束，等待公布"), _("评审已结束，等待公布"), "info")
DECIDED = frozenset({Status.PASSED, Status.FAILED})

EDITABLE = frozenset({Status.DRAFT, Status.RETURNED})
# As if it had never been filed: one of these is not the year's application, and one that was cancelled is.
NOT_COUNTED = frozenset({Status.WITHDRAWN, Status.NOT_RECOMMENDED, Status.NOT_ACCEPTED})
FINISHED = frozenset(
    {Status.FAILED, Status.CERTIFIED, Status.NOT_RECOMMENDED, Status.NOT_ACCEPTED, Status.WITHDRAWN, Status.CANCELLED}
)
