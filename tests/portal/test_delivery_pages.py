"""The pages about mail: who sees what, what can be done, what a refusal says, what a page costs."""

import pytest
from django.urls import reverse

from portal import clock, delivery_acts, jobs, navigation, notifications, worklist
from portal.models import AuditEntry, Delivery, DeliveryState, Job, JobState, Membership, User
from portal.roles import Role
from tests.costs import cost

pytestmark = pytest.mark.django_db

notifications.register("test.page", "关于{word}的通知", "请办理{word}。", ["word"])
LIST = "portal:delivery_list"


@pytest.fixture
def delivery(lin, office) -> Delivery:
    return tell(lin, office)


@pytest.fixture
def staff(client, sun, office):
    client.force_login(sun)
    return client


def tell(person, office, word="甲事", **values) -> Delivery:
    made = notifications.notify(person, "test.page", {"word": word}, organization=office).deliveries.get()
    Delivery.objects.filter(pk=made.pk).update(**values)
    made.refresh_from_db()
    return made


def address(name, delivery) -> str:
    return reverse(f"portal:delivery_{name}", args=[delivery.public_id])


def page_of(response) -> str:
    return response.content.decode()


def test_the_list_shows_what_stands_where_with_the_address_masked(staff, lin, sun, office):
    tell(lin, office, "甲事", state=DeliveryState.SENT, sent_at=clock.now(), sent_to="o***@portal.example")
    tell(lin, office, "乙事", state=DeliveryState.FAILED, last_error="SMTPRecipientsRefused")
    tell(sun, office, "丙事", state=DeliveryState.HELD)
    tell(sun, office, "丁事")
    page = page_of(staff.get(reverse(LIST)))
    assert [word for word in "丁丙乙甲" if f"关于{word}事的通知" in page] == list("丁丙乙甲")
    assert ("o***@portal.example" in page, "l***@portal.example" in page) == (True, True)
    assert [secret for secret in ("lin@portal.example", "sun@portal.example") if secret in page] == []
    assert "收件方邮件服务器不接收该地址。请与收件人核对邮箱，本人改正后重发。" in page
    found = {
        state: [row.title for row in staff.get(reverse(LIST), {"state": state}).context["rows"]]
        for state in ("failed", "waiting", "held", "sent", "nonsense")
    }
    assert found == {
        "failed": ["关于乙事的通知"],
        "waiting": ["关于丁事的通知"],
        "held": ["关于丙事的通知"],
        "sent": ["关于甲事的通知"],
        "nonsense": [f"关于{word}事的通知" for word in "丁丙乙甲"],
    }
    assert [row.recipient for row in staff.get(reverse(LIST), {"q": " 孙受 "}).context["rows"]] == ["孙受理", "孙受理"]
    assert [row.title for row in staff.get(reverse(LIST), {"q": "乙事"}).context["rows"]] == ["关于乙事的通知"]
    assert "没有符合条件的邮件" in page_of(staff.get(reverse(LIST), {"q": "无此人"}))


def test_a_page_number_beyond_the_end_is_the_last_page(staff, lin, office):
    for number in range(26):
        tell(lin, office, f"第{number}事")
    assert len(staff.get(reverse(LIST), {"page": "2"}).context["rows"]) == 1
    assert len(staff.get(reverse(LIST), {"page": "99"}).context["rows"]) == 1
    assert "page=2&amp;state=waiting" in page_of(staff.get(reverse(LIST), {"state": "waiting"})).replace(
        "state=waiting&amp;page=2", "page=2&amp;state=waiting"
    )


def test_one_delivery_offers_what_can_be_done_with_it(staff, delivery):
    offered = {}
    for state in DeliveryState:
        Delivery.objects.update(state=state)
        page = page_of(staff.get(address("detail", delivery)))
        offered[state.value] = [act for act in ("hold", "release", "resend") if address(act, delivery) in page]
    assert offered == {
        "queued": ["hold"],
        "held": ["release"],
        "sending": [],
        "sent": ["resend"],
        "failed": ["hold", "resend"],
    }
    assert ("请办理甲事。" in page, "lin@portal.example" in page) == (True, False)


def test_hold_asks_for_a_reason_and_keeps_it_for_colleagues(staff, delivery, lin):
    refused = staff.post(address("hold", delivery), {"reason": " "})
    assert (refused.status_code, Delivery.objects.get().state) == (422, DeliveryState.QUEUED)
    assert "请填写“暂缓理由”。" in page_of(refused)
    assert page_of(staff.get(address("hold", delivery))).count("收件人：林申报（l***@portal.example）") == 1
    after = staff.post(address("hold", delivery), {"reason": "名单待核对"}, follow=True)
    assert "已暂缓发送。需要发出时，请点击“恢复发送”。" in page_of(after)
    assert "名单待核对" in page_of(after)
    twice = staff.post(address("hold", delivery), {"reason": "又按一次"})
    assert (twice.status_code, AuditEntry.objects.count()) == (409, 1)
    assert "不需要重复办理" in page_of(twice)


