"""Keeping the personal archive: add, change, remove records, state that there is nothing to enter."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from applications import corrections, dossiers, sections
from applications.errors import Refused, Stale
from applications.models import Application, ArchiveItem
from applications.records import KINDS, NOTHING, VOCABULARY, read_details, read_facts
from applications.services.openness import require_open
from portal import clock
from portal.models import User

# What a page has seen of a record that was not there when it was opened.
UNSEEN = "none"


@transaction.atomic
def add_item(
    *,
    owner: User,
    kind: str,
    facts: Mapping[str, Any],
    details: Mapping[str, Any],
    unread: Mapping[str, str] | None = None,
    application: Application | None = None,
    public_id: UUID | None = None,
) -> ArchiveItem:
    """Adds a record to a person's archive, and chooses it for the application at hand.

    `public_id` is the id a page gave the record before it was sent, so that sending twice adds one; `unread`, what was
    typed and cannot be read yet.

    Raises:
        records.RecordError: a value of the wrong shape, with the field's name.
        Stale: the page sent it before, with something else in it.
        Refused: the application, or its section, is not open to the applicant; another record of which there is one.
    """
    if application is not None:
        application.refresh_from_db(from_queryset=Application.objects.select_for_update())
        require_open(application, owner, section=corrections.section_of(kind, facts))
    # Two windows, two presses: one after the other.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    known = ArchiveItem.objects.filter(public_id=public_id).first() if public_id else None
    if known is not None and (known.owner_id, known.kind, known.removed_at) == (owner.pk, kind, None):
        return change_item(item=known, facts=facts, details=details, unread=unread, by=owner, seen_sha256=UNSEEN)
    if not KINDS[kind].many and (only := _of_kind(owner, kind).first()):
        if (only.facts, only.details) != (read_facts(kind, facts), read_details(kind, details)):
            raise Refused([_("此项只能填写一份，请修改已有内容。")])
        if application is not None:
            choose(application, only)
        return only
    moment = clock.now()
    item = ArchiveItem(
        public_id=uuid4() if known or not public_id else public_id,
        owner=owner,
        kind=kind,
        facts=read_facts(kind, facts),
        details=read_details(kind, details),
        unread=dict(unread or {}),
        vocabulary=VOCABULARY,
        created_at=moment,
        changed_at=moment,
    )
    item.save()
    rehash(item)
    if kind != NOTHING:
        _drop_statement(owner, sections.of_kind(kind).key)
    if application is not None:
        choose(application, item)
    return item


@transaction.atomic
def change_item(
    *,
    item: ArchiveItem,
    facts: Mapping[str, Any],
    details: Mapping[str, Any],
    unread: Mapping[str, str] | None = None,
    by: User,
    seen_sha256: str = "",
) -> ArchiveItem:
    """Changes a record. `seen_sha256` is what the person had before them; something else is not overwritten.

    It is the hash of what is written in the record, with its files or (`dossiers.written_sha256`) without. Sending
    again what stands there already changes nothing, whatever was seen.

    Raises:
        records.RecordError: a value of the wrong shape, with the field's name.
        Stale: the record was changed in another window meanwhile.
        Refused: not the owner.
    """
    _require_owner(item, by)
    read = read_facts(item.kind, facts), read_details(item.kind, details), dict(unread or {})
    item.refresh_from_db(from_queryset=ArchiveItem.objects.select_for_update())
    seen = seen_sha256 in {"", item.content_sha256, dossiers.written_sha256(item)}
    if item.removed_at is None and seen:
        found = ArchiveItem.objects.filter(pk=item.pk)
        found.update(facts=read[0], details=read[1], unread=read[2], vocabulary=VOCABULARY, changed_at=clock.now())
        item.refresh_from_db()
    elif (item.facts, item.details, item.unread) != read:
        raise Stale(_("此条内容已在另一个窗口中改动，本次没有保存。请核对两处内容后再保存。"))
    rehash(item)
    return item


@transaction.atomic
def save_item(
    *,
    owner: User,
    kind: str,
    facts: Mapping[str, Any],
    details: Mapping[str, Any],
    application: Application | None = None,
) -> ArchiveItem:
    """Saves the one record of a kind of which a person has only one, whether or not it is there yet."""
    item = _of_kind(owner, kind).first()
    if item is None:
        return add_item(owner=owner, kind=kind, facts=facts, details=details, application=application)
    if application is not None:
        require_open(application, owner, item=item)
        choose(application, item)
    return change_item(item=item, facts=facts, details=details, by=owner)


@transaction.atomic
def remove_item(*, item: ArchiveItem, by: User) -> None:
    """Takes a record out of the archive. Snapshots that hold it are not touched."""
    _require_owner(item, by)
    ArchiveItem.objects.filter(pk=item.pk, removed_at__isnull=True).update(removed_at=clock.now())
    item.refresh_from_db()


@transaction.atomic
def state_nothing(*, owner: User, section: str, application: Application) -> ArchiveItem:
    """States that the person has nothing to enter in a section: "none", as against "not known".

    Raises:
        Refused: the section has records, or does not allow the statement.
    """
    page = sections.section(section)
    application.refresh_from_db(from_queryset=Application.objects.select_for_update())
    # Two windows, two presses: one after the other.
    User.objects.select_for_update(no_key=True).get(pk=owner.pk)
    if not page.none_allowed:
        raise Refused([_("“%(section)s”必须填写，不能声明没有。") % {"section": page.title}])
    if application.items.kept().filter(kind__in=page.kinds).exists():
        raise Refused([_("“%(section)s”中已有条目，请先删除再声明没有。") % {"section": page.title}])
    known = _of_kind(owner, NOTHING).filter(facts__section=section).first()
    if known is not None:
        require_open(application, owner, section=section)
        application.items.add(known)
        return known
    return add_item(owner=owner, kind=NOTHING, facts={"section": section}, details={}, application=application)


def choose(application: Application, item: ArchiveItem) -> None:
    """Puts a record into an application; the statement that its section has none goes out."""
    application.items.add(item)
    if item.kind != NOTHING:
        stated = application.items.filter(kind=NOTHING, facts__section=sections.of_kind(item.kind).key)
        application.items.remove(*stated)


def rehash(item: ArchiveItem) -> None:
    """Brings the content hash up to date after facts, details or evidence changed: verifications lapse with it."""
    item.content_sha256 = dossiers.item_sha256(item)
    ArchiveItem.objects.filter(pk=item.pk).update(content_sha256=item.content_sha256)


def _of_kind(owner: User, kind: str) -> Any:
    return ArchiveItem.objects.kept().filter(owner=owner, kind=kind)


def _drop_statement(owner: User, section: str) -> None:
    _of_kind(owner, NOTHING).filter(facts__section=section).update(removed_at=clock.now())


def _require_owner(item: ArchiveItem, by: User) -> None:
    if item.owner_id != by.pk:
        raise Refused([_("只有本人可以修改自己的业绩档案。")])
