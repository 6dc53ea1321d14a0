"""The second wall round the audit log: the database itself refuses to change or delete its rows.

PostgreSQL: triggers against UPDATE, DELETE and TRUNCATE, and the privileges revoked from the owner too (a superuser
passes privileges but not triggers). SQLite: triggers. Only a test's clean-up and a restore lower the wall.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLES = ("portal_auditentry", "portal_auditday")

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION portal_audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only: % on % is refused', TG_OP, TG_TABLE_NAME;
END $$
"""


def raise_walls(connection: BaseDatabaseWrapper) -> None:
    """Makes the audit tables append-only. Needs the table owner; safe to repeat."""
    lower_walls(connection)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_FUNCTION)
        for table in TABLES:
            for statement in _statements(connection.vendor, table):
                cursor.execute(statement)


def lower_walls(connection: BaseDatabaseWrapper) -> None:
    """Takes the triggers and revocations away again. Safe to repeat."""
    with connection.cursor() as cursor:
        for table in TABLES:
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_rows ON {table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_whole ON {table}")
                cursor.execute(f"GRANT UPDATE, DELETE, TRUNCATE ON {table} TO CURRENT_USER")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_update")
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_delete")


def _statements(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        refuse = "EXECUTE FUNCTION portal_audit_refuses()"
        return [
            f"CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {refuse}",
            f"CREATE TRIGGER {table}_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}",
            f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM CURRENT_USER, PUBLIC",
        ]
    refuse = "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END"
    return [
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
    ]
