"""A round played to its end through the services, for the tests that look at what is left behind."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from certificates.round_play import Act, Play
from portal import clock, workdays
from portal import demo as people
from portal.demo import World
from review import demo as pool
from tests.conftest import BUSINESS_NOW


@dataclass(frozen=True)
class Played:
    play: Play
    acts: list[Act]
    files: Path


@pytest.fixture(scope="module")
def played(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Played]:
    """林申报's round, from its opening to the verified papers. Played once for a module, which only looks at it."""
    folder = tmp_path_factory.mktemp("round")
    backend = {"BACKEND": "portal.directory_store.Directory", "OPTIONS": {"location": str(folder)}}
    storages = {**settings.STORAGES, "default": backend, "private": backend}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages), clock.frozen(BUSINESS_NOW):
        round_trip = transaction.atomic()
        round_trip._from_testcase = True  # as the framework marks its own: a durable block may stand inside
        round_trip.__enter__()
        try:
            workdays.seed()
            world = World()
            people.load(world)
            pool.load(world)
            play = Play(world)
            yield Played(play, list(play.whole()), folder)
        finally:
            transaction.set_rollback(True)
            round_trip.__exit__(None, None, None)


@pytest.fixture(autouse=True)
def business_time() -> None:
    """The round keeps its own time for the whole module."""


@pytest.fixture(autouse=True)
def private_files() -> None:
    """The round keeps its own files for the whole module."""
