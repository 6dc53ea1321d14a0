"""Log-in by user name, mobile number or e-mail; sign-up as the setting says; mobile numbers are proved first."""

import re
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.urls import reverse

from portal.allauth_adapter import mobile_number
from portal.models import User

PASSWORD = "demo-2025-portal"
NEW = {
    "username": "newcomer",
    "name": "新申报",
    "email": "new@portal.example",
    "phone": "",
    "password1": "a-long-enough-phrase",
    "password2": "a-long-enough-phrase",
}


@pytest.fixture(autouse=True)
def fresh_throttles():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def member(db) -> User:
    person = User.objects.create_user("lin", "lin@portal.example", PASSWORD, name="林申报", mobile="13800000001")
    EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=True)
    return person


@pytest.fixture
def outbox(settings, tmp_path) -> Path:
    settings.EMAIL_FILE_PATH = str(tmp_path / "outbox")
    return tmp_path / "outbox"


def part(pattern: str, text: object) -> str:
    found = re.search(pattern, str(text), re.DOTALL)
    assert found is not None
    return found[found.lastindex or 0]


def sent_code(outbox: Path) -> str:
    (text,) = [path.read_text(encoding="utf8") for path in sorted(outbox.glob("sms-*.txt"))]
    return part(r"验证码 (\S+)，", text)


@pytest.mark.parametrize("typed", ["lin", "lin@portal.example", "13800000001", "+86 138-0000-0001"])
def test_people_log_in_by_user_name_mobile_or_mail(client, member, typed):
    response = client.post(reverse("account_login"), {"login": typed, "password": PASSWORD})
    assert (response.status_code, response.url) == (302, reverse("portal:home"))
    assert client.session["_auth_user_id"] == str(member.pk)


@pytest.mark.parametrize("typed", ["lin", "nobody", "13800000001", "13900000000"])
def test_a_wrong_password_says_the_same_for_everybody(client, member, typed):
    page = client.post(reverse("account_login"), {"login": typed, "password": "wrong"}).content.decode()
    assert page.count("账号或密码不正确") == 1


def test_trying_passwords_is_stopped_whichever_name_is_used(client, member):
    names = ("lin", "13800000001", "Lin@Portal.example", "LIN", "+86 138-0000-0001")
    for attempt in range(10):
        client.post(reverse("account_login"), {"login": names[attempt % len(names)], "password": "wrong"})
    page = client.post(reverse("account_login"), {"login": "lin", "password": PASSWORD}).content.decode()
    assert "登录失败次数过多" in page
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("typed", ["lin", "lin@portal.example", "nobody", "nobody@portal.example", "13900000000"])
def test_the_stop_says_the_same_whether_there_is_such_an_account(client, member, typed):
    pages = [
        client.post(reverse("account_login"), {"login": typed, "password": "wrong"}).content.decode() for _ in range(11)
    ]
    assert ["登录失败次数过多" in page for page in pages] == [False] * 10 + [True]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13800000001", "13800000001"),
        ("+8613800000001", "13800000001"),
        ("86 138 0000 0001", "13800000001"),
        ("12800000001", None),
        ("1380000000", None),
        ("lin", None),
        ("", None),
    ],
)
def test_mobile_numbers_are_read_as_people_write_them(typed, number):
    assert mobile_number(typed) == number


def test_sign_up_makes_a_person_with_a_real_name(client, db):
    response = client.post(reverse("account_signup"), NEW)
    assert response.status_code == 302
    person = User.objects.get(username="newcomer")
    assert (person.name, person.email, person.mobile) == ("新申报", "new@portal.example", None)


def test_sign_up_is_closed_where_the_employer_makes_log_ins(client, db, settings):
    settings.SIGN_UP = "employer"
    page = client.post(reverse("account_signup"), NEW).content.decode()
    assert "由用人单位统一开设" in page
    assert not User.objects.filter(username="newcomer").exists()
    assert reverse("account_signup") not in client.get(reverse("account_login")).content.decode()


def test_a_number_typed_at_sign_up_is_stored_once_its_code_is_given(client, db, outbox):
    response = client.post(reverse("account_signup"), {**NEW, "phone": "138 0000 0009"})
    assert response.url == reverse("account_verify_phone")
    assert User.objects.get(username="newcomer").mobile is None
    wrong = client.post(reverse("account_verify_phone"), {"code": "000-000"}).content.decode()
    assert "验证码不正确" in wrong
    client.post(reverse("account_verify_phone"), {"code": sent_code(outbox)})
    assert User.objects.get(username="newcomer").mobile == "13800000009"


def test_a_number_is_changed_by_its_code_and_never_taken_from_another(client, member, outbox):
    zhou = User.objects.create_user("zhou", password=PASSWORD, name="周旁人")
    client.post(reverse("account_login"), {"login": "zhou", "password": PASSWORD})
    client.post(reverse("account_change_phone"), {"phone": "13800000002", "action_add": ""})
    client.post(reverse("account_verify_phone"), {"code": sent_code(outbox)})
    zhou.refresh_from_db()
    assert zhou.mobile == "13800000002"
    member.refresh_from_db()
    assert member.mobile == "13800000001"


def test_a_forgotten_password_is_set_anew_by_mail(client, member):
    client.post(reverse("account_reset_password"), {"email": "lin@portal.example"})
    (letter,) = mail.outbox
    assert letter.subject == "【职称评审信息系统】重新设置密码"
    assert "Hello" not in letter.body
    link = part(r"https?://[^/]+(/\S+)", letter.body)
    form = client.get(link, follow=True)
    new = {"password1": "another-long-phrase", "password2": "another-long-phrase"}
    client.post(form.request["PATH_INFO"], new)
    member.refresh_from_db()
    assert member.check_password("another-long-phrase")


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_signup", "account_reset_password", "account_reset_password_done"],
)
def test_entrance_pages_speak_chinese_in_our_layout(client, db, name):
    page = client.get(reverse(name)).content.decode()
    assert 'class="site-header"' in page
    words = re.sub(r"<[^>]+>|\s+|TOTP|\d", " ", part(r"<main.*?</main>", page))
    assert re.findall(r"[A-Za-z]{3,}", words) == []


@pytest.mark.parametrize(
    "name",
    ["account_logout", "account_email", "account_change_password", "account_change_phone", "mfa_index"],
)
def test_account_pages_stand_in_our_layout(client, member, name):
    client.post(reverse("account_login"), {"login": "lin", "password": PASSWORD})
    response = client.get(reverse(name))
    assert response.status_code == 200
    page = response.content.decode()
    assert 'class="site-header"' in page
    assert " style=" not in page
