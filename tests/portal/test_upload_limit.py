"""What is too large is turned away by what it says of itself: not a byte of it is read."""

import io
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from certificates.views.public import CHECKS
from portal.upload_limit import UploadLimit
from rules import catalog

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

GIB = 1 << 30
MIB = 1 << 20
TYPE = "multipart/form-data; boundary=frontier"


class Line(io.RawIOBase):
    """A client that would send for ever; counts what was taken."""

    def __init__(self) -> None:
        self.taken = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        self.taken += size
        return b"x" * size


def post(path: str, **more: str) -> tuple[int, str, int]:
    """Status, text and how much was read, as the web server sees it."""
    line, answer = Line(), {}
    environ: dict[str, Any] = {
        **RequestFactory().post(path, b"", content_type=TYPE).environ,
        "wsgi.input": line, "HTTP_ACCEPT": "text/html", **more,
    }  # fmt: skip

    def start(status: str, headers: list[tuple[str, str]], *_: object) -> None:
        answer["status"] = int(status.split(maxsplit=1)[0])

    body = WSGIHandler()(environ, start)
    text = b"".join(body).decode()
    body.close()
    return answer["status"], text, line.taken


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()
    yield
    cache.clear()


def test_a_stranger_cannot_fill_the_disk_through_the_public_check():
    status, text, taken = post(reverse("certificates:verify_file"), CONTENT_LENGTH=str(GIB))
    assert (status, taken, "上传的内容过大" in text) == (413, 0, True)


@pytest.mark.parametrize("name", ["account_login", "portal:profile", "portal:privacy_consent"])
def test_nor_through_a_page_that_checks_the_token_first(name):
    status, text, taken = post(reverse(name), CONTENT_LENGTH=str(6 * MIB), HTTP_COOKIE="csrftoken=" + "a" * 32)
    assert (status, taken, "上传的内容过大" in text) == (413, 0, True)


@pytest.mark.parametrize("length", ["", "0"])
def test_who_does_not_say_how_much_comes_is_asked_to(length):
    path = reverse("certificates:verify_file")
    status, _, taken = post(path, CONTENT_LENGTH=length, HTTP_TRANSFER_ENCODING="chunked")
    assert (status, taken) == (411, 0)


def test_who_checks_too_often_is_turned_away_before_the_file_is_read():
    path = reverse("certificates:verify_file")
    for _ in range(CHECKS.times):
        assert post(path, CONTENT_LENGTH="0")[0] == 400
    status, _, taken = post(path, CONTENT_LENGTH=str(MIB))
    assert (status, taken) == (429, 0)


@pytest.mark.parametrize(("size", "answer"), [(200 * MIB, None), (300 * MIB, 413)])
def test_who_is_signed_in_may_send_as_many_files_as_a_form_takes(lin, size, answer):
    request = RequestFactory().post("/", b"", content_type=TYPE, CONTENT_LENGTH=str(size))
    request.user = lin
    turned_away = UploadLimit(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse())
    assert (turned_away and turned_away.status_code) == answer


@pytest.mark.parametrize("length", ["-1", "1e3", "٣"])
def test_a_length_that_is_no_number_is_refused(length):
    request = RequestFactory().post("/", b"", content_type=TYPE)
    request.META["CONTENT_LENGTH"] = length
    answer = UploadLimit(lambda _: HttpResponse()).process_view(request, lambda _: HttpResponse())
    assert answer is not None
    assert answer.status_code == 413


def test_no_slot_of_a_pack_takes_more_than_a_request_may_bring():
    sizes = [catalog.get(name).procedure.evidence.max_bytes.value for name in catalog.ids()]
    assert sizes
    assert max(sizes) <= settings.LARGEST_UPLOAD
