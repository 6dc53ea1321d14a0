"""A section as its page shows it: what may be filled in, and what a return leaves closed."""

from collections.abc import Collection

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from applications.learning import Learning, learning_of
from applications.models import ArchiveItem
from applications.progress import progress
from applications.reading import read, title_of
from applications.records import NOTHING
from applications.sections import Section
from applications.standing import Standing
from applications.views.desk import Desk
from applications.views.record_page import RecordPage
from applications.views.record_rows import rows_of


def closed_record(request: HttpRequest, desk: Desk, section: Section, item: ArchiveItem) -> HttpResponse:
    """A record that a return leaves closed: as it was submitted, to read, with the reason."""
    if request.method == "POST":
        desk.require_open(section, item)
    part, kept = section.part(item.kind), [record for record in desk.chosen if record.id == str(item.public_id)]
    context = {
        "application": desk.application,
        "title": title_of(part, kept[0].facts, kept[0].details) if kept else part.label,
        "closed": [read(part, record) for record in kept],
        "why_closed": desk.asked.why_closed if desk.asked else "",
        "asked": desk.asked,
        "crumbs": desk.way_to(section),
        "back": desk.section(section),
    }
    return render(request, "applications/record_closed.html", context)


def shown(desk: Desk, section: Section, pages: Collection[RecordPage]) -> dict[str, object]:
    """What the template of a section shows; `pages` are the forms of the kinds of which there is only one record.

    What a return leaves closed is to read; what it opens is shown as ever.
    """
    application, asked = desk.application, desk.asked
    records = desk.chosen if application else None
    rows = rows_of(desk, section, None if records is None else {record.id for record in records})
    closed = []
    if asked is not None and not desk.opens(section):
        rows = [row for row in rows if asked.opens_record(section.key, str(row.id))]
        kept = [record for record in desk.chosen if record.kind in section.kinds]
        kept = [record for record in kept if not asked.opens_record(section.key, record.id)]
        closed = [read(section.part(record.kind), record) for record in kept]
    many = [part for part in section.parts if part.many and (desk.opens(section) or rows)]
    return {
        "application": application,
        "standing": Standing(application, desk.chosen).of(section) if application else None,
        "desk": desk,
        "section": section,
        "crumbs": desk.way,
        "singles": [page for page in pages if desk.opens_record(section, page.item)],
        "lists": [
            (
                part,
                desk.address("item_add", section.key, part.kind) if desk.opens(section) else "",
                [row for row in rows if row.kind == part.kind and row.chosen],
            )
            for part in many
        ],
        "unused": [row for row in rows if not row.chosen],
        "progress": progress(application, records, asked, elsewhere=False).of(section.key) if application else None,
        "learning": _learning(desk, section),
        "closed": closed,
        "stated": any(record.kind == NOTHING and record.facts.get("section") == section.key for record in desk.chosen),
        "why_closed": _why_closed(desk, section),
        "lines": asked.of_section(section.key) if asked else [],
        "previous": _named(desk, section, -1),
        "following": _named(desk, section, 1),
        "form": next((page.form for page in pages if page.form.is_bound), None),
    }


def _learning(desk: Desk, section: Section) -> Learning | None:
    """The years that the round's notice sums, on the page of the section that answers for them."""
    if desk.application is None or section.key != "continuing_education":
        return None
    return learning_of(desk.application.round, desk.chosen)


def _why_closed(desk: Desk, section: Section) -> str:
    if desk.asked is None or desk.opens(section):
        return ""
    return desk.asked.why_partly_closed if desk.asked.of_section(section.key) else desk.asked.why_closed


def _named(desk: Desk, section: Section, step: int) -> tuple[object, str] | None:
    neighbour = desk.neighbour(section, step)
    return (neighbour.title, desk.section(neighbour)) if neighbour else None
