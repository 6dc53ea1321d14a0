"""The pages of a return: named by the approver, mended and ticked off by the applicant, read again by the approver."""

import re

import pytest

from applications import corrections, services
from applications.models import Application
from portal.models import Message
from tests.applications import walk
from tests.applications.pages import address, words
from tests.applications.test_returns import DUE, one
from tests.costs import cost


def lines(*asked: tuple[str, str, str]) -> dict[str, str]:
    post = {"lines-TOTAL_FORMS": str(len(asked)), "lines-INITIAL_FORMS": "0"}
    for number, (section, item, text) in enumerate(asked):
        post |= {f"lines-{number}-section": section, f"lines-{number}-item": item, f"lines-{number}-text": text}
    return post


def send_back(client, application: Application, *asked: tuple[str, str, str]):
    page = address("step_decide", application.public_id) + "?decision=return"
    seen = {"seen_sha256": application.snapshot.sha256}
    return client.post(page, {"due_on": DUE.isoformat(), "note": "不全。", **seen, **lines(*asked)})


@pytest.fixture
def patent_returned(draft, enter) -> Application:
    walk.submit(draft)
    patent = str(one(draft, "patent").public_id)
    assert (
        send_back(enter("wang"), draft, ("", patent, "请补登记簿副本。"), ("summary", "", "写明成果。")).status_code
        == 302
    )
    draft.refresh_from_db()
    return draft


def test_the_approver_names_a_record_and_it_tells_its_section(draft, enter):
    walk.submit(draft)
    wang, patent = enter("wang"), str(one(draft, "patent").public_id)
    assert "整个部分" in words(wang.get(address("step_decide", draft.public_id) + "?decision=return"))

    odd = send_back(wang, draft, ("summary", patent, "请补登记簿副本。"))
    done = send_back(wang, draft, ("", patent, "请补登记簿副本。"))

    assert (odd.status_code, "所选条目不在“所在部分”之中" in words(odd)) == (422, True)
    assert done.status_code == 302
    kept = draft.steps.get(state="returned").corrections
    assert [(line["section"], line["item"]) for line in kept] == [("patents", patent)]


def test_the_task_list_counts_what_is_left_and_leads_to_each_line(patent_returned, enter):
    lin, patent = enter("lin"), one(patent_returned, "patent")
    page = lin.get(address("application_detail", patent_returned.public_id))

    assert "共 2 项，还有 2 项没有写明怎样补正。" in words(page)
    assert (
        f"{address('item_change', patent_returned.public_id, patent.public_id)}#correction-1" in page.content.decode()
    )
    answered = lin.post(
        address("correction_answer", patent_returned.public_id, 1),
        {"text": "已补传副本。", "at": "record"},
        follow=True,
    )
    assert answered.redirect_chain[-1][0] == (
        address("item_change", patent_returned.public_id, patent.public_id) + "#correction-1"
    )
    assert "已记录。还有 1 项补正要求没有写明。" in words(answered)
    assert "已写明补正 已补传副本。" in words(answered)
    assert "共 2 项，还有 1 项" in words(lin.get(address("application_detail", patent_returned.public_id)))


def test_an_empty_answer_is_told_and_a_line_may_be_opened_again(patent_returned, enter):
    lin, answer = enter("lin"), address("correction_answer", patent_returned.public_id, 2)

    empty = lin.post(answer, {"text": "", "at": "section"}, follow=True)
    assert "请简短写明这一项是怎样补正的" in words(empty)
    lin.post(answer, {"text": "已补写。", "at": "section"})
    lin.post(answer, {"act": "reopen", "at": "section"})

    assert len(corrections.mending(patent_returned).left) == 2


def test_only_the_named_record_has_a_form(patent_returned, enter):
    lin, application = enter("lin"), patent_returned
    education = application.items.filter(kind="education").first()

    section = words(lin.get(address("section_detail", application.public_id, "patents")))
    named = words(lin.get(address("item_change", application.public_id, one(application, "patent").public_id)))
    other = lin.get(address("item_change", application.public_id, education.public_id))
    elsewhere = words(lin.get(address("section_detail", application.public_id, "education")))

    assert ("请补登记簿副本。" in section, "添加：" in section, "修改" in section) == (True, False, True)
    assert ("补正要求" in named, "怎样补正的" in named) == (True, True)
    assert ("退回补正的范围内" in words(other), "<textarea" in other.content.decode()) == (True, False)
    assert ("已提交的内容（只读）" in elsewhere, "退回补正的范围内" in elsewhere, "本次不用" in elsewhere) == (
        True, True, False,
    )  # fmt: skip


