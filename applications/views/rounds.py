"""Rounds as the office opens them from a pack and changes their dates."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from applications import services
from applications.errors import ActError
from applications.forms.round import DatesChangeForm, RoundForm
from applications.models import Round
from applications.views.acts import CONFLICT, INVALID, Question, ask, reasons_of
from portal import access, clock
from portal.access import person
from portal.forms import PortalForm
from portal.models import Organization, OrganizationKind, User
from portal.roles import Permission
from rules import catalog, procedure_words

PAGE = 25
ROUNDS = gettext_lazy("批次管理")


@access.signed_in
@require_safe
def round_manage_list(request: HttpRequest) -> HttpResponse:
    """The office's rounds; for the watch, those of the region, to read."""
    user = person(request)
    managed = Round.objects.managed_by(user)
    watched = access.organizations_with(user, Permission.OBSERVE).values("root")
    may_manage = access.holds_anywhere(user, Permission.MANAGE_ROUND)
    if not may_manage and not access.holds_anywhere(user, Permission.OBSERVE):
        raise access.Forbidden(_("此页面供评审办经办人员和监督人员使用。申报人请从“申报批次”进入。"))
    rows = Round.objects.visible_to(user).filter(Q(pk__in=managed) | Q(office__root__in=watched))
    counted = (
        rows.order_by("-year", "-applicant_closes_on", "-pk")
        .select_related("committee")
        .annotate(filed=Count("applications", filter=Q(applications__submitted_at__isnull=False)))
    )
    return render(
        request,
        "applications/manage_round_list.html",
        {
            "page": Paginator(counted, PAGE).get_page(request.GET.get("page")),
            "managed": set(managed.values_list("pk", flat=True)),
            "may_manage": may_manage,
        },
    )


@access.holds(Permission.MANAGE_ROUND)
def round_add(request: HttpRequest) -> HttpResponse:
    """First the committee and the pack (`?committee=&policy=`), then what the pack offers and the dates."""
    user = person(request)
    committees = _committees(user)
    if "policy" not in request.GET:
        packs = [(committee, _packs_for(committee)) for committee in committees]
        return render(request, "applications/manage_round_choose.html", {"packs": packs, "today": clock.today()})
    committee = get_object_or_404(committees, public_id=_uuid(request.GET.get("committee", "")))
    entry = _pack(request.GET["policy"])
    form = RoundForm(request.POST if request.method == "POST" else None, entry=entry)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            try:
                opened = services.open_round(
                    committee=committee,
                    policy_id=entry.id,
                    year=form.cleaned_data["year"],
                    levels=form.cleaned_data["levels"],
                    name=form.cleaned_data["name"],
                    dates=form.dates,
                    by=user,
                )
            except ActError as refused:
                status = CONFLICT
                for reason in reasons_of(refused):
                    form.add_error(None, reason)
            else:
                messages.success(request, _("批次“%(name)s”已发布。") % {"name": opened.name})
                return redirect("applications:round_manage_list")
    page = {
        "form": form,
        "committee": committee,
        "entry": entry,
        "in_force": catalog.in_force(entry, clock.today()),
        "chapters": procedure_words.chapters(entry),
    }
    return render(request, "applications/manage_round_add.html", page, status=status)


@access.holds(Permission.MANAGE_ROUND)
def round_change(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user = person(request)
    round_ = seen_round(user, public_id)

    def act(form: PortalForm) -> str:
        if not isinstance(form, DatesChangeForm):
            raise TypeError(form)
        services.change_dates(round=round_, dates=form.dates, reason=form.cleaned_data["reason"], by=user)
        return _("批次日期已调整，理由已留存。")

    listed = reverse("applications:round_manage_list")
    question = Question(
        title=_("调整日期：%(name)s") % {"name": round_.name},
        submit=_("调整日期"),
        back=listed,
        crumbs=[(ROUNDS, listed)],
        consequences=[_("调整即时生效，对所有申报人和审核单位适用；批次开始申报后，开始日期不能再调整。")],
    )
    return ask(request, question, act, form=DatesChangeForm, round_=round_)


@access.holds(Permission.MANAGE_ROUND)
def round_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    user = person(request)
    round_ = seen_round(user, public_id)

    def act(_form: PortalForm) -> str:
        services.close_round(round=round_, by=user)
        return _("批次已结束。")

    listed = reverse("applications:round_manage_list")
    question = Question(
        title=_("结束批次：%(name)s") % {"name": round_.name},
        submit=_("结束批次"),
        back=listed,
        crumbs=[(ROUNDS, listed)],
        consequences=[_("结束后不再接受新的申报；已提交的申报继续办理。不能撤销。")],
        tone="danger",
    )
    return ask(request, question, act)


def seen_round(user: User, public_id: UUID) -> Round:
    """The round, for its own office: 404 where it is not seen, Forbidden where it is another office's."""
    round_ = get_object_or_404(Round.objects.visible_to(user).select_related("office"), public_id=public_id)
    access.require(user, Permission.MANAGE_ROUND, round_.office)
    return round_


def _committees(user: User) -> QuerySet[Organization]:
    offices = access.organizations_with(user, Permission.MANAGE_ROUND)
    return Organization.objects.filter(kind=OrganizationKind.COMMITTEE, parent__in=offices, is_active=True)


def _packs_for(committee: Organization) -> list[tuple[catalog.Entry, bool]]:
    """The packs of the committee's region, each with whether it is in force today."""
    return [
        (entry, catalog.in_force(entry, clock.today()))
        for entry in catalog.current()
        if entry.policy.specialty.region == committee.region
    ]


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Http404 from wrong


def _pack(policy_id: str) -> catalog.Entry:
    try:
        return catalog.get(policy_id)
    except catalog.UnknownPolicy as unknown:
        raise Http404 from unknown
