"""So many tries within a span that ends, whatever the cache does with a count that is added to."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from portal import clock
from portal.rate_limit import Limit

LIMIT = Limit("test", times=3, seconds=60)


@pytest.fixture(autouse=True)
def fresh_counts():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def directory(settings, tmp_path):
    """The cache of the embedded installation, whose `incr` gives a count its full life anew."""
    backend = "django.core.cache.backends.filebased.FileBasedCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path / "cache")}}


@pytest.fixture
def machine(monkeypatch):
    """The machine's time, for the count and for the cache."""
    now = {"time": clock.machine_now()}
    monkeypatch.setattr(clock, "machine_now", lambda: now["time"])
    monkeypatch.setattr("time.time", lambda: datetime.timestamp(now["time"]))
    return now


@pytest.mark.usefixtures("directory")
def test_the_span_ends_for_who_goes_on_trying(machine):
    answers = []
    for _ in range(14):
        answers.append(LIMIT.allows_one("somebody"))
        machine["time"] += timedelta(seconds=10.1)
    assert answers == [True] * 3 + [False] * 3 + [True] * 3 + [False] * 3 + [True] * 2


def test_each_is_counted_alone():
    request = RequestFactory().get("/")
    assert [LIMIT.allows(request) for _ in range(4)] == [True, True, True, False]
    assert Limit("other", times=1, seconds=60).allows(request)
    assert LIMIT.allows(RequestFactory().get("/", REMOTE_ADDR="192.0.2.7"))
