"""The records of a section as a list shows them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from applications import asked_documents
from applications.asked_documents import NOTHING_ASKED, AskedOf
from applications.fetched import Mark, mark_of
from applications.models import ArchiveItem, Evidence, Verification
from applications.reading import title_of
from applications.sections import Section
from applications.views.desk import Desk
from portal import clock
from portal.chinese_dates import cn_date
from portal.composed import Given, composed
from portal.models.file import FileState


@dataclass(frozen=True, slots=True)
class RecordRow:
    """`chosen`: it goes into the application at hand; in the archive every record counts as chosen.

    `asked`: what the round's notice asks of it.
    """

    id: UUID
    kind: str
    title: str
    evidence: list[Evidence]
    chosen: bool
    unread: bool
    verified_by: str
    change: str
    upload: str
    remove: str
    asked: AskedOf
    mark: Mark | None


def rows_of(desk: Desk, section: Section, chosen: Collection[str] | None) -> list[RecordRow]:
    """Every record of the person's archive that stands on the section's page, in the order of entry.

    `chosen` are the ids of those that go into the application at hand; None in the archive.
    """
    kinds = tuple(part.kind for part in section.parts if part.many)
    if not kinds:
        return []
    asked = _asked_of(kinds)
    evidence, said = _by_item(asked.evidence(desk.owner.pk)), _by_item(asked.verifications(desk.owner.pk))
    return [
        _row(
            desk, section, item, evidence[item.pk], said[item.pk],
            chosen=chosen is None or str(item.public_id) in chosen,
        )
        for item in asked.items(desk.owner.pk)
    ]  # fmt: skip


class _Statements(NamedTuple):
    """What is asked of the records of some kinds in a person's archive."""

    items: Callable[[int], list[ArchiveItem]]
    evidence: Callable[[int], list[Evidence]]
    verifications: Callable[[int], list[Verification]]


@cache
def _asked_of(kinds: tuple[str, ...]) -> _Statements:
    def items(owner: Given) -> QuerySet[ArchiveItem]:
        return ArchiveItem.objects.kept().filter(owner=owner, kind__in=kinds)

    def evidence(owner: Given) -> QuerySet[Evidence]:
        kept = Evidence.objects.kept().filter(item__owner=owner, item__kind__in=kinds)
        return kept.select_related("file")

    def verifications(owner: Given) -> QuerySet[Verification]:
        live = Verification.objects.filter(content_sha256=F("item__content_sha256"))
        return live.filter(item__owner=owner, item__kind__in=kinds).select_related("organization")

    return _Statements(composed(items), composed(evidence), composed(verifications))


def _by_item(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.item_id].append(row)
    return found


def _row(
    desk: Desk,
    section: Section,
    item: ArchiveItem,
    evidence: list[Evidence],
    verifications: list[Verification],
    *,
    chosen: bool,
) -> RecordRow:
    return RecordRow(
        id=item.public_id,
        kind=item.kind,
        title=title_of(section.part(item.kind), item.facts, item.details),
        evidence=evidence,
        chosen=chosen,
        unread=bool(item.unread),
        verified_by=_verified_by(verifications),
        change=desk.record(item),
        upload=desk.address("evidence_add", item.public_id),
        remove=desk.address("item_remove", item.public_id),
        asked=_asked(desk, item, evidence),
        mark=mark_of(item),
    )


def _asked(desk: Desk, item: ArchiveItem, evidence: list[Evidence]) -> AskedOf:
    if desk.application is None:
        return NOTHING_ASKED
    there = {piece.document for piece in evidence if piece.file.state != FileState.REFUSED}
    return asked_documents.of_record(desk.application, item.kind, item.facts, item.details, there)


def _verified_by(rows: list[Verification]) -> str:
    """Who has confirmed the record as it stands, and when; empty where nobody has, or anybody denies it."""
    if not rows or not all(row.confirmed for row in rows):
        return ""
    last = rows[-1]
    day = cn_date(last.verified_at.astimezone(clock.ZONE).date())
    return _("%(unit)s于%(day)s") % {"unit": last.organization.name, "day": day}
