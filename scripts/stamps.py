"""Stamps: files that say a part of the set-up is finished, and for which input.

A stamp is written last and at once, so a part that was interrupted has none and is done again.
"""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def key_of(parts: Iterable[str | Path]) -> str:
    """One key for texts and the contents of files; another one as soon as any of them changes."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.read_bytes() if isinstance(part, Path) else part.encode()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()


class Stamps:
    """The stamps of one directory."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def holds(self, name: str, key: str) -> bool:
        """Whether the part was finished for this key."""
        try:
            return (self.directory / name).read_text(encoding="ascii") == key
        except (OSError, UnicodeDecodeError):
            return False

    def write(self, name: str, key: str) -> None:
        """Says that the part is finished for this key."""
        self.directory.mkdir(parents=True, exist_ok=True)
        partial = self.directory / f".{name}"
        partial.write_text(key, encoding="ascii")
        partial.replace(self.directory / name)

    def remove(self, *names: str) -> None:
        """Takes stamps back before what they speak for is touched."""
        for name in names:
            (self.directory / name).unlink(missing_ok=True)
