"""The line up to the certificate, walked once a module: walking it takes longer than any test of what lies at its end.

The rows of a module stand in a transaction that the module ends by rolling back; every test works in a savepoint of
its own, with business time where the line left it.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings

from applications import demo as filing
from applications.models import Application, Round
from certificates.models import Certificate
from portal import clock, demo, jobs, workdays
from portal.demo import World
from review import demo as pool
from tests.applications import walk as line
from tests.certificates import walk
from tests.conftest import BUSINESS_NOW


@pytest.fixture(scope="module", autouse=True)
def private_files(tmp_path_factory) -> Iterator[Path]:
    """Stored files of one module, in a directory of its own."""
    from django.conf import settings

    folder = tmp_path_factory.mktemp("files")
    backend = {"BACKEND": "portal.directory_store.Directory", "OPTIONS": {"location": str(folder)}}
    with override_settings(STORAGES={**settings.STORAGES, "default": backend, "private": backend}):
        yield folder


@pytest.fixture(scope="module")
def module_time() -> Iterator[None]:
    with clock.frozen(BUSINESS_NOW):
        yield


@pytest.fixture(autouse=True)
def business_time(request) -> Iterator[None]:
    """Where the module's line left business time; a test's own moves end with it."""
    walked = "module_time" in request.fixturenames
    with clock.frozen(clock.now() if walked else BUSINESS_NOW):
        yield


@pytest.fixture(scope="module")
def module_rows(django_db_setup, django_db_blocker, module_time) -> Iterator[None]:
    """Lets module fixtures write; everything is undone when the module ends."""
    with django_db_blocker.unblock():
        held = transaction.atomic()
        held._from_testcase = True  # type: ignore[attr-defined]  # as Django marks its own, so that durable acts may run inside
        with held:
            yield
            transaction.set_rollback(True)


@pytest.fixture(scope="module")
def world(module_rows) -> World:
    workdays.seed()
    made = World()
    demo.load(made)
    pool.load(made)
    return made


@pytest.fixture(scope="module")
def first_accepted(world) -> Application:
    return _accepted(world, "lin")


@pytest.fixture(scope="module")
def second_accepted(world) -> Application:
    """Another person of the same employer, in the same round."""
    world.people["he"] = demo.person("he", "何同批", number="12010419891105331X")
    return _accepted(world, "he")


@pytest.fixture(scope="module")
def confirmed_round(first_accepted, world) -> Round:
    return walk.confirmed([first_accepted], world)


@pytest.fixture(scope="module")
def made_certificate(first_accepted, world) -> Certificate:
    """林申报's certificate, both papers rendered."""
    [made] = walk.released([first_accepted], world)
    return made


@pytest.fixture
def accepted(first_accepted, db) -> Application:
    return Application.objects.get(pk=first_accepted.pk)


@pytest.fixture
def second(second_accepted, db) -> Application:
    return Application.objects.get(pk=second_accepted.pk)


@pytest.fixture
def confirmed(confirmed_round, db) -> Round:
    return Round.objects.get(pk=confirmed_round.pk)


@pytest.fixture
def certificate(made_certificate, db) -> Certificate:
    return Certificate.objects.get(pk=made_certificate.pk)


def _accepted(world: World, who: str) -> Application:
    application = filing.fill_in(world, filing.demo_round(world), applicant=who)
    jobs.work_off()
    return line.accepted(application, world)
