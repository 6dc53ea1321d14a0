"""Notices as those manage them who posted them: post, photograph, close, take down."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from applications import bases, services
from applications.bases import basis
from applications.errors import ActError
from applications.forms.notice import NoticeForm, PhotographForm, WithdrawForm
from applications.models import Application, Notice, NoticeKind, NoticePhotograph, NoticeState, StepKind, StepState
from applications.notice_days import days_between, days_of
from applications.views.acts import CONFLICT, INVALID, Crumb, Question, ask, reasons_of
from portal import access, clock, files, workdays
from portal.access import person
from portal.chinese_dates import cn_date
from portal.forms import PortalForm
from portal.models import User
from portal.roles import Permission
from rules import catalog

PAGE = 25
MANAGED = gettext_lazy("公示管理")


def manager_permission(notice: Notice) -> Permission:
    return Permission.PUBLISH_RESULT if notice.kind == NoticeKind.RESULT else Permission.MANAGE_NOTICE


def managed_notice(request: HttpRequest, public_id: UUID) -> Notice:
    """The notice, for those who manage it. 404 where it is not seen, Forbidden where it is only seen."""
    visible = Notice.objects.visible_to(request.user).select_related("round", "organization", "posted_by", "closed_by")
    notice = get_object_or_404(visible, public_id=public_id)
    access.require(request.user, manager_permission(notice), notice.organization)
    return notice


def way_to(notice: Notice) -> tuple[str, list[Crumb]]:
    """The notice's own page, and the crumbs down to it."""
    page = reverse("applications:notice_manage", args=[notice.public_id])
    return page, [(MANAGED, reverse("applications:notice_manage_list")), (name_of(notice), page)]


def name_of(notice: Notice) -> str:
    return f"{notice.get_kind_display()}（{cn_date(notice.posted_on)}）"


@access.signed_in
@require_safe
def notice_manage_list(request: HttpRequest) -> HttpResponse:
    """One's own organisation's notices; for the watch, those of the region, to read."""
    user = person(request)
    managed = access.organizations_with(user, Permission.MANAGE_NOTICE)
    watched = access.organizations_with(user, Permission.OBSERVE).values("root")
    if not any(access.holds_anywhere(user, one) for one in (Permission.MANAGE_NOTICE, Permission.OBSERVE)):
        raise access.Forbidden(_("此页面供发布公示的单位和监督人员使用。公众请从“公示”查看评审结果公示。"))
    rows = Notice.objects.visible_to(user).filter(Q(organization__in=managed) | Q(round__office__root__in=watched))
    counted = (
        rows.order_by("-posted_on", "-pk")
        .select_related("round", "organization")
        .annotate(
            names=Count("entries", distinct=True),
            photos=Count("photographs", distinct=True),
            disputed=Count("entries__objections", filter=Q(entries__objections__state="open"), distinct=True),
        )
    )
    return render(
        request,
        "applications/notice_manage_list.html",
        {
            "page": Paginator(counted, PAGE).get_page(request.GET.get("page")),
            "may_post": access.holds_anywhere(user, Permission.RECOMMEND),
            "managed": set(managed.values_list("pk", flat=True)),
        },
    )


def candidates(user: User) -> QuerySet[Application]:
    """Applications whose employer step is one's own and whose present material has not been posted."""
    units = access.organizations_with(user, Permission.MANAGE_NOTICE)
    live = Subquery(Application.objects.filter(pk=OuterRef("pk")).values("snapshot__sha256"))
    posted = Q(notice_entries__notice__kind=NoticeKind.EMPLOYER, notice_entries__snapshot_sha256=live) & ~Q(
        notice_entries__notice__state=NoticeState.WITHDRAWN
    )
    waiting = Application.objects.visible_to(user).filter(
        pk__in=Application.objects.filter(
            steps__state=StepState.OPEN, steps__kind=StepKind.EMPLOYER, steps__organization__in=units
        ).values("pk")
    )
    done = Application.objects.filter(posted).values("pk")
    return (
        waiting.exclude(pk__in=done)
        .select_related("applicant", "round", "employer", "snapshot")
        .order_by("round", "pk")
    )


@access.holds(Permission.RECOMMEND)
def employer_notice_add(request: HttpRequest) -> HttpResponse:
    user = person(request)
    waiting = candidates(user)
    form = NoticeForm(request.POST if request.method == "POST" else None, candidates=waiting)
    status = 200
    if request.method == "POST":
        status = INVALID
        if form.is_valid():
            chosen = list(form.cleaned_data["applications"])
            try:
                notice = services.open_notice(
                    kind=NoticeKind.EMPLOYER,
                    round=chosen[0].round,
                    organization=chosen[0].employer,
                    applications=chosen,
                    by=user,
                )
            except ActError as refused:
                status = CONFLICT
                for reason in reasons_of(refused):
                    form.add_error(None, reason)
            else:
                posted = _("公示已发布，至 %(day)s 24:00 期满。请张贴后上传照片。")
                messages.success(request, posted % {"day": cn_date(notice.ends_on)})
                return redirect("applications:notice_manage", notice.public_id)
    return render(request, "applications/notice_add.html", {"form": form, **_plan(waiting)}, status=status)


