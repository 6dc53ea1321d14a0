"""Hostile files through the page of uploading, sent as a program sends them and no browser would."""

import json
import random
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from applications.models import ArchiveItem, Evidence
from portal import jobs
from portal.models import StoredFile
from tests.applications.pages import address
from tests.uploads import ways
from tests.uploads.hostile import KINDS, Hostile, made
from tests.uploads.hostile.sources import document, jpeg

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]

EDGE = b"frontier"
PART = b'--%s\r\nContent-Disposition: form-data; name="uploads"; filename="%s"\r\n%s\r\n%s\r\n'


@pytest.fixture
def lin(enter) -> Client:
    return enter("lin")


def part(name: str, content: bytes, types: tuple[str, ...]) -> bytes:
    """A part of a form with the name as it is, and as many types as are claimed."""
    lines = b"".join(b"Content-Type: %s\r\n" % one.encode() for one in types)
    return PART % (EDGE, name.encode("utf8", "surrogatepass").replace(b'"', b'\\"'), lines, content)


def post(client: Client, award: ArchiveItem, *parts: bytes, accept: str = "application/json") -> Any:
    body = b"".join(parts) + b"--%s--\r\n" % EDGE
    where = address("archive_evidence_add", award.public_id)
    return client.generic(
        "POST", where, body, content_type=f"multipart/form-data; boundary={EDGE.decode()}", headers={"accept": accept}
    )


def is_served_inert(client: Client, hostile: Hostile) -> bool:
    """Whether the file that was just kept comes as a download that nothing runs, to its owner alone."""
    piece = Evidence.objects.select_related("file").latest("pk")
    where = reverse("applications:evidence_file", args=[piece.public_id])
    answer, stranger = client.get(where), Client().get(where)
    served = b"".join(answer.streaming_content)
    if not piece.file.is_clean or stranger.status_code == 200:
        return False
    headers = {name: answer[name] for name in ways.HEADERS}
    is_download = answer["Content-Disposition"].startswith("attachment; filename")
    return is_download and headers == ways.HEADERS and not (hostile.payload and hostile.payload in served)


def test_every_kind_is_answered_and_what_is_kept_is_served_inert(award, lin):
    """One file of each kind, under its own name: no server error, and never a page of somebody else's making."""
    answers, faults = set(), []
    for kind in sorted(KINDS):
        hostile = made(kind, 0)
        answer = post(lin, award, part(hostile.name, hostile.content, (hostile.claimed,)))
        answers.add(answer.status_code)
        told = json.loads(answer.content)
        jobs.work_off()
        kept = award.evidence.kept().filter(file__state="clean")
        if answer.status_code not in {201, 422} or (answer.status_code == 422) != bool(told.get("reasons")):
            faults.append((kind, answer.status_code))
        if kept.exists() and not is_served_inert(lin, hostile):
            faults.append((kind, "served"))
        page = lin.get(address("archive_evidence_add", award.public_id))
        if page.status_code != 200 or ("<" in hostile.name and hostile.name in page.content.decode()):
            faults.append((kind, "page"))
        award.evidence.all().delete()
    assert (answers, faults) == ({201, 422}, [])


@pytest.mark.duty("JX81-013")
@pytest.mark.parametrize(
    ("types", "content", "status"),
    [
        (("image/jpeg", "text/html"), jpeg, 201),
        (("image/jpeg; text/html",), jpeg, 201),
        (("text/html",), jpeg, 201),
        (("image/jpeg, text/html",), lambda _: b"<html><script>1</script>", 422),
        (("image/jpeg", "image/jpeg"), lambda _: b"<?php ?>", 422),
        (("",), lambda _: b"GIF89a/*", 422),
        (("application/pdf; charset=\x00",), lambda _: document(), 201),
    ],
)
def test_the_content_decides_whatever_types_are_claimed(award, lin, types, content, status):
    answer = post(lin, award, part("证书.jpg", content(random.Random(1)), types))
    jobs.work_off()
    assert answer.status_code == status
    assert {one.content_type for one in StoredFile.objects.all()} <= {"image/jpeg", "application/pdf"}


def test_too_many_parts_are_refused_before_a_file_is_stored(award, lin):
    picture = part("a.jpg", jpeg(random.Random(2)), ("image/jpeg",))
    for accept in ("application/json", "text/html"):
        assert post(lin, award, *[picture] * 21, accept=accept).status_code in {400, 413}
        fields = [b'--%s\r\nContent-Disposition: form-data; name="a%d"\r\n\r\nx\r\n' % (EDGE, n) for n in range(1001)]
        assert post(lin, award, *fields, accept=accept).status_code in {400, 413}
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("cut", [10, 60, 200, 900], ids=lambda cut: f"after {cut} bytes")
def test_a_form_that_is_cut_off_stores_nothing(award, lin, cut):
    whole = part("a.jpg", jpeg(random.Random(3)), ("image/jpeg",))
    answer = lin.generic(
        "POST", address("archive_evidence_add", award.public_id), whole[:cut],
        content_type=f"multipart/form-data; boundary={EDGE.decode()}", headers={"accept": "application/json"},
    )  # fmt: skip
    jobs.work_off()
    assert answer.status_code in {201, 400, 422}
    assert not StoredFile.objects.filter(state="clean").exists()
