"""Messages to people: written in the caller's transaction, delivered by jobs (portal/deliveries.py).

In the portal always; by e-mail where the person has an address. Templates stand in code and are checked when they are
registered: the text uses exactly the placeholders it names. Links carry no secret, only where to go after log-in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter

from django.db import transaction

from portal import deliveries
from portal.models import Message, Organization, User


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
        return _one_line(_filled(self.subject, values)), _filled(self.body, values)


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


def notify(
    user: User,
    template: str,
    context: Mapping[str, object],
    *,
    organization: Organization | None,
    link: str = "",
    dedupe: str = "",
) -> Message:
    """Writes a message, its deliveries and their jobs in the caller's transaction.

    Args:
        user: the recipient.
        template: the key of a registered template.
        context: exactly the template's placeholders.
        organization: on whose business; its staff hold and resend the mail. None only where that is not known any more.
        link: a path inside the portal.
        dedupe: the recipient gets one message of this name; a second call returns the first message.

    Raises:
        TemplateError: for an unknown template, or a context that does not fit.
    """
    if template not in _templates:
        raise TemplateError(f"no message named {template!r}")
    subject, body = _templates[template].render(context)
    message = Message(
        recipient=user, template=template, subject=subject, body=body, link=link, dedupe=dedupe,
        organization=organization,
    )  # fmt: skip
    with transaction.atomic():
        Message.objects.bulk_create([message], ignore_conflicts=bool(dedupe))
        # Ignoring conflicts leaves the key unknown, so the row is read back: ours, or the one that was there.
        written = Message.objects.get(recipient=user, dedupe=dedupe) if dedupe else message
        if written.public_id == message.public_id and user.email:
            deliveries.send_later(written)
    return written


def _fields(key: str, text: str) -> set[str]:
    names = set()
    for _literal, name, form, conversion in Formatter().parse(text):
        if name is None:
            continue
        if not name.isidentifier() or form or conversion:
            raise TemplateError(f"message {key}: {{{name}}} is not a plain placeholder")
        names.add(name)
    return names


def _filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its placeholders filled; a full stop that stands in both is written once."""
    ended = {name: value.rstrip("。") if f"{{{name}}}。" in text else value for name, value in values.items()}
    return text.format_map(ended)


def _one_line(subject: str) -> str:
    return " ".join(subject.split())[:120]
