"""Uploads over real lines to the real web server: what dies, falls silent or trickles holds no thread and leaves nothing."""

import json
import random
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from portal import web_worker
from tests.browser.conftest import installed, manage
from tests.processes.installation import Installation, wait_for
from tests.uploads.hostile.sources import jpeg
from tests.uploads.test_upload_page import EDGE, part

pytestmark = pytest.mark.slow

SILENCE = 2
# Held for ever is what must not be; a machine with other work on it may be slow.
PATIENCE = 50
# More than there are threads to wait for them.
LINES = 10
TOKEN = "a" * 32
READY = """
import json
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse
from applications import services
from portal.models import User
lin = User.objects.get(username="lin")
award = services.add_item(
    owner=lin, kind="award", facts={"kind": "award", "date": "2022-05-01"}, details={"name": "科技进步奖"})
session = SessionStore()
session.update({SESSION_KEY: str(lin.pk), BACKEND_SESSION_KEY: "allauth.account.auth_backends.AuthenticationBackend",
    HASH_SESSION_KEY: lin.get_session_auth_hash()})
session.create()
print(json.dumps([session.session_key, reverse("applications:archive_evidence_add", args=[award.public_id])]))
"""
LEFT = """
import json
from applications.models import Evidence
from portal.models import StoredFile
named = Evidence.objects.values("file")
print(json.dumps([StoredFile.objects.count(), StoredFile.objects.filter(purpose="evidence").exclude(pk__in=named).count()]))
"""


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Installation]:
    """Web and worker as `make run` starts them, with less patience and a directory of its own for temporary files."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LINE_SECONDS", str(SILENCE))
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("temporary")))
        with installed(tmp_path_factory.mktemp("lines")) as installation:
            yield installation


@pytest.fixture(scope="module")
def upload(portal) -> tuple[bytes, bytes]:
    """An upload into a record of lin's: its head and its body."""
    session, address = json.loads(manage(portal, "shell", "--verbosity=0", "-c", READY))
    # As large as a file may be: with its form it passes through a temporary file.
    picture = jpeg(random.Random("real line"), 900)
    picture += bytes((2 << 20) - len(picture))
    body = part("证书.jpg", picture, ("image/jpeg",)) + b"--%s--\r\n" % EDGE
    head = (
        f"POST {urlsplit(address).path} HTTP/1.1\r\nHost: 127.0.0.1:{portal.port}\r\nAccept: application/json\r\n"
        f"Cookie: sessionid={session}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\nConnection: close\r\n"
        f"Content-Type: multipart/form-data; boundary={EDGE.decode()}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode(), body


@contextmanager
def line(portal: Installation) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", portal.port), timeout=60) as opened:
        yield opened


def answered(opened: socket.socket) -> int:
    """The status of what comes; 0 where the line ends without a word."""
    said = b""
    try:
        while data := opened.recv(65536):
            said += data
    except ConnectionResetError:
        pass
    return int(said.split(b" ", 2)[1]) if said else 0


def left(portal: Installation) -> tuple[int, int]:
    """Files there are, and files in no record; no error stands in the log and nothing in the temporary directory."""
    assert '"ERROR"' not in portal.said
    assert "Traceback" not in portal.said
    temporary = Path(portal.environment["TMPDIR"])
    assert [path.name for path in temporary.iterdir() if path.name.endswith(".upload")] == []
    files, forsaken = json.loads(manage(portal, "shell", "--verbosity=0", "-c", LEFT))
    return files, forsaken


def is_served(portal: Installation) -> None:
    """Somebody else gets a page before they lose patience."""
    began = time.monotonic()
    with line(portal) as opened:
        opened.sendall(b"GET /health/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert answered(opened) == 200
    assert time.monotonic() - began < PATIENCE


@pytest.mark.parametrize("cut", [0.0, 0.5, 0.99])
@pytest.mark.parametrize("how", ["hung up", "reset"])
def test_a_line_that_dies_in_the_middle_leaves_nothing(portal, upload, cut, how):
    (head, body), (before, _none) = upload, left(portal)
    with line(portal) as opened:
        opened.sendall(head + body[: int(len(body) * cut)])
        if how == "reset":
            opened.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    time.sleep(1)
    is_served(portal)
    assert left(portal) == (before, 0)


def test_lines_that_fall_silent_are_given_up_and_others_are_served(portal, upload):
    (head, body), (before, _none) = upload, left(portal)
    with ExitStack() as stack:
        silent = [stack.enter_context(line(portal)) for _ in range(LINES)]
        for opened in silent:
            opened.sendall(head + body[: len(body) // 2])
        is_served(portal)
        began = time.monotonic()
        assert {answered(opened) for opened in silent} <= {0, 400, 403, 422}
        assert time.monotonic() - began < PATIENCE
    assert left(portal) == (before, 0)


@pytest.mark.parametrize("where", ["head", "body"])
def test_lines_that_trickle_are_given_up_and_others_are_served(portal, upload, where):
    (head, body), (before, _none) = upload, left(portal)
    with ExitStack() as stack:
        slow = [stack.enter_context(line(portal)) for _ in range(LINES)]
        for opened in slow:
            opened.sendall(head[:40] if where == "head" else head)
        rest = head[40:] if where == "head" else body
        began, ended = time.monotonic(), 0
        for place in range(len(rest)):
            ended = sum(not _still_taken(opened, rest[place : place + 1]) for opened in slow)
            if ended == LINES:
                break
            time.sleep(0.1)
            assert time.monotonic() - began < PATIENCE
        assert ended == LINES
    is_served(portal)
    assert left(portal) == (before, 0)


def _still_taken(opened: socket.socket, piece: bytes) -> bool:
    try:
        opened.sendall(piece)
    except OSError:
        return False
    return True


def test_a_slow_line_that_keeps_its_pace_brings_its_file(portal, upload):
    """It takes longer than a line may be silent, as any poor mobile net."""
    (head, body), (before, _none) = upload, left(portal)
    pieces = 3 * SILENCE * 10
    size = len(body) // pieces + 1
    with line(portal) as opened:
        opened.sendall(head)
        for begin in range(0, len(body), size):
            opened.sendall(body[begin : begin + size])
            time.sleep(0.1)
        assert answered(opened) == 201
    assert left(portal) == (before + 1, 0)
    wait_for(lambda: portal.unfinished_jobs() == 0, 60)


def test_an_answer_that_nobody_takes_ends(monkeypatch):
    monkeypatch.setattr(web_worker, "SILENCE", 0.2)
    monkeypatch.setattr(web_worker, "LEAST_PACE", 1 << 30)
    ours, theirs = socket.socketpair()
    with web_worker.PacedSocket(fileno=ours.detach()) as paced, theirs:
        paced.begin()
        with pytest.raises(ConnectionResetError):
            paced.sendall(bytes(64 << 20))
