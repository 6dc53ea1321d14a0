"""Mails that go to files hold links to set passwords: nobody else on the machine reads them."""

import os

import pytest
from django.core.mail import EmailMessage, get_connection

from portal import sms


@pytest.fixture
def outbox(tmp_path, settings):
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    before = os.umask(0)
    yield tmp_path / "outbox"
    os.umask(before)


def modes(outbox) -> list[str]:
    return [oct(outbox.stat().st_mode & 0o777), *(oct(path.stat().st_mode & 0o777) for path in outbox.iterdir())]


def test_a_mail_and_its_folder_are_private(outbox):
    with get_connection("portal.outbox.EmailBackend") as connection:
        for number in range(2):
            connection.send_messages([EmailMessage(f"No. {number}", "link", to=["lin@portal.example"])])
    (path,) = outbox.iterdir()
    assert ("No. 0" in path.read_text(), "No. 1" in path.read_text()) == (True, True)
    assert modes(outbox) == ["0o700", "0o600"]


def test_a_text_message_and_its_folder_are_private(outbox):
    sms.Outbox().send("13800000000", "code")
    assert modes(outbox) == ["0o700", "0o600"]


def test_a_folder_that_stood_open_is_closed(outbox):
    outbox.mkdir(mode=0o755)
    get_connection("portal.outbox.EmailBackend").send_messages([EmailMessage("x", "y", to=["lin@portal.example"])])
    assert modes(outbox) == ["0o700", "0o600"]
