"""Mails and text messages as files, where no server takes them. They hold links and codes: for the portal alone."""

import contextlib
import os
from pathlib import Path
from typing import Any

from django.core.mail.backends.filebased import EmailBackend as FileBackend


def folder(path: str) -> Path:
    """The directory of the outbox, closed to other users."""
    place = Path(path)
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(PermissionError):  # another user's, who has closed or opened it as they will
        place.chmod(0o700)
    return place


def private(path: str, flags: int) -> int:
    """An opener for files that nobody else may read."""
    return os.open(path, flags, 0o600)


class EmailBackend(FileBackend):
    """Django's backend of files, but private."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        folder(self.file_path)

    def open(self) -> bool:
        if self.stream is not None:
            return False
        self.stream = open(self._get_filename(), "ab", opener=private)  # noqa: SIM115  closed by close()
        return True