def test_held_then_sent_over_the_wire_then_resent_by_a_double_press(staff, delivery, mail_server):
    staff.post(address("hold", delivery), {"reason": "名单待核对"})
    jobs.work_off()
    assert mail_server.received == []
    assert "邮件立即排队发出" in page_of(staff.get(address("release", delivery)))
    assert staff.post(address("release", delivery)).status_code == 302
    assert staff.post(address("release", delivery)).status_code == 409
    jobs.work_off()
    assert mail_server.recipients == ["lin@portal.example"]
    too_late = staff.post(address("hold", delivery), {"reason": "晚了"})
    assert (too_late.status_code, "已于 2025年3月3日 10:00 发出，不能再暂缓" in page_of(too_late)) == (409, True)
    first = staff.post(address("resend", delivery))
    again = Delivery.objects.get(resend_of=delivery)
    second = staff.post(address("resend", delivery), follow=True)
    assert (first.url, second.redirect_chain) == (address("detail", again), [(address("detail", again), 302)])
    assert "一分钟内已经重发过，没有再发一次" in page_of(second)
    jobs.work_off()
    assert len(mail_server.received) == 2
    assert "孙受理重发" in page_of(staff.get(address("detail", delivery)))


def test_asking_changes_nothing(staff, delivery):
    for act in ("hold", "release", "resend"):
        assert staff.get(address(act, delivery)).status_code == 200
    assert (Delivery.objects.get().state, Job.objects.count(), AuditEntry.objects.count()) == ("queued", 1, 0)


def test_what_failed_stands_on_the_to_do_list_until_somebody_answers_it(staff, delivery, sun, mail_server):
    mail_server.refused.add("lin@portal.example")
    for _ in range(5):
        Job.objects.filter(state=JobState.QUEUED).update(run_after=clock.machine_now())
        jobs.work_off()
    waiting = [item for item in worklist.items_for(sun) if item.title == "发送失败的邮件"]
    assert [(item.count, item.url) for item in waiting] == [(1, reverse(LIST) + "?state=failed")]
    assert "发送失败的邮件" in page_of(staff.get(reverse("portal:home")))
    delivery_acts.resend(delivery=delivery, by=sun)
    assert [item for item in worklist.items_for(sun) if item.title == "发送失败的邮件"] == []


def test_only_staff_with_the_right_find_the_page_and_its_entrance(client, delivery, lin, sun):
    shown = {}
    for person in (lin, sun):
        client.force_login(person)
        menu = [item.url for item in navigation.items_for(User.objects.get(pk=person.pk))]
        shown[person.username] = (reverse(LIST) in menu, client.get(reverse(LIST)).status_code)
    assert shown == {"lin": (False, 403), "sun": (True, 200)}


def test_from_above_one_sees_that_mail_is_stuck_and_neither_to_whom_nor_what(client, office, delivery):
    admin = User.objects.create_user("admin", name="魏管理")
    Membership.objects.create(user=admin, organization=office.root, role=Role.SYSTEM_ADMIN)
    Delivery.objects.update(state=DeliveryState.FAILED, last_error="gaierror")
    client.force_login(admin)
    pages = [page_of(client.get(url)) for url in (reverse(LIST), *(address(a, delivery) for a in ("detail", "resend")))]
    assert [word for page in pages for word in ("林申报", "甲事") if word in page] == []
    assert [page.count("评审办的邮件") > 0 for page in pages] == [True] * 3
    assert "林**" in pages[0]
    # Nor can a search tell.
    for word in ("林申报", "甲事"):
        assert client.get(reverse(LIST), {"q": word}).context["rows"] == []
    assert client.post(address("resend", delivery)).status_code == 302


@pytest.fixture
def no_menu(staff, monkeypatch):
    """The menu of the other rooms is pinned by them; the session is renewed beforehand."""
    monkeypatch.setattr(navigation, "_providers", [])
    staff.get(reverse("portal:home"))


@pytest.mark.pins({"portal:delivery_list": 8})
def test_the_list_costs_the_same_at_one_and_at_thirty_rows(staff, no_menu, office):
    spent = {}
    for rows in (1, 30):
        while (number := Delivery.objects.count()) < rows:
            person = User.objects.create_user(f"p{number}", email=f"p{number}@portal.example", name=f"收件{number}")
            tell(person, office, state=DeliveryState.FAILED if number % 2 else DeliveryState.QUEUED)
        spent[rows] = cost(staff, "portal:delivery_list")
        assert staff.get(reverse("portal:delivery_list")).context["page"].paginator.count == rows
    assert spent == {1: 8, 30: 8}


@pytest.mark.pins({"portal:delivery_detail": 8})
def test_one_delivery_costs_the_same_at_one_and_at_thirty_sendings(staff, no_menu, delivery):
    spent = {}
    for rows in (1, 30):
        while (number := Delivery.objects.count()) < rows:
            last, clerk = Delivery.objects.latest("pk"), User.objects.create_user(f"clerk{number}", name="经办")
            Delivery.objects.create(message=delivery.message, channel="email", resend_of=last, resent_by=clerk)
        spent[rows] = cost(staff, "portal:delivery_detail", delivery.public_id)
        assert len(staff.get(address("detail", delivery)).context["sendings"]) == rows
    assert spent == {1: 8, 30: 8}
