"""The table of legal moves: who may take an application from where to where."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications.models import StepKind
from applications.status import Status
from portal.roles import Permission


class Mover(StrEnum):
    """Whose right a move is."""

    APPLICANT = "applicant"
    STEP = "step"
    OFFICE = "office"
    TITLE_OFFICE = "title_office"


@dataclass(frozen=True, slots=True)
class Transition:
    """`permission` is held in the organisation that `mover` names; the applicant's right is ownership.

    `step_kinds` narrows a move of an approval step; `automatic` moves may be made by the system (`by=None`).
    """

    name: str
    label: str | Promise
    sources: frozenset[Status]
    target: Status
    mover: Mover
    permission: Permission | None = None
    step_kinds: frozenset[str] = frozenset()
    note_required: bool = False
    automatic: bool = False


EARLY = frozenset({StepKind.EMPLOYER.value, StepKind.SUPERVISOR.value})
LATE = frozenset({StepKind.OFFICE.value})
ANY_LEVEL = EARLY | LATE

STEP_PERMISSION = {
    StepKind.EMPLOYER.value: Permission.RECOMMEND,
    StepKind.SUPERVISOR.value: Permission.SUPERVISE,
    StepKind.OFFICE.value: Permission.ACCEPT,
}


def _from(*sources: Status) -> frozenset[Status]:
    return frozenset(sources)


MOVES = (
    Transition("submit", _("提交申报"), _from(Status.DRAFT), Status.IN_APPROVAL, Mover.APPLICANT),
    Transition("resubmit", _("重新提交"), _from(Status.RETURNED), Status.IN_APPROVAL, Mover.APPLICANT),
    Transition(
        "advance",
        _("审核通过"),
        _from(Status.IN_APPROVAL),
        Status.IN_APPROVAL,
        Mover.STEP,
        step_kinds=EARLY,
    ),
    Transition(
        "return",
        _("退回补正"),
        _from(Status.IN_APPROVAL),
        Status.RETURNED,
        Mover.STEP,
        step_kinds=ANY_LEVEL,
        note_required=True,
    ),
    Transition("accept", _("受理"), _from(Status.IN_APPROVAL), Status.ACCEPTED, Mover.STEP, step_kinds=LATE),
    Transition(
        "refuse",
        _("不予受理"),
        _from(Status.IN_APPROVAL),
        Status.NOT_ACCEPTED,
        Mover.STEP,
        step_kinds=LATE,
        note_required=True,
    ),
    Transition(
        "not_recommend",
        _("不予推荐"),
        _from(Status.IN_APPROVAL),
        Status.NOT_RECOMMENDED,
        Mover.STEP,
        step_kinds=EARLY,
        note_required=True,
    ),
    Transition(
        "withdraw",
        _("撤回申报"),
        # A draft too: one application at a time is open, and who began in the wrong round must be able to leave it.
        _from(Status.DRAFT, Status.IN_APPROVAL, Status.RETURNED),
        Status.WITHDRAWN,
        Mover.APPLICANT,
    ),
    Transition(
        "enter_review",
        _("提交评审会议"),
        _from(Status.ACCEPTED),
        Status.IN_REVIEW,
        Mover.OFFICE,
        Permission.MANAGE_MEETING,
    ),
    Transition(
        "pass_review",
        _("评审通过"),
        _from(Status.IN_REVIEW),
        Status.PASSED,
        Mover.OFFICE,
        Permission.MANAGE_MEETING,
    ),
    Transition(
        "fail_review",
        _("评审未通过"),
        _from(Status.IN_REVIEW),
        Status.FAILED,
        Mover.OFFICE,
        Permission.MANAGE_MEETING,
    ),
    Transition(
        "publish",
        _("公示评审结果"),
        _from(Status.PASSED),
        Status.IN_NOTICE,
        Mover.OFFICE,
        Permission.PUBLISH_RESULT,
    ),
    Transition(
        "confirm",
        _("确认公示无异议"),
        _from(Status.IN_NOTICE),
        Status.CONFIRMED,
        Mover.OFFICE,
        Permission.PUBLISH_RESULT,
    ),
    Transition(
        "certify",
        _("制发证书"),
        _from(Status.CONFIRMED),
        Status.CERTIFIED,
        Mover.OFFICE,
        Permission.ISSUE_CERTIFICATE,
        automatic=True,
    ),
    Transition(
        "cancel",
        _("取消资格"),
        _from(
            Status.IN_APPROVAL,
            Status.RETURNED,
            Status.ACCEPTED,
            Status.IN_REVIEW,
            Status.PASSED,
            Status.IN_NOTICE,
            Status.CONFIRMED,
            Status.CERTIFIED,
        ),
        Status.CANCELLED,
        Mover.TITLE_OFFICE,
        Permission.MANAGE_FILING,
        note_required=True,
    ),
)
TRANSITIONS: dict[str, Transition] = {move.name: move for move in MOVES}
