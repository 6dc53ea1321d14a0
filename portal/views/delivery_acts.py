"""The acts on mail, each on a page of its own that asks once more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from portal import access
from portal import delivery_acts as acts
from portal.delivery_forms import HoldForm
from portal.delivery_reading import Reader
from portal.forms import ConfirmForm
from portal.models import Delivery, User
from portal.roles import Permission

INVALID, CONFLICT = 422, 409


@dataclass(frozen=True, slots=True)
class Act:
    """The words of an act, its form, and what carries it out and gives the delivery to look at afterwards."""

    route: str
    title: Promise
    consequences: Sequence[Promise]
    done: Promise
    form: type[ConfirmForm]
    carry_out: Callable[[Delivery, User, str], Delivery]


@access.holds(Permission.MANAGE_MESSAGES)
@require_http_methods(["GET", "POST"])
def delivery_hold(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _ask(request, public_id, ACTS["hold"])


@access.holds(Permission.MANAGE_MESSAGES)
@require_http_methods(["GET", "POST"])
def delivery_release(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _ask(request, public_id, ACTS["release"])


@access.holds(Permission.MANAGE_MESSAGES)
@require_http_methods(["GET", "POST"])
def delivery_resend(request: HttpRequest, public_id: UUID) -> HttpResponse:
    return _ask(request, public_id, ACTS["resend"])


def _ask(request: HttpRequest, public_id: UUID, act: Act) -> HttpResponse:
    """Asks once more, then does it; a refusal is told on the same page, and what was typed stays."""
    assert isinstance(request.user, User)
    reader = Reader(request.user)
    delivery = get_object_or_404(reader.visible(), public_id=public_id)
    form = act.form(request.POST if request.method == "POST" else None)
    refusal, status = "", INVALID if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            after = act.carry_out(delivery, request.user, form.cleaned_data.get("reason", ""))
        except acts.ResentJustNowError as twice:
            messages.info(request, str(twice))
            return redirect("portal:delivery_detail", twice.again.public_id)
        except acts.DeliveryActError as refused:
            refusal, status = str(refused), CONFLICT
        else:
            messages.success(request, str(act.done))
            return redirect("portal:delivery_detail", after.public_id)
    shown = reader.shown(delivery)
    to = gettext("收件人：%(who)s（%(address)s）") % {"who": shown.recipient, "address": shown.address}
    context = {"shown": shown, "act": act, "consequences": [to, *act.consequences], "form": form, "refusal": refusal}
    return render(request, "portal/delivery_act.html", context, status=status)


def _hold(delivery: Delivery, by: User, reason: str) -> Delivery:
    acts.hold(delivery=delivery, by=by, reason=reason)
    return delivery


def _release(delivery: Delivery, by: User, _reason: str) -> Delivery:
    acts.release(delivery=delivery, by=by)
    return delivery


def _resend(delivery: Delivery, by: User, _reason: str) -> Delivery:
    return acts.resend(delivery=delivery, by=by)


ACTS = {
    "hold": Act(
        "portal:delivery_hold",
        _("暂缓发送"),
        (_("在“恢复发送”之前，这封邮件不会发出。"), _("收件人仍能在系统内看到这条消息。")),
        _("已暂缓发送。需要发出时，请点击“恢复发送”。"),
        HoldForm,
        _hold,
    ),
    "release": Act(
        "portal:delivery_release",
        _("恢复发送"),
        (_("邮件立即排队发出，发出后不能收回。"),),
        _("已恢复发送，邮件正在排队发出。"),
        ConfirmForm,
        _release,
    ),
    "resend": Act(
        "portal:delivery_resend",
        _("重新发送"),
        (_("同一内容再发一封，收件人可能收到两封。"), _("发往收件人目前登记的邮箱，发出后不能收回。")),
        _("已安排重新发送，邮件正在排队发出。"),
        ConfirmForm,
        _resend,
    ),
}
