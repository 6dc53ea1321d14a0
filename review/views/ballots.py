"""Opening, casting, counting and repeating a ballot."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from applications.views.acts import Question, ask
from portal import access
from portal.access import person
from portal.forms import PortalForm
from portal.models import User
from portal.roles import Permission
from review import services
from review.forms import OrderRecusalForm, ReasonForm, VoteForm
from review.models import Entry, Meeting, Seat
from review.views.meetings import way_to


def _office_entry(user: User, entry: uuid.UUID) -> Entry:
    entries = Entry.objects.filter(meeting__in=Meeting.objects.visible_to(user)).select_related(
        "meeting__round__office", "application__applicant"
    )
    return get_object_or_404(entries, public_id=entry)


def own_seat(user: User, meeting: Meeting) -> Seat:
    """The person's own seat in the meeting; 404 without one."""
    seat = Seat.objects.of(user).filter(meeting=meeting).select_related("meeting__round", "expert__user").first()
    if seat is None:
        raise Http404
    return seat


@access.holds(Permission.MANAGE_MEETING)
def ballot_open(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = _office_entry(user, entry)
    page, crumbs = way_to(shown.meeting)
    name = shown.application.applicant.get_full_name()

    def act(_form: PortalForm) -> str:
        services.open_ballot(by=user, entry=shown)
        return _("对%(name)s的投票已开始。") % {"name": name}

    question = Question(title=_("开始投票：%(name)s") % {"name": name}, submit=_("开始投票"), back=page, crumbs=crumbs)
    return ask(request, question, act)


@access.holds(Permission.MANAGE_MEETING)
def ballot_close(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = _office_entry(user, entry)
    page, crumbs = way_to(shown.meeting)
    name = shown.application.applicant.get_full_name()

    def act(_form: PortalForm) -> str:
        return services.close_ballot(by=user, entry=shown).sentence

    question = Question(
        title=_("结束投票并计票：%(name)s") % {"name": name},
        submit=_("结束投票并计票"),
        back=page,
        crumbs=crumbs,
        consequences=[_("到会而未投票的评委不计为同意。"), _("计票后不能再投票，也不能更改。")],
        tone="danger",
    )
    return ask(request, question, act)


@access.holds(Permission.MANAGE_MEETING)
def ballot_repeat(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = _office_entry(user, entry)
    page, crumbs = way_to(shown.meeting)

    def act(form: PortalForm) -> str:
        services.repeat_ballot(by=user, entry=shown, reason=form.cleaned_data["reason"])
        return _("原投票作废，票箱未经查看即清空；请重新开始投票。")

    question = Question(
        title=_("重新投票：%(name)s") % {"name": shown.application.applicant.get_full_name()},
        submit=_("作废并重新投票"),
        back=page,
        crumbs=crumbs,
        consequences=[_("仅用于应回避的评委已经投票等情形。")],
        tone="danger",
    )
    return ask(request, question, act, form=ReasonForm)


@access.holds(Permission.MANAGE_MEETING)
def recusal_order(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = _office_entry(user, entry)
    page, crumbs = way_to(shown.meeting)

    def act(form: PortalForm) -> str:
        services.declare_recusal(by=user, entry=shown, **form.cleaned_data)
        return _("已责令回避，该评委不再能查看该申报，也不计入表决人数。")

    question = Question(
        title=_("责令回避：%(name)s") % {"name": shown.application.applicant.get_full_name()},
        submit=_("责令回避"),
        back=page,
        crumbs=crumbs,
        consequences=[_("发现评委应当回避而未提出的，由评审办责令回避；回避立即生效。")],
        tone="danger",
    )
    return ask(request, question, act, form=OrderRecusalForm, meeting=shown.meeting)


@access.signed_in
def ballot_cast(request: HttpRequest, entry: uuid.UUID) -> HttpResponse:
    user = person(request)
    readable = Entry.objects.readable_by(user).select_related("meeting__round", "application__applicant")
    shown = get_object_or_404(readable, public_id=entry)
    seat = own_seat(user, shown.meeting)
    back = reverse("review:seat_detail", args=[seat.public_id])

    def act(form: PortalForm) -> str:
        services.cast(by=user, entry=shown, choice=form.cleaned_data["choice"])
        return _("您的选票已投入票箱。系统只登记您已投票，不记录您的选择。")

    question = Question(
        title=_("无记名投票：%(name)s") % {"name": shown.application.applicant.get_full_name()},
        submit=_("投票"),
        back=back,
        crumbs=[(_("我的评审"), reverse("review:seat_list")), (shown.meeting.round.name, back)],
        consequences=[_("每位评委只能投一次，投出后不能更改。"), _("选票与投票人分开保存，计票前任何人看不到票数。")],
    )
    return ask(request, question, act, form=VoteForm)
