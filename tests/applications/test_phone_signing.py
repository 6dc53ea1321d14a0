"""Signing on a phone that a QR code has led to: once, in time, on what was checked, by nobody's log-in."""

import io
import re
import socket
from base64 import b64decode
from datetime import timedelta

import pytest
import zxingcpp
from django.core.cache import cache
from django.test import Client, RequestFactory
from PIL import Image

from applications import dossiers, services
from applications.models import Signature, SigningLink
from applications.views import phone_signing, signing
from portal import clock, own_address
from portal.models import AuditEntry
from portal.rate_limit import Limit
from tests.applications import walk
from tests.applications.pages import address, words
from tests.applications.strokes import png, sent

SITE = "https://m.portal.example"


@pytest.fixture(autouse=True)
def public_url(settings):
    settings.PUBLIC_URL = SITE
    cache.clear()  # what earlier tests have tried from the same address


@pytest.fixture
def phone() -> Client:
    """A browser of its own, in which nobody is signed in."""
    return Client(
        headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604.1"}
    )


def invited(desk: Client, application) -> tuple[str, str]:
    """Presses for a code; the path in it, and where the desk asks whether it is signed."""
    seen = dossiers.content(application).sha256
    page = desk.post(address("sign_invite", application.public_id), {"seen_sha256": seen}).content.decode()
    picture = b64decode(re.findall(r'class="qr" src="data:image/png;base64,([^"]+)"', page)[0])
    with Image.open(io.BytesIO(picture)) as code:
        (read,) = zxingcpp.read_barcodes(code)
    assert read.text.startswith(f"{SITE}/sign/")
    (follow,) = re.findall(r'data-follow="([^"]+)"', page)
    return read.text.removeprefix(SITE), follow


def given(page, **changes) -> dict[str, str]:
    """The hashes that stand in the page, and what is signed."""
    return (
        dict(re.findall(r'name="(seen_sha256|words_sha256)" value="([0-9a-f]{64})"', page.content.decode())) | changes
    )


def change(application) -> None:
    item = application.items.get(kind="summary")
    services.change_item(item=item, facts={}, details={"text": "改动"}, by=application.applicant)


@pytest.mark.duty("ZJ15-013")
def test_scanned_signed_followed_and_submitted(draft, enter, phone):
    desk = enter("lin")
    path, follow = invited(desk, draft)
    assert desk.get(follow).json()["state"] == "waiting"

    shown = phone.get(path)
    assert shown.status_code == 200
    told = words(shown)
    assert ("林**" in told, "林申报" in shown.content.decode()) == (True, False)
    assert [
        word for word in ("高级工程师", "继续教育完成情况承诺", dossiers.content(draft).sha256[:12]) if word not in told
    ] == []
    assert (shown["Cache-Control"], shown["X-Robots-Tag"]) == (
        "max-age=0, no-cache, no-store, must-revalidate, private",
        "noindex, nofollow",
    )
    signed = phone.post(path, given(shown, picture=sent()))
    assert (signed.status_code, "签名已收到" in words(signed)) == (200, True)

    followed = desk.get(follow).json()
    assert followed["state"] == "signed"
    assert followed["onward"].endswith("#sign")  # the long commitment has been read on the phone
    page = words(desk.get(followed["onward"]))
    assert ("手机扫码手写" in page, "Safari · iOS" in page, "提交申报" in page) == (True, True, True)
    (signature,) = draft.signatures.all()
    assert (signature.how, signature.signed_by) == ("phone", draft.applicant)
    seen = signature.content_sha256
    assert desk.post(address("application_submit", draft.public_id), {"seen_sha256": seen}).status_code == 302
    assert desk.get(follow).json()["state"] == "submitted"


def test_the_desk_waits_for_the_phone_even_where_something_was_signed_before(draft, enter, phone):
    desk = enter("lin")
    walk.sign(draft)
    path, follow = invited(desk, draft)
    assert desk.get(follow).json()["state"] == "waiting"
    phone.post(path, given(phone.get(path), picture=sent()))
    assert desk.get(follow).json()["state"] == "signed"
    assert services.standing_signature(draft, dossiers.content(draft)).how == "phone"


