"""The review office's list, and the list of those who watch."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from applications.models import Application
from applications.staff_entrances import LIST_TITLES, WATCH_TITLE
from applications.views.listing import list_page
from portal import access
from portal.roles import Permission


@access.holds(Permission.ACCEPT)
@require_safe
def office_list(request: HttpRequest) -> HttpResponse:
    rows = Application.objects.visible_at(request.user, Permission.ACCEPT)
    return list_page(request, rows, permission=Permission.ACCEPT, title=LIST_TITLES["office"], may_know_results=True)


@access.holds(Permission.OBSERVE)
@require_safe
def watch_list(request: HttpRequest) -> HttpResponse:
    """Everything submitted in the region, to read."""
    rows = Application.objects.visible_to_watch(request.user)
    return list_page(request, rows, permission=None, title=WATCH_TITLE, may_know_results=True)
