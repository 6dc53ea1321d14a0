"""A file is read page by page in the portal, as pictures; what is not clean or not there is said."""

import io

import pytest
from PIL import Image

from applications.models import Evidence
from portal.file_intake import check as check_file
from tests.applications.pages import address, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(draft) -> Evidence:
    """A clean PDF of 林申报's, of several pages."""
    piece = Evidence.objects.kept().filter(owner=draft.applicant, file__content_type="application/pdf")[0]
    check_file(piece.file_id)
    piece.file.pages = 3
    piece.file.save(update_fields=["pages"])
    return piece


def test_a_page_shows_its_picture_and_the_way_to_the_next(paper, enter):
    client = enter("lin")
    first = client.get(address("evidence_preview", paper.public_id))
    assert "第 1 页，共 3 页" in words(first)
    assert "下一页" in words(first)
    assert "上一页" not in words(first)
    picture = address("evidence_page", paper.public_id, 1)
    assert f'src="{picture}"' in first.content.decode()
    last = client.get(address("evidence_preview", paper.public_id), {"page": "3"})
    assert "上一页" in words(last)
    assert "下一页" not in words(last)

    drawn = client.get(picture)
    assert (drawn["Content-Type"], drawn["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    with Image.open(io.BytesIO(drawn.content)) as page:
        assert page.width > 600


@pytest.mark.parametrize("number", ["0", "4", "-1", "²", "x", "9" * 5000])
def test_a_page_that_is_not_there_is_not_found(paper, enter, number):
    assert enter("lin").get(address("evidence_preview", paper.public_id), {"page": number}).status_code == 404


def test_a_picture_of_a_page_that_is_not_there_says_so(paper, enter):
    answer = enter("lin").get(address("evidence_page", paper.public_id, 99))
    assert answer.status_code == 403
    assert "没有第 99 页" in words(answer)


def test_what_is_not_checked_yet_is_not_shown(draft, enter):
    piece = Evidence.objects.kept().filter(owner=draft.applicant)[0]
    for name, more in (("evidence_preview", ()), ("evidence_page", (1,))):
        answer = enter("lin").get(address(name, piece.public_id, *more))
        assert (answer.status_code, "正在安全检查" in words(answer)) == (403, True)


def test_nobody_else_reads_it(paper, enter):
    for name, more in (("evidence_preview", ()), ("evidence_page", (1,))):
        assert [enter(who).get(address(name, paper.public_id, *more)).status_code for who in ("wang", "zhou")] == [
            404,
            404,
        ]
