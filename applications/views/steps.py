"""Whether the open step of an application lies with the person who asks."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Application, ApprovalStep
from applications.moves import STEP_PERMISSION
from applications.staff_entrances import LIST_TITLES, LISTS, WATCH_TITLE
from applications.transitions import open_step
from applications.views.acts import Crumb
from portal import access
from portal.access import person
from portal.models import User
from portal.roles import Permission


def shown_application(request: HttpRequest, public_id: UUID) -> Application:
    """The submitted application of that id, where the person sees it; 404 otherwise."""
    visible = Application.objects.visible_to(request.user).with_names().select_related("snapshot")
    application = get_object_or_404(visible, public_id=public_id, snapshot__isnull=False)
    if application.snapshot is not None:
        application.snapshot.application = application  # what is judged of a snapshot asks for its application
    return application


def own_step(request: HttpRequest, application: Application) -> ApprovalStep:
    """The open step, where it is this person's to decide. Raises Forbidden with the reason."""
    step = open_step(application)
    if step is None:
        raise access.Forbidden(
            _("申报现为“%(status)s”，没有正在办理的审核环节。请返回列表查看最新进展。")
            % {"status": application.told_status_label}
        )
    access.require(request.user, STEP_PERMISSION[step.kind], step.organization)
    return step


def own_open_step(user: User, application: Application) -> ApprovalStep | None:
    """The open step, where it is this person's; None otherwise."""
    step = open_step(application)
    if step is None or not access.decide(user, STEP_PERMISSION[step.kind], step.organization):
        return None
    return step


def way_to(request: HttpRequest, application: Application) -> list[Crumb]:
    """The crumbs down to the application: the person's own list, then the application itself."""
    user = person(request)
    kind = next((kind for kind, needed in STEP_PERMISSION.items() if access.holds_anywhere(user, needed)), None)
    crumbs: list[Crumb] = []
    if kind is not None:
        crumbs.append((LIST_TITLES[kind], reverse(LISTS[kind])))
    elif access.holds_anywhere(user, Permission.OBSERVE):
        crumbs.append((WATCH_TITLE, reverse("applications:watch_list")))
    page = reverse("applications:application_detail", args=[application.public_id])
    return [*crumbs, (application.applicant.name, page)]
