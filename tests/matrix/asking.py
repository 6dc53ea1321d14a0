"""One question to a route as one persona, and what the answer amounts to."""

import itertools
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler, FakePayload
from django.urls import reverse

from portal import navigation
from portal.models import User
from portal.navigation import NavItem
from tests.matrix.declare import ANONYMOUS, GONE, LOGIN, METHOD, NO, OK, Row
from tests.matrix.scene import undone

FORM = "application/x-www-form-urlencoded"
LOGIN_PAGE = "/account/login/"
# Wrong or conflicting input: the person may ask, what an empty post asks for is wrong.
UNDERSTOOD = {400, 409, 422}
# What the 403 page says where nobody has given a reason.
UNREASONED = "此事须由具有相应权限的人员办理。"
CHANGING = (
    (re.compile(r"\b[0-9a-f]{16}\b"), "REQUEST"),
    (re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"'), "TOKEN"),
    (re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b"), "THING"),
    (re.compile(r'data-session-seconds="\d+"'), "SECONDS"),
)


@dataclass(frozen=True, slots=True)
class Answer:
    """`kind` is a word of the tables, or the bare status where no word covers it."""

    kind: str
    status: int
    page: str

    @property
    def settled(self) -> tuple[int, str]:
        """Status and page without what differs from one request to the next."""
        page = self.page
        for pattern, word in CHANGING:
            page = pattern.sub(word, page)
        return self.status, page


class Asker:
    """The personas, each with a session. What a question changes is undone at once.

    Requests go to the handler below the test client: the client copies the context of every template it sees
    rendered, which would cost more than all the views together.
    """

    def __init__(self, people: dict[str, User]) -> None:
        self._handler = ClientHandler(enforce_csrf_checks=False)
        self._factory = RequestFactory()
        self._sessions = {name: _session_of(person) for name, person in people.items()}
        self._addresses = itertools.count(1)
        self.asked = 0

    @contextmanager
    def at_a_stage(self) -> Iterator[None]:
        """While nothing moves a person's menu stays the same: it is put together once, not for every page."""
        menus: dict[int | None, list[NavItem]] = {}

        def remembered(user: User) -> list[NavItem]:
            if user.pk not in menus:
                menus[user.pk] = items_for(user)
            return menus[user.pk]

        items_for = navigation.items_for
        navigation.items_for = remembered
        try:
            yield
        finally:
            navigation.items_for = items_for

    def ask(self, persona: str, method: str, row: Row, words: list[str]) -> Answer:
        """Each question comes from an address of its own: how often one may ask is tested elsewhere."""
        self.asked += 1
        number = next(self._addresses)
        address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        self._factory.cookies.clear()
        if persona != ANONYMOUS:
            self._factory.cookies[settings.SESSION_COOKIE_NAME] = self._sessions[persona]
        sent = row.sent.encode() if method == "POST" else b""
        request = self._factory._base_environ(
            REQUEST_METHOD=method,
            PATH_INFO=reverse(row.route, args=words),
            REMOTE_ADDR=address,
            CONTENT_TYPE=FORM,
            CONTENT_LENGTH=str(len(sent)),
        )
        with undone():
            response = self._handler({**request, "wsgi.input": FakePayload(sent)})
            return Answer(kind_of(response), response.status_code, _page(response))


def _session_of(person: User) -> str:
    browser = Client()
    browser.force_login(person)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def kind_of(response: HttpResponse) -> str:
    """The word of the tables that an answer amounts to."""
    status = response.status_code
    if 300 <= status < 400:
        return LOGIN if response["Location"].startswith(LOGIN_PAGE) else OK
    if 200 <= status < 300 or status in UNDERSTOOD:
        return OK
    if status == 403:
        return "no, without a reason" if UNREASONED in response.content.decode() else NO
    return {404: GONE, 405: METHOD}.get(status, str(status))


def _page(response: HttpResponse) -> str:
    if response.streaming:
        # Read to its end, as a server does: closing it early would close the database connection with it.
        for _ in response.streaming_content:
            pass
        return ""
    return response.content.decode(errors="replace")
