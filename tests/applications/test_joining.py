"""Pictures of a record become one PDF, in their order and within the limit; and files are drawn small in their rows."""

import io

import pikepdf
import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from applications import services
from applications.errors import Refused
from applications.models import Application, ArchiveItem, Evidence
from portal import files, jobs, joining
from portal.models import StoredFile
from tests.applications import walk
from tests.applications.pages import address, words

MOST = 2 << 20


@pytest.fixture
def lin(enter) -> Client:
    return enter("lin")


@pytest.fixture
def award(world) -> ArchiveItem:
    return services.add_item(
        owner=world.people["lin"], kind="award", facts={"kind": "award"}, details={"name": "科技进步奖"}
    )


def noisy(side: int, kind: str = "JPEG", mode: str = "RGB") -> bytes:
    """A picture that no packing makes small."""
    out = io.BytesIO()
    Image.effect_noise((side, side * 4 // 3), 80).convert(mode).save(out, kind)
    return out.getvalue()


def add(item: ArchiveItem, name: str, content: bytes, application: Application | None = None) -> Evidence:
    piece = services.attach_evidence(
        application=application, item=item, upload=io.BytesIO(content), name=name, by=item.owner
    )
    jobs.work_off()
    piece.refresh_from_db()
    return piece


def shades(content: bytes) -> list[tuple[int, ...]]:
    """The colour in the middle of each page."""
    pages = [page.render(scale=0.2).to_pil().convert("RGB") for page in pypdfium2.PdfDocument(content)]
    return [tuple(round(value / 85) for value in page.getpixel((page.width // 2, page.height // 2))) for page in pages]


def bytes_of(piece: Evidence) -> bytes:
    with files.open_clean(StoredFile.objects.get(pk=piece.file_id)) as content:
        return content.read()


def test_pictures_are_joined_in_the_order_in_which_they_stand(award, lin):
    pieces = [add(award, f"{shade}.jpg", walk.picture(shade).read()) for shade in ("red", "lime", "blue")]
    services.move_evidence(evidence=pieces[2], up=True, by=award.owner)
    page = address("archive_item_change", award.public_id)
    join = address("archive_evidence_join", award.public_id)
    assert f'href="{join}"' in lin.get(page).content.decode()

    answer = lin.post(join, {"pictures": [str(one.public_id) for one in pieces], "name": "获奖证书"}, follow=True)

    assert "已把 3 张图片合并为“获奖证书.pdf”" in words(answer)
    (piece,) = award.evidence.kept()
    assert (piece.file.name, piece.order) == ("获奖证书.pdf", pieces[0].order)
    jobs.work_off()
    assert shades(bytes_of(piece)) == [(3, 0, 0), (0, 0, 3), (0, 3, 0)]
    before = award.content_sha256
    award.refresh_from_db()
    assert award.content_sha256 != before


def test_the_pdf_stands_where_the_first_picture_stood_and_the_rest_stays(award):
    first, second, third = (add(award, f"{name}.jpg", walk.picture(name).read()) for name in ("red", "lime", "blue"))

    made = services.join_pictures(pieces=[second, third], name="后两页", by=award.owner)

    assert [piece.file.name for piece in award.evidence.kept()] == ["red.jpg", "后两页.pdf"]
    assert made.order == second.order
    assert first.removed_at is None


def test_large_pictures_are_shrunk_into_the_limit_and_small_ones_are_left_as_they_are(award, empty_draft):
    contents = [noisy(1100), noisy(1000), noisy(800, "PNG", "L"), walk.picture("red").read()]
    pieces = [add(award, f"{number}.jpg", content, empty_draft) for number, content in enumerate(contents)]
    assert sum(piece.file.size for piece in pieces) > MOST / 2

    content = joining.joined([piece.file for piece in pieces], most=MOST // 2)

    assert len(content) <= MOST // 2
    with pikepdf.open(io.BytesIO(content)) as pdf:
        images = [page.Resources.XObject.Im0 for page in pdf.pages]
        assert len(images) == 4
        assert images[3].read_raw_bytes() == bytes_of(pieces[3])
        assert min(int(image.Width) for image in images[:3]) >= 700


def test_what_would_become_unreadable_is_refused_and_nothing_changes(award, lin, monkeypatch):
    pieces = [add(award, f"{number}.jpg", noisy(900 + number)) for number in range(3)]
    monkeypatch.setattr(
        "applications.services.joining.limits_at",
        lambda _application: files.FileLimits(types=("application/pdf",), max_bytes=90_000),
    )
    join = address("archive_evidence_join", award.public_id)

    answer = lin.post(join, {"pictures": [str(one.public_id) for one in pieces], "name": "证书"})

    assert answer.status_code == 409
    assert "请少选几张，分成几个 PDF" in words(answer)
    assert set(award.evidence.kept()) == set(pieces)
    assert StoredFile.objects.count() == 3


def test_only_checked_pictures_of_one_record_are_joined(award, world):
    checked = add(award, "一.jpg", walk.picture("red").read())
    paper = add(award, "二.pdf", pdf())
    other = services.add_item(owner=award.owner, kind="patent", facts={"kind": "patent"}, details={})
    elsewhere = add(other, "三.jpg", walk.picture("lime").read())
    waiting = services.attach_evidence(
        application=None, item=award, upload=walk.picture("blue"), name="四.jpg", by=award.owner
    )
    for pieces, sentence in (
        ([checked], "至少选两张"),
        ([checked, paper], "只有通过检查的图片"),
        ([checked, waiting], "只有通过检查的图片"),
        ([checked, elsewhere], "同一条目"),
    ):
        for piece in pieces:
            piece.refresh_from_db()
        with pytest.raises(Refused, match=sentence):
            services.join_pictures(pieces=pieces, name="证书", by=award.owner)
    with pytest.raises(Refused, match="只有本人"):
        services.join_pictures(pieces=[checked, elsewhere], name="证书", by=world.people["zhou"])


def test_a_picture_removed_meanwhile_is_told_and_nothing_is_joined(award, monkeypatch):
    pieces = [add(award, f"{shade}.jpg", walk.picture(shade).read()) for shade in ("red", "blue")]
    receive = files.receive

    def interrupted(*args, **kwargs):
        services.remove_evidence(evidence=pieces[1], by=award.owner)
        return receive(*args, **kwargs)

    monkeypatch.setattr(files, "receive", interrupted)
    with pytest.raises(Refused, match="已经删除"):
        services.join_pictures(pieces=pieces, name="证书", by=award.owner)

    assert [piece.pk for piece in award.evidence.kept()] == [pieces[0].pk]
    assert StoredFile.objects.count() == 2


def test_a_single_picture_offers_no_joining(award, lin):
    add(award, "一.jpg", walk.picture("red").read())

    page = lin.get(address("archive_item_change", award.public_id)).content.decode()

    assert '<p class="mb-1" data-join hidden>' in page


def pdf() -> bytes:
    out = io.BytesIO()
    with pikepdf.new() as paper:
        paper.add_blank_page(page_size=(595, 842))
        paper.save(out)
    return out.getvalue() + b"\n%%EOF"


@pytest.mark.parametrize(
    ("name", "content"),
    [("证书.jpg", lambda: noisy(900)), ("图.png", lambda: noisy(300, "PNG", "RGBA")), ("文.pdf", pdf)],
)
def test_a_clean_file_is_drawn_small_in_its_row(empty_draft, lin, name, content):
    item = services.add_item(
        owner=empty_draft.applicant, kind="award", facts={"kind": "award"}, details={}, application=empty_draft
    )
    add_here = address("evidence_add", empty_draft.public_id, item.public_id)
    lin.post(add_here, {"uploads": [SimpleUploadedFile(name, content())]})
    piece = item.evidence.get()
    small = address("evidence_thumbnail", piece.public_id)
    assert small not in lin.get(add_here).content.decode()
    assert lin.get(small).status_code == 403

    jobs.work_off()

    assert f'src="{small}"' in lin.get(add_here).content.decode()
    drawn = lin.get(small)
    assert (drawn["Content-Type"], drawn["Cache-Control"]) == ("image/jpeg", "private, no-store")
    with Image.open(io.BytesIO(drawn.content)) as picture:
        assert max(picture.size) == 240


def test_nobody_else_sees_it_small(award, enter):
    piece = add(award, "一.jpg", walk.picture("red").read())

    assert enter("zhou").get(address("evidence_thumbnail", piece.public_id)).status_code == 404
