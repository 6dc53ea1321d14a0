"""What every test shares: business time inside 27号's validity, and the personas."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from celery import current_app
from django.core.files.storage import storages
from django.db import connection

from portal import clock
from portal.audit_walls import lower_walls

BUSINESS_NOW = datetime(2025, 3, 3, 10, 0, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def business_time() -> Iterator[None]:
    """Business time stands at 2025-03-03 10:00; `clock.move_to` moves it forward inside a test."""
    with clock.frozen(BUSINESS_NOW):
        yield


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
    backend = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    settings.STORAGES = {**settings.STORAGES, "default": backend, "private": backend}
    assert storages["private"].location == str(folder)  # type: ignore[attr-defined]
    return folder
