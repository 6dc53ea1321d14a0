"""What a page costs in queries, counted the same way everywhere, and which pages a test has counted.

A test that holds the cost of pages says which, and how much each may take at most:

    @pytest.mark.pins({"review:meeting_detail": 17})

It counts each with `cost` at one row and at thirty and compares; the bound is two above what was measured, so that a
page may gain a query and not one a row. That it did count them, and within the bound, is
checked after it (tests/conftest.py); that no page is without such a test, in tests/architecture/test_query_counts.py.
"""

from collections import defaultdict

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

counted: dict[str, list[int]] = defaultdict(list)


def cost(client: Client, route: str, *args: object, query: str = "") -> int:
    """How many queries the page of a route takes, beyond its first call."""
    address = reverse(route, args=args) + query
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as taken:
        assert client.get(address).status_code == 200
    counted[route].append(len(taken))
    return len(taken)


def complaints(pins: dict[str, int]) -> list[str]:
    """What a test that pins these routes has not shown."""
    found = [f"{route} was not counted twice" for route in pins if len(counted[route]) < 2]
    return found + [
        f"{route} takes {max(counted[route])} queries, at most {most} are meant"
        for route, most in pins.items()
        if counted[route] and max(counted[route]) > most
    ]
