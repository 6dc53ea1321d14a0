"""The office's pages of a round: terms, words and papers of its page, and the payments of its fee."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from applications import services
from applications.errors import ActError
from applications.fees import fee_of
from applications.forms.round_page import ContentForm, PaidForm, PaperForm, TermsForm, UnpaidForm
from applications.models import Application, FeePayment, Round, RoundContent, RoundPaper
from applications.views.acts import CONFLICT, INVALID, Crumb, Question, ask, reasons_of
from applications.views.rounds import ROUNDS, seen_round
from portal import access, files
from portal.access import person
from portal.forms import PortalForm
from portal.roles import Permission

PAGE = 50


@access.holds(Permission.MANAGE_ROUND)
def round_terms(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user = person(request)
    round_ = seen_round(user, public_id)
    fee = fee_of(round_)

    def act(form: PortalForm) -> str:
        given = form.cleaned_data
        services.set_terms(
            round=round_,
            grace_minutes=given["grace_minutes"],
            fee_yuan=given.get("fee_yuan"),
            fee_before_acceptance=given.get("fee_before_acceptance", False),
            by=user,
        )
        return _("宽限和收费已保存。")

    question = Question(
        title=_("宽限和收费：%(name)s") % {"name": round_.name},
        submit=_("保存"),
        back=reverse("applications:round_manage_list"),
        crumbs=_way(),
        consequences=[
            _("保存后随即在批次页面和申报人的填写页面公布。"),
            _("收费：%(fee)s。") % {"fee": fee.sentence},
        ],
    )
    return ask(request, question, act, form=TermsForm, round_=round_)


@access.holds(Permission.MANAGE_ROUND)
def round_content(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The words of the page, with the papers that are on it."""
    user = person(request)
    round_ = seen_round(user, public_id)
    form = ContentForm(request.POST or None, content=RoundContent.objects.filter(round=round_).first())
    refusals: list[str] = []
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                services.set_content(round=round_, words=form.words, by=user)
            except ActError as refused:
                refusals, status = reasons_of(refused), CONFLICT
            else:
                messages.success(request, _("批次页面已更新。"))
                return redirect("applications:round_detail", round_.public_id)
    papers = round_.papers.kept().select_related("file")
    context = {"round": round_, "form": form, "papers": papers, "refusals": refusals, "crumbs": _way()}
    return render(request, "applications/round_content.html", context, status=status)


@access.holds(Permission.MANAGE_ROUND)
def round_paper_add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user = person(request)
    round_ = seen_round(user, public_id)
    form = PaperForm(request.POST, request.FILES) if request.method == "POST" else PaperForm()
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            given = form.cleaned_data
            try:
                services.add_paper(
                    round=round_,
                    kind=given["kind"],
                    title=given["title"],
                    upload=given["file"],
                    name=given["file"].name,
                    by=user,
                )
            except files.Refused as refused:
                form.add_error("file", str(refused))
            except ActError as refused:
                status = CONFLICT
                for reason in reasons_of(refused):
                    form.add_error(None, reason)
            else:
                messages.success(request, _("资料已上传，安全检查通过后即在批次页面提供下载。"))
                return redirect("applications:round_content", round_.public_id)
    context = {"round": round_, "form": form, "crumbs": [*_way(), _page_crumb(round_)]}
    return render(request, "applications/round_paper_add.html", context, status=status)


@access.holds(Permission.MANAGE_ROUND)
def round_paper_remove(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user = person(request)
    seen = RoundPaper.objects.visible_to(user).kept().select_related("round__office")
    paper = get_object_or_404(seen, public_id=public_id)
    access.require(user, Permission.MANAGE_ROUND, paper.round.office)

    def act(_form: PortalForm) -> str:
        services.remove_paper(paper=paper, by=user)
        return _("资料已移除。")

    question = Question(
        title=_("移除资料：%(title)s") % {"title": paper.title},
        submit=_("移除"),
        back=reverse("applications:round_content", args=[paper.round.public_id]),
        crumbs=[*_way(), _page_crumb(paper.round)],
        consequences=[_("移除后申报人不能再下载；可以重新上传。")],
        tone="danger",
    )
    return ask(request, question, act)


@access.holds(Permission.MANAGE_ROUND)
@require_safe
def fee_list(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The applications of a round that have come to the office, with what was paid."""
    user = person(request)
    round_ = seen_round(user, public_id)
    rows = (
        Application.objects.visible_at(user, Permission.ACCEPT)
        .filter(round=round_)
        .select_related("applicant", "employer", "fee_payment__recorded_by")
        .order_by("number")
    )
    state = request.GET.get("state", "")
    if state in {"paid", "unpaid"}:
        rows = rows.filter(fee_payment__isnull=state == "unpaid")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    context = {"round": round_, "page": page, "state": state, "fee": fee_of(round_), "crumbs": _way()}
    return render(request, "applications/fee_list.html", context)


@access.holds(Permission.MANAGE_ROUND)
def fee_mark(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Marking an application paid, or taking the mark back."""
    user = person(request)
    seen = Application.objects.visible_to(user).select_related("applicant", "round__office")
    application = get_object_or_404(seen, public_id=public_id)
    access.require(user, Permission.MANAGE_ROUND, application.round.office)
    # What a page was opened for is what its button does, however often it is pressed.
    sent = request.method == "POST"
    paid = "reason" in request.POST if sent else FeePayment.objects.filter(application=application).exists()

    def act(form: PortalForm) -> str:
        if paid:
            services.mark_unpaid(application=application, reason=form.cleaned_data["reason"], by=user)
            return _("缴费登记已撤销。")
        services.mark_paid(application=application, receipt=form.cleaned_data["receipt"], by=user)
        return _("已登记缴费。")

    listed = reverse("applications:fee_list", args=[application.round.public_id])
    named = {"name": application.applicant.name, "number": application.number}
    question = Question(
        title=(_("撤销缴费登记：%(name)s（%(number)s）") if paid else _("登记缴费：%(name)s（%(number)s）")) % named,
        submit=_("撤销登记") if paid else _("登记已缴费"),
        back=listed,
        crumbs=[*_way(), (_("缴费登记"), listed)],
        consequences=[_("收费：%(fee)s。") % {"fee": fee_of(application.round).sentence}],
        tone="danger" if paid else "primary",
    )
    return ask(request, question, act, form=UnpaidForm if paid else PaidForm)


def _way() -> list[Crumb]:
    return [(ROUNDS, reverse("applications:round_manage_list"))]


def _page_crumb(round_: Round) -> Crumb:
    return _("批次页面"), reverse("applications:round_content", args=[round_.public_id])
