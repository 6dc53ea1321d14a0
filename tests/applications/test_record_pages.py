"""Records on their pages: saved at once with their files, kept in the archive, never overwritten unseen."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications.models import Application, ArchiveItem
from applications.sections import SECTIONS
from portal import privacy
from tests.applications import walk
from tests.applications.test_applicant_pages import address, text

PATENT = {
    "patent-date": "2022-05-01",
    "patent-patent_type": "invention",
    "patent-granted": "yes",
    "patent-name": "一种电芯",
    "patent-number": "示例专利号",
}


@pytest.fixture
def lin(world) -> Client:
    client = Client()
    client.force_login(world.people["lin"])
    return client


def picture(name: str, shade: str = "white") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, walk.picture(shade).read(), "image/jpeg")


def patents(application: Application) -> list[ArchiveItem]:
    return list(application.items.kept().filter(kind="patent"))


def test_facts_details_and_files_are_saved_at_one_press(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "patents", "patent")

    response = lin.post(add, {**PATENT, "patent-uploads": [picture("证书.jpg"), picture("效益.jpg", "red")]})

    assert response.headers["Location"] == address("section_detail", empty_draft.public_id, "patents")
    (item,) = patents(empty_draft)
    assert item.facts == {"kind": "patent", "date": "2022-05-01", "patent_type": "invention", "granted": True}
    assert item.details == {"name": "一种电芯", "number": "示例专利号"}
    assert [piece.file.name for piece in item.evidence.kept()] == ["证书.jpg", "效益.jpg"]


def test_a_record_is_saved_though_one_of_its_files_is_refused(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "patents", "patent")
    too_large = SimpleUploadedFile("大.jpg", b"\xff\xd8\xff\xe0" + bytes(2 * 1024 * 1024), "image/jpeg")

    response = lin.post(add, {**PATENT, "patent-uploads": [too_large]}, follow=True)

    (item,) = patents(empty_draft)
    assert response.request["PATH_INFO"] == address("item_change", empty_draft.public_id, item.public_id)
    assert "文件“大.jpg”超过 2 MB 的上限" in text(response)
    assert item.evidence.kept().count() == 0


def test_what_another_window_saved_is_not_overwritten_unseen(draft, lin):
    (item,) = patents(draft)
    change = address("item_change", draft.public_id, item.public_id)
    seen = {"seen": item.content_sha256}
    assert lin.post(change, {**PATENT, **seen, "patent-number": "第一窗口"}).status_code == 302

    second = lin.post(change, {**PATENT, **seen, "patent-number": "第二窗口"})

    assert second.status_code == 409
    assert "已在另一个窗口中改动" in text(second)
    assert "第二窗口" in second.content.decode()
    item.refresh_from_db()
    assert item.details["number"] == "第一窗口"


def test_a_kind_of_which_there_is_one_is_filled_in_on_the_section_itself(empty_draft, lin):
    page = address("section_detail", empty_draft.public_id, "summary")

    assert lin.post(page, {"kind": "summary", "summary-text": "第一稿"}).status_code == 302
    item = empty_draft.items.get(kind="summary")
    assert lin.post(page, {"kind": "summary", "summary-text": "第二稿", "seen": item.content_sha256}).status_code == 302
    assert [kept.details for kept in empty_draft.items.kept().filter(kind="summary")] == [{"text": "第二稿"}]
    assert lin.post(page, {"kind": "patent"}).status_code == 404


def test_nothing_to_state_is_said_once_and_lapses_with_the_first_record(empty_draft, lin):
    page = address("section_detail", empty_draft.public_id, "honours")
    state = address("section_nothing", empty_draft.public_id, "honours")
    assert "没有相应内容的，请声明" in text(lin.get(page))

    assert lin.post(state).status_code == 302
    assert "已声明没有" in text(lin.get(page))

    add = address("item_add", empty_draft.public_id, "honours", "honour")
    lin.post(add, {"honour-name": "national_technical_expert", "honour-date": "2020-01-01", "honour-issued_by": "示范"})
    assert "已声明没有" not in text(lin.get(page))
    refused = lin.post(state)
    assert refused.status_code == 409
    assert "中已有条目，请先删除再声明没有" in text(refused)


def test_a_statement_of_nothing_has_no_page_of_a_record(empty_draft, lin):
    lin.post(address("section_nothing", empty_draft.public_id, "skills"))
    stated = empty_draft.items.get(kind="nothing")

    for page in ("item_change", "item_remove", "evidence_add", "evidence_join"):
        assert lin.get(address(page, empty_draft.public_id, stated.public_id)).status_code == 404


def test_a_required_section_cannot_be_stated_as_nothing(empty_draft, lin):
    refused = lin.post(address("section_nothing", empty_draft.public_id, "education"))

    assert refused.status_code == 409
    assert "必须填写，不能声明没有" in text(refused)


def test_a_record_may_be_left_out_of_one_application_and_stays_in_the_archive(draft, lin):
    (item,) = patents(draft)
    choose = address("item_choose", draft.public_id, item.public_id)

    lin.post(choose, {"use": "no"})
    assert patents(draft) == []
    assert "档案中本次没有选用的条目" in text(lin.get(address("section_detail", draft.public_id, "patents")))
    lin.post(choose, {"use": "yes"})
    assert patents(draft) == [item]


def test_removing_a_record_asks_first(draft, lin):
    (item,) = patents(draft)
    remove = address("item_remove", draft.public_id, item.public_id)

    assert "从您的业绩档案中删除" in text(lin.get(remove))
    assert patents(draft) == [item]
    assert lin.post(remove).status_code == 302
    assert patents(draft) == []


def test_another_persons_record_is_not_there(world, draft, round_, lin):
    (item,) = patents(draft)
    zhou = Client()
    zhou.force_login(world.people["zhou"])

    assert zhou.get(address("item_change", draft.public_id, item.public_id)).status_code == 404
    assert lin.get(address("item_add", draft.public_id, "patents", "award")).status_code == 404
    assert lin.get(address("section_detail", draft.public_id, "unknown")).status_code == 404


def test_the_task_list_tells_every_section_with_its_state(empty_draft, lin):
    page = text(lin.get(address("application_detail", empty_draft.public_id)))

    assert [section.key for section in SECTIONS if str(section.title) not in page] == []
    assert f"已填好 0 部分，共 {len(SECTIONS)} 部分" in page


def test_the_check_lists_every_gap_with_its_way_and_offers_no_submission(empty_draft, lin):
    page = lin.get(address("application_check", empty_draft.public_id))

    assert "提交前还须处理" in text(page)
    assert "“工作经历”尚未填写。" in text(page)
    assert address("section_detail", empty_draft.public_id, "posts") in page.content.decode()
    assert "去承诺并提交" not in text(page)


def test_without_an_identity_document_the_way_to_register_it_is_shown(world, empty_draft, lin):
    from portal.models import IdentityDocument

    IdentityDocument.objects.filter(user=world.people["lin"]).delete()
    page = lin.get(address("application_detail", empty_draft.public_id))
    register = reverse("portal:identity")
    assert f'href="{register}?next=' in page.content.decode()
    privacy.agree(by=world.people["lin"])

    wrong = lin.post(register, {"kind": "resident_id", "number": "120104198805121017"})
    right = lin.post(
        register,
        {"kind": "resident_id", "number": "120104198805121016", "next": page.request["PATH_INFO"]},
    )

    assert (wrong.status_code, right.headers["Location"]) == (422, page.request["PATH_INFO"])
    assert "120104********1016" in text(lin.get(reverse("portal:profile")))
    assert "尚未登记证件号码" not in text(lin.get(page.request["PATH_INFO"]))


def test_a_browser_may_fill_in_what_a_person_says_of_themselves(empty_draft, lin):
    page = lin.get(address("section_detail", empty_draft.public_id, "basics")).content.decode()
    fields = re.findall(r'<(?:input|select)[^>]* name="basics-(\w+)"([^>]*)>', page)

    assert {name: found[1] for name, rest in fields if (found := re.search(r'autocomplete="([^"]+)"', rest))} == {
        "sex": "sex", "born_on": "bday", "phone": "tel", "email": "email", "address": "street-address",
    }  # fmt: skip
    assert 'inputmode="tel"' in dict(fields)["phone"]


def test_the_slot_of_the_portrait_asks_for_one_jpg_and_others_for_several_files(empty_draft, lin):
    portrait = lin.get(address("section_detail", empty_draft.public_id, "basics"))
    other = lin.get(address("item_add", empty_draft.public_id, "patents", "patent"))

    assert 'data-types="image/jpeg"' in portrait.content.decode()
    assert [("可一次选择多个" in text(page), "PDF 格式" in text(page)) for page in (portrait, other)] == [
        (False, False),
        (True, True),
    ]
