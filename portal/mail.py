"""Handing a mail to the mail server. A server's refusal names the address, so no word of it goes on: its kind does."""

import smtplib

from django.core.mail import EmailMessage

REFUSED_FROM = 500


class MailError(OSError):
    """The mail server is away, or asks to come again later."""


class MailRefusedError(RuntimeError):
    """The mail server will not have this mail: it, the address or the log-in is wrong."""


def send(message: EmailMessage) -> None:
    """Sends one mail now.

    Raises:
        MailError: it may go out later. The text is the kind of the error, e.g. `ConnectionRefusedError`.
        MailRefusedError: it will not go out by trying again. Text as above.
    """
    try:
        message.send()
    except Exception as error:  # noqa: BLE001  whatever a mail library throws may carry the address
        # Raised below, outside, so that neither cause nor context brings the words along.
        kind, codes = type(error).__name__, _codes(error)
        passes = isinstance(error, OSError) and not (codes and min(codes) >= REFUSED_FROM)
    else:
        return
    raise (MailError if passes else MailRefusedError)(kind)


def _codes(error: Exception) -> list[int]:
    """The server's answers, where it gave any."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return [code for code, _text in error.recipients.values()]
    return [error.smtp_code] if isinstance(error, smtplib.SMTPResponseException) else []
