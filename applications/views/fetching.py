"""Fetching a record from who holds it, instead of typing it: in an application and in the archive."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import connectors, sections, services
from applications.errors import ActError
from applications.forms.fetching import FetchForm
from applications.models import ArchiveItem
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.desk import desk_of
from portal import access
from portal.access import person


@access.signed_in
@require_http_methods(["GET", "POST"])
def fetch(request: HttpRequest, kind: str, public_id: UUID | None = None) -> HttpResponse:
    """`?item=` names the record to fill. Where nobody is connected, the page of the record says so."""
    desk = desk_of(request, public_id)
    try:
        section = sections.of_kind(kind)
    except KeyError:
        raise Http404 from None
    item = _item(request, kind)
    desk.require_open(section, item)
    connector = connectors.of_kind(kind)
    if connector is None:
        messages.info(request, _("这项内容尚未与有关部门的系统连接，请自己填写。"))
        return redirect(desk.section(section))
    part = section.part(kind)
    initial = {"code": (item.details if item else {}).get("verification_code", "")}
    form = FetchForm(request.POST or None, connector=connector, initial=initial)
    refusals, status = [], INVALID if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            found = services.fetch_record(
                by=person(request), connector=connector, item=item, application=desk.application, **form.cleaned_data
            )
        except ActError as refused:
            refusals, status = reasons_of(refused), CONFLICT
        else:
            messages.success(request, _("已从%(source)s获取，请核对。") % {"source": connector.source})
            return redirect(desk.record(found) if part.many else desk.section(section))
    context = {
        "form": form,
        "connector": connector,
        "part": part,
        "refusals": refusals,
        "crumbs": desk.way_to(section),
        "back": desk.record(item) if item and part.many else desk.section(section),
    }
    return render(request, "applications/record_fetch.html", context, status=status)


def _item(request: HttpRequest, kind: str) -> ArchiveItem | None:
    """The person's own record that the address names; 404 where it is none."""
    named = request.GET.get("item", "")
    if not named:
        return None
    try:
        id_ = UUID(named)
    except ValueError:
        raise Http404 from None
    own = ArchiveItem.objects.visible_to(person(request)).kept().filter(owner=person(request), kind=kind)
    return get_object_or_404(own, public_id=id_)
