"""Text messages by an adapter. The stand-in writes them to the outbox beside the mails; a region plugs in its own.

An adapter is a class without arguments, named by the setting SMS_ADAPTER, with `send(number, text)`.
"""

import secrets
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from portal import clock, outbox


class SmsError(RuntimeError):
    """The message was not handed over; whoever asked for it may ask again."""


class SmsAdapter(Protocol):
    def send(self, number: str, text: str) -> None:
        """Hands one text to one number (eleven digits). Raises SmsError where it was not taken."""


class Outbox:
    """Writes each message to a file of its own in EMAIL_FILE_PATH, readable by the portal's user alone."""

    def send(self, number: str, text: str) -> None:
        path = (
            outbox.folder(settings.EMAIL_FILE_PATH)
            / f"sms-{clock.machine_now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.txt"
        )
        path.touch(mode=0o600)
        path.write_text(f"To: {number}\n\n{text}\n", encoding="utf8")


def send(number: str, text: str) -> None:
    """Hands a text message to the adapter of this installation. Raises SmsError where it was not taken."""
    adapter: SmsAdapter = import_string(settings.SMS_ADAPTER)()
    adapter.send(number, text)
