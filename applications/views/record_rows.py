"""The records of a section as a list shows them."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch

from applications import asked_documents
from applications.asked_documents import NOTHING_ASKED, AskedOf
from applications.fetched import Mark, mark_of
from applications.models import ArchiveItem, Evidence, Verification
from applications.reading import title_of
from applications.sections import Section
from applications.views.desk import Desk
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
    kinds = [part.kind for part in section.parts if part.many]
    kept = ArchiveItem.objects.kept().filter(owner=desk.owner, kind__in=kinds)
    evidence = Prefetch("evidence", queryset=Evidence.objects.select_related("file"))
    verifications = Prefetch("verifications", queryset=Verification.objects.select_related("organization"))
    found = kept.prefetch_related(evidence, verifications)
    return [_row(desk, section, item, chosen is None or str(item.public_id) in chosen) for item in found]


def _row(desk: Desk, section: Section, item: ArchiveItem, chosen: bool) -> RecordRow:
    evidence = [piece for piece in item.evidence.all() if piece.removed_at is None]
    return RecordRow(
        id=item.public_id,
        kind=item.kind,
        title=title_of(section.part(item.kind), item.facts, item.details),
        evidence=evidence,
        chosen=chosen,
        unread=bool(item.unread),
        verified_by=_verified_by(item),
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


def _verified_by(item: ArchiveItem) -> str:
    """Who has confirmed the record as it stands; empty where nobody has, or anybody denies it."""
    rows = [row for row in item.verifications.all() if row.content_sha256 == item.content_sha256]
    return rows[-1].organization.name if rows and all(row.confirmed for row in rows) else ""
