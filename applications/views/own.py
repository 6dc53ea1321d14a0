"""The applicant's own application, and the way to its pages."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from applications.models import Application
from applications.querysets import ApplicationQuerySet
from applications.views.acts import Crumb
from portal import access
from portal.access import person
from portal.composed import Given, composed
from portal.models import User

MINE = gettext_lazy("我的申报")
CHECKING = "next=check"


def own_application(request: HttpRequest, public_id: UUID) -> Application:
    """The person's own application. 404 where it is not visible, 403 where it is somebody else's."""
    user = person(request)
    application = seen(user, public_id)
    if application.applicant_id != user.pk:
        raise access.Forbidden(_("只有申报人本人可以填写和提交。如内容有误，请退回申报人补正。"))
    return application


def seen(user: User, public_id: UUID) -> Application:
    """An application that is visible to the person, with its names and what was submitted; 404 otherwise."""
    if not access.belongs_somewhere(user):  # then `visible_to` is one's own and nothing else
        for own in _of_applicant(user.pk, public_id):
            return own
        raise Http404
    return get_object_or_404(_whole(Application.objects.visible_to(user)), public_id=public_id)


@composed
def _of_applicant(applicant: Given, public_id: Given) -> QuerySet[Application]:
    return _whole(Application.objects.filter(applicant=applicant, public_id=public_id))


def _whole(applications: ApplicationQuerySet) -> ApplicationQuerySet:
    return applications.with_names().select_related("snapshot")


def editable_application(request: HttpRequest, public_id: UUID) -> Application:
    """The person's own application while it lies with them; 403 with the reason once it is submitted."""
    application = own_application(request, public_id)
    if not application.is_editable:
        raise access.Forbidden(
            _("申报现为“%(status)s”，不能修改。如需修改，请联系当前审核单位退回补正。")
            % {"status": application.applicant_status_label}
        )
    return application


def page_of(application: Application) -> str:
    return reverse("applications:application_detail", args=[application.public_id])


def comes_from_check(request: HttpRequest) -> bool:
    """Whether the person followed a Change link of the page that shows everything before submission."""
    return request.GET.get("next") == "check"


def back_of(application: Application, *, checking: bool) -> str:
    """Where a change leads back to: the page it was asked for on."""
    if checking:
        return reverse("applications:application_check", args=[application.public_id])
    return page_of(application)


def way_to(application: Application) -> list[Crumb]:
    """The crumbs above a page of the application."""
    return [(MINE, reverse("applications:application_list")), (application.round.name, page_of(application))]
