"""The supervising body's list."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from applications.models import Application
from applications.views.listing import list_page
from portal import access
from portal.roles import Permission


@access.holds(Permission.SUPERVISE)
def supervisor_list(request: HttpRequest) -> HttpResponse:
    rows = Application.objects.visible_to(request.user).reached(request.user, Permission.SUPERVISE)
    return list_page(request, rows, permission=Permission.SUPERVISE, title=_("待审核申报"))
