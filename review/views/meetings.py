"""Meetings as the office plans and draws them, and as the watch sees them."""

import uuid

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from applications import bases
from applications.bases import basis
from applications.models import Round
from applications.status import Status
from applications.views.acts import Crumb, Question, ask
from portal import access, audit
from portal.access import person
from portal.chinese_dates import cn_date
from portal.forms import PortalForm
from portal.models import User
from portal.roles import Permission
from review import services
from review.forms import PlanForm, PostponeForm
from review.models import BallotState, Meeting
from review.procedure import procedure_of
from review.views.steps import steps_of

PAGE = 25
MEETINGS = gettext_lazy("评审会议")


def shown_meeting(request: HttpRequest, meeting: uuid.UUID) -> Meeting:
    """The meeting of that id, where the person sees it; 404 otherwise."""
    visible = Meeting.objects.visible_to(request.user).select_related("round__office", "round__committee")
    return get_object_or_404(visible, public_id=meeting)


def way_to(meeting: Meeting) -> tuple[str, list[Crumb]]:
    """The meeting's page, and the crumbs up to it."""
    page = reverse("review:meeting_detail", args=[meeting.public_id])
    return page, [(MEETINGS, reverse("review:meeting_list")), (meeting.round.name, page)]


@access.signed_in
@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if not any(access.holds_anywhere(user, p) for p in (Permission.MANAGE_MEETING, Permission.OBSERVE)):
        raise access.Forbidden(_("此页面供评审办经办人员和监督人员使用。评审专家请从“我的评审”进入。"))
    listed = Meeting.objects.visible_to(user).select_related("round").order_by("-held_on", "-pk")
    short = Meeting.objects.visible_to(user).short()
    rounds = Round.objects.managed_by(user).filter(applications__status=Status.ACCEPTED)
    return render(
        request,
        "review/meeting_list.html",
        {
            "page": Paginator(listed.annotate(agenda=Count("entries")), PAGE).get_page(request.GET.get("page")),
            "short": set(short.values_list("pk", flat=True)),
            "rounds": rounds.annotate(accepted=Count("applications")).order_by("pk"),
        },
    )


@access.holds(Permission.MANAGE_MEETING)
def meeting_plan(request: HttpRequest, round_id: uuid.UUID) -> HttpResponse:
    user = person(request)
    round_ = get_object_or_404(Round.objects.visible_to(user).select_related("office"), public_id=round_id)
    access.require(user, Permission.MANAGE_MEETING, round_.office)

    def act(form: PortalForm) -> str:
        typed = form.cleaned_data
        meeting = services.plan_meeting(
            by=user,
            round_=round_,
            held_on=typed["held_on"],
            place=typed["place"],
            panel_size=typed["panel_size"],
            shares_bind=typed["shares_bind"],
            applications=list(typed["applications"]),
        )
        filed = _("评审计划已上报：%(day)s，%(size)d 名评委。抽取名单和规则已冻结，请待公开随机值产生后抽取专家。")
        return filed % {"day": cn_date(meeting.held_on), "size": meeting.panel_size}

    listed = reverse("review:meeting_list")
    question = Question(
        title=_("上报评审计划：%(round)s") % {"round": round_.name},
        submit=_("上报计划"),
        back=listed,
        crumbs=[(MEETINGS, listed)],
        consequences=[
            _("上报后冻结抽取名单：与上会申报人同单位、在其材料中列名的专家自动排除。"),
            _("会议召开 %(days)d 日前须完成上报和抽取%(basis)s。")
            % {"days": procedure_of(round_).draw_lead_days, "basis": basis(round_, bases.lead_days)},
        ],
    )
    return ask(request, question, act, form=PlanForm, round_=round_)


@access.signed_in
@require_safe
def meeting_detail(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    """The console of the office; what the watch looks at stands in the audit log (27号 正文八(三))."""
    user, shown = person(request), shown_meeting(request, meeting)
    entries = shown.entries.select_related(
        "application__applicant", "application__employer", "application__round", "outcome"
    )
    may_manage = access.decide(user, Permission.MANAGE_MEETING, shown.round.office)
    if not may_manage:
        note(user, shown, "meeting.observe")
    short = services.shortage(shown)
    return render(
        request,
        "review/meeting_detail.html",
        {
            "meeting": shown,
            "steps": steps_of(shown, short=short is not None),
            "short": short,
            "entries": entries.annotate(recused=Count("recusals", distinct=True)),
            "seats": shown.seats.select_related("expert__user").prefetch_related("recusals__entry"),
            "quorum": services.quorum_of(shown),
            "turnout": services.turnout(shown),
            "may_manage": bool(may_manage),
            "why_not": may_manage.reason,
            "all_sealed": all(entry.ballot_state == BallotState.SEALED for entry in services.live_entries(shown)),
            "in_notice": shown.entries.filter(application__status=Status.IN_NOTICE).count(),
        },
    )


@access.holds(Permission.MANAGE_MEETING)
def meeting_postpone(request: HttpRequest, meeting: uuid.UUID) -> HttpResponse:
    user, shown = person(request), shown_meeting(request, meeting)
    page, crumbs = way_to(shown)

    def act(form: PortalForm) -> str:
        services.postpone(by=user, meeting=shown, **form.cleaned_data)
        return _("会议已改期。")

    question = Question(title=_("会议改期"), submit=_("改期"), back=page, crumbs=crumbs)
    return ask(request, question, act, form=PostponeForm)


def note(user: User, meeting: Meeting, act: str) -> None:
    """Writes into the meeting's log that somebody looked."""
    audit.record(act, by=user, scope=meeting.scope, kind="meeting", target=str(meeting.public_id))
