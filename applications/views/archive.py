"""The archive as a whole: every section, what stands in it, who has verified it, when it was last kept up."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from applications import connectors
from applications.models import ArchiveItem
from applications.sections import GROUPS, Section
from applications.views.desk import Desk
from portal import access, clock
from portal.access import person


@dataclass(frozen=True, slots=True)
class ArchiveRow:
    """A section with how many records it holds, how many of them are verified as they stand or wait for mending."""

    section: Section
    address: str
    count: int
    verified: int
    unread: int


@access.signed_in
@require_GET
def archive(request: HttpRequest) -> HttpResponse:
    desk = Desk(person(request))
    items = ArchiveItem.objects.visible_to(desk.owner).kept().filter(owner=desk.owner).prefetch_related("verifications")
    held = list(items)
    rows = {section.key: _row(desk, section, held) for _title, sections in GROUPS for section in sections}
    changed = max((item.changed_at for item in held), default=None)
    context = {
        "groups": [(title, [rows[section.key] for section in sections]) for title, sections in GROUPS],
        "connected": bool(connectors.connected()),
        "count": len(held),
        "changed": changed,
        "due": changed is not None and _is_due(changed, clock.today()),
    }
    return render(request, "applications/archive.html", context)


def _row(desk: Desk, section: Section, items: list[ArchiveItem]) -> ArchiveRow:
    own = [item for item in items if item.kind in section.kinds]
    states = Counter(_state(item) for item in own)
    return ArchiveRow(section, desk.section(section), len(own), states["verified"], states["unread"])


def _state(item: ArchiveItem) -> str:
    if item.unread:
        return "unread"
    found = [row.confirmed for row in item.verifications.all() if row.content_sha256 == item.content_sha256]
    return "verified" if found and all(found) else ""


def _is_due(changed: datetime, today: date) -> bool:
    """The archive is to be kept up at least once a year (浙经信 2020 七(五))."""
    return changed.astimezone(clock.ZONE).year < today.year
