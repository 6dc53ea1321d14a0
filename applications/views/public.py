"""Notices as everybody reads them. The pages carry an ETag; an unchanged page is answered with 304."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import conditional_page, require_GET

from applications.models import Notice, NoticeEntry, NoticeKind
from applications.notice_days import days_of
from portal import access

PAGE = 25


@access.public
@conditional_page
@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """Result notices, the latest first."""
    counted = NoticeEntry.objects.filter(notice=OuterRef("pk")).order_by().values("notice")
    names = Coalesce(Subquery(counted.annotate(names=Count("pk")).values("names")), 0)
    rows = Notice.objects.public().select_related("round", "organization").annotate(names=names)
    page = Paginator(rows.order_by("-posted_on", "-pk"), PAGE).get_page(request.GET.get("page"))
    return render(request, "applications/notice_list.html", {"page": page})


@access.public
@conditional_page
@require_GET
def notice_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The list of names, the days, and how to object. Inside a unit, for the unit and those named."""
    visible = Notice.objects.visible_to(request.user).select_related("round__committee", "organization")
    notice = get_object_or_404(visible, public_id=public_id)
    entries = Paginator(notice.entries.all(), 100).get_page(request.GET.get("page"))
    return render(
        request,
        "applications/notice_detail.html",
        {
            "notice": notice,
            "page": entries,
            "calendar": days_of(notice),
            "takes_objections": notice.takes_objections and notice.kind == NoticeKind.RESULT,
        },
    )
