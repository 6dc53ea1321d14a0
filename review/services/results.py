"""What follows the meeting: publishing the result notice, and confirming whom nobody objected to."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from applications import services as filing
from applications import transitions
from applications.errors import ActError
from applications.models import Application, Notice, NoticeKind, NoticeState
from applications.status import Status
from portal import access, audit, notifications
from portal.chinese_dates import cn_date
from portal.models import User
from portal.roles import Permission
from review.errors import WrongState
from review.models import Entry, Meeting, MeetingState
from review.procedure import procedure_of
from review.services.meetings import live_entries


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What became of one person on the list; `reason` says why somebody stays held."""

    application: Application
    confirmed: bool
    reason: str = ""


@transaction.atomic
def publish_results(*, by: User, meeting: Meeting) -> Notice | None:
    """Publishes the result: opens the notice of those who passed, and tells everybody theirs. An act of its own.

    Returns None where nobody passed: there is nothing to post. A notice that was taken down is posted anew; its days
    count from the start.

    Raises:
        portal.access.Forbidden: `by` does not publish results of the office.
        WrongState: the meeting is not closed, or its result is published.
    """
    office = meeting.round.office
    access.require(by, Permission.PUBLISH_RESULT, office)
    closed = Meeting.objects.filter(pk=meeting.pk, state=MeetingState.CLOSED)
    if not closed.update(state=MeetingState.PUBLISHED) and not _take_off_withdrawn(meeting):
        raise WrongState(_("会议尚未结束，或结果已经公示。"))
    entries = live_entries(meeting)
    passed = [entry.application for entry in entries if entry.application.status in {Status.PASSED, Status.IN_NOTICE}]
    notice = _open_notice(meeting, passed, by=by) if passed else None
    for entry in entries:
        _tell(meeting, entry, notice)
    filing.tell_results([entry.application for entry in entries])
    meeting.refresh_from_db()
    audit.record(
        "result.publish",
        by=by,
        scope=meeting.scope,
        kind="meeting",
        target=str(meeting.public_id),
        change={"passed": len(passed), "notice": str(notice.public_id) if notice else ""},
        organization=office,
    )
    return notice


def confirm_results(*, by: User, meeting: Meeting) -> list[Confirmation]:
    """After the notice, confirms everybody nobody objected to; whoever is held stays, with the reason.

    Each person is a transaction of its own: one who is held holds nobody else.

    Raises:
        portal.access.Forbidden: `by` does not publish results of the office.
        WrongState: the result is not published.
    """
    access.require(by, Permission.PUBLISH_RESULT, meeting.round.office)
    if meeting.state != MeetingState.PUBLISHED:
        raise WrongState(_("评审结果尚未公示，不能确认。"))
    waiting = [entry.application for entry in live_entries(meeting) if entry.application.status == Status.IN_NOTICE]
    return [_confirm(application, meeting, by=by) for application in waiting]


def _take_off_withdrawn(meeting: Meeting) -> bool:
    """Whether the published result lost its notice; only one of two clerks at once gets a yes."""
    meeting.refresh_from_db()
    withdrawn = meeting.result_notice
    if withdrawn is None or withdrawn.state != NoticeState.WITHDRAWN:
        return False
    return bool(Meeting.objects.filter(pk=meeting.pk, result_notice=withdrawn).update(result_notice=None))


def _open_notice(meeting: Meeting, passed: list[Application], *, by: User) -> Notice:
    notice = filing.open_notice(
        kind=NoticeKind.RESULT, round=meeting.round, organization=meeting.round.office, applications=passed, by=by
    )
    Meeting.objects.filter(pk=meeting.pk).update(result_notice=notice)
    for application in passed:
        if application.status == Status.PASSED:
            transitions.perform(application, "publish", by=by, notice=str(notice.public_id))
    return notice


def _confirm(application: Application, meeting: Meeting, *, by: User) -> Confirmation:
    try:
        transitions.perform(application, "confirm", by=by, meeting=str(meeting.public_id))
    except ActError as refused:
        return Confirmation(application, confirmed=False, reason=str(refused))
    return Confirmation(application, confirmed=True)


def _tell(meeting: Meeting, entry: Entry, notice: Notice | None) -> None:
    application = entry.application
    title = procedure_of(meeting.round).title_of(application.level)
    link = reverse("applications:application_detail", args=[application.public_id])
    if notice and application.status == Status.IN_NOTICE:
        context: dict[str, object] = {"title": title, "ends_on": cn_date(notice.ends_on)}
        notifications.notify(
            application.applicant,
            "review.result_published",
            context,
            organization=meeting.round.office,
            link=link,
            dedupe=f"result:{notice.pk}:{application.pk}",
        )
    elif application.awaits_publication:
        context = {"title": title, "office": meeting.round.office.name}
        notifications.notify(
            application.applicant,
            "review.failed",
            context,
            organization=meeting.round.office,
            link=link,
            dedupe=f"result:{application.pk}",
        )
