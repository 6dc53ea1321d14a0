"""The bytes of stored files, by their SHA-256, in the private storage: a directory, or an S3-compatible service.

A content is written once: whole or not at all, so that a full disk or a killed process leaves nothing half-written
under its name. What no row names any more is taken away by the purge, never earlier than a day after it was touched.
"""

import hashlib
import io
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from typing import IO, Protocol, cast

from django.core.files.storage import storages

from portal import clock
from portal.models import StoredFile, content_path
from portal.outside_transactions import outside_transactions

CHUNK = 1 << 20
INCOMING = "incoming"
PURGE_AFTER = timedelta(days=1)
PURGE_BATCH = 500


class StorageError(OSError):
    """The storage did not do its part. The text is for the log."""


class UnreachableError(StorageError):
    """It does not answer, or refuses us."""


class DamagedError(StorageError):
    """What it holds is not what the name says."""


class Place(Protocol):
    """Where contents are kept: directory_store.Directory or object_store.Bucket. Every method may raise OSError."""

    def put(self, path: str, content: IO[bytes], size: int) -> None:
        """Stores a content from where it stands, whole or not at all; one that is there already counts as touched."""

    def fetch(self, path: str) -> IO[bytes]:
        """The stored bytes. Raises FileNotFoundError, DamagedError."""

    def exists(self, name: str) -> bool: ...

    def delete(self, name: str) -> None: ...

    def walk(self) -> Iterator[tuple[str, datetime]]:
        """Every path, and when it was last touched."""

    def touched(self, path: str) -> datetime:
        """When a path was last touched. Raises FileNotFoundError."""

    def answer(self) -> None:
        """Returns when the storage is there, without looking further."""


@outside_transactions
def put(content: IO[bytes]) -> tuple[str, int]:
    """Stores a content read from its beginning; returns its SHA-256 and size. Raises OSError (disk full, no answer)."""
    sha256, size = measure(content)
    content.seek(0)
    place().put(content_path(sha256), content, size)
    return sha256, size


@outside_transactions
def open_content(sha256: str) -> IO[bytes]:
    """The stored bytes. Raises FileNotFoundError, StorageError."""
    return place().fetch(content_path(sha256))


def exists(sha256: str) -> bool:
    return place().exists(content_path(sha256))


def measure(content: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of a content, read from its beginning."""
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while chunk := content.read(CHUNK):
        digest.update(chunk)
        size += len(chunk)
    return digest.hexdigest(), size


def purge() -> int:
    """Takes away contents that no row names and broken-off uploads, once a day old; returns how many."""
    before, removed = clock.machine_now() - PURGE_AFTER, 0
    old = (path for path, touched in place().walk() if touched < before and _is_ours(path))
    while batch := list(islice(old, PURGE_BATCH)):
        named = set(StoredFile.objects.filter(sha256__in=map(_name, batch)).values_list("sha256", flat=True))
        removed += sum(_remove(path, before) for path in batch if _name(path) not in named)
    return removed


def probe() -> None:
    """Puts, reads, lists and deletes a content of its own. Raises OSError saying what the storage does not do."""
    sha256, _ = put(io.BytesIO(secrets.token_bytes(32)))
    open_content(sha256).close()
    next(place().walk(), None)
    place().delete(content_path(sha256))


def place() -> Place:
    return cast("Place", storages["private"])


def _remove(path: str, before: datetime) -> bool:
    """Deletes a content, unless it has been stored again since it was listed."""
    try:
        if place().touched(path) >= before or StoredFile.objects.filter(sha256=_name(path)).exists():
            return False
    except FileNotFoundError:
        return False
    place().delete(path)
    return True


def _is_ours(path: str) -> bool:
    """Whether we have put it there: a bucket may hold more."""
    return path == content_path(_name(path)) or path.startswith(f"{INCOMING}/")


def _name(path: str) -> str:
    return path.rsplit("/", 1)[-1]
