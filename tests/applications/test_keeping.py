"""What is typed is kept as it is: in a draft that need not be sound, once, and never over what another window saved."""

import json
import re

import pytest
from django.test import Client

from applications import services
from applications.models import Application, ArchiveItem
from applications.services import gaps
from tests.applications.filed import filed
from tests.applications.test_applicant_pages import address, text

AWARD = {"kind": "award", "award-name": "科技进步奖", "award-date": "2022-05-01", "keep": "yes"}
NEW = "6f5f1d3e-31a5-4a43-8d1c-6f0e7f0a9b11"


@pytest.fixture
def lin(world) -> Client:
    client = Client()
    client.force_login(world.people["lin"])
    return client


def awards(application: Application) -> list[ArchiveItem]:
    return list(application.items.kept().filter(kind="award"))


def keep(client: Client, url: str, **data: str) -> dict:
    response = client.post(url, {**AWARD, **data}, headers={"accept": "application/json"})
    assert response.status_code in {200, 409}, response.status_code
    return json.loads(response.content)


def test_what_is_typed_is_kept_before_any_button_is_pressed(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "awards", "award")

    answer = keep(lin, add, new=NEW, seen="none")

    (item,) = awards(empty_draft)
    assert (item.facts, item.details) == ({"kind": "award", "date": "2022-05-01"}, {"name": "科技进步奖"})
    assert answer["seen"] == item.content_sha256
    assert answer["action"] == address("item_change", empty_draft.public_id, NEW)
    assert answer["wrong"] == {}


def test_a_new_record_kept_again_and_then_saved_is_one_record(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "awards", "award")
    first = keep(lin, add, new=NEW, seen="none")
    keep(lin, add, **{"new": NEW, "seen": first["seen"], "award-rank": "2"})
    (item,) = awards(empty_draft)
    saved = {**AWARD, "new": NEW, "seen": item.content_sha256, "award-rank": "2", "award-project": "电芯"}
    del saved["keep"]

    assert lin.post(add, saved).status_code == 302
    assert lin.post(add, saved).status_code == 302  # pressed twice
    (item,) = awards(empty_draft)
    assert (item.facts["rank"], item.details["project"]) == (2, "电芯")


def test_an_id_of_somebody_elses_record_makes_a_record_of_ones_own(draft, world, round_, lin):
    theirs = services.add_item(owner=world.people["zhou"], kind="award", facts={}, details={"name": "周的奖"})
    add = address("item_add", draft.public_id, "awards", "award")
    before = {item.pk for item in awards(draft)}

    keep(lin, add, new=str(theirs.public_id), seen="none")

    theirs.refresh_from_db()
    assert theirs.details == {"name": "周的奖"}
    (mine,) = [item for item in awards(draft) if item.pk not in before]
    assert mine.public_id != theirs.public_id


def test_nothing_typed_makes_no_record(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "awards", "award")

    assert keep(lin, add, **{"award-name": "", "award-date": "", "new": NEW}) == {"kept": False}
    assert awards(empty_draft) == []


def test_what_cannot_be_read_yet_is_kept_beside_what_can(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "awards", "award")

    answer = keep(lin, add, **{"new": NEW, "award-date": "2022年五月", "award-rank": "第一"})

    (item,) = awards(empty_draft)
    assert (item.facts, item.details) == ({"kind": "award"}, {"name": "科技进步奖"})
    assert item.unread == {"date": "2022年五月", "rank": "第一"}
    assert set(answer["wrong"]) == {"award-date", "award-rank"}
    page = lin.get(address("item_change", empty_draft.public_id, NEW)).content.decode()
    assert 'value="2022年五月"' in page
    assert 'value="第一"' in page
    assert "有内容需要更正" in page
    assert "有填写后没有通过检查的内容" in " ".join(gap.sentence for gap in gaps(empty_draft))


def test_the_button_keeps_what_can_be_read_where_something_cannot(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "awards", "award")

    response = lin.post(add, {"award-name": "科技进步奖", "award-rank": "0", "new": NEW})

    assert response.status_code == 422
    (item,) = awards(empty_draft)
    assert (item.details, item.unread) == ({"name": "科技进步奖"}, {"rank": "0"})
    mended = {"award-name": "科技进步奖", "award-rank": "1", "seen": item.content_sha256}
    assert lin.post(address("item_change", empty_draft.public_id, item.public_id), mended).status_code == 302
    item.refresh_from_db()
    assert (item.facts, item.unread) == ({"kind": "award", "rank": 1}, {})


