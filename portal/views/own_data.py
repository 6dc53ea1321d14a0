"""A person's own data: ordered and fetched by themselves, and by nobody else."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal import access, audit, files, own_data
from portal.models import OwnDataOrder


@access.signed_in
@require_http_methods(["GET", "POST"])
def own_data_page(request: HttpRequest) -> HttpResponse:
    """The orders of late, and the button for another one."""
    person = access.person(request)
    if request.method == "POST":
        try:
            own_data.order(by=person)
        except own_data.TooSoon as refused:
            messages.warning(request, str(refused))
        else:
            messages.success(request, _("已开始准备，做好后发消息通知您。"))
        return redirect("portal:own_data")
    rows = [(ordered, own_data.is_open(ordered)) for ordered in own_data.orders_of(person)]
    return render(request, "portal/own_data.html", {"rows": rows, "days": own_data.KEPT.days})


@access.signed_in
@never_cache
@require_safe
def own_data_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The ZIP, as a download, while its days last. Another person's is not found; each fetching is on record."""
    person = access.person(request)
    own = OwnDataOrder.objects.filter(person=person).select_related("file")
    ordered = get_object_or_404(own, public_id=public_id)
    if not own_data.is_open(ordered) or ordered.file is None:
        messages.warning(request, _("这份资料还没有做好，或已过期清除。需要的请重新申请。"))
        return redirect("portal:own_data")
    if request.method == "GET":
        audit.record("own_data.download", by=person, scope="people", kind="own_data", target=str(ordered.public_id))
    return files.response(ordered.file)
