"""Filling in: the pages of the sections, a record with its evidence on one page, the statement of nothing.

Each page stands twice: in an application (`public_id`), and in the archive, where there is none.
"""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications import clause_tags, sections, services
from applications.errors import ActError
from applications.models import ArchiveItem
from applications.reading import title_of
from applications.records import NOTHING
from applications.sections import Part, Section
from applications.standing import Standing
from applications.views import section_page
from applications.views.acts import Question, ask, reasons_of
from applications.views.category import asks_category_first, category_page
from applications.views.desk import Desk, desk_at, desk_of
from applications.views.own import editable_application
from applications.views.record_page import RecordPage
from portal import access
from portal.access import person
from portal.forms import PortalForm

KEEP = "keep"


@access.signed_in
@require_http_methods(["GET", "POST"])
def section_detail(request: HttpRequest, key: str, public_id: UUID | None = None) -> HttpResponseBase:
    """A section: its records, and the form of each kind of which there is only one."""
    desk, section = _section(request, public_id, key)
    pages = {part.kind: RecordPage(request, desk, section, part) for part in section.parts if not part.many}
    if request.method == "POST":
        sent = pages.get(request.POST.get("kind", ""))
        if sent is None:
            raise Http404
        if KEEP in request.POST:
            return sent.keep()
        desk.require_open(section, sent.item)
        if sent.save():
            return redirect(sent.onward)
    status = max((page.http_status for page in pages.values()), default=200)
    return render(
        request, "applications/section_detail.html", section_page.shown(desk, section, pages.values()), status=status
    )


@access.signed_in
@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, key: str, kind: str, public_id: UUID | None = None) -> HttpResponseBase:
    desk, section = _section(request, public_id, key)
    if kind not in section.kinds:
        raise Http404
    if KEEP not in request.POST:
        desk.require_open(section)
    if asks_category_first(request, desk, kind):
        return category_page(request, desk, section)
    return _record(request, desk, section, desk.part(kind), None)


@access.signed_in
@require_http_methods(["GET", "POST"])
def item_change(request: HttpRequest, item: UUID, public_id: UUID | None = None) -> HttpResponseBase:
    desk = desk_of(request, public_id)
    record = own_item(request, item)
    section = sections.of_kind(record.kind)
    if not desk.opens_record(section, record) and KEEP not in request.POST:
        return section_page.closed_record(request, desk, section, record)
    return _record(request, desk, section, desk.part(record.kind), record)


@access.signed_in
@require_http_methods(["GET", "POST"])
def item_remove(request: HttpRequest, item: UUID, public_id: UUID | None = None) -> HttpResponse:
    desk = desk_of(request, public_id)
    record = own_item(request, item)
    section = sections.of_kind(record.kind)
    desk.require_open(section, record)
    name = title_of(section.part(record.kind), record.facts, record.details)

    def act(_form: PortalForm) -> str:
        services.remove_item(item=record, by=person(request))
        return _("已删除“%(name)s”。") % {"name": name}

    consequences = [_("该条及其材料从您的业绩档案中删除，以后的申报也不能再用；已提交的申报不受影响。")]
    if desk.application is not None:
        consequences.append(_("只是本次不用的，请返回后选“本次不用”，档案中仍会保留。"))
    question = Question(
        title=_("删除“%(name)s”") % {"name": name},
        submit=_("删除"),
        back=desk.section(section),
        crumbs=desk.way_to(section),
        consequences=consequences,
        tone="danger",
    )
    return ask(request, question, act)


@access.signed_in
@require_POST
def item_choose(request: HttpRequest, public_id: UUID, item: UUID) -> HttpResponse:
    """Takes a record of the archive into this application (`use=yes`), or leaves it out."""
    application = editable_application(request, public_id)
    desk, record = desk_at(request, application), own_item(request, item)
    if request.POST.get("use") == "yes":
        act, sentence = services.take_in, _("已选用。")
    else:
        act, sentence = services.leave_out, _("本次不用；档案中仍保留。")
    try:
        act(application=application, item=record, by=person(request))
    except ActError as refused:
        messages.error(request, "；".join(reasons_of(refused)))
    else:
        messages.success(request, sentence)
    return redirect(desk.section(sections.of_kind(record.kind)))


@access.signed_in
@require_http_methods(["GET", "POST"])
def section_nothing(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """The statement that there is nothing to enter: "none", as against "not filled in yet"."""
    application = editable_application(request, public_id)
    desk, section = desk_at(request, application), _of_key(key)
    desk.require_open(section)

    def act(_form: PortalForm) -> str:
        services.state_nothing(owner=person(request), section=section.key, application=application)
        return _("已声明没有“%(section)s”。") % {"section": section.title}

    question = Question(
        title=_("声明没有“%(section)s”") % {"section": section.title},
        submit=_("声明没有"),
        back=desk.section(section),
        onward=desk.after(section),
        crumbs=desk.way_to(section),
        consequences=[
            _("声明与填写的内容同样属于您承诺的范围，各级会核验。"),
            _("以后添加了条目，声明自动失效。"),
        ],
    )
    return ask(request, question, act)


def own_item(request: HttpRequest, public_id: UUID) -> ArchiveItem:
    """A record of the person's own archive; 404 otherwise. The statement of nothing has no page of its own."""
    user = person(request)
    own = ArchiveItem.objects.visible_to(user).kept().filter(owner=user).exclude(kind=NOTHING)
    return get_object_or_404(own, public_id=public_id)


def _section(request: HttpRequest, public_id: UUID | None, key: str) -> tuple[Desk, Section]:
    return desk_of(request, public_id), _of_key(key)


def _of_key(key: str) -> Section:
    try:
        return sections.section(key)
    except KeyError:
        raise Http404 from None


def _record(
    request: HttpRequest, desk: Desk, section: Section, part: Part, item: ArchiveItem | None
) -> HttpResponseBase:
    """One record, facts and details on one page and saved at once, its files beside them."""
    page = RecordPage(request, desk, section, part, item)
    if request.method == "POST":
        if KEEP in request.POST:
            return page.keep()
        if page.save():
            return redirect(page.onward)
    asked, standing = desk.asked, desk.standing
    context = {
        "application": desk.application,
        "desk": desk,
        "section": section,
        "page": page,
        "tags": _tags(standing, page) if standing else None,
        "standing": standing.of(section) if standing else None,
        "form": page.form,
        "lines": asked.of_record(section.key, str(page.item.public_id) if page.item else "") if asked else [],
        "answers_to": page.item,
        "crumbs": desk.way_to(section),
        "back": desk.section(section),
    }
    return render(request, "applications/item_form.html", context, status=page.http_status)


def _tags(standing: Standing, page: RecordPage) -> clause_tags.Offers | None:
    kind = page.part.kind
    if not clause_tags.is_asked(standing.application, kind):
        return None
    posted = page.tags.clauses if page.tags else None
    return standing.offers(kind, str(page.item.public_id) if page.item else "", posted)
