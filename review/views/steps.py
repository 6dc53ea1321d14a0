"""Where a meeting stands, as the stages of a track."""

from typing import Any

from django.utils.translation import gettext as _

from review.models import Meeting, MeetingState

ORDER = [state.value for state in MeetingState]


def steps_of(meeting: Meeting) -> list[dict[str, Any]]:
    """The stages from plan to publication; the present one is the first that is not done."""
    reached = ORDER.index(meeting.state)
    names = [_("上报计划"), _("抽取专家"), _("签到"), _("评审表决"), _("结束会议"), _("公示结果")]
    days = [meeting.filed_at.date(), None, meeting.held_on, None, None, None]
    return [
        {"name": name, "state": _stage(place, reached), "date": day}
        for place, (name, day) in enumerate(zip(names, days, strict=True))
    ]


def _stage(place: int, reached: int) -> str:
    if place <= reached:
        return "done"
    return "current" if place == reached + 1 else "waiting"
