"""The history that a status rests on, for rows put where a test needs them: what is not walked is at least written."""

from applications.models import Application, TransitionRecord
from applications.moves import TRANSITIONS
from applications.status import Status

# From the office's desk to a status beyond it.
BEYOND = {
    Status.IN_APPROVAL: (),
    Status.ACCEPTED: ("accept",),
    Status.PASSED: ("accept", "enter_review", "pass_review"),
    Status.FAILED: ("accept", "enter_review", "fail_review"),
    Status.WITHDRAWN: ("withdraw",),
    Status.CANCELLED: ("cancel",),
}


def written(application: Application, *, levels_passed: int) -> None:
    """Records the moves of an application with so many levels behind it, from its draft to the status it has."""
    status = Status.DRAFT
    for name in ("submit", *["advance"] * min(levels_passed, 2), *BEYOND[Status(application.status)]):
        target = TRANSITIONS[name].target
        assert status in TRANSITIONS[name].sources
        TransitionRecord.objects.create(
            application=application,
            move=name,
            source=status,
            target=target,
            by=application.applicant,
            at=application.submitted_at,
        )
        status = target
    assert application.status == status
