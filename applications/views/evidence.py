"""Evidence files: adding several at once, taking one away, reading one."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications import sections, services
from applications.errors import ActError
from applications.models import ArchiveItem, Evidence
from applications.querysets import EvidenceQuerySet
from applications.reading import title_of
from applications.views import slot
from applications.views.acts import CONFLICT, INVALID, Question, ask, reasons_of
from applications.views.desk import Desk, desk_of
from applications.views.dossier import note_file_observed
from applications.views.record_page import attach_all
from applications.views.records import own_item
from portal import access, files
from portal.access import person
from portal.forms import PortalForm
from portal.preview import preview


@access.signed_in
@require_http_methods(["GET", "POST"])
def evidence_add(request: HttpRequest, item: UUID, public_id: UUID | None = None) -> HttpResponse:
    """Files for the slot of a record, several at once; asked for JSON, one at a time, and what became of each."""
    here, record = own_slot(request, item, public_id)
    desk, section = here.desk, here.section
    form = here.form(request.POST, request.FILES) if request.method == "POST" else here.form()
    if slot.asks_for_json(request):
        return slot.take(request, here, form) if form.is_bound else slot.state(request, here)
    if request.method == "POST" and form.is_valid():
        if attach_all(request, desk, record, form):
            messages.success(request, _("已上传，系统正在检查文件，通常几秒内完成。"))
            return redirect(desk.section(section))
        return redirect(request.path)
    context = {
        "form": form,
        "slot": here,
        "title": title_of(here.part, record.facts, record.details),
        "desk": desk,
        "crumbs": desk.way_to(section),
        "back": desk.section(section),
    }
    return render(request, "applications/evidence_add.html", context, status=INVALID if form.is_bound else 200)


def own_slot(request: HttpRequest, item: UUID, public_id: UUID | None) -> tuple[slot.SlotPage, ArchiveItem]:
    """A record of the person's own and its slot: 404 where it has none, 403 where a return leaves it closed."""
    desk, record = desk_of(request, public_id), own_item(request, item)
    section = sections.of_kind(record.kind)
    if section.slot is None:
        raise Http404
    desk.require_open(section, record)
    return slot.SlotPage(desk, section, section.part(record.kind), record), record


@access.signed_in
@require_http_methods(["GET", "POST"])
def evidence_remove(request: HttpRequest, evidence: UUID, public_id: UUID | None = None) -> HttpResponse:
    """Takes a file away, after a question; asked for JSON, at once: the script has asked."""
    desk = desk_of(request, public_id)
    user = person(request)
    own = Evidence.objects.visible_to(user).kept().filter(owner=user).select_related("file", "item", "application")
    piece = get_object_or_404(own, public_id=evidence)
    section = sections.section(piece.section)
    desk.require_open(section, piece.item)
    if request.method == "POST" and slot.asks_for_json(request):
        try:
            services.remove_evidence(evidence=piece, by=user)
        except ActError as refused:
            return slot.refusal(reasons_of(refused), CONFLICT)
        return JsonResponse({"removed": str(evidence), **_asked_now(request, desk, piece)})

    def act(_form: PortalForm) -> str:
        services.remove_evidence(evidence=piece, by=user)
        return _("已删除文件“%(name)s”。") % {"name": piece.file.name}

    question = Question(
        title=_("删除文件“%(name)s”") % {"name": piece.file.name},
        submit=_("删除"),
        back=desk.section(section),
        crumbs=desk.way_to(section),
        tone="danger",
    )
    return ask(request, question, act)


@access.signed_in
@require_GET
def evidence_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A piece of evidence, as a download or (`?preview`, pictures) sandboxed in the page."""
    evidence = _opened(request, public_id)
    with _closed_files_told():
        return files.response(evidence.file, inline="preview" in request.GET)


@access.signed_in
@require_GET
def evidence_preview(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """A piece of evidence page by page."""
    evidence = _found(request, public_id)
    return preview(
        request,
        evidence.file,
        name=evidence.file.name,
        picture=lambda number: reverse("applications:evidence_page", args=[public_id, number]),
        download=reverse("applications:evidence_file", args=[public_id]),
    )


@access.signed_in
@require_GET
def evidence_page(request: HttpRequest, public_id: UUID, number: int) -> HttpResponseBase:
    """The picture of a page; pages from 1."""
    evidence = _opened(request, public_id)
    with _closed_files_told():
        return files.page_response(evidence.file, number)


def _asked_now(request: HttpRequest, desk: Desk, piece: Evidence) -> dict[str, Any]:
    """What is asked of the piece's record, now that it is gone."""
    if piece.item is None:
        return {"asked": "", "names": (), "next": "", "join": ""}
    section = sections.section(piece.section)
    return slot.asked(request, slot.SlotPage(desk, section, section.part(piece.item.kind), piece.item))


@access.signed_in
@require_GET
def evidence_thumbnail(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """A file of one's own drawn small, for its row."""
    user = person(request)
    piece = get_object_or_404(_visible(request).filter(owner=user), public_id=public_id)
    with _closed_files_told():
        return files.thumbnail_response(piece.file)


def _visible(request: HttpRequest) -> EvidenceQuerySet:
    return Evidence.objects.visible_to(request.user).select_related("file", "owner")


def _found(request: HttpRequest, public_id: UUID) -> Evidence:
    """One's own, or what somebody has submitted to where one reads it: not what is in that record besides."""
    evidence = get_object_or_404(_visible(request), public_id=public_id)
    if not services.may_read(evidence, person(request)):
        raise Http404
    return evidence


def _opened(request: HttpRequest, public_id: UUID) -> Evidence:
    """The piece whose bytes are asked for; the watch's look is on record."""
    evidence = _found(request, public_id)
    note_file_observed(person(request), evidence.owner, str(evidence.public_id))
    return evidence


@contextmanager
def _closed_files_told() -> Iterator[None]:
    try:
        yield
    except files.NotAvailable as closed:
        raise access.Forbidden(str(closed)) from closed
