"""How people get here: the to-do list, the header's menu, the jumps of the demonstration."""

from collections.abc import Iterator
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.messages import link as link_to
from applications.models import Application, ApprovalStep, Notice, NoticeState, StepKind, StepState
from applications.moves import STEP_PERMISSION
from applications.status import Status
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


def register() -> None:
    """Adds this room's providers; called once the apps are ready."""
    worklist.register(own_applications)
    worklist.register(waiting_steps)
    worklist.register(running_notices)
    navigation.register(menu)
    if clock.is_demo():
        demo_bar.register_jump(_("到本次公示结束"), end_of_notice, key="notice-end")


def own_applications(user: User) -> Iterator[WorkItem]:
    """An applicant's drafts before the deadline, and what was returned to them."""
    own = Application.objects.filter(applicant=user).select_related("round")
    for application in own.filter(status__in=[Status.DRAFT, Status.RETURNED]):
        link = link_to(application)
        if application.status == Status.DRAFT:
            yield WorkItem(_("继续填写并提交申报"), 1, link, due=application.round.applicant_closes_on, order=10)
        else:
            step = application.steps.filter(state=StepState.RETURNED).order_by("-decided_at").first()
            yield WorkItem(_("按退回要求补正申报"), 1, link, due=step.due_on if step else None, order=5)


def waiting_steps(user: User) -> Iterator[WorkItem]:
    """The steps that lie open with one's own organisations, a line a level."""
    titles = {
        StepKind.EMPLOYER.value: _("待核验、公示和推荐的申报"),
        StepKind.SUPERVISOR.value: _("待审核的申报"),
        StepKind.OFFICE.value: _("待受理的申报"),
    }
    for kind, permission in STEP_PERMISSION.items():
        waiting = ApprovalStep.objects.filter(
            kind=kind, state=StepState.OPEN, organization__in=access.organizations_with(user, permission)
        )
        due = waiting.order_by(f"application__round__{kind}_closes_on").values_list(
            f"application__round__{kind}_closes_on", flat=True
        )
        yield WorkItem(titles[kind], waiting.count(), reverse(LISTS[kind]), due=due.first(), order=20)


def running_notices(user: User) -> Iterator[WorkItem]:
    """Notices whose days are over and that wait to be closed."""
    managed = access.organizations_with(user, Permission.MANAGE_NOTICE)
    over = Notice.objects.filter(
        organization__in=managed, state=NoticeState.OPEN, ends_on__lt=clock.today(), provisional=False
    )
    yield WorkItem(_("公示期满待结束的公示"), over.count(), reverse("applications:notice_manage_list"), order=15)


def menu(user: User | AnonymousUser) -> Iterator[NavItem]:
    if not user.is_authenticated:
        return
    if Application.objects.filter(applicant=user).exists() or not user.memberships.exists():
        yield NavItem(_("申报批次"), reverse("applications:round_list"), 19)
        yield NavItem(_("我的申报"), reverse("applications:application_list"), 20)
    for kind, permission in STEP_PERMISSION.items():
        if access.holds_anywhere(user, permission):
            yield NavItem(_("申报审核"), reverse(LISTS[kind]), 30)
    if access.holds_anywhere(user, Permission.MANAGE_ROUND):
        yield NavItem(_("批次"), reverse("applications:round_manage_list"), 35)
    if access.holds_anywhere(user, Permission.MANAGE_NOTICE):
        yield NavItem(_("公示管理"), reverse("applications:notice_manage_list"), 40)


def end_of_notice(user: User | None) -> datetime | None:
    """The first moment at which the next running notice may be closed: of those one may see, else of any."""
    running = Notice.objects.filter(state=NoticeState.OPEN).order_by("ends_on")
    seen = running.filter(pk__in=Notice.objects.visible_to(user)) if user is not None else running
    notice = seen.first() or running.first()
    return notice.closes_at if notice is not None else None
