"""The archive by itself: kept between rounds, on the same pages as in an application, and chosen there later."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications import demo as filing
from applications import services
from applications.models import ArchiveItem
from tests.applications import walk
from tests.applications.test_applicant_pages import text

PATENT = {"patent-name": "一种电芯", "patent-date": "2022-05-01"}


def page(name: str, *args: object) -> str:
    return reverse(f"applications:{name}", args=args)


@pytest.fixture
def lin(world) -> Client:
    client = Client()
    client.force_login(world.people["lin"])
    return client


def own(world, kind: str) -> list[ArchiveItem]:
    return list(ArchiveItem.objects.kept().filter(owner=world.people["lin"], kind=kind))


@pytest.mark.duty("ZJ15-012")
def test_a_record_and_its_file_are_kept_without_any_round(world, lin):
    upload = SimpleUploadedFile("证书.jpg", walk.picture().read(), "image/jpeg")

    response = lin.post(page("archive_item_add", "patents", "patent"), {**PATENT, "patent-uploads": [upload]})

    assert response.headers["Location"] == page("archive_section_detail", "patents")
    (item,) = own(world, "patent")
    assert [piece.file.name for piece in item.evidence.kept()] == ["证书.jpg"]
    assert item.applications.count() == 0
    assert "1 条" in text(lin.get(page("archive")))


def test_what_the_archive_holds_is_chosen_for_a_new_application(world, round_, lin):
    lin.post(page("archive_item_add", "patents", "patent"), PATENT)

    application = services.open_draft(
        applicant=world.people["lin"], round=round_, level=filing.LEVEL, employer=world.units["employer"]
    )

    assert [item.kind for item in application.items.all()] == ["patent"]


def test_who_has_verified_a_record_is_told_until_it_changes(draft, lin):
    from applications.models import Verification
    from portal import clock

    item = draft.items.filter(kind="patent").first()
    Verification.objects.create(
        item=item, content_sha256=item.content_sha256, confirmed=True, organization=draft.employer,
        verified_by=draft.applicant, verified_at=clock.now(),
    )  # fmt: skip
    shown = text(lin.get(page("archive_section_detail", "patents")))
    assert f"由{draft.employer.name}于2025年3月3日核验" in shown
    assert "1 条已核验" in text(lin.get(page("archive")))

    change = page("archive_item_change", item.public_id)
    lin.post(change, {**PATENT, "patent-name": "改了名", "seen": item.content_sha256})

    assert "核验。修改内容" not in text(lin.get(page("archive_section_detail", "patents")))


def test_a_record_is_taken_out_of_the_archive_after_a_question(world, lin):
    lin.post(page("archive_item_add", "patents", "patent"), PATENT)
    (item,) = own(world, "patent")
    remove = page("archive_item_remove", item.public_id)

    assert "以后的申报也不能再用" in text(lin.get(remove))
    assert lin.post(remove).status_code == 302
    assert own(world, "patent") == []


@pytest.mark.duty("ZJ15-032")
def test_an_archive_not_touched_this_year_asks_for_it(world, lin):
    lin.post(page("archive_item_add", "patents", "patent"), PATENT)
    assert "档案今年还没有更新过" not in text(lin.get(page("archive")))
    (item,) = own(world, "patent")
    last_year = item.changed_at.replace(year=item.changed_at.year - 1)
    ArchiveItem.objects.filter(pk=item.pk).update(changed_at=last_year)

    assert "档案今年还没有更新过" in text(lin.get(page("archive")))


def test_nobody_else_finds_it(world, lin):
    lin.post(page("archive_item_add", "patents", "patent"), PATENT)
    (item,) = own(world, "patent")
    zhou = Client()
    zhou.force_login(world.people["zhou"])

    assert zhou.get(page("archive_item_change", item.public_id)).status_code == 404
    assert "一种电芯" not in text(zhou.get(page("archive_section_detail", "patents")))