def test_an_identity_number_is_kept_nowhere(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "awards", "award")

    answer = keep(lin, add, **{"new": NEW, "award-certificate_number": "120101198503141231"})

    (item,) = awards(empty_draft)
    assert "award-certificate_number" in answer["wrong"]
    assert (item.unread, item.details) == ({}, {"name": "科技进步奖"})


def test_typing_in_an_old_window_overwrites_nothing_and_both_texts_are_shown(empty_draft, lin):
    keep(lin, address("item_add", empty_draft.public_id, "awards", "award"), new=NEW, seen="none")
    (item,) = awards(empty_draft)
    change, seen = address("item_change", empty_draft.public_id, item.public_id), item.content_sha256
    assert keep(lin, change, **{"seen": seen, "award-name": "第一窗口"})["kept"] is True

    answer = keep(lin, change, **{"seen": seen, "award-name": "第二窗口"})

    assert answer["stale"] is True
    item.refresh_from_db()
    assert item.details["name"] == "第一窗口"
    pressed = {**AWARD, "seen": seen, "award-name": "第二窗口"}
    del pressed["keep"]
    page = lin.post(change, pressed)
    assert page.status_code == 409
    assert "两处内容不同" in text(page)
    assert "第一窗口" in text(page)
    assert "第二窗口" in text(page)
    item.refresh_from_db()
    assert f'name="seen" value="{item.content_sha256}"' in page.content.decode()
    assert lin.post(change, {**pressed, "seen": item.content_sha256}).status_code == 302
    item.refresh_from_db()
    assert item.details["name"] == "第二窗口"


def test_a_single_record_begun_in_two_windows_is_not_overwritten_unseen(empty_draft, lin):
    page = address("section_detail", empty_draft.public_id, "summary")
    first = {"kind": "summary", "summary-text": "第一窗口", "seen": "none"}
    assert lin.post(page, first).status_code == 302

    second = lin.post(page, {**first, "summary-text": "第二窗口"})

    assert second.status_code == 409
    assert empty_draft.items.get(kind="summary").details == {"text": "第一窗口"}


def test_after_submission_nothing_is_kept_in_the_application(world, round_, lin):
    application = filed(world, round_, "lin")
    item = services.add_item(owner=application.applicant, kind="award", facts={}, details={"name": "奖"})

    response = lin.post(address("item_change", application.public_id, item.public_id), {"keep": "yes"})

    assert response.status_code == 403


def test_the_page_after_saving_names_the_record_whose_copy_may_go(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "awards", "award")
    form = lin.get(add).content.decode()
    (about,) = re.findall(r'data-about="([^"]+)"', form)
    assert f'name="new" value="{about}"' in form

    response = lin.post(add, {"kind": "award", "award-name": "科技进步奖", "new": about}, follow=True)

    assert f'data-kept="{about}"' in response.content.decode()
    record = lin.get(address("item_change", empty_draft.public_id, about)).content.decode()
    assert f'data-about="{about}"' in record


def test_a_text_that_is_too_long_is_kept_whole_until_it_is_shortened(empty_draft, lin):
    summary = address("section_detail", empty_draft.public_id, "summary")
    text_sent = "长" * 4100

    page = lin.get(summary).content.decode()
    answer = lin.post(summary, {"kind": "summary", "summary-text": text_sent})

    assert 'data-most="4000"' in page
    assert "maxlength" not in re.findall(r"<textarea[^>]*>", page)[0]
    assert answer.status_code == 422
    assert "最多 4000 字，现有 4100 字" in text(answer)
    assert text_sent in lin.get(summary).content.decode()


def test_the_ends_of_lines_are_not_counted_against_a_text(empty_draft, lin):
    summary = address("section_detail", empty_draft.public_id, "summary")
    lines = "\r\n".join(["一行字"] * 1000)  # 3,999 characters as the person sees them, a thousand more as sent

    assert lin.post(summary, {"kind": "summary", "summary-text": lines}).status_code == 302
    (item,) = ArchiveItem.objects.filter(owner=empty_draft.applicant, kind="summary")
    assert item.details["text"] == "\n".join(["一行字"] * 1000)
