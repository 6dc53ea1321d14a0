"""What staff do with mail: hold it back, let it go, send it once more. Each act is an entry in the audit log.

Whoever comes too late is told so: every act moves the row by its expected state, and the worker does the same.
"""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from portal import access, audit, clock, deliveries
from portal.access import Forbidden
from portal.chinese_dates import cn_datetime
from portal.models import Delivery, DeliveryState, Message, Organization, User
from portal.roles import ROLE_LABELS, Permission, roles_with

ONCE_IN = timedelta(minutes=1)


class DeliveryActError(Exception):
    """An act on a delivery that was not done; the sentence tells a clerk why and what to do."""


class TooLateToHoldError(DeliveryActError):
    """It is gone, going, or held already."""


class NotHeldError(DeliveryActError):
    """What is not held cannot be released."""


class NothingToResendError(DeliveryActError):
    """It is still on its way, it is held, nobody could get it, or a newer sending stands in its place."""


class ResentJustNowError(DeliveryActError):
    """The message was sent anew within the last minute; `again` is that sending."""

    def __init__(self, again: Delivery) -> None:
        self.again = again
        super().__init__(_("一分钟内已经重发过，没有再发一次。请先看发送结果。"))


@transaction.atomic
def hold(*, delivery: Delivery, by: User, reason: str) -> None:
    """Keeps a waiting delivery back, or puts one that failed aside.

    Raises:
        Forbidden: the person does not look after this organisation's mail.
        TooLateToHoldError: it is gone, going, held already, or sent anew.
    """
    organization = _managed_by(by, delivery)
    holdable = Q(state=DeliveryState.QUEUED) | Q(state=DeliveryState.FAILED, job__isnull=False)
    moved = Delivery.objects.filter(holdable, pk=delivery.pk).update(
        state=DeliveryState.HELD, held_by=by, held_at=clock.now(), hold_reason=reason.strip()
    )
    if not moved:
        raise TooLateToHoldError(_why_not_held(_now(delivery)))
    _record("delivery.hold", delivery, by, organization, reason=reason.strip())


@transaction.atomic
def release(*, delivery: Delivery, by: User) -> None:
    """Lets a held delivery go out, once.

    Raises:
        Forbidden: the person does not look after this organisation's mail.
        NotHeldError: it is not held.
    """
    organization = _managed_by(by, delivery)
    job = deliveries.order(delivery.public_id, by=by)
    held = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.HELD)
    if not held.update(state=DeliveryState.QUEUED, job=job, last_error=""):
        said = _("该邮件现为“%(state)s”，没有暂缓，不需要恢复发送。")
        raise NotHeldError(said % {"state": _now(delivery).get_state_display()})
    _record("delivery.release", delivery, by, organization)


@transaction.atomic
def resend(*, delivery: Delivery, by: User) -> Delivery:
    """Sends the same message once more, as a delivery of its own.

    Raises:
        Forbidden: the person does not look after this organisation's mail.
        ResentJustNowError: the message was sent anew within the last minute.
        NothingToResendError: it is on its way or held, has no address to go to, or was sent anew since.
    """
    organization = _managed_by(by, delivery)
    _take_turn(delivery.message)
    standing = _now(delivery)
    if reason := _why_not_resent(standing):
        raise NothingToResendError(reason)
    # The job that gave up loses its right to send, should an operator set it going again.
    alike = Delivery.objects.filter(pk=delivery.pk, state=standing.state, job=standing.job_id)
    if standing.state == DeliveryState.FAILED and not alike.update(job=None):
        raise NothingToResendError(_why_not_resent(_now(delivery)) or _under_way())
    again = deliveries.send_later(delivery.message, channel=delivery.channel, resend_of=delivery, resent_by=by)
    _record("delivery.resend", delivery, by, organization, change={"again": str(again.public_id)})
    return again


def acts_on(delivery: Delivery) -> list[str]:
    """Which acts the delivery's page offers as it stands."""
    if delivery.state == DeliveryState.QUEUED:
        return ["hold"]
    if delivery.state == DeliveryState.HELD:
        return ["release"]
    if _why_not_resent(delivery):
        return []
    return ["resend", "hold"] if delivery.state == DeliveryState.FAILED else ["resend"]


def _managed_by(by: User, delivery: Delivery) -> Organization:
    """The organisation for which the person looks after this mail: that on whose business it goes, or one above."""
    held = access.organizations_with(by, Permission.MANAGE_MESSAGES).order_by("-path")
    owner = delivery.message.organization
    for organization in held:
        if owner is not None and owner.path.startswith(organization.path):
            return organization
    needed = "、".join(str(ROLE_LABELS[role]) for role in roles_with(Permission.MANAGE_MESSAGES))
    raise Forbidden(_("该邮件须由发出单位的%(roles)s办理。") % {"roles": needed})


def _take_turn(message: Message) -> None:
    """Two presses are one: the UPDATE lets one of them through, and holds the other until it has ended."""
    now = clock.machine_now()
    rested = Q(resent_at__isnull=True) | Q(resent_at__lte=now - ONCE_IN)
    if not Message.objects.filter(rested, pk=message.pk).update(resent_at=now):
        raise ResentJustNowError(message.deliveries.latest("pk"))


def _now(delivery: Delivery) -> Delivery:
    return Delivery.objects.select_related("message__recipient", "held_by").get(pk=delivery.pk)


def _why_not_held(delivery: Delivery) -> str:
    match delivery.state:
        case DeliveryState.SENT:
            said = _("该邮件已于 %(at)s 发出，不能再暂缓。内容有误的，请另行通知收件人。")
            return said % {"at": cn_datetime(delivery.sent_at)}
        case DeliveryState.SENDING:
            return _("该邮件正在发送，来不及暂缓。请刷新页面查看结果。")
        case DeliveryState.HELD:
            said = _("该邮件已由%(who)s于 %(at)s 暂缓发送，不需要重复办理。")
            return said % {"who": delivery.held_by, "at": cn_datetime(delivery.held_at)}
        case _:
            return _("该邮件已经重发，请在最新一次发送上办理。")


def _why_not_resent(delivery: Delivery) -> str:
    if delivery.resends.exists():
        return _("该邮件已经重发，请在最新一次发送上办理。")
    if delivery.state == DeliveryState.HELD:
        return _("该邮件已暂缓发送。需要发出的，请点击“恢复发送”。")
    if delivery.state in {DeliveryState.QUEUED, DeliveryState.SENDING}:
        return _under_way()
    if not delivery.message.recipient.email:
        return _("收件人没有登记电子邮箱，不能重发。请通知本人登录后在“个人信息”中登记。")
    return ""


def _under_way() -> str:
    return _("该邮件正在等待发送，会自动发出，不需要重发。")


def _record(act: str, delivery: Delivery, by: User, organization: Organization, **more: Any) -> None:
    audit.record(
        act, by=by, scope=f"message:{delivery.message.public_id}", kind="delivery", target=str(delivery.public_id),
        organization=organization, **more,
    )  # fmt: skip
