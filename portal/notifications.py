"""Messages to people: written in the caller's transaction, delivered by jobs.

In the portal always; by e-mail where the person has an address. Templates stand in code and are checked when they are
registered: the text uses exactly the placeholders it names. Links carry no secret, only where to go after log-in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.translation import gettext as _

from portal import clock, jobs, mail
from portal.models import Channel, Delivery, DeliveryState, Message, User


class TemplateError(ValueError):
    """A message template, or what it was given, does not fit its placeholders."""


@dataclass(frozen=True, slots=True)
class Template:
    key: str
    subject: str
    body: str
    placeholders: frozenset[str]

    def render(self, context: Mapping[str, object]) -> tuple[str, str]:
        """Subject and body. Raises TemplateError unless the context fits the placeholders exactly."""
        if context.keys() != self.placeholders:
            odd = ", ".join(sorted(context.keys() ^ self.placeholders))
            raise TemplateError(f"message {self.key}: placeholders missing or unknown: {odd}")
        values = {name: str(value) for name, value in context.items()}
        return _one_line(self.subject.format_map(values)), self.body.format_map(values)


_templates: dict[str, Template] = {}


def register(key: str, subject: str, body: str, placeholders: Iterable[str]) -> Template:
    """Registers a template, from an app's `ready()`; the same again is accepted.

    Args:
        key: `app.event`.
        subject: one line with `{placeholder}`s.
        body: plain text with `{placeholder}`s.
        placeholders: the names that both together use.

    Raises:
        TemplateError: for placeholders unused, unknown, or more than a plain name; for a key taken by another text.
    """
    template = Template(key, subject, body, frozenset(placeholders))
    used = _fields(key, subject) | _fields(key, body)
    if used != template.placeholders:
        raise TemplateError(f"message {key}: text uses {sorted(used)}, declared are {sorted(template.placeholders)}")
    if _templates.setdefault(key, template) != template:
        raise TemplateError(f"two messages named {key!r}")
    return template


def registered() -> list[Template]:
    return [_templates[key] for key in sorted(_templates)]


def notify(user: User, template: str, context: Mapping[str, object], *, link: str = "", dedupe: str = "") -> Message:
    """Writes a message, its deliveries and their jobs in the caller's transaction.

    Args:
        user: the recipient.
        template: the key of a registered template.
        context: exactly the template's placeholders.
        link: a path inside the portal.
        dedupe: the recipient gets one message of this name; a second call returns the first message.

    Raises:
        TemplateError: for an unknown template, or a context that does not fit.
    """
    if template not in _templates:
        raise TemplateError(f"no message named {template!r}")
    subject, body = _templates[template].render(context)
    message = Message(recipient=user, template=template, subject=subject, body=body, link=link, dedupe=dedupe)
    with transaction.atomic():
        Message.objects.bulk_create([message], ignore_conflicts=bool(dedupe))
        # Ignoring conflicts leaves the key unknown, so the row is read back: ours, or the one that was there.
        written = Message.objects.get(recipient=user, dedupe=dedupe) if dedupe else message
        if written.public_id == message.public_id and user.email:
            _send_later(Delivery.objects.create(message=written, channel=Channel.EMAIL))
    return written


def hold(delivery: Delivery, *, by: User) -> bool:
    """Keeps a waiting delivery back; False when it is too late."""
    waiting = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.QUEUED)
    return bool(waiting.update(state=DeliveryState.HELD, held_by=by, held_at=clock.now()))


@transaction.atomic
def release(delivery: Delivery) -> bool:
    """Lets a held delivery go out; False when it is not held."""
    held = Delivery.objects.filter(pk=delivery.pk, state=DeliveryState.HELD)
    if not held.update(state=DeliveryState.QUEUED):
        return False
    jobs.enqueue("portal.deliver", payload={"delivery": delivery.pk})
    return True


@transaction.atomic
def resend(delivery: Delivery, *, by: User) -> Delivery:
    """Sends the same message once more, as a delivery of its own."""
    again = Delivery.objects.create(
        message=delivery.message, channel=delivery.channel, resend_of=delivery, resent_by=by
    )
    _send_later(again)
    return again


def deliver(delivery_id: int) -> None:
    """Sends one delivery; what is held, sent or failed is left alone. Called by the job.

    A worker that dies between sending and marking sends again: the Message-ID stays the same, so mail servers
    recognise the double.

    Raises:
        mail.MailError, mail.MailRefusedError: not sent; the job tries again, the first for long.
    """
    waiting = Delivery.objects.filter(pk=delivery_id, state__in=[DeliveryState.QUEUED, DeliveryState.SENDING])
    if not waiting.update(state=DeliveryState.SENDING):
        return
    delivery = Delivery.objects.select_related("message__recipient").get(pk=delivery_id)
    try:
        mail.send(_email(delivery))
    except (mail.MailError, mail.MailRefusedError) as error:
        Delivery.objects.filter(pk=delivery_id).update(state=DeliveryState.QUEUED, last_error=str(error))
        raise
    Delivery.objects.filter(pk=delivery_id).update(state=DeliveryState.SENT, sent_at=clock.now(), last_error="")


def give_up(delivery_id: int) -> None:
    """Marks a delivery as failed; staff see it and may send it again. Called when the job's tries are used up."""
    Delivery.objects.filter(pk=delivery_id, state__in=[DeliveryState.QUEUED, DeliveryState.SENDING]).update(
        state=DeliveryState.FAILED
    )


def take_up(delivery_id: int) -> None:
    """Lets a failed delivery wait again, because its job is taken up again."""
    Delivery.objects.filter(pk=delivery_id, state=DeliveryState.FAILED).update(state=DeliveryState.QUEUED)


def _send_later(delivery: Delivery) -> None:
    jobs.enqueue("portal.deliver", payload={"delivery": delivery.pk}, key=f"portal.deliver:{delivery.public_id}")


def _email(delivery: Delivery) -> EmailMessage:
    message = delivery.message
    body = message.body
    if message.link:
        body += "\n\n" + _("登录后查看：") + settings.SITE_URL + message.link
    host = settings.SITE_URL.split("//")[-1].split("/")[0].split(":")[0]
    return EmailMessage(
        subject=message.subject,
        body=body,
        to=[message.recipient.email],
        headers={"Message-ID": f"<{delivery.public_id}@{host}>", "Auto-Submitted": "auto-generated"},
    )


def _fields(key: str, text: str) -> set[str]:
    names = set()
    for _literal, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise TemplateError(f"message {key}: {{{name}}} is not a plain placeholder")
        names.add(name)
    return names


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:120]
