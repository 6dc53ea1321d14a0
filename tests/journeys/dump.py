"""Everything a stolen copy of the installation would hold: every row of every table, and every stored file."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection


def rows() -> Iterator[tuple[str, str]]:
    """(table, row as text) of every table, with binary columns as they stand."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, "\t".join(_text(value) for value in row)


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def _text(value: object) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)
