"""Fetching a record from who holds it, instead of typing it: in an application and in the archive."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from applications import connectors, sections, services
from applications.errors import ActError
from applications.forms.fetching import FetchAllForm, FetchForm
from applications.models import ArchiveItem
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.desk import ARCHIVE, Desk, desk_of
from portal import access
from portal.access import person
from portal.rate_limit import Limit

# An authority is another's house: nobody knocks there without end, or tries codes.
LOOKUPS = Limit("fetch", times=20, seconds=600)


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
        if not LOOKUPS.allows_one(str(desk.owner.public_id)):
            return LOOKUPS.refusal(request)
        try:
            found = services.fetch_record(
                by=person(request), connector=connector, item=item, application=desk.application, **form.cleaned_data
            )
        except ActError as refused:
            refusals, status = reasons_of(refused), CONFLICT
        else:
            messages.success(request, _("已从%(source)s获取，请核对。") % {"source": connector.source})
            return redirect(desk.record(found) if connector.needs_code else desk.section(section))
    context = {
        "form": form,
        "connector": connector,
        "part": part,
        "refusals": refusals,
        "crumbs": desk.way_to(section),
        "back": desk.record(item) if item and part.many else desk.section(section),
    }
    return render(request, "applications/record_fetch.html", context, status=status)


@access.signed_in
@require_http_methods(["GET", "POST"])
def fetch_all(request: HttpRequest) -> HttpResponse:
    """Everything that is connected, at one press, once the archive is complete; until then, what it lacks."""
    desk = Desk(person(request))
    asked = connectors.connected().values()
    if not asked:
        messages.info(request, _("本系统尚未与有关部门的系统连接，请自己填写。"))
        return redirect(desk.home)
    lacking = services.lacking_in(desk.owner)
    form = FetchAllForm(request.POST if request.method == "POST" else None, asked=asked)
    refusals, status = [], INVALID if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        if not LOOKUPS.allows_one(str(desk.owner.public_id)):
            return LOOKUPS.refusal(request)
        try:
            outcomes = services.fetch_all(by=desk.owner, kinds=form.cleaned_data["kinds"])
        except ActError as refused:
            refusals, status = reasons_of(refused), CONFLICT
        else:
            for outcome in outcomes:
                (messages.success if outcome.fetched else messages.warning)(request, outcome.told)
            return redirect(desk.home)
    context = {
        "form": form,
        "refusals": refusals,
        "lacking": [(desk.section(section), told) for section, told in lacking],
        "is_stand_in": any(connector.is_stand_in for connector in asked),
        "crumbs": [(ARCHIVE, desk.home)],
        "back": desk.home,
    }
    return render(request, "applications/archive_fetch_all.html", context, status=status)


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
