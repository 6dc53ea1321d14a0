"""The way of a message out of the portal: a delivery and its job are one; what cannot go out is told to staff.

A delivery is sent by the job that its row names and by no other, so that letting it go again never sends it twice.
"""

import uuid

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal import clock, jobs, mail
from portal.models import Channel, Delivery, DeliveryState, Job, Message, User
from portal.templatetags.portal_tags import masked

DELIVER = "portal.deliver"
NO_ADDRESS = "NoAddress"
UNREACHABLE = gettext_noop("连不上邮件服务器。请联系系统管理员检查邮件服务，恢复后重发。")
# What the name of the error means, and the way out of it.
FAILURES = {
    NO_ADDRESS: gettext_noop("收件人没有登记电子邮箱。请通知本人登录后在“个人信息”中登记，登记后重发。"),
    "SMTPRecipientsRefused": gettext_noop("收件方邮件服务器不接收该地址。请与收件人核对邮箱，本人改正后重发。"),
    "SMTPAuthenticationError": gettext_noop("邮件服务器不接受本系统的登录。请联系系统管理员核对邮件账号，改正后重发。"),
    "SMTPSenderRefused": gettext_noop("邮件服务器不接受本系统的发件地址。请联系系统管理员核对，改正后重发。"),
    "SMTPDataError": gettext_noop("邮件服务器退回了邮件内容。请稍后重发；仍然失败的，请联系系统管理员。"),
    "ConnectionRefusedError": UNREACHABLE,
    "ConnectionResetError": UNREACHABLE,
    "TimeoutError": UNREACHABLE,
    "gaierror": UNREACHABLE,
    "SMTPConnectError": UNREACHABLE,
    "SMTPServerDisconnected": UNREACHABLE,
    "": gettext_noop("发送程序多次中断。请稍后重发；仍然失败的，请联系系统管理员。"),
}
OTHER_FAILURE = gettext_noop("邮件没有发出（%(error)s）。请稍后重发；仍然失败的，请联系系统管理员。")


def send_later(
    message: Message, *, resend_of: Delivery | None = None, resent_by: User | None = None, channel: str = Channel.EMAIL
) -> Delivery:
    """Writes a delivery and the job that sends it, in the caller's transaction."""
    public_id = uuid.uuid4()
    return Delivery.objects.create(
        public_id=public_id, message=message, channel=channel, job=order(public_id, by=resent_by),
        resend_of=resend_of, resent_by=resent_by,
    )  # fmt: skip


def order(public_id: uuid.UUID, *, by: User | None = None) -> Job:
    """The job of a delivery; it sends nothing until the delivery names it."""
    return jobs.enqueue(DELIVER, payload={"delivery": str(public_id)}, by=by)


def deliver(job: Job) -> None:
    """Sends the delivery that names this job; what is held or sent already is left alone. Called by the job.

    A worker that dies between sending and marking sends again: the Message-ID stays the same, so mail servers
    recognise the double.

    Raises:
        mail.MailError, mail.MailRefusedError: not sent; the job tries again, the first for long.
    """
    ours = Delivery.objects.filter(job=job)
    if not ours.on_the_way().update(state=DeliveryState.SENDING):
        return
    delivery = ours.select_related("message__recipient").get()
    sending = ours.filter(state=DeliveryState.SENDING)
    address = delivery.message.recipient.email
    if not address:
        sending.update(state=DeliveryState.FAILED, last_error=NO_ADDRESS)
        return
    try:
        mail.send(_email(delivery, address))
    except (mail.MailError, mail.MailRefusedError) as error:
        sending.update(state=DeliveryState.QUEUED, last_error=str(error))
        raise
    sending.update(state=DeliveryState.SENT, sent_at=clock.now(), sent_to=masked(address), last_error="")


def give_up(job: Job) -> None:
    """Marks as failed what the job was to send; staff find it on their to-do list."""
    Delivery.objects.on_the_way().filter(job=job).update(state=DeliveryState.FAILED)


def take_up(job: Job) -> None:
    """Lets what the job had given up wait again, unless staff have sent it anew or put it aside."""
    Delivery.objects.filter(job=job, state=DeliveryState.FAILED).update(state=DeliveryState.QUEUED)


def failure_of(delivery: Delivery) -> str:
    """Why the delivery did not go out and what to do about it, for staff."""
    sentence = FAILURES.get(delivery.last_error, OTHER_FAILURE)
    return _(sentence) % {"error": delivery.last_error}


def address_of(delivery: Delivery) -> str:
    """Where it went, or where it would go today; masked."""
    return delivery.sent_to or str(masked(delivery.message.recipient.email))


def _email(delivery: Delivery, address: str) -> EmailMessage:
    message = delivery.message
    body = message.body
    if message.link:
        body += "\n\n" + _("登录后查看：") + settings.SITE_URL + message.link
    host = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
    return EmailMessage(
        subject=message.subject,
        body=body,
        to=[address],
        headers={"Message-ID": f"<{delivery.public_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )
