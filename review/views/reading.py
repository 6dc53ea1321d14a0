"""What an expert reads of an application, the opinion on it, and stepping back from it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications.errors import ActError
from applications.models import Evidence
from applications.views.acts import CONFLICT, INVALID, Question, ask, reasons_of
from portal import access, audit, files
from portal.access import person
from portal.forms import PortalForm
from portal.models import User
from portal.preview import preview
from review import masking, services
from review.forms import OpinionForm, RecuseForm
from review.models import Entry, Opinion
from review.views.ballots import own_seat
from review.views.expert import MINE


def _readable(user: User, entry: uuid.UUID) -> Entry:
    entries = Entry.objects.readable_by(user)
    return get_object_or_404(
        entries.select_related("meeting__round", "application__snapshot", "application__applicant"), public_id=entry
    )


@access.signed_in
def entry_read(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    """The masked dossier, with the expert's own opinion below it."""
    user = person(request)
    shown = _readable(user, entry)
    seat = own_seat(user, shown.meeting)
    own = Opinion.objects.filter(entry=shown, seat=seat).first()
    form = OpinionForm(request.POST if request.method == "POST" else None, initial={"text": own.text if own else ""})
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                services.give_opinion(by=user, seat=seat, entry=shown, text=form.cleaned_data["text"])
            except ActError as refused:
                refusals, status = reasons_of(refused), CONFLICT
            else:
                messages.success(request, _("评审意见已签署。"))
                return redirect("review:entry_read", entry=entry)
    page = {
        "entry": shown,
        "seat": seat,
        "dossier": masking.dossier_of(shown),
        "opinion": own,
        "form": form,
        "refusals": refusals,
        "has_voted": services.has_voted(shown, seat),
    }
    return render(request, "review/entry_read.html", page, status=status)


@access.signed_in
def entry_recuse(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = _readable(user, entry)
    seat = own_seat(user, shown.meeting)
    back = reverse("review:seat_detail", args=[seat.public_id])

    def act(form: PortalForm) -> str:
        services.declare_recusal(by=user, seat=seat, entry=shown, **form.cleaned_data)
        return _("已登记回避，您不再能查看、评议该申报，也不参加对其的表决。")

    question = Question(
        title=_("回避：%(name)s") % {"name": shown.application.applicant.get_full_name()},
        submit=_("申请回避"),
        back=back,
        crumbs=[(MINE, reverse("review:seat_list")), (shown.meeting.round.name, back)],
        consequences=[_("回避立即生效：材料随即关闭，您不计入该申报的表决人数。")],
        tone="danger",
    )
    return ask(request, question, act, form=RecuseForm)


@access.signed_in
@require_safe
def evidence_read(request: HttpRequest, entry: uuid.UUID, evidence: uuid.UUID) -> HttpResponseBase:
    """One file of the dossier, as it was uploaded; each reading is an entry of the audit log."""
    shown, found = _piece(person(request), entry, evidence)
    _note_reading(request, shown, found)
    return files.response(found.file, inline=True, name=masking.without_personal(found.file.name))


@access.signed_in
@require_safe
def evidence_preview(request: HttpRequest, entry: uuid.UUID, evidence: uuid.UUID) -> HttpResponse:
    """One file of the dossier page by page."""
    _shown, found = _piece(person(request), entry, evidence)
    return preview(
        request,
        found.file,
        name=masking.without_personal(found.file.name),
        picture=lambda number: reverse("review:evidence_page", args=[entry, evidence, number]),
        download=reverse("review:evidence_read", args=[entry, evidence]),
    )


@access.signed_in
@require_safe
def evidence_page(request: HttpRequest, entry: uuid.UUID, evidence: uuid.UUID, number: int) -> HttpResponseBase:
    """The picture of a page, pages from 1; each reading is an entry of the audit log."""
    shown, found = _piece(person(request), entry, evidence)
    _note_reading(request, shown, found, page=number)
    return files.page_response(found.file, number)


def _piece(user: User, entry: uuid.UUID, evidence: uuid.UUID) -> tuple[Entry, Evidence]:
    shown = _readable(user, entry)
    found = next((piece for piece in masking.evidence_of(shown) if piece.public_id == evidence), None)
    if found is None:
        raise Http404
    return shown, found


def _note_reading(request: HttpRequest, shown: Entry, found: Evidence, **change: int) -> None:
    audit.record(
        "evidence.read",
        by=person(request),
        scope=shown.meeting.scope,
        kind="evidence",
        target=str(found.public_id),
        change=change or None,
    )
