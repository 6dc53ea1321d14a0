"""How people come to review: menu, to-do list, and the demonstration's jump to the meeting."""

from collections.abc import Iterable
from datetime import datetime, time

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application
from applications.status import Status
from portal import access, clock, navigation, worklist
from portal.composed import Given, composed
from portal.models import User
from portal.navigation import NavItem
from portal.roles import Permission
from portal.worklist import WorkItem
from review.models import Entry, Meeting, Seat

MEETING_BEGINS = time(9)


def register() -> None:
    navigation.register(menu)
    worklist.register(waiting)
    if settings.DEMO:
        from portal import demo_bar  # noqa: PLC0415  does not exist for anybody but the demonstration
        from review import demo_acts  # noqa: PLC0415

        demo_bar.register_jump("到评审会议当日", next_meeting, key="review-meeting")
        demo_acts.register()


def menu(user: User | AnonymousUser) -> Iterable[NavItem]:
    if not isinstance(user, User):
        return
    if access.holds_anywhere(user, Permission.MANAGE_MEETING) or access.holds_anywhere(user, Permission.OBSERVE):
        yield NavItem(_("评审会议"), reverse("review:meeting_list"), 40)
        yield NavItem(_("专家库"), reverse("review:pool_list"), 41)
    if _seats(user.pk):
        yield NavItem(_("我的评审"), reverse("review:seat_list"), 42)


@composed
def _seats(user: Given) -> QuerySet[Seat, int]:
    return Seat.objects.taken().filter(expert__user=user).order_by().values_list("pk", flat=True)[:1]


def waiting(user: User) -> Iterable[WorkItem]:
    """Invitations to answer, commitments to sign, ballots to cast; for the office what its meetings wait for."""
    seats = Seat.objects.of(user)
    mine = reverse("review:seat_list")
    yield WorkItem(_("待答复的评审邀请"), seats.filter(state="drawn", meeting__state="drawn").count(), mine, order=10)
    unsigned = seats.filter(state="accepted", committed_at__isnull=True, meeting__state__in=["drawn", "open", "voting"])
    yield WorkItem(_("待签署的评审承诺书"), unsigned.count(), mine, order=11)
    present = seats.filter(attended=True)
    ballots = Entry.objects.readable_by(user).filter(ballot_state="open", meeting__in=present.values("meeting"))
    yield WorkItem(_("正在投票的申报"), ballots.distinct().count(), mine, order=5)
    offices = access.organizations_with(user, Permission.MANAGE_MEETING)
    if offices.exists():
        accepted = Application.objects.filter(round__office__in=offices, status=Status.ACCEPTED)
        meetings = Meeting.objects.filter(round__office__in=offices)
        page = reverse("review:meeting_list")
        yield WorkItem(_("已受理、待上会的申报"), accepted.count(), page, order=22)
        yield WorkItem(_("待抽取专家的会议"), meetings.filter(state="planned").count(), page, order=20)
        yield WorkItem(_("评委缺员、待补抽的会议"), meetings.short().count(), page, order=9)
        due = meetings.filter(state="drawn", held_on__lte=clock.today())
        yield WorkItem(_("今天召开的会议"), due.count(), page, order=8)
        yield WorkItem(_("待公示结果的会议"), meetings.filter(state="closed").count(), page, order=21)
        noticed = Entry.objects.filter(meeting__in=meetings.filter(state="published"))
        over = noticed.filter(
            application__status=Status.IN_NOTICE,
            application__notice_entries__notice__kind="result",
            application__notice_entries__notice__state="closed",
        )
        yield WorkItem(_("公示期满、待确认的评审结果"), over.distinct().count(), page, order=18)


def next_meeting(_user: User | None) -> datetime | None:
    """Nine in the morning of the next meeting that has not begun; None where there is none ahead."""
    ahead = Meeting.objects.filter(state__in=["planned", "drawn"], held_on__gt=clock.today())
    day = ahead.aggregate(day=Min("held_on"))["day"]
    return datetime.combine(day, MEETING_BEGINS, tzinfo=clock.ZONE) if day else None
