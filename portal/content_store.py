"""The bytes of stored files, by their SHA-256, in the private storage (a directory, or S3-compatible by setting).

A content is written once: whole or not at all, so that a full disk or a killed process leaves nothing half-written
under its name. What no row names any more is taken away by the purge, never earlier than a day after it was touched.
"""

import hashlib
import os
import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage, Storage, storages

from portal import clock
from portal.models import StoredFile, content_path

CHUNK = 1 << 20
INCOMING = "incoming"
PURGE_AFTER = timedelta(days=1)


def put(content: IO[bytes]) -> tuple[str, int]:
    """Stores a content read from its beginning; returns its SHA-256 and its size. Raises OSError (disk full)."""
    sha256, size = measure(content)
    path = content_path(sha256)
    storage = _storage()
    content.seek(0)
    if isinstance(storage, FileSystemStorage):
        _put_in_directory(storage, path, content, size)
    elif not storage.exists(path):
        storage.save(path, File(content))
    return sha256, size


def open_content(sha256: str) -> IO[bytes]:
    """The stored bytes. Raises FileNotFoundError."""
    return _storage().open(content_path(sha256), "rb")


def exists(sha256: str) -> bool:
    return _storage().exists(content_path(sha256))


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
    storage, removed = _storage(), 0
    before = clock.machine_now() - PURGE_AFTER
    for path in _walk(storage, ""):
        name = path.rsplit("/", 1)[-1]
        named = not path.startswith(INCOMING) and StoredFile.objects.filter(sha256=name).exists()
        if not named and _touched(storage, path) < before:
            storage.delete(path)
            removed += 1
    return removed


def _put_in_directory(storage: FileSystemStorage, path: str, content: IO[bytes], size: int) -> None:
    target = Path(storage.path(path))
    if target.is_file() and target.stat().st_size == size:
        os.utime(target)
        return
    incoming = Path(storage.path(f"{INCOMING}/{secrets.token_hex(16)}"))
    incoming.parent.mkdir(parents=True, exist_ok=True)
    try:
        with incoming.open("wb") as out:
            while chunk := content.read(CHUNK):
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        target.parent.mkdir(parents=True, exist_ok=True)
        incoming.replace(target)
    finally:
        incoming.unlink(missing_ok=True)


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _walk(storage, f"{folder}/{name}".lstrip("/"))


def _touched(storage: Storage, path: str) -> datetime:
    return storage.get_modified_time(path)


def _storage() -> Storage:
    return storages["private"]
