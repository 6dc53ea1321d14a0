"""How applicants get here: the to-do list and the header's menu."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.messages import link as link_to
from applications.models import Application, RoundPaper, RoundState, StepState
from applications.status import Status
from portal import access, clock, handbooks, navigation, worklist
from portal.handbooks import Handbook
from portal.models import FileState, User
from portal.navigation import NavItem
from portal.worklist import WorkItem

# The front page names the first; the pages of the rounds have them all.
MOST_MANUALS = 10


def register() -> None:
    """Adds this room's providers; called once the apps are ready."""
    worklist.register(own_applications)
    handbooks.register(manuals)
    navigation.register(menu)


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


def manuals() -> Iterator[Handbook]:
    """The manuals of the rounds that are open today; each page has the rest."""
    papers = RoundPaper.objects.kept().filter(kind=RoundPaper.Kind.MANUAL, file__state=FileState.CLEAN)
    current = papers.filter(round__state=RoundState.OPEN, round__office_closes_on__gte=clock.today())
    for paper in current.select_related("round").order_by("round", "pk")[:MOST_MANUALS]:
        yield Handbook(paper.title, reverse("applications:round_paper_file", args=[paper.public_id]), paper.round.name)


def menu(user: User | AnonymousUser) -> Iterator[NavItem]:
    if not user.is_authenticated:
        yield NavItem(_("申报批次"), reverse("applications:round_list"), 59, public=True)
        return
    if not access.belongs_somewhere(user) or Application.objects.filter(applicant=user).exists():
        yield NavItem(_("申报批次"), reverse("applications:round_list"), 19)
        yield NavItem(_("我的申报"), reverse("applications:application_list"), 20)
        yield NavItem(_("业绩档案"), reverse("applications:archive"), 21)
