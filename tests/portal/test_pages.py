"""The portal's own pages answer, say what they should, and keep to their audience."""
import pytest
from django.urls import reverse

from portal.models import Message, User


@pytest.fixture
def lin(db) -> User:
    return User.objects.create_user("lin", "lin@demo.example", "demo-2025-portal", name="林申报", mobile="13800000001")


def test_visitors_learn_what_the_portal_is_without_a_cookie(client, db):
    response = client.get(reverse("portal:home"))
    assert (response.status_code, dict(response.cookies)) == (200, {})
    assert "登录办理" in response.content.decode()


def test_people_see_an_empty_list_that_says_what_comes_there(client, lin):
    client.force_login(lin)
    page = client.get(reverse("portal:home")).content.decode()
    assert "林申报，您好" in page
    assert "目前没有待办事项" in page


def test_a_message_is_read_once_opened_and_only_by_its_recipient(client, lin):
    message = Message.objects.create(recipient=lin, template="t", subject="请补正学历证书", body="缺第二页。")
    address = reverse("portal:message_detail", args=[message.public_id])
    other = User.objects.create_user("zhou", name="周旁人")
    client.force_login(other)
    assert client.get(address).status_code == 404
    client.force_login(lin)
    assert "缺第二页。" in client.get(address).content.decode()
    message.refresh_from_db()
    assert message.read_at is not None
