"""What every test shares: business time inside 27号's validity, and the personas."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.storage import storages
from django.db import connection
from django.test import Client

from portal import clock, invariants
from portal.audit_walls import lower_walls
from portal.file_checks import sandbox
from tests import costs

BUSINESS_NOW = datetime(2025, 3, 3, 10, 0, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def business_time() -> Iterator[None]:
    """Business time stands at 2025-03-03 10:00; `clock.move_to` moves it forward inside a test."""
    with clock.frozen(BUSINESS_NOW):
        yield


# Where tests walk the line: after each of them the whole database is asked what must hold of it.
WALKING = {"journeys", "attacks", "applications", "review", "certificates"}


@pytest.fixture(autouse=True)
def truths_hold(request, business_time, private_files) -> Iterator[None]:
    """Every invariant holds after every test that walks the line.

    A test that breaks some on purpose, or puts rows where no service would, says so and why:
    `@pytest.mark.unlawful(reason, *invariants)`, all of them where none is named.
    """
    uses_rows = request.node.get_closest_marker("django_db") or {"db", "transactional_db"} & set(request.fixturenames)
    if not uses_rows or Path(request.path).parent.name not in WALKING:
        yield
        return
    request.getfixturevalue("_django_db_helper")  # asked for, so that the rows are still there when this ends
    yield
    exempt = request.node.get_closest_marker("unlawful")
    if exempt is None or exempt.args[1:]:
        broken = exempt.args[1:] if exempt else ()
        assert [str(breach) for breach in invariants.check() if breach.invariant not in broken] == []


@pytest.fixture
def enter(world):
    """A persona's own browser, signed in."""

    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(world.people[name])
        return client

    return signed_in


@pytest.fixture(autouse=True)
def pins_are_held(request) -> Iterator[None]:
    """A test that says it holds the cost of pages has counted each, at few rows and at many, and within its bound."""
    marker = request.node.get_closest_marker("pins")
    costs.counted.clear()
    yield
    if marker is not None:
        assert costs.complaints(marker.args[0]) == []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):  # extends the plugin's fixture of that name
    """The test database, its audit walls lowered so that tables can be emptied between transactional tests."""
    name = str(connection.settings_dict["NAME"])
    # A selection without database tests sets none up, and the connection still leads to the installation's own.
    if name.startswith(("test_", "file:memorydb")) or name == connection.settings_dict["TEST"]["NAME"]:
        with django_db_blocker.unblock():
            lower_walls(connection)


@pytest.fixture(scope="session", autouse=True)
def quiet_broker() -> None:
    """Wake-ups go nowhere: tests run due jobs with `jobs.work_off()`."""
    current_app.conf.update(broker_url="memory://")


@pytest.fixture(autouse=True)
def private_files(settings, tmp_path: Path) -> Path:
    """Stored files of one test, in a directory of its own."""
    folder = tmp_path / "files"
    backend = {"BACKEND": "portal.directory_store.Directory", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": backend, "private": backend}
    assert storages["private"].location == str(folder)  # type: ignore[attr-defined]
    return folder


@pytest.fixture(autouse=True)
def each_content_is_looked_into_once(monkeypatch) -> None:
    """What the limited child finds is a function of the bytes, so one run asks it once for each content.

    tests/portal, which tests the child, asks it every time.
    """
    monkeypatch.setattr(sandbox, "inspect_pdf", _inspect_once)
    monkeypatch.setattr(sandbox, "reencode_picture", _reencode_once)


_inspect, _reencode = sandbox.inspect_pdf, sandbox.reencode_picture
_inspected: dict[str, dict[str, object]] = {}
_reencoded: dict[tuple[str, int], tuple[dict[str, object], bytes]] = {}


def _inspect_once(path: Path) -> dict[str, object]:
    key = hashlib.sha256(path.read_bytes()).hexdigest()
    if key not in _inspected:
        _inspected[key] = _inspect(path)
    return dict(_inspected[key])


def _reencode_once(path: Path, output: Path, max_pixels: int) -> dict[str, object]:
    key = hashlib.sha256(path.read_bytes()).hexdigest(), max_pixels
    if key not in _reencoded:
        answer = _reencode(path, output, max_pixels)
        _reencoded[key] = answer, output.read_bytes() if output.exists() else b""
    answer, written = _reencoded[key]
    if written:
        output.write_bytes(written)
    return dict(answer)
