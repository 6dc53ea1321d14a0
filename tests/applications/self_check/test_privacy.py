"""What is answered in the self-check stays with whoever answers: no row, no session, no cookie, no line of a log."""

import logging

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.applications.pages import address
from tests.applications.self_check.visitor import SelfCheck, agree_to_all, qualified

SECRET, DAY = "秘密系列甲乙丙丁", "2011-07-19"


def told_a_secret() -> SelfCheck:
    check = SelfCheck()
    check.send(go="titles")
    check.send(
        **{
            "title-0-series": "other",
            "title-0-series__other": SECRET,
            "title-0-obtained": DAY,
            "title-0-level": "assistant",
        }
    )
    return check


@pytest.mark.django_db
def test_no_row_is_written_or_even_read_from_the_first_step_to_the_result():
    tables = [model for model in apps.get_models() if model._meta.managed]
    before = {model: model.objects.count() for model in tables}
    with CaptureQueriesContext(connection) as taken:
        agree_to_all(qualified())
        told_a_secret().send(go="print")

    assert list(taken) == []
    assert {model: model.objects.count() for model in tables} == before
    assert not Session.objects.exists()


def test_no_cookie_is_set_and_nothing_may_be_kept_on_the_way():
    check = told_a_secret()
    pages = [check.page, check.send(go="result"), check.send(go="print"), Client().get(address("self_check"))]

    assert dict(check.client.cookies) == {}
    assert [page.cookies.output() for page in pages] == ["", "", "", ""]
    assert ["no-store" in page["Cache-Control"] for page in pages] == [True, True, True, True]
    assert SECRET in pages[0].content.decode()


def tells_everything(*told: object, **_: object) -> None:
    """A fault in the rules whose message repeats the dossier."""
    raise RuntimeError(repr(told))


@pytest.mark.parametrize("breaks", [False, True])
def test_no_answer_reaches_the_logs_not_even_when_the_rules_fail(caplog, monkeypatch, breaks):
    check = told_a_secret()
    check.client.raise_request_exception = False
    if breaks:
        monkeypatch.setattr("applications.self_check.answer.engine.judge_by", tells_everything)
    with caplog.at_level(logging.DEBUG):
        page = check.send(go="result")
        check.client.post(address("self_check"), {"state": f'{{"dossier":{{"status":"{SECRET}"}}}}'})

    assert page.status_code == (500 if breaks else 200)
    assert bool(caplog.records) is True
    written = "\n".join([caplog.text, *(str(vars(record)) for record in caplog.records)])
    assert [kept for kept in (SECRET, DAY) if kept in written] == []


def test_what_is_typed_cannot_break_out_of_the_page():
    check = SelfCheck()
    check.send(go="titles")
    page = check.send(
        go="titles", **{"title-0-series": "other", "title-0-series__other": '"><script>alert(1)</script>'}
    ).content.decode()

    assert "<script>alert" not in page
    assert check.said["titles"][0]["series"] == '"><script>alert(1)</script>'
