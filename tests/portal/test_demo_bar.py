"""The demonstration's bar moves business time and changes persona; without DEMO it does not exist."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import NoReverseMatch, reverse

from portal import clock, demo, demo_bar
from portal.models import User
from tests.portal import demo_urlconf


@pytest.fixture
def under_demo(settings, db):
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_urlconf.__name__


@pytest.fixture
def registry(monkeypatch):
    monkeypatch.setattr(demo_bar, "_jumps", dict(demo_bar._jumps))
    monkeypatch.setattr(demo_bar, "_acts", {})


def test_without_demo_there_is_neither_route_nor_bar(client, db):
    for name in ("demo_jump", "demo_act", "demo_persona", "demo_components"):
        with pytest.raises(NoReverseMatch):
            reverse(name)
    assert client.post("/demo/jump/").status_code == 404
    assert "demo-bar" not in client.get("/").content.decode()


def test_the_bar_shows_business_time_on_every_page(client, under_demo):
    assert "2025年3月3日 10:00" in client.get(reverse("account_login")).content.decode()


def test_the_next_day_begins_at_nine(client, under_demo):
    response = client.post(reverse("demo_jump"), {"key": "next-day", "next": "/privacy/"})
    assert response.url == "/privacy/"
    assert clock.now() == datetime(2025, 3, 4, 9, tzinfo=clock.ZONE)


def test_the_bar_never_leads_to_another_site(client, under_demo):
    response = client.post(reverse("demo_jump"), {"key": "next-day", "next": "https://elsewhere.example/"})
    assert response.url == reverse("portal:home")


def test_a_jump_is_offered_only_while_it_leads_ahead(client, under_demo, registry):
    notice_end = clock.now() + timedelta(days=5)
    demo_bar.register_jump("公示期满", lambda _user: notice_end, key="notice-end")
    assert "公示期满" in client.get("/").content.decode()
    client.post(reverse("demo_jump"), {"key": "notice-end"})
    assert clock.now() == notice_end
    client.get("/")
    assert "公示期满" not in client.get("/").content.decode()
    client.post(reverse("demo_jump"), {"key": "notice-end"})
    assert clock.now() == notice_end


def test_others_act_when_they_can(client, under_demo, registry):
    done: list[User | None] = []

    def vote(user: User | None) -> str:
        done.append(user)
        return "已投票。"

    demo_bar.register_act("其他专家投票", vote, available=lambda _user: not done, key="vote")
    assert "已投票。" in client.post(reverse("demo_act"), {"key": "vote"}, follow=True).content.decode()
    client.post(reverse("demo_act"), {"key": "vote"})
    assert done == [None]


def test_one_click_makes_another_persona_and_nobody_else(client, under_demo):
    world = demo.World()
    demo.load(world)
    stranger = demo.person("stranger", "外人")
    client.post(reverse("demo_persona"), {"username": "wang"})
    assert client.session["_auth_user_id"] == str(world.people["wang"].pk)
    assert client.post(reverse("demo_persona"), {"username": stranger.username}).status_code == 404
    table = client.get(reverse("account_login"))
    assert table.url == reverse("portal:home")


def test_the_log_in_page_lists_every_persona(client, under_demo):
    page = client.get(reverse("account_login")).content.decode()
    assert [persona.username for persona in demo.PERSONAS if f'value="{persona.username}">以' not in page] == []


def test_the_component_gallery_shows_every_component(client, under_demo):
    page = client.get(reverse("demo_components")).content.decode()
    for mark in ("stage-track", "calendar", "error-summary", "field-list", "timeline", "document-card", "empty-state"):
        assert f'class="{mark}"' in page


def test_every_form_of_the_page_carries_its_token(under_demo):
    strict = Client(enforce_csrf_checks=True)
    page = strict.get(reverse("account_login")).content.decode()
    forms = re.findall(r"<form[^>]*method=.post.*?</form>", page, re.DOTALL)
    assert len(forms) == 3 + len(demo.PERSONAS)
    assert [form for form in forms if "csrfmiddlewaretoken" not in form] == []
