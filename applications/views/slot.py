"""A record's evidence slot on a page: what is asked, what is there; and as JSON, for the script that sends files."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import cached_property

from applications import asked_documents, services
from applications.asked_documents import NOTHING_ASKED, AskedOf
from applications.errors import ActError, SameFile
from applications.forms.uploads import UploadForm
from applications.models import ArchiveItem, Evidence
from applications.sections import Part, Section
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.desk import Desk
from portal import files, session_end
from portal.access import person
from portal.models.file import FileState
from portal.refusals import note_answer

TAKEN, AWAY = 201, 503
MOST = services.FILES_A_SLOT


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file in its row, and where what may be done with it is done. `is_named`: whether its document is asked.

    `may_be` are the documents still lacking, one of which a file without a name may well be: each is one press.
    """

    piece: Evidence
    preview: str
    thumbnail: str
    change: str
    remove: str
    is_named: bool
    may_be: tuple[str, ...] = ()


class SlotPage:
    """The slot of a record, or of one that is not kept yet (`record` None)."""

    most = MOST

    def __init__(self, desk: Desk, section: Section, part: Part, record: ArchiveItem | None) -> None:
        self.desk, self.section, self.part, self.record = desk, section, part, record

    @cached_property
    def pieces(self) -> list[Evidence]:
        return list(self.record.evidence.kept().select_related("file")) if self.record else []

    def row(self, piece: Evidence) -> FileRow:
        desk = self.desk
        preview, thumbnail = (desk.preview(piece), desk.thumbnail(piece)) if piece.file.is_clean else ("", "")
        unsaid = not piece.document and piece.file.state != FileState.REFUSED
        lacking = tuple(name for one in self.asked.lacking for name in one.names) if unsaid else ()
        is_named = bool(piece.document or self.names)
        return FileRow(piece, preview, thumbnail, desk.change(piece), desk.remove(piece), is_named, lacking)

    @property
    def rows(self) -> list[FileRow]:
        return [self.row(piece) for piece in self.pieces]

    @cached_property
    def asked(self) -> AskedOf:
        """What the round's notice asks of the record; a file of the archive is for rounds to come."""
        if self.desk.application is None:
            return NOTHING_ASKED
        there = {piece.document for piece in self.pieces if piece.file.state != FileState.REFUSED}
        return asked_documents.of_record(self.desk.application, self.part.kind, *self._said, there)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Which documents a file may be."""
        if self.desk.application is None:
            return asked_documents.names_anywhere(self.part.kind, *self._said)
        return self.asked.names

    @property
    def next_name(self) -> str:
        """What the next file most likely is: what is lacking, or in the archive the only document there may be."""
        if self.desk.application is None:
            return self.names[0] if len(self.names) == 1 else ""
        return self.asked.next_name

    @property
    def address(self) -> str:
        """The page on which the record and its slot stand; of a record that is kept."""
        assert self.record is not None
        return self.desk.record(self.record) if self.part.many else self.desk.section(self.section)

    @property
    def join(self) -> str:
        """Where pictures are joined into one PDF; empty where there are not two."""
        if self.record is None or sum(services.can_be_joined(piece) for piece in self.pieces) < 2:
            return ""
        return self.desk.address("evidence_join", self.record.public_id)

    @property
    def upload(self) -> str:
        """Where a file is sent; empty before the record is kept."""
        return self.desk.address("evidence_add", self.record.public_id) if self.record else ""

    def form(self, *data: Any, required: bool = True, prefix: str | None = None) -> UploadForm:
        assert self.section.slot is not None
        return UploadForm(
            *data,
            slot=self.section.slot,
            limits=self.desk.limits,
            documents=self.names if self.names or self._may_ask else None,
            next_document=self.next_name,
            required=required,
            prefix=prefix,
        )

    @property
    def _may_ask(self) -> bool:
        """Whether what is typed may yet bring it about that a document is asked for."""
        return self.desk.application is not None and asked_documents.may_ask(self.desk.application, self.part.kind)

    @property
    def _said(self) -> tuple[dict[str, Any], dict[str, Any]]:
        if self.record is None:
            return dict(self.part.facts), {}
        return self.record.facts, self.record.details


def asks_for_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def state(request: HttpRequest, slot: SlotPage) -> JsonResponse:
    """Every file of the record with the state of its check, and what is asked of the record."""
    told_all = [told(request, slot, piece) for piece in slot.pieces]
    return JsonResponse({"files": told_all, **asked(request, slot)})


def take(request: HttpRequest, slot: SlotPage, form: UploadForm) -> JsonResponse:
    """Takes one file in. 201 with the file; 200 where it was there already, which `same` says.

    422 for a file that cannot be taken, 409 where something else stands against it, 503 where the storage failed and
    the same file may be sent again; each with its sentence.
    """
    if not form.is_valid():
        return refusal([str(reason) for reasons in form.errors.values() for reason in reasons], INVALID)
    assert slot.record is not None
    same = ""
    try:
        piece = services.attach_evidence(
            application=slot.desk.application, item=slot.record, **chosen(form)[0], by=person(request)
        )
    except SameFile as found:
        piece, same = slot.record.evidence.select_related("file").get(public_id=found.twin), str(found)
    except files.Refused as refused:
        return refusal([str(refused)], AWAY if isinstance(refused, files.NotStored) else INVALID)
    except ActError as refused:
        return refusal(reasons_of(refused), CONFLICT)
    now = SlotPage(slot.desk, slot.section, slot.part, slot.record)
    answer = {"file": told(request, now, piece), "same": same, "seconds": session_end.seconds_left(request)}
    return JsonResponse(answer | asked(request, now), status=200 if same else TAKEN)


def chosen(form: UploadForm) -> list[dict[str, Any]]:
    """Each file that was sent, as the service takes it."""
    document = form.cleaned_data.get("document")
    return [{"upload": one, "name": one.name, "document": document} for one in form.cleaned_data["uploads"]]


def told(request: HttpRequest, slot: SlotPage, piece: Evidence) -> dict[str, Any]:
    """A file in the words of its row, its addresses, and the row itself."""
    file, row = piece.file, slot.row(piece)
    return {
        "id": str(piece.public_id),
        "name": file.name,
        "size": file.size,
        "document": piece.document,
        "state": file.state,
        "waiting": file.is_waiting,
        "said": str(file.get_state_display()),
        "refusal": file.refusal,
        "preview": row.preview,
        "thumbnail": row.thumbnail,
        "change": row.change,
        "remove": row.remove,
        "row": render_to_string("applications/_file_row.html", {"row": row, "slot": slot}, request),
    }


def refusal(reasons: list[str], status: int) -> JsonResponse:
    note_answer(*reasons)
    return JsonResponse({"reasons": reasons}, status=status)


def asked(request: HttpRequest, slot: SlotPage) -> dict[str, Any]:
    """What is asked of the record as it stands now, which documents a file may be, and which the next one likely is."""
    said = render_to_string("applications/_asked_documents.html", {"slot": slot}, request)
    return {"asked": said, "names": slot.names, "next": slot.next_name, "join": slot.join}
