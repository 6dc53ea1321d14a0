"""What an expert opens: invitations, the commitment, the agenda."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from applications.views.acts import Crumb, Question, ask
from portal import access
from portal.access import person
from portal.forms import PortalForm
from portal.models import User
from review import commitments, services
from review.forms import AnswerForm, CommitForm
from review.models import BallotParticipation, Entry, Seat

MINE = gettext_lazy("我的评审")


def _own(user: User, seat: uuid.UUID) -> Seat:
    seats = Seat.objects.of(user).select_related("meeting__round__committee", "expert__user")
    return get_object_or_404(seats, public_id=seat)


def _way(seat: Seat) -> tuple[str, list[Crumb]]:
    page = reverse("review:seat_detail", args=[seat.public_id])
    return page, [(MINE, reverse("review:seat_list")), (seat.meeting.round.name, page)]


@access.signed_in
@require_safe
def seat_list(request: HttpRequest) -> HttpResponse:
    seats = Seat.objects.of(person(request)).select_related("meeting__round__committee")
    return render(request, "review/seat_list.html", {"seats": seats.order_by("-meeting__held_on")})


@access.signed_in
@require_safe
def seat_detail(request: HttpRequest, seat: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = _own(user, seat)
    readable = Entry.objects.readable_by(user).filter(meeting=shown.meeting)
    voted = BallotParticipation.objects.filter(seat=shown).values_list("entry_id", flat=True)
    signed = shown.opinions.values_list("entry_id", flat=True)
    return render(
        request,
        "review/seat_detail.html",
        {
            "seat": shown,
            "entries": readable.select_related("application__applicant", "application__employer"),
            "recusals": shown.recusals.select_related("entry__application__applicant"),
            "voted": set(voted),
            "signed": set(signed),
        },
    )


@access.signed_in
def seat_answer(request: HttpRequest, seat: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = _own(user, seat)
    page, crumbs = _way(shown)
    accepting = request.method == "POST" and request.POST.get("accepts") == "yes"

    def act(form: PortalForm) -> str:
        accepts = form.cleaned_data["accepts"] == "yes"
        services.answer_invitation(by=user, seat=shown, accepts=accepts, reason=form.cleaned_data["reason"])
        return _("已接受邀请，请签署承诺书。") if accepts else _("已登记不能参加，您无需再办理其他手续；缺额另行补抽。")

    question = Question(
        title=_("答复评审邀请"),
        submit=_("提交答复"),
        back=page,
        onward=page if accepting else reverse("review:seat_list"),
        crumbs=crumbs,
        consequences=[
            _("评委名单保密，请勿向任何人透露。"),
            _("不能参加的，答复提交后即生效，不能再改；其余评委不变，缺额随机补抽。"),
        ],
    )
    return ask(request, question, act, form=AnswerForm)


@access.signed_in
def seat_commit(request: HttpRequest, seat: uuid.UUID) -> HttpResponse:
    user = person(request)
    shown = _own(user, seat)
    page, crumbs = _way(shown)

    def act(_form: PortalForm) -> str:
        services.commit(by=user, seat=shown)
        return _("承诺书已签署，上会材料现可查看。")

    question = Question(
        title=_("评审专家承诺书"),
        submit=_("签署承诺书"),
        back=page,
        crumbs=crumbs,
        consequences=list(commitments.CLAUSES),
    )
    return ask(request, question, act, form=CommitForm)
