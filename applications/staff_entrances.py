"""How staff and the public get here: to-do list, menu, and the demonstration's jump to the end of a notice."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.contrib.auth.models import AnonymousUser
from django.db.models import Min
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import ApprovalStep, Notice, NoticeState, Objection, ObjectionState, StepKind, StepState
from applications.moves import STEP_PERMISSION
from portal import access, clock, demo_bar, navigation, worklist
from portal.models import User
from portal.navigation import NavItem
from portal.roles import Permission
from portal.worklist import WorkItem

LISTS = {
    StepKind.EMPLOYER.value: "applications:employer_list",
    StepKind.SUPERVISOR.value: "applications:supervisor_list",
    StepKind.OFFICE.value: "applications:office_list",
}
LIST_TITLES = {
    StepKind.EMPLOYER.value: gettext_lazy("本单位申报"),
    StepKind.SUPERVISOR.value: gettext_lazy("申报审核"),
    StepKind.OFFICE.value: gettext_lazy("申报受理"),
}
WATCH_TITLE = gettext_lazy("申报监督")
# The jump leads to the morning after the last day, when people are back at their desks.
MORNING = timedelta(hours=9)


def register() -> None:
    """Adds the providers; called once the apps are ready."""
    worklist.register(waiting_steps)
    worklist.register(waiting_notices)
    navigation.register(menu)
    if clock.is_demo():
        demo_bar.register_jump(_("至公示期满"), end_of_notice, key="notice-end")


def waiting_steps(user: User) -> Iterator[WorkItem]:
    """The steps that lie open with one's own organisations, a line a level."""
    titles = {
        StepKind.EMPLOYER.value: _("待核验、公示和推荐的申报"),
        StepKind.SUPERVISOR.value: _("待审核的申报"),
        StepKind.OFFICE.value: _("待受理的申报"),
    }
    for kind, permission in STEP_PERMISSION.items():
        if not access.holds_anywhere(user, permission):
            continue
        waiting = ApprovalStep.objects.filter(
            kind=kind, state=StepState.OPEN, organization__in=access.organizations_with(user, permission)
        )
        due = waiting.aggregate(day=Min(f"application__round__{kind}_closes_on"))["day"]
        link = f"{reverse(LISTS[kind])}?scope=waiting"
        yield WorkItem(titles[kind], waiting.count(), link, due=due, order=20)


def waiting_notices(user: User) -> Iterator[WorkItem]:
    """Notices whose days are over and wait to be closed; those without a photograph; objections to inquire into."""
    if not access.holds_anywhere(user, Permission.MANAGE_NOTICE):
        return
    page = reverse("applications:notice_manage_list")
    managed = access.organizations_with(user, Permission.MANAGE_NOTICE)
    own = Notice.objects.filter(organization__in=managed, state=NoticeState.OPEN)
    over = own.filter(ends_on__lt=clock.today(), provisional=False).count()
    over += sum(not notice.is_running for notice in own.filter(provisional=True))
    yield WorkItem(_("公示期满待结束的公示"), over, page, order=15)
    bare = own.filter(kind="employer", photographs__isnull=True)
    yield WorkItem(_("待上传公示照片的公示"), bare.count(), page, order=16)
    objections = Objection.objects.filter(entry__notice__organization__in=managed, state=ObjectionState.OPEN)
    yield WorkItem(_("待核查的公示异议"), objections.count(), page, order=14)


def menu(user: User | AnonymousUser) -> Iterator[NavItem]:
    yield NavItem(_("评审结果公示"), reverse("applications:notice_list"), 60, public=True)
    if not user.is_authenticated:
        return
    for kind, permission in STEP_PERMISSION.items():
        if access.holds_anywhere(user, permission):
            yield NavItem(str(LIST_TITLES[kind]), reverse(LISTS[kind]), 30)
    watches = access.holds_anywhere(user, Permission.OBSERVE)
    if watches:
        yield NavItem(str(WATCH_TITLE), reverse("applications:watch_list"), 30)
    if watches or access.holds_anywhere(user, Permission.MANAGE_ROUND):
        yield NavItem(_("批次管理"), reverse("applications:round_manage_list"), 35)
    if access.holds_anywhere(user, Permission.MANAGE_BAN):
        yield NavItem(_("不得申报名单"), reverse("applications:ban_list"), 37)
    if watches or access.holds_anywhere(user, Permission.MANAGE_NOTICE):
        yield NavItem(_("公示管理"), reverse("applications:notice_manage_list"), 36)


def end_of_notice(user: User | None) -> datetime | None:
    """When the next running notice may be closed: of those this person manages or stands on, else of any."""
    running = Notice.objects.filter(state=NoticeState.OPEN, ends_on__gte=clock.today()).order_by("ends_on", "pk")
    notice = None
    if user is not None:
        managed = access.organizations_with(user, Permission.MANAGE_NOTICE)
        notice = (
            running.filter(organization__in=managed).first()
            or running.filter(entries__application__applicant=user).first()
        )
    notice = notice or running.first()
    return notice.closes_at + MORNING if notice is not None else None
