"""The mark of what a connector fetched: from whom, when and for whom, good for exactly what it fetched.

It lapses like a verification: by its hash, as soon as anything written in the record is another.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from applications import dossiers
from applications.models import ArchiveItem


@dataclass(frozen=True, slots=True)
class Mark:
    """`stands`: the record still says what was fetched."""

    source: str
    at: datetime
    by: str
    is_stand_in: bool
    stands: bool


def mark_of(item: ArchiveItem | None) -> Mark | None:
    """The mark of a record; None where everything in it was typed."""
    if item is None or not item.fetched:
        return None
    said = item.fetched
    return Mark(
        source=said["source"],
        at=datetime.fromisoformat(said["at"]),
        by=said["by"],
        is_stand_in=said["stand_in"],
        stands=said["sha256"] == dossiers.written_sha256(item),
    )


def marking(item: ArchiveItem, *, source: str, at: datetime, by: str, is_stand_in: bool) -> dict[str, Any]:
    """What the record keeps of it, for the record as it stands."""
    return {
        "source": source,
        "at": at.isoformat(),
        "by": by,
        "stand_in": is_stand_in,
        "sha256": dossiers.written_sha256(item),
    }
