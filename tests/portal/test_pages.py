"""The portal's own pages answer, say what they should, and keep to their audience."""

import json
from datetime import date

import pytest
from django.urls import reverse

from portal import audit, navigation, privacy, worklist
from portal.models import AuditEntry, Consent, IdentityDocument, Message, User
from tests.costs import cost


@pytest.fixture
def zhou(db) -> User:
    return User.objects.create_user("zhou", name="周旁人")


def test_visitors_learn_what_the_portal_is_without_a_cookie(client, db):
    response = client.get(reverse("portal:home"))
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "登录办理" in response.content.decode()


def test_people_see_an_empty_list_that_says_what_comes_there(client, zhou, monkeypatch):
    monkeypatch.setattr(worklist, "_providers", [])
    client.force_login(zhou)
    page = client.get(reverse("portal:home")).content.decode()
    assert "周旁人，您好" in page
    assert "目前没有待办事项" in page


def test_the_home_page_lists_what_waits_with_the_days_left(client, lin, monkeypatch):
    items = [
        worklist.WorkItem("补正材料", 1, "/there/", due=date(2025, 3, 7)),
        worklist.WorkItem("无事", 0, "/nothing/"),
    ]
    monkeypatch.setattr(worklist, "_providers", [lambda user: items if user == lin else []])
    client.force_login(lin)
    page = client.get(reverse("portal:home")).content.decode()
    assert '<a href="/there/">补正材料</a>' in page
    assert "距截止还有 4 天" in page
    assert "无事" not in page


def test_a_message_is_read_once_opened_and_only_by_its_recipient(client, lin, zhou):
    message = Message.objects.create(recipient=lin, template="t", subject="请补正学历证书", body="缺第二页。")
    address = reverse("portal:message_detail", args=[message.public_id])
    client.force_login(zhou)
    assert client.get(address).status_code == 404
    client.force_login(lin)
    assert "缺第二页。" in client.get(address).content.decode()
    message.refresh_from_db()
    assert message.read_at is not None


def test_the_message_list_shows_own_messages_and_can_narrow_to_the_unread(client, lin, zhou):
    read = Message.objects.create(recipient=lin, template="t", subject="旧消息", body="一")
    Message.objects.filter(pk=read.pk).update(read_at=read.created_at)
    Message.objects.create(recipient=lin, template="t", subject="新消息", body="二")
    Message.objects.create(recipient=zhou, template="t", subject="别人的消息", body="三")
    client.force_login(lin)
    shown = [row.subject for row in client.get(reverse("portal:message_list")).context["page"]]
    assert shown == ["新消息", "旧消息"]
    unread = client.get(reverse("portal:message_list"), {"unread": "1"})
    assert [row.subject for row in unread.context["page"]] == ["新消息"]
    told = client.post(reverse("portal:message_read_all"), follow=True).content.decode()
    assert "1 条消息已标为已读。" in told
    assert list(Message.objects.filter(read_at=None).values_list("subject", flat=True)) == ["别人的消息"]
    assert "没有未读消息" in client.get(reverse("portal:message_list"), {"unread": "1"}).content.decode()


def test_a_message_says_on_whose_business_it_is(client, lin, office):
    message = Message.objects.create(recipient=lin, template="t", subject="请补正", body="缺。", organization=office)
    client.force_login(lin)
    for address in (reverse("portal:message_list"), reverse("portal:message_detail", args=[message.public_id])):
        assert "<span>评审办</span>" in client.get(address).content.decode()


@pytest.mark.pins({"portal:message_list": 5})
def test_the_message_list_costs_the_same_at_one_and_at_thirty_rows(client, lin, office, monkeypatch):
    monkeypatch.setattr(navigation, "_providers", [])  # the menu of the other rooms is pinned by them
    client.force_login(lin)
    client.get(reverse("portal:home"))  # renews the session
    spent = {}
    for rows in (1, 30):
        while Message.objects.count() < rows:
            Message.objects.create(recipient=lin, template="t", subject="消息", body="正文")
        spent[rows] = cost(client, "portal:message_list")
        assert client.get(reverse("portal:message_list")).context["page"].paginator.count == rows
    assert spent == {1: 5, 30: 5}


def test_agreement_is_recorded_withdrawn_and_renewed_each_in_the_log(client, lin):
    client.force_login(lin)
    address = reverse("portal:privacy_consent")
    both = {"act": "agree", "purpose": ["identity", "evidence"]}
    assert client.post(address, {**both, "next": "/profile/"}).url == "/profile/"
    assert privacy.agreed_to(lin) == {"identity", "evidence"}
    client.post(address, {"act": "withdraw", "purpose": "evidence"})
    assert privacy.agreed_to(lin) == {"identity"}
    client.post(address, {**both, "next": "https://elsewhere.example/"})
    assert privacy.has_agreed(lin)
    assert Consent.objects.filter(user=lin).count() == 2
    entries = AuditEntry.objects.filter(scope="people", kind="consent").order_by("pk").values_list("act", "target")
    assert [(act, target.split("/")[1]) for act, target in entries] == [
        ("privacy.agree", "identity"),
        ("privacy.agree", "evidence"),
        ("privacy.withdraw", "evidence"),
        ("privacy.agree", "evidence"),
    ]
    assert audit.verify() == []