def test_the_address_is_kept_nowhere_and_long_enough(draft, enter):
    path, _follow = invited(enter("lin"), draft)
    token = path.split("/")[2]

    assert len(token) >= 128 / 6
    (link,) = SigningLink.objects.all()
    assert token not in "".join(map(str, vars(link).values()))
    assert link.expires_at - link.made_at == timedelta(minutes=10)


def test_a_code_stands_in_the_log_and_its_address_does_not(draft, enter):
    path, _follow = invited(enter("lin"), draft)

    entry = AuditEntry.objects.get(act="application.invite_signature")
    assert (entry.actor_id, entry.target) == (str(draft.applicant.public_id), str(draft.public_id))
    assert path.strip("/").rpartition("/")[2] not in entry.text


def test_a_link_signs_once(draft, enter, phone):
    path, _follow = invited(enter("lin"), draft)
    shown = phone.get(path)
    phone.post(path, given(shown, picture=sent()))

    again, replayed = phone.get(path), phone.post(path, given(shown, picture=sent()))
    assert [(one.status_code, "已经用过" in words(one)) for one in (again, replayed)] == [(410, True), (410, True)]
    assert Signature.objects.count() == 1


def test_what_is_no_signature_leaves_the_link_open(draft, enter, phone):
    path, _follow = invited(enter("lin"), draft)
    shown = phone.get(path)

    blank = phone.post(path, given(shown, picture=sent(png())))
    nothing = phone.post(path, given(shown))
    stranger = phone.post(path, given(shown, name="周旁人"))
    assert [(one.status_code, "林申报" in one.content.decode()) for one in (blank, nothing)] == [
        (409, False),
        (422, False),
    ]
    assert stranger.status_code == 409
    assert phone.post(path, given(shown, picture=sent())).status_code == 200


def test_a_name_typed_wrong_on_a_phone_does_not_tell_the_right_one(draft, enter, phone):
    path, _follow = invited(enter("lin"), draft)
    answer = phone.post(path, given(phone.get(path), name="周旁人"))
    assert (answer.status_code, "林申报" in answer.content.decode()) == (409, False)


def test_an_expired_link_is_closed_and_the_desk_is_told(draft, enter, phone):
    desk = enter("lin")
    path, follow = invited(desk, draft)
    shown = phone.get(path)
    SigningLink.objects.update(expires_at=clock.machine_now())

    late = [phone.get(path), phone.post(path, given(shown, picture=sent()))]
    assert [(one.status_code, "已过期" in words(one)) for one in late] == [(410, True), (410, True)]
    assert desk.get(follow).json()["state"] == "expired"
    assert Signature.objects.count() == 0


def test_a_new_code_closes_the_one_before(draft, enter, phone):
    desk = enter("lin")
    first, _follow = invited(desk, draft)
    second, _follow = invited(desk, draft)

    old = phone.get(first)
    assert (old.status_code, "请扫描电脑页面上最新的二维码" in words(old)) == (404, True)
    assert phone.get(second).status_code == 200


def test_content_that_changed_meanwhile_is_not_signed(draft, enter, phone):
    path, _follow = invited(enter("lin"), draft)
    shown = phone.get(path)
    change(draft)

    late = [phone.get(path), phone.post(path, given(shown, picture=sent()))]
    assert [(one.status_code, "申报内容或承诺文本有改动" in words(one)) for one in late] == [(409, True), (409, True)]
    assert Signature.objects.count() == 0


def test_a_submitted_application_is_not_signed_again(draft, enter, phone):
    path, _follow = invited(enter("lin"), draft)
    walk.submit(draft)
    late = phone.get(path)
    assert (late.status_code, "不需要再签名" in words(late)) == (410, True)


@pytest.mark.parametrize("token", ["x", "q0OOuYNJHAt2gM5-oqyYvw", "../../etc/passwd".replace("/", "%2F"), "a" * 4000])
def test_a_made_up_token_opens_nothing(db, phone, token):
    answer = phone.get(address("phone_sign", token))
    assert (answer.status_code, "链接无效" in words(answer)) == (404, True)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


