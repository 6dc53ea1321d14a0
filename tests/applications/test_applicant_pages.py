"""Filing through pages: from the rounds to the press of the button, and what stands in the way."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from applications import demo as filing
from applications import services
from applications.models import Application, Evidence
from applications.status import Status
from portal import clock, privacy
from portal.file_intake import check as check_file
from rules import catalog
from tests.applications import walk


def address(name: str, *args) -> str:
    return reverse(f"applications:{name}", args=args)


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def begin(client: Client, world, round_, **changes) -> Application:
    privacy.agree(by=world.people["zhou"])
    choice = {"level": "associate_senior", "employer": "津能示范电池有限公司", "direction": "cells", **changes}
    response = client.post(address("application_start", round_.public_id), choice)
    assert response.status_code == 302, text(response)
    return Application.objects.get(applicant=world.people["zhou"])


def seen_of(client: Client, application: Application) -> str:
    page = client.get(address("application_check", application.public_id)).content.decode()
    (seen,) = re.findall(r"seen=([0-9a-f]{64})", page)
    return str(seen)


def sign(client: Client, application: Application, seen: str) -> None:
    """Types the name on the page of the commitment."""
    words = services.applicant_words_sha256(application)
    given = {"seen_sha256": seen, "words_sha256": words, "name": application.applicant.name}
    signed = client.post(address("application_sign", application.public_id), given)
    assert signed.status_code == 302, text(signed)


def picture(name="证明.jpg", shade="white") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, walk.picture(shade).read(), "image/jpeg")


@pytest.mark.duty("TJ27-020", "TJ23-038")
def test_the_round_tells_titles_dates_and_route(round_, enter):
    page = text(enter("zhou").get(address("round_list")))

    for told in (
        "高级工程师",
        "2025年3月3日",
        "2025年3月31日 24:00",
        "用人单位 2025年4月18日，主管部门 2025年4月30日",
        "开始申报",
    ):
        assert told in page


@pytest.mark.duty("TJ23-015")
def test_a_committee_tells_the_specialties_that_it_takes_in_the_year(world, round_, enter):
    services.open_round(
        committee=round_.committee,
        policy_id="tianjin-engineering-2019",
        year=2025,
        levels=["associate_senior"],
        name="工程技术系列专场",
        dates=filing.PLAN,
        by=world.people["sun"],
    )
    page = enter("zhou").get(address("round_list"))
    told = text(page).split("接受评审的专业")[1:]

    assert [f"评审委员会{round_.committee.name}" in one for one in told] == [True, True]
    lithium = "锂离子电池专业：锂离子电池关键材料、电芯及电池系统、回收再生利用、检测、应用和服务"
    assert sorted(" ".join(one.split(" ")[:2]) for one in told) == [
        f"2025年度 {taken}" for taken in ("工程技术系列", lithium)
    ]


def test_nothing_is_asked_before_the_notice_on_personal_data_is_agreed_to(world, round_, enter):
    start = address("application_start", round_.public_id)
    client = enter("zhou")

    asked = client.get(start, follow=True)
    assert (asked.request["PATH_INFO"], asked.context["next"]) == (reverse("portal:privacy"), start)
    agreed = client.post(
        reverse("portal:privacy_consent"), {"act": "agree", "purpose": ["identity", "evidence"], "next": start}
    )
    assert agreed.headers["Location"] == start
    assert client.get(start).status_code == 200


@pytest.mark.duty("TJ27-048")
def test_the_four_fields_of_the_notice_are_the_directions_to_choose_from(world, round_, enter):
    privacy.agree(by=world.people["zhou"])
    form = enter("zhou").get(address("application_start", round_.public_id)).context["form"]
    offered = [(code, label) for code, label in form.fields["direction"].choices if code]

    known = catalog.get(round_.policy_id).procedure.directions
    assert [code for code, _label in offered] == [one.code for one in known]
    assert [len(one.topics) for one in known] == [5, 6, 6, 8]
    assert all(topic in label for (_code, label), one in zip(offered, known, strict=True) for topic in one.topics)


@pytest.mark.duty("TJ23-018")
def test_an_application_is_for_one_level_one_direction_one_unit(world, round_, enter):
    application = begin(enter("zhou"), world, round_, employer="津能")

    assert (application.level, application.direction, application.employer) == (
        "associate_senior",
        "cells",
        world.units["employer"],
    )


@pytest.mark.duty("TJ23-019")
def test_a_second_application_of_the_year_is_refused_with_the_clause(world, round_, enter):
    client = enter("zhou")
    begin(client, world, round_)
    again = {"level": "associate_senior", "employer": "津能示范电池有限公司", "direction": "cells"}

    response = client.post(address("application_start", round_.public_id), again)

    assert response.status_code == 409
    assert "您在该批次已有一份申报" in text(response)


def test_an_unknown_unit_is_told_at_its_field(world, round_, enter):
    privacy.agree(by=world.people["zhou"])
    choice = {"level": "associate_senior", "employer": "没有这家公司", "direction": "cells"}

    response = enter("zhou").post(address("application_start", round_.public_id), choice)

    assert response.status_code == 422
    assert "没有找到该单位" in text(response)


@pytest.mark.duty("TJ27-021")
def test_filing_closes_with_the_window(world, round_, draft, enter):
    clock.move_to(clock.end_of(round_.applicant_closes_on))

    rounds = text(enter("zhou").get(address("round_list")))
    check = text(enter("lin").get(address("application_check", draft.public_id)))

    assert "个人申报已截止" in rounds
    assert "个人申报时间为 2025年3月3日 至 2025年3月31日 24:00，现在不能提交" in check
    assert "去签署承诺并提交" not in check


@pytest.mark.duty("TJ23-035")
def test_a_complete_draft_is_checked_signed_and_submitted_once(draft, enter):
    client = enter("lin")
    assert "还须处理" not in text(client.get(address("application_check", draft.public_id)))
    seen = seen_of(client, draft)
    submit = address("application_submit", draft.public_id)
    unsigned = client.get(submit, {"seen": seen})
    assert ("继续教育完成情况承诺 2023年度通知三(九)" in text(unsigned), "提交申报" in text(unsigned)) == (True, False)
    refused = client.post(submit, {"seen_sha256": seen})
    assert (refused.status_code, "尚未签署承诺" in text(refused)) == (409, True)

    sign(client, draft, seen)
    assert "提交申报" in text(client.get(submit, {"seen": seen}))
    first = client.post(submit, {"seen_sha256": seen})
    second = client.post(submit, {"seen_sha256": seen})

    assert (first.status_code, second.status_code) == (302, 302)
    draft.refresh_from_db()
    assert draft.status == Status.IN_APPROVAL
    assert draft.snapshots.count() == 1
    assert f"编号 {draft.number}" in text(client.get(address("application_detail", draft.public_id)))


def test_what_changed_after_the_check_has_to_be_checked_again(draft, enter):
    client = enter("lin")
    seen = seen_of(client, draft)
    sign(client, draft, seen)
    award = draft.items.get(kind="patent")
    client.post(address("item_remove", draft.public_id, award.public_id))

    response = client.post(address("application_submit", draft.public_id), {"seen_sha256": seen})

    assert response.status_code == 409
    assert "请重新核对全部内容" in text(response)


def test_the_submitted_application_is_read_only_for_the_applicant(draft, enter):
    walk.submit(draft)

    response = enter("lin").get(address("section_detail", draft.public_id, "basics"))

    assert response.status_code == 403
    assert "不能修改" in text(response)


def test_others_see_no_draft_and_staff_may_not_fill_in(draft, enter):
    sections = address("section_detail", draft.public_id, "basics")
    assert [enter(name).get(sections).status_code for name in ("zhou", "wang", "sun")] == [404, 404, 404]
    walk.submit(draft)
    assert [enter(name).get(sections).status_code for name in ("zhou", "wang", "sun")] == [404, 403, 404]


def test_every_section_of_a_full_draft_opens(draft, enter):
    from applications.sections import SECTIONS

    client = enter("lin")
    opened = {key.key: client.get(address("section_detail", draft.public_id, key.key)).status_code for key in SECTIONS}

    assert opened == {section.key: 200 for section in SECTIONS}


def test_the_precheck_names_clauses_numbers_and_the_section_to_mend(world, round_, draft, enter):
    client = enter("lin")
    draft.items.get(kind="summary")
    page = client.get(address("precheck", draft.public_id))

    assert page.status_code == 200
    assert "五(一)" in text(page)
    assert "各层级对照" not in text(page)
    assert "各层级对照" in text(client.get(address("precheck", draft.public_id) + "?beside"))


def test_withdrawing_asks_first_and_ends_the_application(draft, enter):
    walk.submit(draft)
    client = enter("lin")
    withdraw = address("application_withdraw", draft.public_id)

    assert "不计作本年度的一次申报" in text(client.get(withdraw))
    assert client.post(withdraw, {"note": "材料有误"}).status_code == 302
    draft.refresh_from_db()
    assert draft.status == Status.WITHDRAWN
    assert "撤回" in text(client.get(address("application_detail", draft.public_id)))


@pytest.mark.parametrize(
    ("late", "told"),
    [
        (False, "个人申报 2025年3月31日 24:00 截止，在此之前可以重新申报"),
        (True, "个人申报已于 2025年3月31日 24:00 截止：撤回以后，不能再申报该批次。"),
    ],
)
def test_withdrawing_tells_whether_it_can_be_begun_again(draft, enter, late, told):
    walk.submit(draft)
    if late:
        clock.move_to(clock.end_of(draft.round.applicant_closes_on))

    assert told in text(enter("lin").get(address("application_withdraw", draft.public_id)))


def test_a_return_is_shown_at_the_sections_it_concerns(world, draft, enter):
    walk.submit(draft)
    asked = [{"section": "education", "text": "请补充学位证书原件扫描件"}]
    due = clock.today().replace(day=20)
    walk.decide(draft, world.people["wang"], "return", note="材料不全", corrections=asked, due_on=due)
    client = enter("lin")

    overview = text(client.get(address("application_detail", draft.public_id)))
    education = text(client.get(address("section_detail", draft.public_id, "education")))
    posts = text(client.get(address("section_detail", draft.public_id, "posts")))

    assert "请补充学位证书原件扫描件" in overview
    assert "2025年3月20日" in overview
    assert "补正要求 请补充学位证书原件扫描件" in education
    assert "请补充学位证书原件扫描件" not in posts
    assert "这里不在“津能示范电池有限公司”退回补正的范围内" in posts
    client.post(address("correction_answer", draft.public_id, 1), {"text": "已补传学位证书。", "at": "section"})
    seen = seen_of(client, draft)
    sign(client, draft, seen)
    assert client.post(address("application_submit", draft.public_id), {"seen_sha256": seen}).status_code == 302


def test_evidence_several_files_at_once_and_each_refusal_told(draft, enter):
    client = enter("lin")
    item = draft.items.get(kind="patent")
    add = address("evidence_add", draft.public_id, item.public_id)
    before = item.evidence.kept().count()
    assert "每个文件不超过 2 MB" in text(client.get(add))

    false = SimpleUploadedFile("表.jpg", b"not a picture at all", "image/jpeg")
    client.post(add, {"uploads": [picture("一.jpg", "ivory"), picture("二.jpg", "azure"), false]})
    page = text(client.get(add))

    assert item.evidence.kept().count() == before + 2
    assert "文件“表.jpg”的内容不是" in page
    assert "已接收，等待检查" in page
    for piece in item.evidence.kept():
        check_file(piece.file_id)
    assert "已接收，等待检查" not in text(client.get(add))
    shown = client.get(address("evidence_file", piece.public_id), {"preview": "1"})
    assert (shown.status_code, shown.headers["Content-Disposition"].partition(";")[0]) == (200, "inline")
    assert client.post(address("evidence_remove", draft.public_id, piece.public_id)).status_code == 302
    assert item.evidence.kept().count() == before + 1


def test_evidence_is_nobody_elses(draft, enter):
    piece = Evidence.objects.kept().filter(owner=draft.applicant)[0]
    file = address("evidence_file", piece.public_id)
    assert (waiting := enter("lin").get(file)).status_code == 403
    assert "正在安全检查" in text(waiting)
    check_file(piece.file_id)

    assert [enter(name).get(file).status_code for name in ("lin", "zhou", "wang", "zheng")] == [200, 404, 404, 404]
