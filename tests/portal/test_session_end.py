"""The session's end is known to the page, and "stay" moves it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal import clock, session_end


@pytest.fixture(autouse=True)
def half_an_hour(settings):
    settings.SESSION_COOKIE_AGE = 1800


def aged(client, seconds: int) -> None:
    session = client.session
    moment = clock.machine_now() - timedelta(seconds=seconds)
    session[session_end.RENEWED_AT] = int(moment.timestamp())
    session.save()


def seconds_on(page) -> int:
    return int(page.context["session_seconds"])


def test_visitors_have_no_session_to_warn_of(client, db):
    page = client.get(reverse("portal:home"))
    assert 'id="session-end"' not in page.content.decode()


def test_a_page_knows_the_seconds_left(client, lin):
    client.force_login(lin)
    client.get(reverse("portal:home"))
    aged(client, 40)
    page = client.get(reverse("portal:home"))
    assert 1755 <= seconds_on(page) <= 1760
    assert f'data-session-seconds="{seconds_on(page)}"' in page.content.decode()


def test_use_renews_the_session(client, lin):
    client.force_login(lin)
    aged(client, 900)
    assert seconds_on(client.get(reverse("portal:home"))) >= 1795


def test_staying_starts_the_full_time_anew(client, lin):
    client.force_login(lin)
    aged(client, 30)
    answer = client.post(reverse("portal:session_stay"), headers={"accept": "application/json"})
    assert answer.json()["seconds"] >= 1795
    assert client.post(reverse("portal:session_stay")).url == reverse("portal:home")


def test_staying_needs_a_session(client, db):
    assert client.post(reverse("portal:session_stay")).url.startswith(reverse("account_login"))


def test_an_open_page_learns_whose_session_it_is_and_its_token(lin):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(lin)
    answer = browser.get(reverse("portal:session_state"))
    assert (answer.json()["person"], answer["Cache-Control"]) == (
        str(lin.public_id),
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    sent = browser.post(reverse("portal:session_stay"), {"csrfmiddlewaretoken": answer.json()["token"]})
    assert sent.url == reverse("portal:home")


def test_a_visitor_is_told_no_token(client, db):
    assert client.get(reverse("portal:session_state")).url.startswith(reverse("account_login"))