def test_nothing_is_agreed_to_by_the_button_alone(client, lin):
    client.force_login(lin)
    sent = {"act": "agree", "purpose": "everything", "next": "/profile/"}
    answer = client.post(reverse("portal:privacy_consent"), sent, follow=True)
    assert not Consent.objects.exists()
    assert "还没有勾选" in answer.content.decode()
    assert answer.context["next"] == "/profile/"
    assert answer.content.decode().count('type="checkbox"') == 2


def test_the_notice_tells_of_each_agreement_by_itself_and_what_withdrawing_it_means(client, lin):
    client.force_login(lin)
    privacy.agree(by=lin, purposes=["identity"])
    page = client.get(reverse("portal:privacy")).content.decode()
    assert (page.count("您已同意本版本"), page.count('value="withdraw"'), page.count('type="checkbox"')) == (1, 1, 1)
    assert all(str(purpose.withdrawn) in page for purpose in privacy.PURPOSES)


def test_an_agreement_to_a_former_notice_is_asked_anew(lin):
    Consent.objects.create(user=lin, document="privacy", version="2025-01")
    Consent.objects.create(user=lin, document="identity", version="2025-01")
    assert [purpose.key for purpose in privacy.missing(lin)] == ["identity", "evidence"]


def test_agreeing_never_leads_to_another_site(client, lin):
    client.force_login(lin)
    response = client.post(
        reverse("portal:privacy_consent"), {"act": "agree", "purpose": "identity", "next": "https://elsewhere.example/"}
    )
    assert response.url == reverse("portal:home")


def test_the_profile_saves_the_name_and_refuses_an_empty_one(client, lin):
    client.force_login(lin)
    address = reverse("portal:profile")
    refused = client.post(address, {"name": ""}).content.decode()
    assert '<a href="#id_name">姓名：请填写“姓名”。</a>' in refused
    assert "<title>错误：个人信息" in refused
    assert client.post(address, {"name": "林申请"}).status_code == 302
    assert User.objects.get(pk=lin.pk).name == "林申请"


def test_a_change_of_name_is_on_record(client, lin):
    client.force_login(lin)
    client.post(reverse("portal:profile"), {"name": "林申请"})
    [entry] = AuditEntry.objects.filter(act="people.rename")
    assert json.loads(entry.change) == {"name": ["林申报", "林申请"]}


@pytest.mark.duty("TJ23-001")
@pytest.mark.parametrize(
    ("kind", "label", "number", "shown"),
    [
        ("resident_id", "居民身份证（含港澳台居民居住证）", "830000199201300022", "830000********0022"),
        ("hk_macao_permit", "港澳居民来往内地通行证", "H12345678", "H1*****78"),
        ("taiwan_permit", "台湾居民来往大陆通行证", "01234567", "01****67"),
        ("foreign_permanent", "外国人永久居留身份证", "USA110185031412", "USA110*****1412"),
        ("passport_work_permit", "护照和外国人工作许可证", "E12345678/11000020190001", "E1*****78/11**********01"),
    ],
)
def test_people_from_outside_register_by_their_own_documents(client, lin, kind, label, number, shown):  # noqa: PLR0917  a row of the table each
    client.force_login(lin)
    privacy.agree(by=lin)
    address = reverse("portal:identity")
    assert f'<option value="{kind}">{label}</option>' in client.get(address).content.decode()
    assert client.post(address, {"kind": kind, "number": "12345"}).status_code == 422
    assert client.post(address, {"kind": kind, "number": number}).status_code == 302
    page = client.get(address).content.decode()
    assert shown in page
    assert number not in page


def test_no_identity_number_is_asked_for_before_the_notice_is_agreed_to(client, lin):
    client.force_login(lin)
    address = reverse("portal:identity")
    for answer in (client.get(address), client.post(address, {"kind": "resident_id", "number": "120101198503141231"})):
        assert answer.url == f"{reverse('portal:privacy')}?next={address.replace('/', '%2F')}"
    assert not IdentityDocument.objects.exists()
    privacy.agree(by=lin, purposes=["evidence"])
    assert client.get(address).status_code == 302
    privacy.agree(by=lin, purposes=["identity"])
    assert client.get(address).status_code == 200


def test_health_names_its_parts(client, db):
    response = client.get(reverse("portal:health"))
    assert (response.status_code, response.json()) == (
        200,
        {"status": "ok", "database": "ok", "cache": "ok", "files": "ok", "queue": "ok"},
    )


@pytest.mark.parametrize("name", ["home", "message_list", "profile", "privacy"])
def test_pages_carry_a_strict_policy_and_no_inline_code(client, lin, name):
    client.force_login(lin)
    response = client.get(reverse(f"portal:{name}"))
    page = response.content.decode()
    policy = response["Content-Security-Policy"]
    assert "'unsafe-inline'" not in policy
    assert [word for word in (" style=", "<style", " onclick=", "<script>") if word in page] == []
