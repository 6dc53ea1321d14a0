"""The portrait of a person: cut out of a picture, in place of the one before."""

import io
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from applications import portrait_rules
from applications.errors import Refused, SameFile
from applications.models import Application, ArchiveItem, Evidence
from applications.services.archive import add_item
from applications.services.evidence import attach_evidence, remove_evidence
from applications.status import EDITABLE
from portal import files
from portal.file_checks import content, sandbox
from portal.models import User

MOST_PIXELS = 40_000_000


@dataclass(frozen=True, slots=True)
class Frame:
    """What of a picture is kept. `zoom` is 1 and more; `across` and `down` from 0 (left, top) to 1."""

    zoom: float = 1.0
    across: float = 0.5
    down: float = 0.5


def portrait_of(owner: User) -> Evidence | None:
    """The portrait that goes into the next application."""
    pieces = Evidence.objects.kept().filter(owner=owner, slot=portrait_rules.SLOT, item__removed_at=None)
    return pieces.select_related("file").last()


def set_portrait(*, by: User, upload: UploadedFile | BinaryIO, frame: Frame, name: str = "") -> ArchiveItem:
    """Cuts the frame out of a JPEG and makes it the person's portrait; the picture itself is kept nowhere.

    What is cut goes through the same check as every file. The former portrait stays where it was submitted. Returns the
    record that the portrait belongs to.

    Raises:
        files.Refused: no JPEG, too large, or the frame has fewer pixels than a portrait needs.
    """
    portrait = io.BytesIO(_cut(upload, frame))
    item = _basics(by)
    try:
        piece = attach_evidence(application=None, item=item, upload=portrait, name=name or _("照片.jpg"), by=by)
    except SameFile:
        return item
    # Asked now, for another window may have brought one meanwhile: the later of the two stays.
    for former in item.evidence.kept().filter(slot=portrait_rules.SLOT, pk__lt=piece.pk):
        remove_evidence(evidence=former, by=by)
    return item


def _basics(owner: User) -> ArchiveItem:
    """The record that the portrait belongs to, made where it is not there yet."""
    kept = ArchiveItem.objects.kept().filter(owner=owner, kind="basics")
    if (there := kept.first()) is not None:
        return there
    try:
        item = add_item(owner=owner, kind="basics", facts={}, details={})
    except Refused:  # another window was quicker
        return kept.get()
    for application in Application.objects.filter(applicant=owner, status__in=EDITABLE):
        application.items.add(item)
    return item


def _cut(upload: UploadedFile | BinaryIO, frame: Frame) -> bytes:
    name = Path(str(getattr(upload, "name", "") or _("照片.jpg"))).name
    with files.room_for(name), tempfile.TemporaryDirectory(prefix="portal-portrait-") as folder:
        source, output = Path(folder, "source"), Path(folder, "portrait.jpg")
        upload.seek(0)
        with source.open("wb") as copy:
            shutil.copyfileobj(upload, copy)
        _require_picture(source, name)
        answer = sandbox.cut_portrait(
            source,
            output,
            max_pixels=MOST_PIXELS,
            least=portrait_rules.least(),
            zoom=frame.zoom,
            across=frame.across,
            down=frame.down,
        )
        if "refusal" in answer:
            raise files.Refused(_refusal(answer, name))
        return output.read_bytes()


def _require_picture(source: Path, name: str) -> None:
    if source.stat().st_size > settings.LARGEST_UPLOAD:
        most = settings.LARGEST_UPLOAD >> 20
        raise files.Refused(_("照片“%(name)s”超过 %(most)s MB。请缩小后再上传。") % {"name": name, "most": most})
    with source.open("rb") as picture:
        if content.sniff(picture) != "image/jpeg":
            raise files.Refused(_("照片“%(name)s”不是 JPG 格式。请另存为 JPG 后重新上传。") % {"name": name})


def _refusal(answer: dict[str, object], name: str) -> str:
    if answer["refusal"] == "too_small":
        width, height = portrait_rules.least()
        return _(
            "框中只有 %(across)s×%(down)s 像素，照片至少要 %(width)s×%(height)s 像素。"
            "请把“放大”调小，或换一张更大的照片。"
        ) % {"across": answer["width"], "down": answer["height"], "width": width, "height": height}
    if answer["refusal"] == "too_many_pixels":
        return _("照片“%(name)s”的像素超过 4000 万。请缩小后再上传。") % {"name": name}
    return _("照片“%(name)s”已损坏或无法处理。请重新拍摄或另存为 JPG 后再上传。") % {"name": name}
