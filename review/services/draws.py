"""The draw of the panel, and of what is missing from it; the draw as it is published."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from portal import access
from portal.models import User
from portal.roles import Permission
from review.errors import ReviewError, WrongState
from review.models import Draw, Meeting, MeetingState
from review.services import rounds
from review.services.planning import require_lead
from review.services.supplements import replace_declined
from review.transcript import assemble, filed_digest


@transaction.atomic
def draw_panel(*, by: User, meeting: Meeting, public_value: str) -> Draw:
    """Draws the round that is filed, once, and invites those drawn: the panel by the plan, or a supplement.

    Args:
        by: a person who runs draws of the round's office.
        meeting: a planned meeting, or one short of members whose supplement is filed.
        public_value: a value nobody knew when the round was filed, with its source, e.g. a public lottery's number.

    Raises:
        portal.access.Forbidden: `by` does not run draws of the office.
        TooLate: the first draw, fewer days than the lead time before the meeting.
        WrongState: nothing is filed that is not drawn yet.
        ReviewError: without a public value, or with one that served this meeting before.
        TooRare: lawful panels are too rare to be met.
    """
    access.require(by, Permission.RUN_DRAW, meeting.round.office)
    value = public_value.strip()
    if not value:
        raise ReviewError(_("请填写公开随机值及其来源（如上报计划之后开出的公开彩票号码），以便任何人复核抽取结果。"))
    if meeting.state == MeetingState.PLANNED:
        require_lead(meeting.round, meeting.held_on)
    # The meeting's row is the lock against another clerk, and against declines.
    if Meeting.objects.filter(pk=meeting.pk, state=MeetingState.PLANNED).update(state=MeetingState.DRAWN):
        filed = rounds.latest(meeting)
    else:
        filed = _filed_supplement(meeting, value)
    meeting.refresh_from_db()
    drawn = rounds.draw(filed, by=by, public_value=value)
    replace_declined(meeting, by=by)
    return drawn


def transcript_of(meeting: Meeting, *, opened: bool = False) -> dict[str, Any]:
    """The draw as it is published; secret and seeds are blank until the meeting is over, unless `opened`."""
    rounds = list(meeting.draws.order_by("number"))
    return assemble(
        meeting=str(meeting.public_id),
        commitment=meeting.commitment,
        filed=filed_digest(meeting.commitment, rounds[0].input_sha256),
        rounds=[
            {
                "number": draw.number,
                "input": draw.input,
                "input_sha256": draw.input_sha256,
                "public_value": draw.public_value,
                "seed": draw.seed,
                "panel": draw.panel,
                "declined": draw.declined,
            }
            for draw in rounds
        ],
        panel=list(meeting.seats.taken().values_list("pseudonym", flat=True)),
        secret=meeting.opened_secret if meeting.is_done or opened else None,
    )


def _filed_supplement(meeting: Meeting, value: str) -> Draw:
    locked = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.DRAWN).update(state=MeetingState.DRAWN)
    last = rounds.latest(meeting)
    if not locked or last.seed:
        raise WrongState(_("本次会议已完成专家抽取，不能重复抽取。专家不能参加时由系统补抽；缺员时请先上报补抽。"))
    if meeting.draws.filter(public_value=value).exists():
        raise ReviewError(_("这个公开随机值已在本次会议的抽取中用过。补抽须用上报补抽之后才公开的新数值，请重新填写。"))
    return last
