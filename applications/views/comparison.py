"""Two submitted versions of an application side by side, for the applicant and for the officers who see it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from applications.comparing import compare
from applications.models import Application, Snapshot
from applications.views import own
from applications.views.dossier import note_observation
from applications.views.steps import way_to
from portal import access
from portal.access import person
from portal.models import User
from portal.roles import Permission


@access.signed_in
@require_GET
def application_compare(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """What one version says differently from another: `?before=1&after=2`, the last two where nothing is asked."""
    user = person(request)
    visible = Application.objects.visible_to(user).with_names().select_related("snapshot")
    application = get_object_or_404(visible, public_id=public_id)
    note_observation(user, application)
    versions = _versions(application, user)
    before = _asked(request, "before", versions[:-1])
    after = _asked(request, "after", [one for one in versions if before and one.revision > before.revision])
    mine = application.applicant_id == user.pk
    context = {
        "application": application,
        "versions": versions,
        "comparison": compare(before, after) if before and after else None,
        "crumbs": own.way_to(application) if mine else way_to(request, application),
        "back": reverse("applications:application_detail", args=[public_id]),
        "here": _("版本对照"),
    }
    return render(request, "applications/application_compare.html", context)


def _versions(application: Application, user: User) -> list[Snapshot]:
    """Every version; to the officers of a unit, those that were filed through it."""
    found = list(application.snapshots.order_by("revision"))
    unit = application.employer
    if application.applicant_id == user.pk or not access.decide(user, Permission.VIEW_EMPLOYER_APPLICATIONS, unit):
        return found
    return [one for one in found if one.data["employer"].get("id", str(unit.public_id)) == str(unit.public_id)]


def _asked(request: HttpRequest, name: str, among: list[Snapshot]) -> Snapshot | None:
    wanted = request.GET.get(name, "")
    named = [one for one in among if str(one.revision) == wanted]
    return next(iter(named or among[-1:]), None)
