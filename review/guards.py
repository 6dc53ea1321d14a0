"""What review holds against moves of an application; loaded when the app is ready."""

from django.utils.translation import gettext as _

from applications.models import Application
from applications.transitions import guard
from review.models import Entry, Meeting, MeetingState, Outcome


@guard("enter_review")
def on_an_agenda(application: Application) -> list[str]:
    if Entry.objects.filter(application=application, meeting__state=MeetingState.PLANNED).exists():
        return []
    return [_("该申报未列入任何评审会议计划，请先上报评审计划。")]


@guard("pass_review", "fail_review")
def meeting_is_closed(application: Application) -> list[str]:
    if Meeting.objects.filter(entries__application=application, state=MeetingState.CLOSED).exists():
        return []
    return [_("评审会议尚未结束，不能确定评审结果。")]


@guard("pass_review")
def ballot_is_for(application: Application) -> list[str]:
    return _unless_counted(application, passed=True)


@guard("fail_review")
def ballot_is_against(application: Application) -> list[str]:
    return _unless_counted(application, passed=False)


@guard("publish")
def result_is_published(application: Application) -> list[str]:
    """Deciding and publishing are two acts: an application goes into the notice with its whole meeting."""
    if Meeting.objects.filter(entries__application=application, state=MeetingState.PUBLISHED).exists():
        return []
    return [_("请在会议页面统一公示评审结果。")]


def _unless_counted(application: Application, *, passed: bool) -> list[str]:
    if Outcome.objects.filter(entry__application=application, passed=passed).exists():
        return []
    return [_("与投票结果不符，不能办理。")]
