"""The scene of the matrix: its rows are undone when the module ends, its files lie in a folder of its own."""

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from portal import clock
from tests.conftest import BUSINESS_NOW
from tests.matrix.scene import Scene


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Scene]:
    folder = tmp_path_factory.mktemp("matrix")
    backend = {"BACKEND": "portal.directory_store.Directory", "OPTIONS": {"location": str(folder)}}
    storages = {**settings.STORAGES, "default": backend, "private": backend}
    cache = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "matrix"}}
    with (
        django_db_blocker.unblock(),
        override_settings(STORAGES=storages, CACHES=cache),
        clock.frozen(BUSINESS_NOW),
    ):
        held = transaction.atomic()
        held._from_testcase = True  # as Django marks its own, so that durable acts may run inside
        with held:
            yield Scene()
            transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def quiet_refusals() -> Iterator[None]:
    """Thousands of requests are refused on purpose; only faults are worth a line of the log."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def business_time() -> None:
    """The scene keeps its own time."""


@pytest.fixture(autouse=True)
def private_files() -> None:
    """The scene keeps its own files."""
