"""The routes of the demonstration answer as declared to everybody and every method, and exist nowhere else."""

import itertools
import json
import os
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import path, reverse

from portal import demo, demo_urls
from portal.views import demo as views
from tests.architecture.routes import own_routes
from tests.architecture.sources import ROOT
from tests.architecture.test_routes import AUDIENCES
from tests.matrix import tables
from tests.matrix.asking import Asker
from tests.matrix.declare import PEOPLE, PERSONAS, rows_of
from tests.matrix.demo import TABLE
from tests.portal import demo_urlconf

ROWS = rows_of(TABLE)
DECLARED = sorted({row.route for row in ROWS})
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
# Asked of a process that has started as `make run` starts it: what a settings fixture turns on later comes too late.
ROUTES = "from tests.architecture.routes import own_routes; print(json.dumps(sorted(r.name for r in own_routes())))"


@pytest.fixture
def under_demo(settings) -> None:
    settings.DEMO = True
    settings.ROOT_URLCONF = demo_urlconf.__name__


@pytest.fixture
def asker(under_demo, db) -> Asker:
    """The personas, and a person of the installation who is none."""
    world = demo.World()
    demo.load(world)
    demo.person("stranger", "外人")
    return Asker({name: world.people[name] for name in PEOPLE})


def undeclared() -> list[str]:
    """Routes that have a row neither here nor in the tables of the portal itself."""
    return sorted({route.name for route in own_routes()} - {row.route for row in (*ROWS, *tables.ROWS)})


def routes_of_a_process(*, demonstration: str, place) -> set[str]:
    kept = {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}}
    done = subprocess.run(
        [sys.executable, "-c", f"import django, json; django.setup()\n{ROUTES}"],
        cwd=ROOT, env={**kept, "DJANGO_SETTINGS_MODULE": "portal.settings", "VAR_DIR": str(place), "DEMO": demonstration},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(json.loads(done.stdout))


def test_what_the_demonstration_adds_is_what_is_declared(tmp_path):
    on, off = (routes_of_a_process(demonstration=word, place=tmp_path) for word in ("1", "0"))
    assert (sorted(on - off), sorted(off - on)) == (DECLARED, [])


def test_the_addresses_of_the_tests_are_those_of_the_demonstration(under_demo):
    assert undeclared() == []
    assert set(DECLARED) <= {route.name for route in own_routes()}


def test_a_route_without_a_row_is_found(under_demo):
    assert undeclared() == []
    demo_urls.urlpatterns.append(path("more/", views.act, name="demo_more"))
    try:
        assert undeclared() == ["demo_more"]
    finally:
        demo_urls.urlpatterns.pop()


def test_every_view_says_for_whom_it_is(under_demo):
    routes = [route for route in own_routes() if route.name in DECLARED]
    assert [route.name for route in routes if getattr(route.view, "audience", None) not in AUDIENCES] == []


def test_every_answer_is_as_declared(asker):
    wrong = []
    for row, method, persona in itertools.product(ROWS, METHODS, PERSONAS):
        kind, declared = asker.ask(persona, method, row, []).kind, row.expected(persona, "mine", method)
        if kind != declared:
            wrong.append(f"{row.route} {row.sent} {method} {persona}: {declared} declared, {kind}")
    assert asker.asked == len(ROWS) * len(METHODS) * len(PERSONAS)
    assert wrong == []


@pytest.mark.parametrize(
    "row", [row for row in ROWS if "POST" in row.methods], ids=lambda row: f"{row.route} {row.sent}"
)
def test_no_other_site_presses_a_button(row, under_demo, db):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse(row.route), row.sent, content_type="application/x-www-form-urlencoded")
    assert (answer.status_code, "_auth_user_id" in strict.session) == (403, False)


def test_without_demo_no_address_answers(db):
    lin = Client()
    lin.force_login(demo.person("lin", "林申报"))
    addresses = [f"/demo/{entry.pattern}" for entry in demo_urls.urlpatterns]
    asked = list(itertools.product((Client(), lin), METHODS, addresses))
    assert len(asked) == 2 * len(METHODS) * len(DECLARED)
    answered = [
        (method, address) for client, method, address in asked if client.generic(method, address).status_code != 404
    ]
    assert answered == []