def test_what_is_closed_is_refused_with_the_reason_at_every_address(patent_returned, enter):
    lin, application = enter("lin"), patent_returned
    education = application.items.filter(kind="education").first()
    piece = education.evidence.kept().first()
    own, item = application.public_id, education.public_id
    refused = {
        "change": lin.post(address("item_change", own, item), {"kind": "education"}),
        "remove": lin.post(address("item_remove", own, item)),
        "add": lin.get(address("item_add", own, "patents", "patent")),
        "nothing": lin.get(address("section_nothing", own, "honours")),
        "upload": lin.post(address("evidence_add", own, item), {"uploads": []}),
        "file": lin.post(address("evidence_remove", own, piece.public_id)),
        "matters": lin.get(address("application_change", own)),
    }
    assert {
        name: (page.status_code, "退回补正的范围内" in words(page)) for name, page in refused.items()
    } == dict.fromkeys(refused, (403, True))
    kept = lin.post(address("item_change", own, item), {"kind": "education", "keep": "yes", "seen": "none"})
    assert (kept.status_code, "退回补正的范围内" in kept.json()["reasons"][-1]) == (409, True)


def test_the_check_page_names_what_is_open_and_offers_what_may_be_changed(patent_returned, enter):
    page = words(enter("lin").get(address("application_check", patent_returned.public_id)))

    assert "补正要求第 1 项" in page
    # The section of the patent and the patent itself, and the summary; nothing that the return leaves closed.
    assert re.findall(r"修改 ：(\S+)", page) == ["专利", "一种涂布面密度闭环调节装置及方法", "专业技术工作总结"]


def test_the_approver_reads_how_each_line_was_answered(patent_returned, world, enter):
    application = patent_returned
    services.answer_correction(application=application, number=1, text="已补传副本第2页。", by=application.applicant)
    walk.submit(application)

    pages = [
        words(enter("wang").get(address(name, application.public_id)))
        for name in ("application_detail", "dossier_detail")
    ]

    for page in pages:
        assert "退回的补正要求和答复" in page
        assert "请补登记簿副本。 已答复 已补传副本第2页。" in page
        assert "写明成果。 已答复 已补正。" in page


@pytest.mark.pins({"applications:application_detail": 14, "applications:section_detail": 14})
def test_a_returned_application_costs_no_more_than_a_draft(draft, world, enter):
    walk.submit(draft)
    asked = [{"section": "posts", "text": "请补证明。"}, {"section": "summary", "text": "请补写。"}]
    walk.decide(draft, world.people["wang"], "return", note="不全。", corrections=asked, due_on=DUE)
    draft.refresh_from_db()
    lin = enter("lin")

    def costs() -> list[int]:
        return [
            cost(lin, "applications:application_detail", draft.public_id),
            cost(lin, "applications:section_detail", draft.public_id, "posts"),
        ]

    one_record = costs()
    for number in range(10):
        services.add_item(
            owner=draft.applicant, kind="post", facts={}, details={"unit": f"单位{number}"}, application=draft
        )
    assert costs() == one_record


def test_a_return_is_widened_on_request_by_its_own_unit_alone(patent_returned, world, enter):
    application, page = patent_returned, address("return_widen", patent_returned.public_id)
    wang, more = enter("wang"), lines(("education", "", "学历证书编号有误，请一并更正。"), ("", "", ""))
    assert page in wang.get(address("application_detail", application.public_id)).content.decode()
    assert "请补登记簿副本。" in words(wang.get(page))

    unreasoned = wang.post(page, more)
    nothing = wang.post(page, {"reason": "申报人来电。", **lines(("", "", ""))})
    others = [
        enter(name).post(page, {"reason": "越权。", **more}).status_code for name in ("lin", "feng", "zhao", "wu")
    ]
    done = wang.post(page, {"reason": "申报人来电请求一并更正。", **more})

    assert [answer.status_code for answer in (unreasoned, nothing, done)] == [422, 409, 302]
    assert others == [403, 403, 404, 404]
    asked = corrections.mending(application)
    assert [line.section for line in asked.lines] == ["patents", "summary", "education"]
    assert "补充了 1 项补正要求，补正期限不变。原因：申报人来电请求一并更正。" in (
        Message.objects.get(template="applications.widened", recipient=application.applicant).body
    )
    education = application.items.filter(kind="education").first()
    assert enter("lin").get(address("item_change", application.public_id, education.public_id)).context["lines"]
    assert services.leave_out(application=application, item=education, by=application.applicant) is None


def test_nothing_is_widened_once_it_is_back(patent_returned, enter):
    walk.submit(patent_returned)
    closed = enter("wang").get(address("return_widen", patent_returned.public_id))
    assert (closed.status_code, "申报现在没有退回申报人补正" in words(closed)) == (403, True)
