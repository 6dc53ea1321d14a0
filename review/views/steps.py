"""Where a meeting stands, as the stages of a track."""

from typing import Any

from django.utils.translation import gettext as _

from review.models import Meeting, MeetingState

# The stage that is under way in each state; after publication none is.
UNDER_WAY = {
    MeetingState.PLANNED: 1,
    MeetingState.DRAWN: 2,
    MeetingState.OPEN: 2,
    MeetingState.VOTING: 3,
    MeetingState.CLOSED: 5,
    MeetingState.PUBLISHED: 6,
}


DRAWING = 1


def steps_of(meeting: Meeting, *, short: bool = False) -> list[dict[str, Any]]:
    """The stages from plan to publication, each with its state and, where it has one, its day.

    A meeting short of members stands at its draw again.
    """
    present = DRAWING if short else UNDER_WAY[MeetingState(meeting.state)]
    names = [_("上报计划"), _("抽取专家"), _("签到"), _("评审表决"), _("结束会议"), _("公示结果")]
    days = [meeting.filed_at, None, meeting.held_on, None, meeting.closed_at, None]
    return [
        {"name": name, "state": _stage(place, present), "date": day}
        for place, (name, day) in enumerate(zip(names, days, strict=True))
    ]


def _stage(place: int, present: int) -> str:
    if place < present:
        return "done"
    return "current" if place == present else "waiting"
