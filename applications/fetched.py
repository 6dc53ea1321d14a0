"""The mark of what a connector fetched: from whom, when and for whom, good for exactly what it fetched.

It lapses like a verification: by its hash, as soon as anything written in the record is another.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from applications import dossiers
from applications.models import ArchiveItem
from portal import clock
from portal.chinese_dates import cn_date


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


def told(kept: Mapping[str, Any]) -> tuple[str, str] | None:
    """A line for whoever reads a record: source and day, a stand-in named as one. None where it was typed.

    Args:
        kept: what a record, or a snapshot of it, keeps of its source (`dossiers.Record.fetched`).
    """
    if not kept:
        return None
    day = cn_date(datetime.fromisoformat(kept["at"]).astimezone(clock.ZONE).date())
    line = _("%(source)s，%(day)s获取，申报人没有改动") % {"source": kept["source"], "day": day}
    if kept["stand_in"]:
        line += _("。这是演示数据，系统没有向任何部门查询，不能作为证明")
    return _("来源"), line
