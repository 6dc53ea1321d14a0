"""The office releases results and watches the papers being made."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from applications.errors import ActError
from applications.models import Application, Round
from applications.status import Status
from certificates.forms import ReleaseForm
from certificates.models import Certificate, Document, DocumentState
from certificates.services import Released, release, retry_document
from portal import access, refusals
from portal.access import person
from portal.roles import Permission

PAGE_SIZE = 30


@access.holds(Permission.ISSUE_CERTIFICATE)
@require_GET
def release_list(request: HttpRequest) -> HttpResponse:
    """The office's rounds, with how many wait for release and how many are released."""
    rounds = Round.objects.managed_by(request.user).annotate(
        confirmed=Count("applications", filter=Q(applications__status=Status.CONFIRMED)),
        certified=Count("applications", filter=Q(applications__status=Status.CERTIFIED)),
    )
    page = Paginator(rounds.order_by("-year", "-pk"), PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "certificates/release_list.html", {"page": page})


@access.holds(Permission.ISSUE_CERTIFICATE)
@require_GET
def release_detail(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One round: who waits, who has a certificate, and how far the papers are."""
    round_ = _own_round(request, public_id)
    return render(request, "certificates/release_detail.html", _state_of(request, round_) | {"form": ReleaseForm()})


@access.holds(Permission.ISSUE_CERTIFICATE)
@require_http_methods(["POST"])
def release_perform(request: HttpRequest, public_id: UUID) -> HttpResponse:
    round_ = _own_round(request, public_id)
    form = ReleaseForm(request.POST)
    if form.is_valid():
        try:
            released = release(round=round_, approval_number=form.cleaned_data["approval_number"], by=person(request))
        except ActError as reason:
            refusals.note_answer(str(reason))
            form.add_error(None, str(reason))
        else:
            _tell(request, released)
            return redirect("certificates:release_detail", public_id)
    return render(request, "certificates/release_detail.html", _state_of(request, round_) | {"form": form}, status=400)


@access.holds(Permission.ISSUE_CERTIFICATE)
@require_http_methods(["POST"])
def document_retry(request: HttpRequest, public_id: UUID) -> HttpResponse:
    visible = Document.objects.visible_to(request.user).select_related("application__round__office")
    document = get_object_or_404(visible, public_id=public_id)
    round_ = document.application.round
    access.require(request.user, Permission.ISSUE_CERTIFICATE, round_.office)
    try:
        retry_document(document=document, by=person(request))
    except ActError as reason:
        refusals.note_answer(str(reason))
        messages.error(request, str(reason))
    else:
        messages.success(request, _("已重新排队生成。"))
    return redirect("certificates:release_detail", round_.public_id)


def _own_round(request: HttpRequest, public_id: UUID) -> Round:
    """A round of the person's own office: 404 where it is not seen, Forbidden where it is another office's."""
    round_ = get_object_or_404(Round.objects.visible_to(request.user).select_related("office"), public_id=public_id)
    access.require(request.user, Permission.ISSUE_CERTIFICATE, round_.office)
    return round_


def _state_of(request: HttpRequest, round_: Round) -> dict[str, object]:
    visible = Certificate.objects.visible_to(request.user).filter(application__round=round_).with_papers()
    papers = Document.objects.filter(application__round=round_)
    counted = papers.aggregate(
        total=Count("pk"),
        ready=Count("pk", filter=Q(state=DocumentState.READY)),
        failed=Count("pk", filter=Q(state=DocumentState.FAILED)),
    )
    return {
        "round": round_,
        "waiting": Application.objects.visible_to(request.user)
        .filter(round=round_, status=Status.CONFIRMED)
        .select_related("applicant", "employer"),
        "page": Paginator(visible, PAGE_SIZE).get_page(request.GET.get("page")),
        "papers": counted,
        "unfinished": counted["total"] - counted["ready"] - counted["failed"],
    }


def _tell(request: HttpRequest, released: Released) -> None:
    if released.certificates:
        messages.success(
            request, _("已发布 %(count)d 人，证书和评审表正在生成。") % {"count": len(released.certificates)}
        )
    for application, reason in released.refused:
        messages.warning(request, f"{application.applicant.get_full_name()}：{reason}")
