"""Filling in: the pages of the sections, a record with its evidence on one page, the statement of nothing."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from applications import sections, services
from applications.errors import ActError
from applications.models import Application, ArchiveItem
from applications.progress import progress
from applications.reading import title_of
from applications.sections import Part, Section
from applications.views.acts import INVALID, Crumb, Question, ask, reasons_of
from applications.views.own import editable_application, way_to
from applications.views.record_page import RecordPage
from portal import access
from portal.access import person
from portal.forms import PortalForm


@access.signed_in
@require_http_methods(["GET", "POST"])
def section_detail(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """A section: its records, and the form of each kind of which there is only one."""
    application, section = _section(request, public_id, key)
    pages = {part.kind: RecordPage(request, application, section, part) for part in section.parts if not part.many}
    if request.method == "POST":
        sent = pages.get(request.POST.get("kind", ""))
        if sent is None:
            raise Http404
        if sent.save():
            return redirect(sent.onward)
    status = INVALID if request.method == "POST" else 200
    return render(request, "applications/section_detail.html", _shown(application, section, pages), status=status)


@access.signed_in
@require_http_methods(["GET", "POST"])
def item_add(request: HttpRequest, public_id: UUID, key: str, kind: str) -> HttpResponse:
    application, section = _section(request, public_id, key)
    if kind not in section.kinds:
        raise Http404
    return _record(request, application, section, section.part(kind), None)


@access.signed_in
@require_http_methods(["GET", "POST"])
def item_change(request: HttpRequest, public_id: UUID, item: UUID) -> HttpResponse:
    application = editable_application(request, public_id)
    record = own_item(request, item)
    section = sections.of_kind(record.kind)
    return _record(request, application, section, section.part(record.kind), record)


@access.signed_in
@require_http_methods(["GET", "POST"])
def item_remove(request: HttpRequest, public_id: UUID, item: UUID) -> HttpResponse:
    application = editable_application(request, public_id)
    record = own_item(request, item)
    section = sections.of_kind(record.kind)
    name = title_of(section.part(record.kind), record.facts, record.details)

    def act(_form: PortalForm) -> str:
        services.remove_item(item=record, by=person(request))
        return _("已删除“%(name)s”。") % {"name": name}

    question = Question(
        title=_("删除“%(name)s”") % {"name": name},
        submit=_("删除"),
        back=section_page(application, section),
        crumbs=way_to_section(application, section),
        consequences=[
            _("该条及其材料从您的业绩档案中删除，以后的申报也不能再用；已提交的申报不受影响。"),
            _("只是本次不用的，请返回后选“本次不用”，档案中仍会保留。"),
        ],
        tone="danger",
    )
    return ask(request, question, act)


@access.signed_in
@require_POST
def item_choose(request: HttpRequest, public_id: UUID, item: UUID) -> HttpResponse:
    """Takes a record of the archive into this application (`use=yes`), or leaves it out."""
    application = editable_application(request, public_id)
    record = own_item(request, item)
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
    return redirect(section_page(application, sections.of_kind(record.kind)))


@access.signed_in
@require_http_methods(["GET", "POST"])
def section_nothing(request: HttpRequest, public_id: UUID, key: str) -> HttpResponse:
    """The statement that there is nothing to enter: "none", as against "not filled in yet"."""
    application, section = _section(request, public_id, key)

    def act(_form: PortalForm) -> str:
        services.state_nothing(owner=person(request), section=section.key, application=application)
        return _("已声明没有“%(section)s”。") % {"section": section.title}

    question = Question(
        title=_("声明没有“%(section)s”") % {"section": section.title},
        submit=_("声明没有"),
        back=section_page(application, section),
        onward=_after(application, section),
        crumbs=way_to_section(application, section),
        consequences=[
            _("声明与填写的内容同样属于您承诺的范围，各级会核验。"),
            _("以后添加了条目，声明自动失效。"),
        ],
    )
    return ask(request, question, act)


def own_item(request: HttpRequest, public_id: UUID) -> ArchiveItem:
    """A record of the person's own archive; 404 otherwise."""
    user = person(request)
    return get_object_or_404(ArchiveItem.objects.visible_to(user).kept().filter(owner=user), public_id=public_id)


def section_page(application: Application, section: Section) -> str:
    return reverse("applications:section_detail", args=[application.public_id, section.key])


def way_to_section(application: Application, section: Section) -> list[Crumb]:
    return [*way_to(application), (section.title, section_page(application, section))]


def _section(request: HttpRequest, public_id: UUID, key: str) -> tuple[Application, Section]:
    application = editable_application(request, public_id)
    try:
        return application, sections.section(key)
    except KeyError:
        raise Http404 from None


def _record(
    request: HttpRequest, application: Application, section: Section, part: Part, item: ArchiveItem | None
) -> HttpResponse:
    """One record, facts and details on one page and saved at once, its files beside them."""
    page = RecordPage(request, application, section, part, item)
    if request.method == "POST" and page.save():
        return redirect(page.onward)
    context = {
        "application": application,
        "section": section,
        "page": page,
        "form": page.form,
        "corrections": progress(application).of(section.key).corrections,
        "crumbs": way_to_section(application, section),
        "back": section_page(application, section),
    }
    return render(request, "applications/item_form.html", context, status=page.http_status)


def _shown(application: Application, section: Section, pages: dict[str, RecordPage]) -> dict[str, object]:
    found = progress(application)
    chosen = set(application.items.values_list("pk", flat=True))
    many = [part for part in section.parts if part.many]
    kept = (
        ArchiveItem.objects.kept()
        .filter(owner=application.applicant, kind__in=[part.kind for part in many])
        .prefetch_related("evidence__file")
    )
    records = [_row(section, item) for item in kept]
    return {
        "application": application,
        "section": section,
        "crumbs": way_to(application),
        "singles": list(pages.values()),
        "lists": [
            (part, [row for row in records if row["kind"] == part.kind and row["pk"] in chosen]) for part in many
        ],
        "unused": [row for row in records if row["pk"] not in chosen],
        "progress": found.of(section.key),
        "previous": _neighbour(section, -1),
        "following": _neighbour(section, 1),
        "form": next((page.form for page in pages.values() if page.form.is_bound), None),
    }


def _row(section: Section, item: ArchiveItem) -> dict[str, object]:
    evidence = [piece for piece in item.evidence.all() if piece.removed_at is None]
    title = title_of(section.part(item.kind), item.facts, item.details)
    return {"pk": item.pk, "id": item.public_id, "kind": item.kind, "title": title, "evidence": evidence}


def _neighbour(section: Section, step: int) -> Section | None:
    place = sections.SECTIONS.index(section) + step
    return sections.SECTIONS[place] if 0 <= place < len(sections.SECTIONS) else None


def _after(application: Application, section: Section) -> str:
    following = _neighbour(section, 1)
    if following is None:
        return reverse("applications:application_detail", args=[application.public_id])
    return section_page(application, following)