def _plan(waiting: QuerySet[Application]) -> dict[str, object]:
    """Until when a notice would run that is posted today."""
    first = waiting.first()
    if first is None:
        return {"waiting": False}
    days = catalog.get(first.round.policy_id).procedure.employer_notice_days
    end = workdays.notice_end(clock.today(), days)
    return {
        "waiting": True,
        "days": days,
        "basis": basis(first.round, bases.employer_notice),
        "ends_on": end.day,
        "provisional": end.provisional,
        "calendar": days_between(clock.today(), end.day),
    }


@access.signed_in
@require_safe
def notice_manage(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return manage_page(request, managed_notice(request, public_id))


def manage_page(
    request: HttpRequest, notice: Notice, *, form: PortalForm | None = None, status: int = 200
) -> HttpResponse:
    entries = notice.entries.select_related("application").prefetch_related("objections")
    return render(
        request,
        "applications/notice_manage.html",
        {
            "notice": notice,
            "crumbs": way_to(notice)[1][:-1],
            "name": name_of(notice),
            "calendar": days_of(notice),
            "entries": entries,
            "photographs": notice.photographs.select_related("file", "uploaded_by"),
            "form": form or PhotographForm(),
            "is_open": notice.state == NoticeState.OPEN,
            "over": not notice.is_running,
            "photograph_basis": basis(notice.round, bases.photographs),
            "needs_photograph": notice.kind != NoticeKind.RESULT,
        },
        status=status,
    )


@access.signed_in
@require_POST
def photograph_add(request: HttpRequest, public_id: UUID) -> HttpResponse:
    notice = managed_notice(request, public_id)
    form = PhotographForm(request.POST, request.FILES)
    if not form.is_valid():
        return manage_page(request, notice, form=form, status=INVALID)
    upload = form.cleaned_data["file"]
    try:
        services.add_photograph(notice=notice, upload=upload, name=upload.name, by=person(request))
    except (ActError, files.Refused) as refused:
        form.add_error("file", str(refused))
        return manage_page(request, notice, form=form, status=INVALID)
    messages.success(request, _("照片已上传，安全检查后可以预览。"))
    return redirect("applications:notice_manage", public_id)


@access.signed_in
@require_safe
def photograph_file(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """The picture, for those who see the notice in their organisation or watch over it."""
    user = person(request)
    watched = access.organizations_with(user, Permission.OBSERVE).values("root")
    seen = NoticePhotograph.objects.filter(
        Q(notice__organization__in=access.organizations_with(user, Permission.MANAGE_NOTICE))
        | Q(notice__round__office__root__in=watched)
    )
    photograph = get_object_or_404(seen.select_related("file"), public_id=public_id)
    return files.response(photograph.file, inline="preview" in request.GET)


@access.signed_in
def notice_close(request: HttpRequest, public_id: UUID) -> HttpResponse:
    notice = managed_notice(request, public_id)
    page, crumbs = way_to(notice)

    def act(_form: PortalForm) -> str:
        services.close_notice(notice=notice, by=person(request))
        return _("公示已结束。")

    question = Question(
        title=_("结束公示"),
        submit=_("结束公示"),
        back=page,
        crumbs=crumbs,
        consequences=[
            _("公示须满 %(days)s 个工作日，至 %(day)s 24:00；期满之前不能结束。")
            % {"days": notice.days, "day": cn_date(notice.ends_on)},
            _("尚未核查完毕的异议继续核查，只暂缓被反映的人。"),
        ],
    )
    return ask(request, question, act)


@access.signed_in
def notice_withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    notice = managed_notice(request, public_id)
    page, crumbs = way_to(notice)

    def act(form: PortalForm) -> str:
        services.withdraw_notice(notice=notice, by=person(request), reason=form.cleaned_data["reason"])
        return _("公示已撤下。重新公示的，公示期从重新发布之日起计算。")

    question = Question(
        title=_("撤下公示"),
        submit=_("撤下公示"),
        back=page,
        crumbs=crumbs,
        consequences=[_("公示内容有误时撤下；名单中的人员须重新公示，公示期重新计算。")],
        tone="danger",
    )
    return ask(request, question, act, form=WithdrawForm)
