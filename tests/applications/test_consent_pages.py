"""破格 through the supervising body's pages: what it reads, signs and refuses, and who else is told."""

import pytest
from django.test import Client

from applications import commitments
from applications.models import Application, ExceptionConsent, StepState
from applications.status import Status
from tests.applications import walk
from tests.applications.exceptions import LONG, excepted
from tests.applications.pages import address, words
from tests.applications.test_staff_pages import decide, lines
from tests.costs import cost

CHECKED = dict.fromkeys(commitments.SUPERVISOR, "on")


@pytest.fixture
def enter(world):
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name])
        return client

    return signed_in


@pytest.fixture
def application(world, round_) -> Application:
    return excepted(world, round_)


def page_of(application: Application) -> str:
    return address("consent_decide", application.public_id)


def say(client: Client, application: Application, decision: str = "pass", **typed):
    shown = {
        "seen_sha256": application.snapshot.sha256,
        "signed_sha256": commitments.sha256(commitments.EXCEPTION),
        "agreed": "on",
    }
    return client.post(f"{page_of(application)}?decision={decision}", {**shown, **typed})


@pytest.mark.duty("TJ27-S-X4")
def test_an_exception_is_consented_to_before_it_is_passed_on(application, enter):
    zhao, page = enter("zhao"), page_of(application)
    here = address("application_detail", application.public_id)
    assert page in zhao.get(here).content.decode()
    decision = zhao.get(f"{address('step_decide', application.public_id)}?decision=pass")
    assert ("请先办理“破格同意”" in words(decision), page in decision.content.decode()) == (True, True)
    early = decide(zhao, application, "pass", **CHECKED)
    assert (early.status_code, "须由业务主管部门另行签署同意" in words(early)) == (409, True)

    read = zhao.get(page)
    assert [row.clause for row in read.context["rows"]] == ["五(四)", "五(四)1", "五(四)2", "五(四)3", "五(四)4"]
    assert (len(read.context["recommenders"]), words(read).count("郑推荐") >= 2) == (2, True)
    assert [clause in words(read) for clause in commitments.EXCEPTION] == [True, True]
    unsigned = say(zhao, application, reason="业绩属实。", agreed="")
    assert (unsigned.status_code, "请阅读破格同意书" in words(unsigned)) == (422, True)

    signed = say(zhao, application, reason="业绩属实，推荐人符合要求。")
    assert signed.url == f"{address('step_decide', application.public_id)}?decision=pass"
    assert decide(zhao, application, "pass", **CHECKED).url == address("supervisor_list")

    for who, where in (("sun", address("dossier_detail", application.public_id)), ("lin", here)):
        shown = words(enter(who).get(where))
        assert ("同意破格" in shown, "业绩属实，推荐人符合要求。" in shown) == (True, True)
    assert "赵主管" not in words(enter("lin").get(here))


def test_a_signed_consent_is_shown_and_not_asked_again(application, enter):
    zhao = enter("zhao")
    say(zhao, application, reason="业绩属实。")

    page = zhao.get(page_of(application))
    again = say(zhao, application, reason="业绩属实。")

    assert ("已签署：同意破格" in words(page), 'name="agreed"' in page.content.decode()) == (True, False)
    assert (again.status_code, "已经签署" in words(again)) == (409, True)


def test_a_refusal_ends_it_with_the_reason(application, enter):
    zhao = enter("zhao")
    assert say(zhao, application, "refuse", note=" ").status_code == 422

    done = say(zhao, application, "refuse", note="推荐人与申报专业不相关。")

    assert done.url == address("supervisor_list")
    application.refresh_from_db()
    assert application.status == Status.NOT_RECOMMENDED
    told = words(enter("lin").get(address("application_detail", application.public_id)))
    assert ("不同意破格" in told, "推荐人与申报专业不相关。" in told) == (True, True)


def test_a_refusal_returns_it_with_the_list_and_a_day(application, enter):
    zhao = enter("zhao")
    typed = {"note": "推荐书缺一份。", "due_on": "2025-03-20"}

    nothing = say(zhao, application, "return", **typed, **lines(("", "")))
    more = say(zhao, application, "return", **typed, more="1", **lines(("exception", "补交推荐书。")))
    far = say(zhao, application, "return", **(typed | {"due_on": "0001-01-01"}), **lines(("exception", "补交。")))
    assert (nothing.status_code, "退回须逐项列出" in words(nothing)) == (409, True)
    assert (more.status_code, len(more.context["lines"].forms), "推荐书缺一份" in words(more)) == (200, 4, True)
    assert (far.status_code, "年份不对" in words(far)) == (422, True)
    assert not ExceptionConsent.objects.exists()

    done = say(zhao, application, "return", **typed, **lines(("exception", "补交推荐书。")))

    assert done.url == address("supervisor_list")
    step = application.steps.get(kind="supervisor")
    assert (step.state, step.corrections) == (
        StepState.RETURNED, [{"section": "exception", "text": "补交推荐书。"}],
    )  # fmt: skip


def test_material_that_came_since_is_not_consented_to_unseen(application, enter):
    late = say(enter("zhao"), application, reason="业绩属实。", seen_sha256="0" * 64)

    assert (late.status_code, "申报材料已经更新" in words(late)) == (409, True)


def test_who_comes_by_the_ordinary_route_is_not_asked_about(world, round_, enter):
    application, zhao = excepted(world, round_, obtained=LONG), enter("zhao")

    shown = zhao.get(address("application_detail", application.public_id))
    page = zhao.get(page_of(application))

    assert page_of(application) not in shown.content.decode()
    assert "不签署也可以审核通过" in words(page)
    assert decide(zhao, application, "pass", **CHECKED).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [("wang", 403), ("lin", 403), ("feng", 403), ("sun", 404), ("wu", 404), ("zhou", 404)]
)
def test_it_is_the_supervising_bodys_page(application, enter, who, status):
    client = enter(who)

    assert client.get(page_of(application)).status_code == status
    assert say(client, application, reason="业绩属实。").status_code == status
    assert not ExceptionConsent.objects.exists()


@pytest.mark.pins({"applications:consent_decide": 21})
def test_the_pages_cost_does_not_grow_with_the_records(world, round_, enter):
    few, many = excepted(world, round_), excepted(world, round_, recommenders=30, username="many")
    zhao = enter("zhao")

    alone = cost(zhao, "applications:consent_decide", few.public_id)
    assert cost(zhao, "applications:consent_decide", many.public_id) == alone


def test_no_other_step_has_the_page(draft, enter):
    walk.submit(draft)

    answer = enter("wang").get(page_of(draft))

    assert (answer.status_code, "由业务主管部门" in words(answer)) == (403, True)
