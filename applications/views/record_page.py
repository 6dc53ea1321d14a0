"""One record on a page: its form and its files, saved at one press, and its text as it is typed."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from applications import clause_tags, connectors, dossiers, services
from applications.errors import ActError, SameFile, Stale
from applications.fetched import Mark, mark_of
from applications.forms.section_forms import RecordForm
from applications.forms.uploads import UploadForm
from applications.models import ArchiveItem
from applications.reading import Difference, differences
from applications.sections import Part, Section
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.category import chosen_category
from applications.views.desk import Desk
from applications.views.slot import SlotPage, asked, chosen
from applications.views.tags import SentTags
from portal import clock, files, session_end
from portal.access import person

# What `keep` says where it is asked on behalf of a file.
FOR_A_FILE = "file"


class RecordPage:
    """The form of a record and of its evidence slot; `save` does what a press asks for, `keep` what typing does.

    Args:
        item: the record; None for a new one, or for the one record of a kind of which there is only one.
    """

    def __init__(
        self, request: HttpRequest, desk: Desk, section: Section, part: Part, item: ArchiveItem | None = None
    ) -> None:
        self.request, self.desk, self.section, self.part = request, desk, section, part
        sent = request.method == "POST" and request.POST.get("kind", part.kind) == part.kind
        self.tags = SentTags.of(request.POST) if sent else None
        self.new_id = _id_in(request.POST.get("new", "")) if sent else None
        self.item = item or (self._sent_before() if part.many else self._only_one())
        self.http_status, self.stale, self._refused_files, self._wants_clauses = 200, False, False, False
        self.differences: list[Difference] = []
        self._slot: SlotPage | None = None
        known: dict[str, Any] = {
            "part": part,
            "prefix": part.kind,
            "facts": self.item.facts if self.item else None,
            "details": self.item.details if self.item else chosen_category(request, part),
        }
        if sent:
            self.form = RecordForm(request.POST, request.FILES, **known)
        else:
            self.form = RecordForm.reopened(unread=self.item.unread if self.item else {}, **known)
        self.uploads = self._uploads(*((request.POST, request.FILES) if sent else ())) if section.slot else None
        self.new_id = self.new_id or uuid4()

    @property
    def onward(self) -> str:
        """After saving: back to the list, or to this record where a file was not taken or its clauses are wanted."""
        if self.part.many and self.item is not None:
            if self._wants_clauses:
                return f"{self.desk.record(self.item)}#clauses"
            if self._refused_files:
                return self.desk.record(self.item)
        return self.desk.saved(self.section)

    @property
    def action(self) -> str:
        """Where the form is sent: a new record has its own page once it is kept."""
        if self.part.many:
            return self.desk.record(self.item) if self.item else self.request.get_full_path()
        return self.desk.section(self.section)

    @property
    def slot(self) -> SlotPage | None:
        """The slot as the record stands now."""
        if self.section.slot is None:
            return None
        if self._slot is None:
            self._slot = SlotPage(self.desk, self.section, self.part, self.item)
        return self._slot

    @property
    def seen(self) -> str:
        """The content that a press of the button would overwrite."""
        return dossiers.written_sha256(self.item) if self.item else services.UNSEEN

    @property
    def about(self) -> str:
        """The record that the page is about, before and after it is kept."""
        return str(self.item.public_id if self.item else self.new_id)

    @property
    def mark(self) -> Mark | None:
        return mark_of(self.item)

    @property
    def connector(self) -> connectors.Connector | None:
        """Who could be asked for what the record says."""
        return connectors.of_kind(self.part.kind)

    @property
    def fetch_address(self) -> str:
        named = f"?item={self.item.public_id}" if self.item and self.part.many else ""
        return self.desk.address("record_fetch", self.part.kind) + named

    def save(self) -> bool:
        """Saves the record, then its files one by one; each file that is not taken is told with its reason.

        Where something cannot be read, the rest is kept all the same, and its text too.
        """
        if not self.form.is_valid():
            if not self.form.says_nothing_at_all:
                self._store()
            self.http_status = CONFLICT if self.stale else INVALID
            return False
        if self.uploads is not None and not self.uploads.is_valid():
            self.http_status = INVALID
            return False
        if not self._store():
            return False
        messages.success(self.request, _("“%(what)s”已保存。") % {"what": self.part.label}, extra_tags=self.about)
        if self.uploads is not None and self.item is not None:
            self._refused_files = not attach_all(self.request, self.desk, self.item, self.uploads)
        return True

    def keep(self) -> JsonResponse:
        """Keeps what is typed, and answers as JSON: when, under what content, and what cannot be read yet.

        A file to come needs a record to belong to: for it, one in which nothing is written is kept too.
        409 where another window has changed the record: nothing is overwritten.
        """
        self.form.is_valid()
        if self.item is None and self.form.says_nothing_at_all and self.request.POST.get("keep") != FOR_A_FILE:
            return JsonResponse({"kept": False})
        if not self._store():
            return JsonResponse({"stale": self.stale, "reasons": self.form.non_field_errors()}, status=CONFLICT)
        assert self.item is not None
        wrong = {self.form.add_prefix(name): list(said) for name, said in self.form.errors.items() if name != "__all__"}
        return JsonResponse(
            {
                "kept": True,
                "at": clock.now().strftime("%H:%M"),
                "seen": self.seen,
                "action": self.action,
                "upload": self.slot.upload if self.slot else "",
                "slot": asked(self.request, self.slot) if self.slot else None,
                "seconds": session_end.seconds_left(self.request),
                "wrong": wrong,
            }
        )

    def _store(self) -> bool:
        """Stores what can be read, and the text of what cannot; whether nothing stood against it."""
        known = self.form.readable()
        try:
            self.item = self._stored(facts=known.facts, details=known.details, unread=known.unread)
            self._say_clauses(self.item)
            self._slot = None  # what is asked of the record hangs on what it says
        except ActError as refused:
            for reason in reasons_of(refused):
                self.form.add_error(None, reason)
            self.http_status, self.stale = CONFLICT, isinstance(refused, Stale)
            if self.stale and self.item is not None:
                self.item.refresh_from_db()
                before = (self.item.facts, self.item.details)
                self.differences = differences(self.part, before, (known.facts, known.details))
            return False
        return True

    def _stored(self, **content: Any) -> ArchiveItem:
        user, application = person(self.request), self.desk.application
        if self.item is None:
            return services.add_item(
                owner=user, kind=self.part.kind, application=application, public_id=self.new_id, **content
            )
        if application is not None:
            services.take_in(application=application, item=self.item, by=user)
        return services.change_item(item=self.item, by=user, seen_sha256=self.request.POST.get("seen", ""), **content)

    def _say_clauses(self, item: ArchiveItem) -> None:
        application = self.desk.application
        if application is None or self.tags is None or not clause_tags.is_asked(application, self.part.kind):
            return
        pressed = "keep" not in self.request.POST
        if self.tags.is_said(application, item, pressed=pressed):
            services.tag_clauses(application=application, item=item, clauses=self.tags.clauses, by=person(self.request))
        elif pressed and clause_tags.demanded(application, self.part.kind) and not self.tags.clauses:
            self._wants_clauses = True
            messages.info(self.request, _("请标明此条用于资格条件的哪一条款。"))

    def _sent_before(self) -> ArchiveItem | None:
        """The new record of this page, where it was sent already: pressing twice makes one."""
        if self.new_id is None:
            return None
        own = ArchiveItem.objects.visible_to(person(self.request)).kept().filter(owner=self.desk.owner)
        return own.filter(public_id=self.new_id, kind=self.part.kind).first()

    def _only_one(self) -> ArchiveItem | None:
        kept = ArchiveItem.objects.kept().filter(owner=self.desk.owner, kind=self.part.kind)
        return kept.first()

    def _uploads(self, *data: object) -> UploadForm | None:
        return self.slot.form(*data, required=False, prefix=self.part.kind) if self.slot else None


def attach_all(request: HttpRequest, desk: Desk, item: ArchiveItem, uploads: UploadForm) -> bool:
    """Puts every chosen file into the record's slot; tells of each that is refused. Whether all were taken."""
    refused = False
    for one in chosen(uploads):
        try:
            services.attach_evidence(application=desk.application, item=item, **one, by=person(request))
        except SameFile as same:
            messages.info(request, str(same))
        except (files.Refused, ActError) as reason:
            refused = True
            messages.error(request, str(reason))
    return not refused


def _id_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
