"""The portrait: framed on a page, cut on the server, JPG of its ratio and size only, and the one in the papers."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from applications import services
from applications.models import ArchiveItem, Evidence
from applications.services import Frame, portrait_of
from applications.services import portrait as portrait_service
from portal import files, jobs
from tests.applications.pages import address, words

LEFT, RIGHT = (200, 30, 30), (30, 30, 200)


def picture(width: int = 1200, height: int = 1000, *, kind: str = "JPEG", orientation: int = 1) -> bytes:
    """Red on the left half, blue on the right, with what a camera notes."""
    made = Image.new("RGB", (width, height), LEFT)
    made.paste(RIGHT, (width // 2, 0, width, height))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "相机"
    data = BytesIO()
    made.save(data, kind, exif=exif)
    return data.getvalue()


def sent(data: bytes, name: str = "我.jpg", **frame: int) -> dict[str, object]:
    return {"picture": SimpleUploadedFile(name, data), "zoom": 100, "across": 50, "down": 50, **frame}


@pytest.fixture
def lin(world) -> Client:
    client = Client()
    client.force_login(world.people["lin"])
    return client


def shown(owner) -> Image.Image:
    jobs.work_off()
    piece = portrait_of(owner)
    assert piece is not None
    with files.open_clean(piece.file) as content:
        return Image.open(BytesIO(content.read())).convert("RGB")


def is_near(pixel, colour) -> bool:
    return all(abs(one - other) < 12 for one, other in zip(pixel, colour, strict=True))


@pytest.mark.parametrize(("across", "colour"), [(0, LEFT), (100, RIGHT)])
def test_the_frame_that_was_chosen_is_what_is_kept(world, lin, across, colour):
    answer = lin.post(address("portrait"), sent(picture(), across=across))

    assert answer.status_code == 302, words(answer)
    portrait = shown(world.people["lin"])
    assert portrait.size == (590, 826)
    assert is_near(portrait.getpixel((295, 413)), colour)
    assert dict(portrait.getexif()) == {}


def test_zoom_keeps_less_of_the_picture(world):
    lin = world.people["lin"]
    services.set_portrait(by=lin, upload=BytesIO(picture(4000, 3000)), frame=Frame(zoom=4.0))
    whole_width = 3000 * 295 / 413
    portrait = shown(lin)
    assert portrait.width == min(590, round(whole_width / 4))
    assert is_near(portrait.getpixel((5, 400)), LEFT)
    assert is_near(portrait.getpixel((portrait.width - 5, 400)), RIGHT)


def test_a_telephones_picture_is_upright_before_it_is_framed(world):
    lin = world.people["lin"]
    # Turned by a quarter: what is on the left of the file is above.
    services.set_portrait(by=lin, upload=BytesIO(picture(1200, 1000, orientation=6)), frame=Frame())
    portrait = shown(lin)
    assert is_near(portrait.getpixel((295, 100)), LEFT)
    assert is_near(portrait.getpixel((295, 700)), RIGHT)


@pytest.mark.parametrize(
    ("data", "frame", "told"),
    [
        (picture(kind="PNG"), {}, "不是 JPG 格式"),
        (b"%PDF-1.7 nothing", {}, "不是 JPG 格式"),
        (picture(294, 413), {}, "像素，照片至少要 295×413 像素"),
        (picture(1200, 1000), {"zoom": 400}, "请把“放大”调小"),
        (picture()[:3000], {}, "已损坏"),
        (picture(), {"zoom": 50}, "放大"),
    ],
)
def test_what_is_no_portrait_is_refused_at_its_field(world, lin, data, frame, told):
    answer = lin.post(address("portrait"), sent(data, **frame))
    assert answer.status_code == 422
    assert told in words(answer)
    assert not Evidence.objects.exists()


def test_another_portrait_takes_the_place_of_the_former_and_the_same_one_changes_nothing(draft):
    owner = draft.applicant
    item = ArchiveItem.objects.get(owner=owner, kind="basics")
    for upload in (picture(), picture(900, 1300), picture(900, 1300)):
        services.set_portrait(by=owner, upload=BytesIO(upload), frame=Frame())
        assert item.evidence.kept().filter(slot="photo").count() == 1
    assert item.evidence.filter(slot="photo").count() == 3


def test_of_two_portraits_that_came_at_once_the_later_stays(draft, monkeypatch):
    """The other window's comes between: it was not there when this one began."""
    lin = draft.applicant
    attach, others = portrait_service.attach_evidence, iter([picture(1000, 1000)])

    def attach_after_another(**arguments):
        if (other := next(others, None)) is not None:
            services.set_portrait(by=lin, upload=BytesIO(other), frame=Frame())
        return attach(**arguments)

    monkeypatch.setattr(portrait_service, "attach_evidence", attach_after_another)
    services.set_portrait(by=lin, upload=BytesIO(picture()), frame=Frame(across=0.0))
    assert Evidence.objects.kept().filter(owner=lin, slot="photo").count() == 1
    assert is_near(shown(lin).getpixel((5, 5)), LEFT)


def test_a_person_without_records_has_a_portrait_in_the_application_too(empty_draft):
    services.set_portrait(by=empty_draft.applicant, upload=BytesIO(picture()), frame=Frame())
    assert [item.kind for item in empty_draft.items.all()] == ["basics"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (picture(295, 413), ""),
        (picture(1000, 1400), ""),
        (picture(294, 413), "294×413 像素"),
        (picture(1400, 1000), "1400×1000 像素"),
        (picture(295, 413, kind="PNG"), "不是 JPG 格式"),
    ],
)
def test_the_slot_itself_takes_a_portrait_only(draft, data, told):
    item = ArchiveItem.objects.get(owner=draft.applicant, kind="basics")

    def attach() -> Evidence:
        return services.attach_evidence(
            application=draft, item=item, upload=BytesIO(data), name="照片.jpg", by=draft.applicant
        )

    if not told:
        assert attach().slot == "photo"
        return
    with pytest.raises(files.Refused, match=told):
        attach()


def test_the_page_leads_back_where_it_was_opened_and_nowhere_else(draft, lin):
    basics = address("section_detail", draft.public_id, "basics")
    assert f'href="{address("portrait")}?next={basics}"' in lin.get(basics).content.decode()
    assert lin.post(address("portrait"), {**sent(picture()), "next": basics}).url == basics
    away = {**sent(picture(900, 1300)), "next": "https://elsewhere.example/"}
    assert lin.post(address("portrait"), away).url == address("portrait")


def test_the_slot_offers_one_picture(draft, lin):
    page = lin.get(address("section_detail", draft.public_id, "basics"))

    assert "可一次选择多个" not in words(page)
    assert 'accept="image/jpeg,.jpg"' in page.content.decode()
