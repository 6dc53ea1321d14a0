"""The embedded broker: a SQLite file that web and worker write at once, by Celery's SQLAlchemy transport.

Loaded by kombu at the first message, so that commands that send none are spared SQLAlchemy.
"""

from typing import Any

from kombu.transport import sqlalchemy
from sqlalchemy import event
from sqlalchemy.engine import Engine

POLLING_SECONDS = 0.2


class Transport(sqlalchemy.Transport):
    """Looks often, and writes the file quickly; the transport has an option for neither."""

    polling_interval = POLLING_SECONDS


@event.listens_for(Engine, "connect")
def _write_quickly(connection: Any, _record: object) -> None:
    """Readers do not hold up writers, and nobody waits for the disk: what the queue forgets, the sweeper remembers."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
