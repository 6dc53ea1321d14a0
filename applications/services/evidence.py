"""Evidence files in their slots, under the pack's limits."""

from dataclasses import dataclass
from typing import BinaryIO

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from applications import asked_documents, portrait_rules, sections
from applications.errors import Refused, SameFile
from applications.models import Application, ArchiveItem, Evidence, Round, Snapshot
from applications.querysets import EvidenceQuerySet
from applications.services.archive import rehash
from applications.services.openness import require_editable, require_open
from portal import clock, files
from portal.models import FileState, StoredFile, User
from rules import catalog

FILES_A_SLOT = 20


def limits_for(round_: Round) -> files.FileLimits:
    """Types and greatest size of one file, from the pack of the round."""
    evidence = catalog.get(round_.policy_id).procedure.evidence
    return files.FileLimits(types=tuple(evidence.types.value), max_bytes=evidence.max_bytes.value)


def limits_for_every_round() -> files.FileLimits:
    """What every pack there is takes: a file of the archive is used in whatever round comes."""
    asked = [entry.procedure.evidence for entry in catalog.current()]
    types = [kind for kind in asked[0].types.value if all(kind in one.types.value for one in asked)]
    return files.FileLimits(types=tuple(types), max_bytes=min(one.max_bytes.value for one in asked))


def limits_at(application: Application | None) -> files.FileLimits:
    """By the pack of the application's round; in the archive, fit for every round."""
    return limits_for(application.round) if application is not None else limits_for_every_round()


def attach_evidence(
    *,
    application: Application | None,
    upload: UploadedFile | BinaryIO,
    name: str,
    by: User,
    item: ArchiveItem | None = None,
    section: str = "",
    document: str | None = None,
) -> Evidence:
    """Receives a file and puts it in the slot of a record (or, without a record, of the application's section).

    Without an application the record is one of the archive, and the file is fit for every round. `document` is which
    of the documents that the notice asks for it is; where it is not said, the first that is lacking.

    The file is read before the transaction begins; it is served once its check has passed. The slot is asked before
    the file is read and again, locked, when it is put in: what finds the slot taken meanwhile is given back.

    Raises:
        files.Refused: type or size beyond the pack's limits; the sentence says which.
        SameFile: the same bytes are in the slot already; what came is given back.
        Refused: the application no longer lies with the applicant, the record is gone, or the slot is full.
    """
    if application is not None:
        require_open(application, by, section=section, item=item)
    elif item is None:
        raise ValueError("a file belongs to a record or to an application")
    page = sections.of_kind(item.kind) if item is not None else sections.section(section)
    if page.slot is None:
        raise Refused([_("“%(section)s”不需要上传材料。") % {"section": page.title}])
    if item is not None and item.owner_id != by.pk:
        raise Refused([_("只有本人可以为自己的业绩档案上传材料。")])
    place = _Place(application, page, item)
    place.require_room()
    if document:
        require_asked(document, place.item, application)
    if page.slot.key == portrait_rules.SLOT:
        portrait_rules.require(upload, name)
    with files.received(upload, by=by, name=name, limits=limits_at(application), purpose="evidence") as stored:
        return _put(place, stored, document=document, by=by)


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User) -> None:
    """Takes a file out of its slot. Snapshots keep what they name."""
    if evidence.owner_id != by.pk:
        raise Refused([_("只有本人可以删除自己的佐证材料。")])
    if evidence.application is not None:
        require_editable(evidence.application, by)
    if evidence.item is not None:
        lock_item(evidence.item)
    Evidence.objects.filter(pk=evidence.pk, removed_at__isnull=True).update(removed_at=clock.now())
    if evidence.item is not None:
        rehash(evidence.item)


def may_read(evidence: Evidence, user: User) -> bool:
    """Whether a piece that the person may see is theirs, or named in what was submitted to where they read it.

    A record is used for years, and before other units: what was taken out earlier or came later was not shown to this.
    """
    if evidence.owner_id == user.pk or evidence.application_id is not None:
        return True
    read = Application.objects.visible_to(user).filter(applicant=evidence.owner_id)
    return Snapshot.objects.filter(application__in=read, content__contains=f'"{evidence.public_id}"').exists()


