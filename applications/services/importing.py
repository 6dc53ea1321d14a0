"""Taking in many records at once: each with the id that its row was given when it was read."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from applications import dossiers, sections
from applications.models import ArchiveItem
from applications.records import NOTHING, VOCABULARY, read_details, read_facts
from portal import audit, clock
from portal.models import User

# What tells a record from another of its kind, where it is not what it is called and its day.
TOLD_APART_BY: Mapping[str, tuple[str, ...]] = {
    "post": ("unit", "position", "from"),
    "assessment": ("year",),
    "continuing_education": ("year", "provider", "content"),
}
CALLED_AND_DAY = ("name", "title", "date")


@dataclass(frozen=True, slots=True)
class NewRecord:
    public_id: UUID
    kind: str
    facts: Mapping[str, Any]
    details: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Imported:
    """`before` were added by an earlier press, `twins` left out because the archive holds their like."""

    added: int
    before: int
    twins: int


@transaction.atomic
def import_records(*, by: User, records: Sequence[NewRecord], with_twins: bool = False) -> Imported:
    """Adds records to a person's own archive, all of them or none; asked twice, it adds them once.

    Raises:
        records.RecordError: a value of the wrong shape, with the field's name.
    """
    # Two windows, two presses: one after the other.
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    ids = [record.public_id for record in records]
    before = set(ArchiveItem.objects.filter(public_id__in=ids).values_list("public_id", flat=True))
    fresh = [record for record in records if record.public_id not in before]
    taken = fresh if with_twins else without_twins(fresh, likenesses(by, {record.kind for record in fresh}))
    items = [_item(by, record) for record in taken]
    ArchiveItem.objects.bulk_create(items)
    if items:
        _settle(by, items)
    return Imported(len(items), len(before), len(fresh) - len(taken))


def likenesses(owner: User, kinds: Iterable[str]) -> set[Hashable]:
    """The likeness of every record of these kinds that the person keeps."""
    kept = ArchiveItem.objects.visible_to(owner).kept().filter(owner=owner, kind__in=sorted(kinds))
    return {likeness(item.kind, item.facts, item.details) for item in kept}


def likeness(kind: str, facts: Mapping[str, Any], details: Mapping[str, Any]) -> Hashable:
    """Two records with the same one say the same thing twice, as far as anybody can tell: kind, title and day."""
    names = TOLD_APART_BY.get(kind, CALLED_AND_DAY)
    return (kind, *("".join(str(facts.get(name) or details.get(name) or "").split()) for name in names))


def without_twins(records: Iterable[NewRecord], held: set[Hashable]) -> list[NewRecord]:
    """Those that neither the archive holds nor an earlier one of the list says already."""
    seen, left = set(held), []
    for record in records:
        like = likeness(record.kind, record.facts, record.details)
        if like not in seen:
            left.append(record)
        seen.add(like)
    return left


def _item(owner: User, record: NewRecord) -> ArchiveItem:
    moment = clock.now()
    item = ArchiveItem(
        public_id=record.public_id,
        owner=owner,
        kind=record.kind,
        facts=read_facts(record.kind, record.facts),
        details=read_details(record.kind, record.details),
        vocabulary=VOCABULARY,
        created_at=moment,
        changed_at=moment,
    )
    item.content_sha256 = dossiers.written_sha256(item)  # it has no file yet
    return item


def _settle(owner: User, items: Sequence[ArchiveItem]) -> None:
    """What was stated to be nothing is something now; the log keeps how many of what, not what they say."""
    kinds = sorted({item.kind for item in items})
    filled = {sections.of_kind(kind).key for kind in kinds}
    stated = ArchiveItem.objects.kept().filter(owner=owner, kind=NOTHING, facts__section__in=sorted(filled))
    stated.update(removed_at=clock.now())
    counts = {kind: sum(item.kind == kind for item in items) for kind in kinds}
    scope = f"archive:{owner.public_id}"
    audit.record("archive.import", by=owner, scope=scope, kind="archive", target=str(owner.public_id), change=counts)
