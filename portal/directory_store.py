"""The private storage in a directory: what holds unless FILES_URL names a service."""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.files.storage import FileSystemStorage

from portal.content_store import CHUNK, INCOMING


class Directory(FileSystemStorage):
    """See content_store.Place."""

    def put(self, path: str, content: IO[bytes], size: int) -> None:
        target = Path(self.path(path))
        if target.is_file() and target.stat().st_size == size:
            os.utime(target)
            return
        incoming = Path(self.path(f"{INCOMING}/{secrets.token_hex(16)}"))
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

    def fetch(self, path: str) -> IO[bytes]:
        return self.open(path, "rb")

    def walk(self) -> Iterator[tuple[str, datetime]]:
        yield from self._walk("")

    def touched(self, path: str) -> datetime:
        return self.get_modified_time(path)

    def answer(self) -> None:
        Path(self.location).mkdir(parents=True, exist_ok=True)

    def _walk(self, folder: str) -> Iterator[tuple[str, datetime]]:
        try:
            folders, files = self.listdir(folder)
        except FileNotFoundError:
            return
        for name in files:
            path = f"{folder}/{name}".lstrip("/")
            yield path, self.touched(path)
        for name in folders:
            yield from self._walk(f"{folder}/{name}".lstrip("/"))
