"""kill -9 to real workers in the middle of a batch: nothing lost, nothing doubled, and it goes on."""

import os
import random
import time

import pytest
from django.db import connection, connections
from django.db.utils import ConnectionHandler

from tests.counts import times
from tests.portal.workers import ITEMS, Workers, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.embedded, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def environment(tmp_path):
    """A database of its own, on the same server as the tests' (PostgreSQL) or in a file (SQLite), and a broker file."""
    given = {"VAR_DIR": str(tmp_path), "REDIS_URL": "", "TEST_RUN": "1", "LOG_LEVEL": "ERROR"}
    if connection.vendor == "sqlite":
        yield {**given, "DATABASE_URL": f"sqlite:///{tmp_path}/killed.sqlite3"}
        return
    name = f"killed_{os.getpid()}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    address = os.environ["DATABASE_URL"]
    before, _, query = address.partition("?")
    yield {**given, "DATABASE_URL": f"{before.rsplit('/', 1)[0]}/{name}" + (f"?{query}" if query else "")}
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture
def database(environment):
    """The connection to the workers' database."""
    name = environment["DATABASE_URL"].split("?")[0].removeprefix("sqlite:///")
    name = name if connection.vendor == "sqlite" else name.rsplit("/", 1)[-1]
    opened = ConnectionHandler({"default": {**connections.databases["default"], "NAME": name}})["default"]
    yield opened
    opened.close()


def effects(database) -> int:
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_auditentry WHERE scope='effects'")
        return cursor.fetchone()[0]


def unfinished(database) -> int:
    with database.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM portal_job WHERE state<>'done'")
        return cursor.fetchone()[0]


def test_a_killed_batch_is_gone_on_with_and_finished_once(environment, database):
    kills = times(50)
    batches = 8 * len(kills)
    moments = random.Random(7)
    with Workers(environment) as workers:
        workers.run("migrate")
        workers.run("enqueue", str(batches))
        for _ in kills:
            workers.start()
            before = effects(database)
            # Only a worker that hangs takes so long to go on with what the killed one left.
            wait_for(lambda before=before: effects(database) > before or not unfinished(database), 120)
            time.sleep(moments.uniform(0, 0.5))
            workers.kill()
        workers.start()
        wait_for(lambda: not unfinished(database), 120)
        workers.kill()
        assert [int(word) for word in workers.run("count").split()] == [batches * ITEMS, batches * ITEMS, batches, 0]
