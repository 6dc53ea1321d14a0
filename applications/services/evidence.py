"""Evidence files in their slots, under the pack's limits."""

from collections.abc import Sequence
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from applications import sections
from applications.errors import Refused
from applications.models import Application, ArchiveItem, Evidence, Round
from applications.services.archive import rehash
from applications.services.drafts import require_editable
from portal import clock, files
from portal.models import StoredFile, User
from rules import catalog

FILES_A_SLOT = 20


def limits_for(round_: Round) -> files.FileLimits:
    """Types and greatest size of one file, from the pack of the round."""
    evidence = catalog.get(round_.policy_id).procedure.evidence
    return files.FileLimits(types=tuple(evidence.types.value), max_bytes=evidence.max_bytes.value)


def attach_evidence(
    *,
    application: Application,
    upload: UploadedFile | BinaryIO,
    name: str,
    by: User,
    item: ArchiveItem | None = None,
    section: str = "",
    clauses: Sequence[str] = (),
) -> Evidence:
    """Receives a file and puts it in the slot of a record (or, without a record, of the application's section).

    The file is read before the transaction begins; it is served once its check has passed.

    Raises:
        files.Refused: type or size beyond the pack's limits; the sentence says which.
        Refused: the application no longer lies with the applicant, or the slot is full.
    """
    require_editable(application, by)
    page = sections.of_kind(item.kind) if item is not None else sections.section(section)
    if page.slot is None:
        raise Refused([_("“%(section)s”不需要上传材料。") % {"section": page.title}])
    if item is not None and item.owner_id != by.pk:
        raise Refused([_("只有本人可以为自己的业绩档案上传材料。")])
    stored = files.receive(upload, by=by, name=name, limits=limits_for(application.round), purpose="evidence")
    return _put(application, stored, item=item, page=page, clauses=clauses, by=by)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """Takes a file out of its slot. Snapshots keep what they name."""
    if evidence.owner_id != by.pk:
        raise Refused([_("只有本人可以删除自己的佐证材料。")])
    if evidence.application is not None:
        require_editable(evidence.application, by)
    Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).update(removed_at=clock.now())
    if evidence.item is not None:
        rehash(evidence.item)


@transaction.atomic
def _put(
    application: Application,
    stored: StoredFile,
    *,
    item: ArchiveItem | None,
    page: sections.Section,
    clauses: Sequence[str],
    by: User,
) -> Evidence:
    slot = page.slot.key if page.slot else ""
    target = {"item": item} if item is not None else {"application": application, "section": page.key}
    there = Evidence.objects.kept().filter(slot=slot, **target)
    if there.count() >= FILES_A_SLOT:
        raise Refused([_("每处最多上传 %(count)s 个文件，请合并后再上传。") % {"count": FILES_A_SLOT}])
    evidence = Evidence.objects.create(
        owner=by,
        item=item,
        application=None if item is not None else application,
        section=page.key,
        slot=slot,
        file=stored,
        clauses=list(clauses),
        order=there.count(),
        added_at=clock.now(),
    )
    if item is not None:
        rehash(item)
    return evidence
