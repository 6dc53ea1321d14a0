"""A record's evidence slot as the script of its page sees it: one file taken in, and what became of each."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string

from applications import services
from applications.errors import ActError, SameFile
from applications.forms.uploads import UploadForm
from applications.models import ArchiveItem, Evidence
from applications.views.acts import CONFLICT, INVALID, reasons_of
from applications.views.desk import Desk
from portal import files, session_end
from portal.access import person
from portal.refusals import note_answer

TAKEN, AWAY = 201, 503


def asks_for_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def slot_state(request: HttpRequest, desk: Desk, record: ArchiveItem) -> JsonResponse:
    """Every file of the record, with the state of its check."""
    held = record.evidence.kept().select_related("file")
    return JsonResponse({"files": [told(request, desk, piece) for piece in held]})


def take(request: HttpRequest, desk: Desk, record: ArchiveItem, form: UploadForm) -> JsonResponse:
    """Takes one file in. 201 with the file; 200 where it was there already, which `same` says.

    422 for a file that cannot be taken, 409 where something else stands against it, 503 where the storage failed and
    the same file may be sent again; each with its sentence.
    """
    if not form.is_valid():
        return refusal([str(reason) for reasons in form.errors.values() for reason in reasons], INVALID)
    upload = form.cleaned_data["uploads"][0]
    try:
        piece = services.attach_evidence(
            application=desk.application, item=record, upload=upload, name=upload.name, by=person(request)
        )
    except SameFile as same:
        twin = record.evidence.select_related("file").get(public_id=same.twin)
        return _answer(request, desk, twin, same=str(same))
    except files.Refused as refused:
        return refusal([str(refused)], AWAY if isinstance(refused, files.NotStored) else INVALID)
    except ActError as refused:
        return refusal(reasons_of(refused), CONFLICT)
    return _answer(request, desk, piece, status=TAKEN)


def told(request: HttpRequest, desk: Desk, piece: Evidence) -> dict[str, Any]:
    """A file in the words of its row, its addresses, and the row itself."""
    file = piece.file
    return {
        "id": str(piece.public_id),
        "name": file.name,
        "size": file.size,
        "state": file.state,
        "waiting": file.is_waiting,
        "said": str(file.get_state_display()),
        "refusal": file.refusal,
        "preview": desk.preview(piece) if file.is_clean else "",
        "remove": desk.remove(piece),
        "row": render_to_string("applications/_file_row.html", {"piece": piece, "desk": desk}, request),
    }


def refusal(reasons: list[str], status: int) -> JsonResponse:
    note_answer(*reasons)
    return JsonResponse({"reasons": reasons}, status=status)


def _answer(request: HttpRequest, desk: Desk, piece: Evidence, *, status: int = 200, same: str = "") -> JsonResponse:
    seconds = session_end.seconds_left(request)
    return JsonResponse({"file": told(request, desk, piece), "same": same, "seconds": seconds}, status=status)
