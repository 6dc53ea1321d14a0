"""Uploads over lines that are slow, or end before the file does, as the web server hands them to the portal."""

import io
import random
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory

from applications.models import ArchiveItem
from portal import jobs
from portal.models import StoredFile
from tests.applications.pages import address
from tests.uploads.hostile.sources import jpeg
from tests.uploads.test_upload_page import EDGE, part

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

TOKEN = "a" * 32
BODY = part("证书.jpg", jpeg(random.Random("line"), 300), ("image/jpeg",)) + b"--%s--\r\n" % EDGE


class Line(io.RawIOBase):
    """A body that comes a little at a time, and after `most` bytes ends as it is told to."""

    def __init__(self, most: int, end: type[OSError] | None) -> None:
        self.source, self.end = io.BytesIO(BODY[:most]), end

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self.source.read(min(size, 97) if size >= 0 else 97)
        if not piece and self.end is not None:
            raise self.end
        return piece


def post(client: Client, award: ArchiveItem, line: Line) -> int:
    """The status of an upload over that line, whose request announces the whole of it."""
    cookies = f"sessionid={client.cookies['sessionid'].value}; csrftoken={TOKEN}"
    environ = {
        **RequestFactory().post(address("archive_evidence_add", award.public_id)).environ,
        "wsgi.input": line, "CONTENT_LENGTH": str(len(BODY)), "HTTP_COOKIE": cookies, "HTTP_X_CSRFTOKEN": TOKEN,
        "CONTENT_TYPE": f"multipart/form-data; boundary={EDGE.decode()}", "HTTP_ACCEPT": "application/json",
    }  # fmt: skip
    answers = []
    with same_connection():
        answer = WSGIHandler()(environ, lambda status, headers, *_: answers.append(int(status.split()[0])))
        b"".join(answer)
        answer.close()
    return answers[0]


@contextmanager
def same_connection() -> Iterator[None]:
    """The handler ends with the connection it used, which here is the one that the test's transaction lives on."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def test_a_slow_line_brings_the_file_in_the_end(award, enter):
    assert post(enter("lin"), award, Line(len(BODY), None)) == 201
    jobs.work_off()
    assert StoredFile.objects.get().is_clean


@pytest.mark.parametrize("end", [None, ConnectionResetError, TimeoutError])
@pytest.mark.parametrize("most", [0, 30, 150, len(BODY) // 2])
def test_a_line_that_breaks_is_no_server_error_and_the_file_may_come_again(award, enter, most, end):
    lin = enter("lin")
    assert post(lin, award, Line(most, end)) in {201, 400, 422}
    jobs.work_off()
    assert not StoredFile.objects.filter(state="clean").exists()
    assert post(lin, award, Line(len(BODY), None)) == 201
    jobs.work_off()
    assert StoredFile.objects.filter(state="clean").count() == 1