def test_who_tries_tokens_is_slowed_down(db, phone, monkeypatch):
    monkeypatch.setattr(phone_signing, "TRIES", Limit("phone_sign_tried", times=3, seconds=600))
    assert [phone.get(address("phone_sign", f"try{n}")).status_code for n in range(5)] == [404, 404, 404, 429, 429]


def test_many_phones_behind_one_address_do_not_hinder_each_other(draft, enter, phone, monkeypatch):
    monkeypatch.setattr(phone_signing, "TRIES", Limit("phone_sign_shared", times=1, seconds=600))
    monkeypatch.setattr(phone_signing, "ASKED", Limit("phone_sign_asked", times=4, seconds=600))
    path, _follow = invited(enter("lin"), draft)

    assert [phone.get(path).status_code for _n in range(5)] == [200, 200, 200, 200, 429]
    assert [phone.get(address("phone_sign", f"try{n}")).status_code for n in range(2)] == [404, 429]


def test_who_asks_for_codes_without_end_is_told_to_wait(draft, enter, monkeypatch):
    monkeypatch.setattr(signing, "INVITATIONS", Limit("sign_invited", times=2, seconds=600))
    desk, invite = enter("lin"), address("sign_invite", draft.public_id)
    assert [desk.post(invite).status_code for _n in range(3)] == [200, 200, 429]


def test_a_code_is_for_what_was_checked(draft, enter):
    seen = dossiers.content(draft).sha256
    change(draft)
    answer = enter("lin").post(address("sign_invite", draft.public_id), {"seen_sha256": seen})
    assert (answer.status_code, "请重新核对全部内容" in words(answer)) == (409, True)
    assert SigningLink.objects.count() == 0


def test_where_only_loopback_is_served_the_page_says_so_and_offers_signing_here(draft, enter, settings):
    settings.PUBLIC_URL = ""
    desk, invite = enter("lin"), address("sign_invite", draft.public_id)

    for answer in (
        desk.get(invite, headers={"host": "127.0.0.1:8000"}),
        desk.post(invite, headers={"host": "localhost"}),
    ):
        assert ("手机连不上" in words(answer), "在本机签名" in words(answer), 'class="qr"' in answer.content.decode()) == (
            True, True, False,
        )  # fmt: skip
    assert SigningLink.objects.count() == 0


class TestTheAddressForAPhone:
    def asked(self, host: str) -> str:
        return own_address.for_a_phone(RequestFactory().get("/", headers={"host": host}, SERVER_PORT="8000"))

    def test_is_the_public_one_where_it_is_set(self):
        assert self.asked("127.0.0.1:8000") == SITE

    def test_is_the_one_the_desk_came_by_where_that_is_no_loopback(self, settings):
        settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "", ["192.168.1.20"]
        assert self.asked("192.168.1.20:8000") == "http://192.168.1.20:8000"

    @pytest.mark.parametrize(
        ("allowed", "answers", "address"),
        [
            (["127.0.0.1", "10.1.2.3"], True, "http://10.1.2.3:8000"),
            (["127.0.0.1", "10.1.2.3"], False, ""),
            (["127.0.0.1"], True, ""),
        ],
    )
    def test_is_the_machines_own_where_it_may_be_called_by_it_and_answers(
        self, settings, monkeypatch, allowed, answers, address
    ):
        settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "", allowed
        monkeypatch.setattr(own_address, "_address", lambda: "10.1.2.3")
        monkeypatch.setattr(own_address, "_answers", lambda *_asked: answers)
        assert self.asked("127.0.0.1:8000") == address

    def test_another_port_of_the_machine_is_not_asked_whether_it_answers(self, settings, monkeypatch):
        settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "", ["127.0.0.1", "10.1.2.3"]
        monkeypatch.setattr(own_address, "_address", lambda: "10.1.2.3")
        monkeypatch.setattr(own_address, "_answers", lambda *_asked: True)
        assert self.asked("127.0.0.1:22") == ""

    def test_a_port_answers_while_somebody_listens(self):
        with socket.create_server(("127.0.0.1", 0)) as served:
            port = served.getsockname()[1]
            assert own_address._answers("127.0.0.1", port) is True
        assert own_address._answers("127.0.0.1", port) is False
