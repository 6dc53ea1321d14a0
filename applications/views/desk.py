"""Where a person fills in records: in an application of theirs, or in the archive itself."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from applications import corrections, dossiers, sections, services
from applications.asked_parts import part_of
from applications.corrections import Mending
from applications.models import Application, ArchiveItem, Evidence
from applications.sections import Part, Section
from applications.standing import Standing
from applications.views.acts import Crumb
from applications.views.own import CHECKING, back_of, comes_from_check, editable_application, way_to
from portal import access, files
from portal.access import person
from portal.models import User

ARCHIVE: Promise = _("业绩档案")


@dataclass(frozen=True)
class Desk:
    """Both have the same pages: those of the archive are named `archive_` before the name, and have no application.

    `checking`: the person has come from the page that shows everything before submission, and goes back there.
    """

    owner: User
    application: Application | None = None
    checking: bool = False

    def address(self, name: str, *args: Any) -> str:
        if self.application is None:
            return reverse(f"applications:archive_{name}", args=args)
        return reverse(f"applications:{name}", args=[self.application.public_id, *args]) + self.query

    @property
    def query(self) -> str:
        """What the addresses of a desk carry on, so that the way back is not lost."""
        return f"?{CHECKING}" if self.checking else ""

    @cached_property
    def asked(self) -> Mending | None:
        """The return that is being mended; with it, only what it names may be changed."""
        return corrections.mending(self.application) if self.application else None

    @cached_property
    def chosen(self) -> list[dossiers.Record]:
        """What goes into the application at hand; nothing in the archive."""
        return dossiers.filled_in(self.application, self.asked) if self.application else []

    @cached_property
    def standing(self) -> Standing | None:
        """Where the application stands by the rules; without files, which they do not read."""
        return Standing(self.application, dossiers.to_judge(self.application, self.asked)) if self.application else None

    def opens(self, section: Section) -> bool:
        """Whether records may be added to the section and taken out of it."""
        return self.asked is None or self.asked.opens_section(section.key)

    def opens_record(self, section: Section, item: ArchiveItem | None) -> bool:
        if self.asked is None or item is None:
            return self.opens(section)
        return self.asked.opens_record(section.key, str(item.public_id))

    def require_open(self, section: Section, item: ArchiveItem | None = None) -> None:
        """403 with the reason where a return leaves the section, or the record in it, closed."""
        if self.asked is not None and not self.opens_record(section, item):
            raise access.Forbidden(self.asked.why_closed)

    @property
    def home(self) -> str:
        if self.application is None:
            return reverse("applications:archive")
        return back_of(self.application, checking=self.checking)

    @property
    def way(self) -> list[Crumb]:
        """The crumbs above a section."""
        return way_to(self.application) if self.application else [(ARCHIVE, self.home)]

    def section(self, section: Section) -> str:
        return self.address("section_detail", section.key)

    def saved(self, section: Section) -> str:
        """Where one goes on after saving: to the section, or back to where everything is checked."""
        return f"{self.home}#section-{section.key}" if self.checking else self.section(section)

    def way_to(self, section: Section) -> list[Crumb]:
        """The crumbs above a page below a section."""
        return [*self.way, (section.title, self.section(section))]

    def record(self, item: ArchiveItem) -> str:
        return self.address("item_change", item.public_id)

    def preview(self, piece: Evidence) -> str:
        return reverse("applications:evidence_preview", args=[piece.public_id])

    def thumbnail(self, piece: Evidence) -> str:
        return reverse("applications:evidence_thumbnail", args=[piece.public_id])

    def change(self, piece: Evidence) -> str:
        return self.address("evidence_change", piece.public_id)

    def remove(self, piece: Evidence) -> str:
        return self.address("evidence_remove", piece.public_id)

    @property
    def limits(self) -> files.FileLimits:
        """What a file may be: by the round's pack, or fit for every round there is."""
        return services.limits_for(self.application.round) if self.application else services.limits_for_every_round()

    def part(self, kind: str) -> Part:
        """The questions of a kind of record, as the round asks them."""
        return part_of(kind, self.application.round if self.application else None)

    def neighbour(self, section: Section, step: int) -> Section | None:
        place = sections.SECTIONS.index(section) + step
        return sections.SECTIONS[place] if 0 <= place < len(sections.SECTIONS) else None

    def after(self, section: Section) -> str:
        following = None if self.checking else self.neighbour(section, 1)
        return self.section(following) if following else self.home


def desk_of(request: HttpRequest, public_id: UUID | None) -> Desk:
    """The desk of a page: 404 and 403 as for the application it names."""
    if public_id is None:
        return Desk(person(request))
    return desk_at(request, editable_application(request, public_id))


def desk_at(request: HttpRequest, application: Application) -> Desk:
    return Desk(person(request), application, checking=comes_from_check(request))
