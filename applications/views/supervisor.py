"""The supervising body's list."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from applications.models import Application
from applications.staff_entrances import LIST_TITLES
from applications.views.listing import list_page
from portal import access
from portal.roles import Permission


@access.holds(Permission.SUPERVISE)
@require_safe
def supervisor_list(request: HttpRequest) -> HttpResponse:
    rows = Application.objects.visible_at(request.user, Permission.SUPERVISE)
    return list_page(request, rows, permission=Permission.SUPERVISE, title=LIST_TITLES["supervisor"])
