"""Every route says for whom it is, and stands in the permission matrix."""

from django.conf import settings

from portal.roles import Permission
from tests.architecture.routes import own_routes

AUDIENCES = {"public", "signed_in", *(permission.value for permission in Permission)}


def test_every_view_declares_its_audience():
    silent = [route.name for route in own_routes() if getattr(route.view, "audience", None) not in AUDIENCES]
    assert silent == []


def test_every_route_has_a_name():
    nameless = [route.name for route in own_routes() if route.name.endswith(("/", "$")) or not route.name]
    assert nameless == []


def test_the_demonstration_has_no_routes_without_demo():
    assert not settings.DEMO
    assert [route.name for route in own_routes() if route.name.startswith("demo_")] == []
