"""The routes of the log-in library answer as declared, and every page of theirs stands on a template of ours."""

import re

import pytest
from django.conf import settings
from django.template.loader import get_template
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.architecture.routes import foreign_routes
from tests.matrix.asking import kind_of
from tests.matrix.log_in import TABLE

PASSWORD = "a-long-enough-password"
KEYS = {
    "account_confirm_email": {"key": "made-up"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "made-up"},
}
ROWS = [re.split(r"\s{2,}", line.strip()) for line in TABLE.splitlines() if line.strip() and "#" not in line]


@pytest.fixture(autouse=True)
def fresh_throttles(settings) -> None:
    """How often one may ask is tested elsewhere."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture
def signed_in(db) -> Client:
    User.objects.create_user("lin", email="lin@portal.example", name="林申报", password=PASSWORD)
    client = Client()
    client.post(reverse("account_login"), {"login": "lin", "password": PASSWORD})
    return client


def test_every_route_of_the_log_in_has_a_row():
    assert sorted(row[0] for row in ROWS) == sorted(route.name for route in foreign_routes())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_visitors_and_people_are_answered_as_declared(row, signed_in):
    name, *declared, _template = row
    address = reverse(name, kwargs=KEYS.get(name))
    answers = [ask(address) for client in (Client(), signed_in) for ask in (client.get, client.post)]

    assert [kind_of(answer) for answer in answers] == declared


@pytest.mark.parametrize("template", [row[-1] for row in ROWS if row[-1] != "-"])
def test_the_page_stands_on_our_own_template(template):
    assert str(settings.BASE_DIR / "templates") in get_template(template).origin.name
