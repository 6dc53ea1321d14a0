"""The shape of the audit chains: which text is hashed, how a link is made. Pure."""

import hashlib
import json
from datetime import UTC, date, datetime

from portal.models import AuditEntry

START = "0" * 64
# The columns that the hashed text carries, in its order.
HASHED = (
    "scope", "sequence", "at", "business_day", "actor", "actor_id", "acting_for", "role", "request_id",
    "act", "refused", "kind", "target", "change", "reason",
)  # fmt: skip


def canonical_text(entry: AuditEntry) -> str:
    """The text that is hashed: one `name: value` line a column, values as JSON strings, times in UTC."""
    return "\n".join(f"{name}: {_written(getattr(entry, name))}" for name in HASHED)


def link(previous: str, text: str) -> str:
    """The hash of a link: SHA-256 over the hash before and the text, 64 hexadecimal digits."""
    return hashlib.sha256(f"{previous}\n{text}".encode()).hexdigest()


def day_text(number: int, day: date, heads: list[tuple[str, int, str]]) -> str:
    """The hashed text of a daily link: its number and day, then a line a head: scope, sequence, hash."""
    return "\n".join([f"{number} {day.isoformat()}", *(f"{scope}\t{place}\t{sha}" for scope, place, sha in heads)])


def day_heads(text: str) -> list[tuple[str, int, str]]:
    """The heads that a daily link names. Raises ValueError on a text that is none."""
    heads = []
    for line in text.split("\n")[1:]:
        scope, place, sha = line.split("\t")
        heads.append((scope, int(place), sha))
    return heads


def _written(value: object) -> str:
    if isinstance(value, datetime):
        value = value.astimezone(UTC).isoformat(timespec="microseconds")
    elif isinstance(value, date):
        value = value.isoformat()
    return json.dumps(value, ensure_ascii=False)
