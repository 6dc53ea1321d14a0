"""Files are sent one by one without leaving the page: what the script of the page is told, and what it may ask."""

import errno
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from applications import services
from applications.dossiers import item_sha256
from applications.errors import Refused
from applications.models import Application, ArchiveItem, Evidence
from portal import content_store, directory_store, jobs
from portal.directory_store import Directory
from portal.models import AuditEntry, Job, StoredFile
from tests.applications import walk
from tests.applications.pages import address, words

NEW = "0d5f1d3e-31a5-4a43-8d1c-6f0e7f0a9b12"


@pytest.fixture
def lin(enter) -> Client:
    return enter("lin")


@pytest.fixture
def patent(empty_draft) -> ArchiveItem:
    facts = {"kind": "patent", "patent_type": "invention", "granted": True, "date": "2022-05-01"}
    return services.add_item(
        owner=empty_draft.applicant, kind="patent", facts=facts, details={"name": "电芯"}, application=empty_draft
    )


def send(client: Client, where: str, *, name: str = "证书.jpg", content: bytes | None = None) -> tuple[int, dict]:
    """A file sent by the script; the status and what it is told."""
    data = walk.picture().read() if content is None else content
    sent = {"uploads": [SimpleUploadedFile(name, data)]}
    response = client.post(where, sent, headers={"accept": "application/json"})
    return response.status_code, json.loads(response.content)


def look(client: Client, where: str) -> list[dict]:
    return json.loads(client.get(where, headers={"accept": "application/json"}).content)["files"]


@pytest.fixture(params=["application", "archive"])
def where(request, empty_draft, patent) -> str:
    if request.param == "archive":
        return address("archive_evidence_add", patent.public_id)
    return address("evidence_add", empty_draft.public_id, patent.public_id)


def test_a_file_sent_by_the_script_is_told_until_it_is_checked(where, patent, lin):
    status, answer = send(lin, where)

    piece = patent.evidence.kept().get()
    assert (status, answer["same"], answer["file"]["waiting"]) == (201, "", True)
    assert {key: answer["file"][key] for key in ("id", "name", "state", "refusal", "preview")} == {
        "id": str(piece.public_id), "name": "证书.jpg", "state": "received", "refusal": "", "preview": "",
    }  # fmt: skip
    assert answer["file"]["remove"] in answer["file"]["row"]

    jobs.work_off()
    (checked,) = look(lin, where)
    assert (checked["waiting"], checked["state"]) == (False, "clean")
    assert checked["preview"] == address("evidence_preview", piece.public_id)
    assert "已通过检查" in checked["row"]


def test_what_the_check_refuses_is_told_with_its_sentence(where, lin):
    assert send(lin, where, name="坏.pdf", content=b"%PDF-1.7\ncut off")[0] == 201
    jobs.work_off()

    (checked,) = look(lin, where)
    assert (checked["waiting"], checked["state"]) == (False, "refused")
    assert "已损坏或不完整" in checked["refusal"]
    assert checked["refusal"] in checked["row"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"MZ\x90\0", "的内容不是"),
        (b"\xff\xd8\xff\xe0" + bytes(2 << 20), "超过 2 MB 的上限"),
        (b"", "空的"),
    ],
)
def test_what_the_browser_let_through_is_refused_with_a_sentence(where, patent, lin, content, sentence):
    status, answer = send(lin, where, content=content)

    assert (status, len(answer["reasons"])) == (422, 1)
    assert sentence in answer["reasons"][0]
    assert not patent.evidence.exists()


def test_a_number_in_the_name_of_a_refused_file_does_not_stand_in_the_log(where, lin):
    """People name scans after themselves, number and all, and a sentence about a file names it."""
    status, _answer = send(lin, where, name="林申报120104198805121016.jpg", content=b"MZ\x90\0")
    entry = AuditEntry.objects.get(refused=True)
    assert (status, "的内容不是" in entry.reason) == (422, True)
    assert "120104198805121016" not in entry.text + entry.reason


def test_nothing_sent_is_told(where, lin):
    response = lin.post(where, {}, headers={"accept": "application/json"})

    assert (response.status_code, json.loads(response.content)) == (422, {"reasons": ["请选择要上传的文件。"]})


def test_the_same_file_twice_is_one_file_and_told_so(where, patent, lin):
    first = send(lin, where)[1]["file"]

    status, answer = send(lin, where, name="又一次.jpg")

    assert (status, answer["file"]["id"]) == (200, first["id"])
    assert answer["same"] == "“又一次.jpg”与已上传的“证书.jpg”是同一个文件，只保留一份。"
    assert (patent.evidence.kept().count(), StoredFile.objects.count()) == (1, 1)


def test_the_same_file_twice_is_told_without_a_script_too(where, patent, lin):
    two = [SimpleUploadedFile(name, walk.picture().read()) for name in ("一.jpg", "二.jpg")]

    page = lin.post(where, {"uploads": two}, follow=True)

    assert "“二.jpg”与已上传的“一.jpg”是同一个文件" in words(page)
    assert patent.evidence.kept().count() == 1


