"""Checks by strangers: what they read, what it costs, and that nobody is followed."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from certificates.models import VerificationLog
from certificates.services import reissue
from certificates.views.public import CHECKS
from portal import files


@pytest.fixture(autouse=True)
def fresh_limits(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "checks"}}
    cache.clear()


@pytest.fixture
def address(certificate) -> str:
    return reverse("certificates:verify_token", args=[certificate.token])


def state_of(page) -> str:
    return page.content.decode().split('data-status="')[1].split('"')[0]


@pytest.mark.duty("TJ39-037")
def test_the_code_shows_content_and_state(client, certificate, address):
    page = client.get(address)
    text = page.content.decode()
    shown = [
        "证书有效",
        certificate.number,
        "林**",
        "120104********1016",
        "高级工程师",
        "锂离子电池",
        certificate.committee,
    ]
    assert page.status_code == 200
    assert state_of(page) == "valid"
    assert [word for word in shown if word not in text] == []
    assert "林申报" not in text


def test_a_check_costs_two_queries_and_sets_no_cookie(client, address, django_assert_num_queries):
    with django_assert_num_queries(2):
        page = client.get(address)
    assert (dict(page.cookies), page["X-Robots-Tag"]) == ({}, "noindex")


def test_an_unknown_code_is_not_found_in_words(client, db):
    page = client.get(reverse("certificates:verify_token", args=["x" * 27]))
    assert (page.status_code, state_of(page)) == (404, "not_found")


def test_number_and_name_lead_to_the_same_content(client, certificate):
    page = client.get(reverse("certificates:verify"), {"number": certificate.number, "name": "林申报"})
    assert (page.status_code, state_of(page), certificate.number in page.content.decode()) == (200, "valid", True)


def test_walking_through_numbers_yields_nothing(client, certificate):
    answers = [
        client.get(reverse("certificates:verify"), {"number": certificate.number, "name": name})
        for name in ("甲", "乙", "林申")
    ]
    assert [(page.status_code, state_of(page)) for page in answers] == [(404, "not_found")] * 3


def test_half_a_question_is_sent_back_with_what_is_missing(client, db):
    page = client.get(reverse("certificates:verify"), {"number": "12", "name": ""})
    assert page.status_code == 200
    assert 'href="#id_name"' in page.content.decode()
    assert VerificationLog.objects.count() == 0


def test_the_file_itself_verifies_and_is_not_kept(client, certificate):
    with files.open_clean(certificate.document.file) as stored:
        data = stored.read()
    page = client.post(reverse("certificates:verify_file"), {"file": SimpleUploadedFile("证书.pdf", data)})
    assert (page.status_code, state_of(page)) == (200, "valid")
    assert "逐字节一致" in page.content.decode()
    changed = client.post(reverse("certificates:verify_file"), {"file": SimpleUploadedFile("证书.pdf", data[:-9])})
    assert (changed.status_code, state_of(changed)) == (404, "changed")
    assert [dict(page.cookies), dict(changed.cookies)] == [{}, {}]


@pytest.mark.duty("TJ27-044", "TJ39-011")
def test_revoked_is_a_state_with_day_and_kind_of_reason(client, certificate, address, world):
    client.force_login(world.people["feng"])
    note = {"reason": "fraud", "note": "举报核查属实，撤销。"}
    done = client.post(reverse("certificates:certificate_revoke", args=[certificate.public_id]), note)
    assert done.status_code == 302
    client.logout()
    page = client.get(address)
    text = page.content.decode()
    assert (page.status_code, state_of(page)) == (200, "revoked")
    assert [word for word in ("撤销（申报材料不实）", certificate.number) if word not in text] == []
    assert "举报核查属实" not in text


def test_superseded_names_the_number_that_holds(client, certificate, address, world):
    fresh = reissue(certificate=certificate, note="更正照片", by=world.people["sun"])
    page = client.get(address)
    assert (page.status_code, state_of(page)) == (200, "superseded")
    assert fresh.number in page.content.decode()


def test_who_asks_too_often_is_told_to_wait(client, certificate, address):
    answers = [client.get(address).status_code for _turn in range(CHECKS.times + 1)]
    assert answers == [200] * CHECKS.times + [429]
    assert client.get(address)["Retry-After"] == "60"
    assert client.get(address, REMOTE_ADDR="192.0.2.7").status_code == 200
    assert VerificationLog.objects.count() == CHECKS.times + 1


def test_the_holder_sees_the_checks(client, certificate, address):
    client.get(address)
    client.get(reverse("certificates:verify"), {"number": certificate.number, "name": "林申报"})
    client.force_login(certificate.holder)
    text = client.get(reverse("certificates:certificate_detail", args=[certificate.public_id])).content.decode()
    assert [text.count(way) for way in ("扫码查验</td>", "编号和姓名查验</td>")] == [1, 1]
