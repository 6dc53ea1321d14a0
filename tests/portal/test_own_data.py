"""A person's own data: ordered by themselves, packed by a job, opened here, theirs alone, gone after a week."""

import json
import zipfile
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse

from applications import demo as filing
from applications import services
from applications.connectors.stand_in import SocialInsurance
from applications.models import Evidence, FeePayment
from applications.services import fetch_record
from portal import clock, demo, files, forsaken, jobs, own_data, tasks, workdays
from portal.demo import World
from portal.models import AuditEntry, Job, Message, OwnDataOrder, StoredFile
from tests.applications import walk
from tests.costs import cost

PAGE = "portal:own_data"


@pytest.fixture
def world(db) -> World:
    workdays.seed()
    made = World()
    demo.load(made)
    return made


@pytest.fixture
def filed(world):
    """林申报 has submitted; the watch has looked at it, and at the whole number the office."""
    application = filing.fill_in(world, filing.demo_round(world))
    walk.submit(application)
    return application


def enter(world: World, who: str) -> Client:
    client = Client()
    client.force_login(world.people[who])
    return client


def packed(client: Client, ordered: OwnDataOrder) -> dict[str, bytes]:
    answer = client.get(reverse("portal:own_data_file", args=[ordered.public_id]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    with zipfile.ZipFile(BytesIO(b"".join(answer.streaming_content))) as bundle:
        assert bundle.testzip() is None
        names = bundle.namelist()
        assert sorted(names) == sorted(set(names))
        assert not [name for name in names if name.startswith("/") or ".." in name]
        return {name: bundle.read(name) for name in names}


def ordered_by(world: World, who: str = "lin") -> OwnDataOrder:
    ordered = own_data.order(by=world.people[who])
    jobs.work_off()
    ordered.refresh_from_db()
    return ordered


def test_the_zip_holds_what_the_portal_holds_of_the_person(world, filed):
    enter(world, "chen").get(reverse("applications:application_detail", args=[filed.public_id]))
    lin = enter(world, "lin")
    assert lin.post(reverse(PAGE)).status_code == 302
    jobs.work_off()
    ordered = OwnDataOrder.objects.get(person=world.people["lin"])

    found = packed(lin, ordered)

    person = json.loads(found["个人信息.json"])
    assert (person["profile"]["name"], person["profile"]["username"]) == ("林申报", "lin")
    assert {row["document"] for row in person["consents"]} == {"identity", "evidence"}
    assert (
        len(person["messages"]) == Message.objects.filter(recipient=ordered.person).count() - 1
    )  # but the link itself
    archive = json.loads(found["档案/业绩档案.json"])
    assert {item["id"] for item in archive} == {str(item.public_id) for item in filed.items.kept()}
    assert "示范科技大学" in found["档案/业绩档案.html"].decode()
    snapshot = filed.snapshots.get()
    assert found[f"申报/{filed.number}/第1次提交.json"].decode() == snapshot.content
    assert json.loads(found[f"申报/{filed.number}/申报.json"])["employer"] == "津能示范电池有限公司"
    listed = {entry["id"]: entry for entry in json.loads(found["材料/目录.json"])}
    pieces = Evidence.objects.filter(owner=ordered.person).select_related("file")
    assert set(listed) == {str(piece.public_id) for piece in pieces}
    for piece in pieces:
        assert len(found[listed[str(piece.public_id)]["file"]]) == piece.file.size
    looks = json.loads(found["查看记录.json"])
    assert [(look["act"], look["who"]) for look in looks] == [("application.observe", "陈监督")]
    number = b"120104198805121016"
    assert not [name for name, content in found.items() if number in content]


def test_fees_and_where_a_record_was_fetched_from_are_in_it(world, filed):
    fetch_record(by=filed.applicant, connector=SocialInsurance(), consented=True)
    FeePayment.objects.create(
        application=filed, amount=280, receipt="票00017", recorded_by=world.people["sun"], recorded_at=clock.now()
    )

    found = packed(enter(world, "lin"), ordered_by(world))

    fee = json.loads(found[f"申报/{filed.number}/申报.json"])["fee"]
    assert (fee["paid"]["amount"], fee["paid"]["receipt"], fee["paid"]["recorded_by"]) == (280, "票00017", "孙受理")
    assert "不收费" in fee["charged"]
    (insurance,) = [item for item in json.loads(found["档案/业绩档案.json"]) if item["kind"] == "social_insurance"]
    assert (insurance["fetched"]["source"], insurance["fetched"]["stand_in"]) == ("社会保险经办机构（演示数据）", True)
    assert "社会保险经办机构（演示数据），2025年3月3日获取" in found["档案/业绩档案.html"].decode()


def test_it_is_told_of_and_fetching_it_is_on_record(world):
    ordered = ordered_by(world)
    [message] = Message.objects.filter(template="portal.own_data_ready")
    assert (message.recipient, message.link) == (ordered.person, reverse(PAGE))
    packed(enter(world, "lin"), ordered)
    acts = AuditEntry.objects.filter(kind="own_data").order_by("pk").values_list("act", "actor_id")
    me = str(ordered.person.public_id)
    assert list(acts) == [("own_data.order", me), ("own_data.download", me)]


@pytest.mark.parametrize("who", ["wang", "chen", "feng", "zhou"])
def test_nobody_else_finds_it(world, who):
    ordered = ordered_by(world)
    assert enter(world, who).get(reverse("portal:own_data_file", args=[ordered.public_id])).status_code == 404
    assert str(ordered.public_id) not in enter(world, who).get(reverse(PAGE)).content.decode()


def test_another_persons_data_are_not_in_it(world, filed):
    found = packed(enter(world, "zhou"), ordered_by(world, "zhou"))
    assert json.loads(found["个人信息.json"])["profile"]["name"] == "周旁人"
    everything = b"".join(found.values()).decode(errors="replace")
    assert "林申报" not in everything
    assert filed.number not in everything


def test_one_a_day_is_made_and_a_failed_one_does_not_count(world):
    lin = enter(world, "lin")
    lin.post(reverse(PAGE))
    again = lin.post(reverse(PAGE), follow=True)
    assert "每 24 小时可以申请一次" in again.content.decode()
    assert OwnDataOrder.objects.count() == 1

    OwnDataOrder.objects.update(state="failed")
    lin.post(reverse(PAGE))
    assert OwnDataOrder.objects.count() == 2

    with clock.frozen(clock.now() + own_data.BETWEEN + timedelta(minutes=1)):
        own_data.order(by=world.people["lin"])
    assert OwnDataOrder.objects.count() == 3


def test_after_a_week_it_is_closed_at_once_and_let_go_of_at_night(world):
    ordered = ordered_by(world)
    lin, file = enter(world, "lin"), ordered.file_id
    address = reverse("portal:own_data_file", args=[ordered.public_id])
    with clock.frozen(ordered.expires_at - timedelta(seconds=1)):
        assert own_data.is_open(ordered)
        assert own_data.expire() == 0
    with clock.frozen(ordered.expires_at):
        assert not own_data.is_open(ordered)
        assert own_data.expire() == 1
        assert own_data.expire() == 0
    ordered.refresh_from_db()
    assert (ordered.state, ordered.file) == ("expired", None)
    assert not StoredFile.objects.filter(pk=file).exists()
    assert lin.get(address).url == reverse(PAGE)


def test_a_job_that_runs_twice_makes_one_and_one_given_up_says_so(world):
    ordered = ordered_by(world)
    own_data.make(ordered.pk)
    assert StoredFile.objects.filter(purpose="own_data").count() == 1
    assert Message.objects.filter(template="portal.own_data_ready").count() == 1

    OwnDataOrder.objects.filter(pk=ordered.pk).update(state="queued", file=None)
    own_data.give_up(ordered.pk)
    assert "没有做成" in enter(world, "lin").get(reverse(PAGE)).content.decode()
    own_data.take_up(ordered.pk)
    own_data.make(ordered.pk)
    ordered.refresh_from_db()
    assert own_data.is_open(ordered)
    assert Job.objects.filter(kind=own_data.KIND).count() == 1


def test_what_is_not_clean_is_named_and_not_in_it(world):
    application = filing.fill_in(world, filing.demo_round(world))
    piece = Evidence.objects.filter(owner=application.applicant).first()
    StoredFile.objects.filter(pk=piece.file_id).update(state="refused", refusal="含有病毒特征，已被拒收。")
    Job.objects.filter(kind="portal.check_file").delete()
    found = packed(enter(world, "lin"), ordered_by(world))
    entry = next(one for one in json.loads(found["材料/目录.json"]) if one["id"] == str(piece.public_id))
    assert (entry["file"], entry["state"]) == ("", "未通过检查")


@pytest.mark.pins({"portal:own_data": 8})
def test_the_page_costs_the_same_with_one_order_and_twenty(world):
    client, spent = enter(world, "lin"), {}
    for rows in (1, 20):
        while OwnDataOrder.objects.count() < rows:
            OwnDataOrder.objects.create(person=world.people["lin"], state="failed")
        spent[rows] = cost(client, PAGE)
    assert spent[1] == spent[20]


def test_a_file_that_is_lost_keeps_nothing_else_from_its_person(world, private_files):
    application = filing.fill_in(world, filing.demo_round(world))
    jobs.work_off()
    pieces = list(Evidence.objects.filter(owner=application.applicant).select_related("file"))
    lost = pieces[0]
    (private_files / lost.file.path).unlink()
    found = packed(enter(world, "lin"), ordered_by(world))
    listed = {entry["id"]: entry for entry in json.loads(found["材料/目录.json"])}
    gone = {piece.public_id for piece in pieces if piece.file.sha256 == lost.file.sha256}
    assert {piece.public_id for piece in pieces if not listed[str(piece.public_id)]["file"]} == gone
    assert "缺失" in listed[str(lost.public_id)]["state"]


def test_it_holds_what_was_taken_out_signed_returned_and_said_too(world, filed):
    lin = world.people["lin"]
    lines = [{"section": "education", "text": "请补检索报告。"}]
    walk.decide(filed, world.people["wang"], "return", note="请补正", corrections=lines, due_on=date(2025, 4, 2))
    removed = filed.items.kept().filter(kind="education").first()
    services.remove_item(item=removed, by=lin)
    found = packed(enter(world, "lin"), ordered_by(world))
    archive = {item["id"]: item for item in json.loads(found["档案/业绩档案.json"])}
    assert archive[str(removed.public_id)]["removed_at"]
    told = json.loads(found[f"申报/{filed.number}/申报.json"])
    assert [line["text"] for line in told["returns"][0]["lines"]] == ["请补检索报告。"]
    [signature] = told["signatures"]
    assert signature["words"] == filed.signatures.get().words
    assert (json.loads(found["不得申报的登记.json"]), json.loads(found["提出的异议.json"])) == ([], [])


def test_after_its_week_the_bytes_go_by_night_and_nobody_has_to_think_of_it(world, private_files, monkeypatch):
    ordered = ordered_by(world)
    stored, machine = ordered.file, clock.machine_now
    assert (private_files / stored.path).exists()
    for days in (8, 10):
        monkeypatch.setattr(clock, "machine_now", lambda days=days: machine() + timedelta(days=days))
        with clock.frozen(clock.now() + timedelta(days=days)):
            tasks.nightly()
    assert not StoredFile.objects.filter(pk=stored.pk).exists()
    assert not (private_files / stored.path).exists()


def test_a_file_that_nothing_names_goes_after_a_day_and_any_other_stays(world, filed):
    named = set(StoredFile.objects.values_list("pk", flat=True))
    forgotten = files.store_bytes(b"forgotten", name="a.pdf", content_type="application/pdf", purpose="evidence")
    assert (forsaken.let_go(), StoredFile.objects.filter(pk=forgotten.pk).exists()) == (0, True)
    with clock.frozen(clock.now() + timedelta(days=2)):
        assert forsaken.let_go() == 1
    assert set(StoredFile.objects.values_list("pk", flat=True)) == named
