"""A round's own page: its days, papers, telephones, what to prepare; and how the office keeps it."""

import json
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications import round_plan, services
from applications.errors import Refused
from applications.models import Round, RoundContent, RoundPaper, RoundState
from portal import access, clock, files, jobs
from portal.models import AuditEntry
from tests.applications import walk
from tests.applications.pages import address, words
from tests.costs import cost

CONTACTS = "天津市职称办（政策） 022-23000000\n南开区人社局职称评审办公室 022-27000000"
WORDS = {
    "notice_title": "关于开展2025年度职称评审的通知",
    "notice_number": "南人社职〔2025〕1号",
    "notice_url": "https://example.org/notice/1",
    "plan": "会议评审在6月。",
    "preparation": "照片须为近期免冠照。",
    "contacts": CONTACTS,
}


def upload(name: str = "手册.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, walk.picture().read(), "image/jpeg")


def paper_of(round_, world, number: int = 0) -> RoundPaper:
    stored = files.store_bytes(b"%PDF-1.4", name=f"{number}.pdf", content_type="application/pdf", purpose="round")
    return RoundPaper.objects.create(
        round=round_, kind="form", title=f"附件{number}", file=stored, added_by=world.people["sun"],
        added_at=clock.now(),
    )  # fmt: skip


def test_what_was_changed_on_the_page_stands_in_the_log(world, round_):
    """Applicants act on these words: what they read on a day is to be found again."""
    for plan in ("会议评审在6月。", "会议评审改在7月。"):
        services.set_content(round=round_, words=services.Words(plan=plan, contacts=CONTACTS), by=world.people["sun"])

    first, second = AuditEntry.objects.filter(act="round.set_content").order_by("pk")
    assert json.loads(second.change) == {"plan": ["会议评审在6月。", "会议评审改在7月。"]}
    assert json.loads(first.change).keys() == {"plan", "contacts"}


@pytest.mark.duty("TJ23-058", "ZJ15-033")
def test_the_office_fills_the_page_and_applicants_read_and_download(world, round_, enter):
    sun, zhou = enter("sun"), enter("zhou")
    assert "受理机构还没有上传手册和表格" in words(zhou.get(address("round_detail", round_.public_id)))

    assert sun.post(address("round_content", round_.public_id), WORDS).status_code == 302
    for kind, title in (("manual", "申报人操作手册"), ("form", "业绩证明函")):
        given = {"kind": kind, "title": title, "file": upload()}
        assert sun.post(address("round_paper_add", round_.public_id), given).status_code == 302
    waiting = zhou.get(address("round_detail", round_.public_id))
    assert "申报人操作手册" not in words(waiting)
    jobs.work_off()

    page = zhou.get(address("round_detail", round_.public_id))
    told = words(page)
    assert all(said in told for said in (*[WORDS[name] for name in WORDS if name != "contacts"], "申报人操作手册"))
    assert 'href="tel:022-23000000"' in page.content.decode()
    assert "南开区人社局职称评审办公室" in told
    for paper in RoundPaper.objects.all():
        answer = zhou.get(address("round_paper_file", paper.public_id))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")


def test_the_page_tells_days_documents_fee_and_grace(world, round_, enter):
    Round.objects.filter(pk=round_.pk).update(grace_minutes=15)

    told = words(enter("zhou").get(address("round_detail", round_.public_id)))

    for said in (
        "2025年3月31日", "星期一", "截止后 15 分钟内仍可提交", "用人单位审核推荐截止", "2025年5月16日",
        "专业技术人员职业资格证书、用人单位聘任证明", "学历、学位证书", "不收费（2023年度通知五(二)）",
        "距截止还有 28 天", "津人社局发〔2022〕27号",
    ):  # fmt: skip
        assert said in told, said
    assert address("round_detail", round_.public_id) in enter("zhou").get(address("round_list")).content.decode()


def test_the_next_day_of_the_plan_is_marked(round_):
    clock.move_to(datetime(2025, 4, 10, 9, tzinfo=clock.ZONE))
    assert [(one.day, one.state) for one in round_plan.days(round_)] == [
        (date(2025, 3, 3), "done"),
        (date(2025, 3, 31), "done"),
        (date(2025, 3, 31), "done"),
        (date(2025, 4, 18), "current"),
        (date(2025, 4, 30), "waiting"),
        (date(2025, 5, 16), "waiting"),
    ]


@pytest.mark.parametrize(
    ("policy", "level", "documents", "notes"),
    [
        ("tianjin-lithium-2022", "associate_senior", 1, []),
        ("jiangxi-lithium-2023", "intermediate", 31, []),
        ("jiangxi-lithium-2023", "associate_senior", 31, ["须面试答辩：陈述 5 分钟，答辩 5 分钟"]),
        ("zhejiang-battery-2020", "associate_senior", 9, ["须面试答辩：陈述 5 分钟，答辩 5 分钟"]),
    ],
)
def test_what_to_prepare_is_the_packs(round_, policy, level, documents, notes):
    Round.objects.filter(pk=round_.pk).update(policy_id=policy, levels=[level])
    round_.refresh_from_db()

    assert len(round_plan.documents(round_)) == documents
    assert [one.notes for one in round_plan.preparations(round_)] == [notes]


@pytest.mark.parametrize("line", ["022-23000000", "职称办 见通知", "职称办"])
def test_a_telephone_without_its_number_is_refused_and_kept_typed(world, round_, enter, line):
    answer = enter("sun").post(address("round_content", round_.public_id), {**WORDS, "contacts": line})

    assert answer.status_code == 409
    assert f"“{line}”一行不完整" in words(answer)
    assert line in answer.content.decode()
    assert not RoundContent.objects.exists()


def test_only_pdf_and_pictures_are_taken(world, round_, enter):
    given = {"kind": "form", "title": "样表", "file": SimpleUploadedFile("表.docx", b"PK\x03\x04docx")}
    answer = enter("sun").post(address("round_paper_add", round_.public_id), given)

    assert answer.status_code == 422
    assert "内容不是" in words(answer)
    assert not RoundPaper.objects.exists()


def test_a_paper_that_was_removed_is_offered_no_more(world, round_, enter):
    paper, sun, zhou = paper_of(round_, world), enter("sun"), enter("zhou")
    assert zhou.get(address("round_paper_file", paper.public_id)).status_code == 200

    assert sun.post(address("round_paper_remove", paper.public_id)).status_code == 302

    assert zhou.get(address("round_paper_file", paper.public_id)).status_code == 404
    assert "附件0" not in words(zhou.get(address("round_detail", round_.public_id)))
    assert sun.post(address("round_paper_remove", paper.public_id)).status_code == 404
    assert AuditEntry.objects.filter(act="round.remove_paper").count() == 1


def test_a_page_bears_thirty_papers(world, round_, monkeypatch):
    paper_of(round_, world)
    monkeypatch.setattr("applications.services.round_page.MOST_PAPERS", 1)
    with pytest.raises(Refused, match="最多提供 1 份"):
        services.add_paper(
            round=round_, kind="form", title="附件", upload=upload(), name="a.jpg", by=world.people["sun"]
        )


def test_another_office_keeps_its_hands_off(world, round_):
    with pytest.raises(access.Forbidden):
        services.set_content(round=round_, words=services.Words(), by=world.people["zheng"])


@pytest.mark.pins({"applications:round_detail": 11, "applications:round_content": 13})
def test_papers_cost_no_query_each(world, round_, enter):
    zhou, sun = enter("zhou"), enter("sun")

    def costs() -> list[int]:
        return [
            cost(zhou, "applications:round_detail", round_.public_id),
            cost(sun, "applications:round_content", round_.public_id),
        ]

    paper_of(round_, world)
    one = costs()
    for number in range(1, 30):
        paper_of(round_, world, number)
    assert costs() == one


@pytest.mark.duty("ZJ15-011")
def test_manuals_are_offered_on_the_front_page_to_whoever_comes(world, round_, enter):
    manual = paper_of(round_, world)
    RoundPaper.objects.filter(pk=manual.pk).update(kind="manual", title="申报人操作手册")
    paper_of(round_, world, 1)

    for client in (Client(), enter("lin")):
        page = client.get(reverse("portal:home"))
        assert ("申报人操作手册" in words(page), "附件1" in words(page)) == (True, False)
        assert address("round_paper_file", manual.public_id) in page.content.decode()
    assert Client().get(address("round_paper_file", manual.public_id)).status_code == 200

    Round.objects.filter(pk=round_.pk).update(state=RoundState.CLOSED)
    assert "申报人操作手册" not in words(Client().get(reverse("portal:home")))


@pytest.mark.duty("TJ27-020")
def test_anybody_reads_the_rounds_that_are_published_and_no_other(round_):
    visitor = Client()
    listed = visitor.get(address("round_list"))
    assert round_.name in words(listed)
    assert "开始申报" in words(listed)
    assert visitor.get(address("round_detail", round_.public_id)).status_code == 200
    assert visitor.get(address("application_start", round_.public_id)).status_code == 302
    assert address("round_list") in visitor.get(reverse("portal:home")).content.decode()

    Round.objects.filter(pk=round_.pk).update(state=RoundState.DRAFT)
    assert round_.name not in words(visitor.get(address("round_list")))
    assert visitor.get(address("round_detail", round_.public_id)).status_code == 404