def test_a_removed_or_refused_file_may_come_again(where, patent, lin):
    first = send(lin, where)[1]["file"]
    removed = lin.post(first["remove"], headers={"accept": "application/json"})
    assert json.loads(removed.content)["removed"] == first["id"]
    assert look(lin, where) == []

    again = send(lin, where)
    assert again[0] == 201
    StoredFile.objects.update(state="refused", refusal="检查未能完成")
    assert send(lin, where)[0] == 201
    assert patent.evidence.kept().count() == 2


def test_the_same_file_at_two_records_is_two_pieces_of_one_content(empty_draft, patent, lin):
    award = services.add_item(owner=empty_draft.applicant, kind="award", facts={"kind": "award"}, details={})
    for record in (patent, award):
        send(lin, address("archive_evidence_add", record.public_id))
    jobs.work_off()

    assert Evidence.objects.count() == 2
    stored = StoredFile.objects.all()
    named = {sha256 for one in stored for sha256 in (one.sha256, one.received_sha256)}
    assert len({one.sha256 for one in stored}) == 1
    assert len(list(content_store.place().walk())) == len(named)


def test_a_full_disk_is_told_and_leaves_no_row(where, patent, lin, private_files, monkeypatch):
    """The kernel itself says that there is no room: what comes in is written to a device that is always full."""
    full = private_files / content_store.INCOMING / "full"
    full.parent.mkdir(parents=True)
    full.symlink_to("/dev/full")
    with monkeypatch.context() as patch:
        patch.setattr(directory_store.secrets, "token_hex", lambda _length: "full")
        status, answer = send(lin, where)

    assert status == 503
    assert "服务器存储空间暂时不足" in answer["reasons"][0]
    assert (StoredFile.objects.count(), Evidence.objects.count(), Job.objects.count()) == (0, 0, 0)
    assert list(content_store.place().walk()) == []
    assert send(lin, where)[0] == 201


def test_a_full_disk_is_told_on_the_page_without_a_script(where, patent, lin, monkeypatch):
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(Directory, "put", full)
        page = lin.post(where, {"uploads": [walk.picture()]}, follow=True)

    assert "服务器存储空间暂时不足" in words(page)
    assert (StoredFile.objects.count(), Evidence.objects.count()) == (0, 0)


def test_a_record_is_kept_for_its_file_though_nothing_is_typed(empty_draft, lin):
    add = address("item_add", empty_draft.public_id, "patents", "patent")
    asked = {"kind": "patent", "keep": "file", "new": NEW, "seen": "none"}

    kept = json.loads(lin.post(add, asked, headers={"accept": "application/json"}).content)

    assert kept["upload"] == address("evidence_add", empty_draft.public_id, NEW)
    assert send(lin, kept["upload"])[0] == 201
    (item,) = empty_draft.items.kept().filter(kind="patent")
    assert (str(item.public_id), item.evidence.kept().count()) == (NEW, 1)


def test_a_file_that_comes_meanwhile_does_not_stand_against_what_is_typed(empty_draft, patent, lin):
    change = address("item_change", empty_draft.public_id, patent.public_id)
    typed = {"kind": "patent", "keep": "yes", "patent-name": "电芯二", "patent-date": "2022-05-01"}
    page = lin.get(change).content.decode()
    seen = page.split('name="seen" value="')[1].split('"')[0]

    send(lin, address("evidence_add", empty_draft.public_id, patent.public_id))
    answer = lin.post(change, {**typed, "seen": seen}, headers={"accept": "application/json"})

    assert answer.status_code == 200
    patent.refresh_from_db()
    assert patent.details["name"] == "电芯二"
    again = lin.post(change, {**typed, "patent-name": "旧页", "seen": seen}, headers={"accept": "application/json"})
    assert again.status_code == 409


def test_words_kept_while_a_file_comes_in_stand_in_the_hash(empty_draft, patent):
    stale = ArchiveItem.objects.get(pk=patent.pk)
    services.change_item(item=patent, facts=patent.facts, details={"name": "改了名"}, by=patent.owner)

    services.attach_evidence(
        application=empty_draft, item=stale, upload=walk.picture(), name="证书.jpg", by=patent.owner
    )

    patent.refresh_from_db()
    assert patent.content_sha256 == item_sha256(patent)


def test_a_record_removed_meanwhile_takes_no_file(empty_draft, patent, lin):
    stale = ArchiveItem.objects.get(pk=patent.pk)
    services.remove_item(item=patent, by=patent.owner)

    with pytest.raises(Refused, match="已从业绩档案中删除"):
        services.attach_evidence(
            application=empty_draft, item=stale, upload=walk.picture(), name="证书.jpg", by=patent.owner
        )
    assert StoredFile.objects.count() == 0


@pytest.mark.parametrize("who", ["zhou", "wang"])
def test_nobody_elses_script_is_told_anything(where, patent, enter, who):
    answers = [
        enter(who).get(where, headers={"accept": "application/json"}).status_code,
        enter(who).post(where, {"uploads": [walk.picture()]}, headers={"accept": "application/json"}).status_code,
    ]
    assert answers == [404, 404]


def test_an_application_that_is_submitted_takes_no_file(draft, lin):
    item = draft.items.get(kind="patent")
    where = address("evidence_add", draft.public_id, item.public_id)
    walk.submit(Application.objects.get(pk=draft.pk))

    response = lin.post(where, {"uploads": [walk.picture()]}, headers={"accept": "application/json"})

    assert response.status_code == 403
