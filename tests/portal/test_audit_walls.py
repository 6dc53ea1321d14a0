"""The two walls round the audit log, each shown with the other one down: the trigger, and the privilege taken away."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import DatabaseError, connection, transaction

from portal import audit
from portal.audit_walls import TABLES, lower_walls, raise_walls
from portal.models import AuditEntry

pytestmark = pytest.mark.django_db

CHANGES = (
    "UPDATE portal_auditentry SET act='x'",
    "DELETE FROM portal_auditentry",
    "UPDATE portal_auditday SET text='x'",
    "DELETE FROM portal_auditday",
)
TRUNCATIONS = tuple(f"TRUNCATE {table} CASCADE" for table in TABLES)
TRIGGER, PRIVILEGE = "append-only", "permission denied for table"
ORDINARY = "portal_ordinary_owner"


def execute(*statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def on_both(statement) -> list[str]:
    return [statement.format(table=table) for table in TABLES]


def is_superuser() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = CURRENT_USER")
        return bool(cursor.fetchone()[0])


@pytest.fixture
def walls(db):
    """Both walls up round a log of one row a table; all of it is rolled back."""
    raise_walls(connection)
    write()


@pytest.fixture
def on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no privileges and no TRUNCATE; its trigger is shown above")


def write():
    audit.record("thing.change", by=None, scope="system", kind="thing", target="1")
    audit.chain_day()


def refusal(statement) -> str:
    with pytest.raises(DatabaseError) as refused, transaction.atomic():
        execute(statement)
    return str(refused.value)


@pytest.fixture
def trigger_alone(walls):
    """The owner takes the privileges back, which nobody can keep it from: only the trigger is left."""
    if connection.vendor == "postgresql":
        execute(*on_both("GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER"))


@pytest.fixture
def privilege_alone(on_postgresql, walls):
    """The owner switches the triggers off. A superuser is bound by no privilege: it hands the tables to a role that is."""
    execute(*on_both("ALTER TABLE {table} DISABLE TRIGGER USER"))
    if is_superuser():
        execute(f"CREATE ROLE {ORDINARY}", f"GRANT USAGE ON SCHEMA public TO {ORDINARY}")
        execute(*on_both(f"ALTER TABLE {{table}} OWNER TO {ORDINARY}"), f"SET LOCAL ROLE {ORDINARY}")
    assert not is_superuser()


@pytest.mark.embedded
@pytest.mark.parametrize("statement", CHANGES)
def test_the_trigger_alone_refuses_the_owner(trigger_alone, statement):
    assert TRIGGER in refusal(statement)
    assert audit.verify() == []


@pytest.mark.postgres
@pytest.mark.parametrize("statement", TRUNCATIONS)
def test_the_trigger_alone_refuses_the_owner_to_truncate(on_postgresql, trigger_alone, statement):
    assert TRIGGER in refusal(statement)


@pytest.mark.postgres
@pytest.mark.parametrize("statement", CHANGES + TRUNCATIONS)
def test_the_missing_privilege_alone_refuses_the_application(privilege_alone, statement):
    assert PRIVILEGE in refusal(statement)


@pytest.mark.embedded
def test_with_both_walls_down_the_row_changes(trigger_alone):
    """What stops the statements above is the walls and nothing else."""
    if connection.vendor == "postgresql":
        execute(*on_both("ALTER TABLE {table} DISABLE TRIGGER USER"))
    else:
        execute("DROP TRIGGER portal_auditentry_update")
    execute(CHANGES[0])
    assert AuditEntry.objects.get().act == "x"


@contextmanager
def as_superuser() -> Iterator[None]:
    """A connection of a superuser to the database of the tests; in a server of their own `postgres` is let in."""
    if is_superuser():
        yield
        return
    own = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = "postgres"
    try:
        try:
            connection.ensure_connection()
        except DatabaseError:
            pytest.skip("the server that was given to the tests lets nobody in as postgres")
        assert is_superuser()
        yield
    finally:
        connection.close()
        connection.settings_dict["USER"] = own


@pytest.fixture
def standing_walls(transactional_db, on_postgresql):
    """Walls that other connections meet; lowered again so that the tables can be emptied."""
    raise_walls(connection)
    write()
    yield
    lower_walls(connection)


@pytest.mark.postgres
@pytest.mark.parametrize("statement", CHANGES + TRUNCATIONS)
def test_the_trigger_refuses_a_superuser_whom_no_privilege_binds(standing_walls, statement):
    with as_superuser():
        assert TRIGGER in refusal(statement)
    assert audit.verify() == []