def put_in_place(
    stored: StoredFile, *, item: ArchiveItem, application: Application | None, document: str, order: int, by: User
) -> Evidence:
    """Puts a file that has been received into the slot of a record. Raises what `attach_evidence` raises then."""
    place = _Place(application, sections.of_kind(item.kind), item)
    return _put(place, stored, document=document, order=order, by=by)


def asked_of(item: ArchiveItem, application: Application) -> asked_documents.AskedOf:
    """What the notice of the application's round asks of a record, and what of it is there."""
    there = item.evidence.kept().usable().values_list("document", flat=True)
    return asked_documents.of_record(application, item.kind, item.facts, item.details, set(there))


def require_asked(document: str, item: ArchiveItem | None, application: Application | None) -> None:
    """Raises Refused where no notice asks such a document of the record."""
    known: tuple[str, ...] = ()
    if item is not None and application is not None:
        known = asked_of(item, application).names
    elif item is not None:
        known = asked_documents.names_anywhere(item.kind, item.facts, item.details)
    if document not in known:
        raise Refused(
            [_("此条现在不需要“%(document)s”。填写的内容可能刚刚改过，请重新选择材料名称。") % {"document": document}]
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """A slot of a record, or of the application's section."""

    application: Application | None
    page: sections.Section
    item: ArchiveItem | None

    @property
    def slot(self) -> str:
        return self.page.slot.key if self.page.slot else ""

    def held(self) -> EvidenceQuerySet:
        target = {"item": self.item} if self.item else {"application": self.application, "section": self.page.key}
        return Evidence.objects.kept().filter(slot=self.slot, **target)

    def require_room(self) -> None:
        """Raises Refused where no other file may join those that are there."""
        if self.held().count() >= FILES_A_SLOT:
            raise Refused([_("每处最多上传 %(count)s 个文件，请合并后再上传。") % {"count": FILES_A_SLOT}])

    def require_new(self, stored: StoredFile) -> None:
        """Raises SameFile where these bytes are there; not for those of a file that was refused."""
        twins = self.held().filter(file__received_sha256=stored.received_sha256).exclude(file__state=FileState.REFUSED)
        if twin := twins.select_related("file").first():
            sentence = _("“%(name)s”与已上传的“%(twin)s”是同一个文件，只保留一份。")
            raise SameFile(sentence % {"name": stored.name, "twin": twin.file.name}, str(twin.public_id))

    def next_order(self) -> int:
        last = self.held().aggregate(last=Max("order"))["last"]
        return 0 if last is None else last + 1

    def lock(self) -> None:
        """One upload after the other; SQLite has one writer at a time anyway."""
        if self.application is not None:
            self.application.refresh_from_db(from_queryset=Application.objects.select_for_update())
        if self.item is not None:
            lock_item(self.item)

    def next_document(self) -> str:
        if self.item is None or self.application is None:
            return ""
        return asked_of(self.item, self.application).next_name


def lock_item(item: ArchiveItem) -> None:
    """As it stands now: its words may have been kept while the file came in. Raises Refused where it is gone."""
    item.refresh_from_db(from_queryset=ArchiveItem.objects.select_for_update())
    if item.removed_at is not None:
        raise Refused([_("该条已从业绩档案中删除，不能再为它上传或删除材料。")])


@transaction.atomic
def _put(place: _Place, stored: StoredFile, *, document: str | None, by: User, order: int | None = None) -> Evidence:
    place.lock()
    if place.application is not None:
        require_open(place.application, by, section=place.page.key, item=place.item)
    place.require_new(stored)
    place.require_room()
    evidence = Evidence.objects.create(
        owner=by,
        item=place.item,
        application=None if place.item is not None else place.application,
        section=place.page.key,
        slot=place.slot,
        document=place.next_document() if document is None else document,
        file=stored,
        order=place.next_order() if order is None else order,
        added_at=clock.now(),
    )
    if place.item is not None:
        rehash(place.item)
    return evidence
