import http.client
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from portal.models import User
from tests.unified import provider as oidc

PASSWORD = "a-long-enough-password"


@pytest.fixture(scope="session")
def running_provider() -> Iterator[oidc.Provider]:
    with oidc.running() as provider:
        yield provider


@pytest.fixture
def provider(running_provider, settings, monkeypatch) -> oidc.Provider:
    """A provider that knows 林申报, and the portal set to it."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    cache.clear()
    settings.OIDC = {
        "server_url": running_provider.issuer, "client_id": oidc.CLIENT, "client_secret": oidc.SECRET,
        "name": "示范市统一身份认证", "link_by_email": False,
    }  # fmt: skip
    running_provider.reset()
    return running_provider


@pytest.fixture
def lin(db) -> User:
    return User.objects.create_user("lin", email="lin@portal.example", name="林申报", password=PASSWORD)


class Walk:
    """One browser between portal and provider."""

    def __init__(self) -> None:
        self.client = Client()

    def set_out(self, **fields: str):
        """The button on the log-in page or on the page of the binding."""
        return self.client.post(reverse("account_unified_login"), fields)

    def to_the_provider(self, leaving) -> str:
        """What the page leads on to, and the address the provider sends the browser back to."""
        assert leaving.status_code == 200, leaving.content.decode()
        address = urlsplit(leaving["Refresh"].removeprefix("0; url="))
        line = http.client.HTTPConnection(address.netloc, timeout=10)
        line.request("GET", f"{address.path}?{address.query}")
        back = line.getresponse().headers["Location"]
        line.close()
        return back

    def back(self, address: str):
        parts = urlsplit(address)
        return self.client.get(f"{parts.path}?{parts.query}")

    def through(self, **fields: str):
        """The whole way."""
        return self.back(self.to_the_provider(self.set_out(**fields)))

    @property
    def user(self) -> str | None:
        key = self.client.session.get("_auth_user_id")
        return User.objects.get(pk=key).username if key else None


@pytest.fixture
def walk() -> Walk:
    return Walk()


@pytest.fixture
def bound(provider, lin, walk) -> User:
    """林申报 has bound the account, and is logged out again."""
    walk.client.force_login(lin)
    walk.through()
    walk.client.logout()
    return lin
