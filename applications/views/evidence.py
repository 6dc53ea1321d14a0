"""Evidence files: adding several at once, taking one away, reading one."""

from collections.abc import Iterator
from contextlib import contextmanager
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
from applications.forms.uploads import DocumentForm
from applications.models import Evidence
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
    desk = desk_of(request, public_id)
    record = own_item(request, item)
    section = sections.of_kind(record.kind)
    if section.slot is None:
        raise Http404
    here = slot.SlotPage(desk, section, section.part(record.kind), record)
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


@access.signed_in
@require_http_methods(["GET", "POST"])
def evidence_remove(request: HttpRequest, evidence: UUID, public_id: UUID | None = None) -> HttpResponse:
    """Takes a file away, after a question; asked for JSON, at once: the script has asked."""
    desk = desk_of(request, public_id)
    user = person(request)
    own = Evidence.objects.visible_to(user).kept().filter(owner=user).select_related("file", "item", "application")
    piece = get_object_or_404(own, public_id=evidence)
    section = sections.section(piece.section)
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
@require_http_methods(["GET", "POST"])
def evidence_change(request: HttpRequest, evidence: UUID, public_id: UUID | None = None) -> HttpResponse:
    """Which document a file is (a page that asks), and its place among the others (`move`, a button at its row)."""
    desk = desk_of(request, public_id)
    user = person(request)
    own = Evidence.objects.visible_to(user).kept().filter(owner=user, item__isnull=False)
    piece = get_object_or_404(own.select_related("file", "item", "application"), public_id=evidence)
    assert piece.item is not None
    section = sections.section(piece.section)
    here = slot.SlotPage(desk, section, section.part(piece.item.kind), piece.item)
    back = desk.record(piece.item) if here.part.many else desk.section(section)
    if move := request.POST.get("move"):
        return _moved(request, piece, up=move == "up", back=f"{back}#file-{piece.public_id}")

    def act(form: PortalForm) -> str:
        document = form.cleaned_data["document"]
        services.name_document(evidence=piece, document=document, by=user, application=desk.application)
        return _("已注明“%(name)s”的材料名称。") % {"name": piece.file.name}

    question = Question(
        title=_("“%(name)s”是哪一种材料") % {"name": piece.file.name},
        submit=_("保存"),
        back=back,
        crumbs=desk.way_to(section),
    )
    return ask(request, question, act, form=DocumentForm, documents=here.names, current=piece.document)


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
    evidence = get_object_or_404(_visible(request), public_id=public_id)
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


def _asked_now(request: HttpRequest, desk: Desk, piece: Evidence) -> dict[str, str]:
    """What is asked of the piece's record, now that it is gone."""
    if piece.item is None:
        return {"asked": "", "next": ""}
    section = sections.section(piece.section)
    return slot.asked(request, slot.SlotPage(desk, section, section.part(piece.item.kind), piece.item))


def _moved(request: HttpRequest, piece: Evidence, *, up: bool, back: str) -> HttpResponse:
    try:
        services.move_evidence(evidence=piece, up=up, by=person(request))
    except ActError as refused:
        reasons = reasons_of(refused)
        if slot.asks_for_json(request):
            return slot.refusal(reasons, CONFLICT)
        messages.error(request, "；".join(reasons))
        return redirect(back)
    return JsonResponse({"moved": str(piece.public_id)}) if slot.asks_for_json(request) else redirect(back)


def _visible(request: HttpRequest) -> EvidenceQuerySet:
    return Evidence.objects.visible_to(request.user).select_related("file", "owner")


def _opened(request: HttpRequest, public_id: UUID) -> Evidence:
    """The piece whose bytes are asked for; the watch's look is on record."""
    evidence = get_object_or_404(_visible(request), public_id=public_id)
    note_file_observed(person(request), evidence.owner, str(evidence.public_id))
    return evidence


@contextmanager
def _closed_files_told() -> Iterator[None]:
    try:
        yield
    except files.NotAvailable as closed:
        raise access.Forbidden(str(closed)) from closed
