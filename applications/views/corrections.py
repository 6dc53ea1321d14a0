"""The applicant's word on each line of a return, said where the line stands."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from applications import corrections, services
from applications.corrections import Line
from applications.errors import ActError
from applications.models import Application
from applications.views.acts import reasons_of
from applications.views.desk import Desk
from applications.views.own import editable_application, page_of
from portal import access
from portal.access import person

RECORD = "record"


@access.signed_in
@require_POST
def correction_answer(request: HttpRequest, public_id: UUID, number: int) -> HttpResponse:
    """Ticks a line off with a word on what was done (`text`), or takes that word back (`act=reopen`)."""
    application, user = editable_application(request, public_id), person(request)
    try:
        if request.POST.get("act") == "reopen":
            services.reopen_correction(application=application, number=number, by=user)
        else:
            text = request.POST.get("text", "")
            services.answer_correction(application=application, number=number, text=text, by=user)
    except ActError as refused:
        messages.error(request, "；".join(reasons_of(refused)))
    else:
        messages.success(request, _told(application))
    return redirect(_back(request, application, number))


def _told(application: Application) -> str:
    asked = corrections.mending(application)
    if asked is None or not asked.left:
        return _("全部补正要求都已写明怎样补正，可以核对并重新提交。")
    return _("已记录。还有 %(left)d 项补正要求没有写明。") % {"left": len(asked.left)}


def _back(request: HttpRequest, application: Application, number: int) -> str:
    """The page where the line was answered, at the line."""
    asked = corrections.mending(application)
    line = next((line for line in asked.lines if line.number == number), None) if asked else None
    return page_of(application) if line is None else _page(request, Desk(person(request), application), line)


def _page(request: HttpRequest, desk: Desk, line: Line) -> str:
    anchor = f"#correction-{line.number}"
    if line.about_matters:
        return desk.address("application_change") + anchor
    if line.item and request.POST.get("at") == RECORD:
        return desk.address("item_change", line.item) + anchor
    return desk.address("section_detail", line.section) + anchor
