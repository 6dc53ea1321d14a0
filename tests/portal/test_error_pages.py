"""Error pages say what happened, why, what to do, and give the number that stands in the log."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.access import Forbidden
from portal.models import User
from portal.views import errors


@pytest.fixture
def request_to(rf: RequestFactory, db):
    def make(path: str = "/somewhere/"):
        request = rf.get(path)
        request.user = User.objects.create_user("lin", name="林申报")
        request.session = SessionStore()
        return request

    return make


def text(response) -> str:
    return response.content.decode()


def test_a_missing_page_offers_a_way_out_and_the_number_of_the_request(client, db):
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert "没有找到这个页面" in text(response)
    assert response["X-Request-Id"] in text(response)
    assert f'href="{reverse("portal:home")}"' in text(response)


def test_a_refusal_gives_its_reason(request_to):
    response = errors.forbidden(request_to(), Forbidden("此操作须由评审办经办办理。"))
    assert (response.status_code, "此操作须由评审办经办办理。" in text(response)) == (403, True)


def test_too_much_is_told_apart_from_nonsense(request_to):
    assert errors.bad_request(request_to(), RequestDataTooBig("x")).status_code == 413


def test_a_form_too_large_is_told_by_413(client, db, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post(reverse("account_login"), {"login": "x" * 200})
    assert (response.status_code, "上传的内容过大" in text(response)) == (413, True)


def test_nonsense_is_told_without_its_details(request_to):
    response = errors.bad_request(request_to(), SuspiciousOperation("inner detail"))
    assert (response.status_code, "inner detail" in text(response)) == (400, False)


def test_a_fault_is_told_without_session_database_or_context(rf):
    response = errors.server_error(rf.get("/"))
    assert (response.status_code, "系统出现故障" in text(response)) == (500, True)


def test_a_form_without_a_valid_token_leads_back(db):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("account_login"), {"login": "lin"})
    assert response.status_code == 403
    assert "页面已过期，请重新提交" in text(response)
    assert f'href="{reverse("account_login")}"' in text(response)


def test_an_address_for_buttons_says_so_when_opened(client, lin):
    client.force_login(lin)
    response = client.get(reverse("portal:message_read_all"))
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert "请重新进行操作" in text(response)


def test_programs_get_the_bare_status(client, lin):
    client.force_login(lin)
    response = client.get(reverse("portal:message_read_all"), headers={"accept": "application/json"})
    assert (response.status_code, response.content) == (405, b"")
