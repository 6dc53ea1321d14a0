"""The embedded broker: a SQLite file that web and worker write at once, by Celery's SQLAlchemy transport."""

from typing import Any

from kombu.transport.sqlalchemy import Transport
from sqlalchemy import event
from sqlalchemy.engine import Engine

POLLING_SECONDS = 0.2


def prepare() -> None:
    """Sets what the transport has no option for: how often it looks, and how the file is written."""
    Transport.polling_interval = POLLING_SECONDS
    event.listen(Engine, "connect", _write_quickly)


def _write_quickly(connection: Any, _record: object) -> None:
    """Readers do not hold up writers, and nobody waits for the disk: what the queue forgets, the sweeper remembers."""
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=OFF")
