"""Private files: received, checked by a job, and served only once clean.

Views check access first (a queryset's `visible_to`), then call `response`. Nothing here has a public address.
"""

import errno
import logging
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, TypeVar

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from portal import clock, content_store, identity_numbers, jobs, upload_room
from portal.file_checks import content as by_content
from portal.file_checks import sandbox
from portal.models import FileState, StoredFile, User
from portal.outside_transactions import outside_transactions

log = logging.getLogger("portal.files")

Answer = TypeVar("Answer", bound=HttpResponseBase)
MIB = 1 << 20
# Shown in the page itself; anything else is downloaded. PDFs are shown page by page, as pictures.
INLINE = {"image/jpeg", "image/png"}


class Refused(ValueError):  # noqa: N818  an answer to a person, not a fault
    """The file is not accepted; the sentence says why and what to do."""


class NotStored(Refused):
    """Nothing is wrong with the file: there was no room for it, or the storage did not answer. It may be sent again."""


class NotAvailable(PermissionDenied):
    """The file is not clean (yet); the sentence says so."""


@dataclass(frozen=True, slots=True)
class FileLimits:
    """What a slot accepts: media types, bytes, pixels. From the policy pack."""

    types: tuple[str, ...]
    max_bytes: int
    max_pixels: int = 40_000_000


@outside_transactions
def receive(
    upload: UploadedFile | BinaryIO, *, by: User | None, name: str, limits: FileLimits, purpose: str
) -> StoredFile:
    """Stores an upload and lets a job check it.

    Bytes are written before the row, and an orphan is purged later.

    Args:
        upload: the bytes, read to the end.
        by: who sent it.
        name: as the sender called it; kept only after cleaning.
        limits: what is accepted here.
        purpose: what for, e.g. `evidence`.

    Raises:
        Refused: empty, too large, of another type than accepted, too many pixels.
        NotStored: no space, or the storage is away.
    """
    with room_for(name), tempfile.SpooledTemporaryFile(max_size=4 * MIB) as spool:
        _copy(upload, spool, name, limits.max_bytes)
        content_type = by_content.sniff(spool)
        if content_type not in limits.types:
            raise Refused(_type_sentence(name, limits.types))
        size = by_content.dimensions(spool)
        if size is not None and size[0] * size[1] > limits.max_pixels:
            raise Refused(pixel_sentence(name, size, limits.max_pixels))
        sha256, length = content_store.put(spool)
    with transaction.atomic():
        stored = StoredFile.objects.create(
            name=_shown_name(name, content_type), content_type=content_type, size=length,
            sha256=sha256, received_sha256=sha256, purpose=purpose, max_pixels=limits.max_pixels, received_by=by,
        )  # fmt: skip
        jobs.enqueue("portal.check_file", payload={"file": stored.pk}, key=f"portal.check_file:{stored.pk}", by=by)
    return stored


@contextmanager
def received(
    upload: UploadedFile | BinaryIO, *, by: User | None, name: str, limits: FileLimits, purpose: str
) -> Iterator[StoredFile]:
    """As `receive`, for the block that gives the file its place; given back where that fails, whatever the reason.

    Its bytes, which another row may name, go with the next purge.
    """
    stored = receive(upload, by=by, name=name, limits=limits, purpose=purpose)
    try:
        yield stored
    except BaseException:
        StoredFile.objects.filter(pk=stored.pk).delete()
        raise


def store_bytes(data: bytes, *, name: str, content_type: str, by: User | None = None, purpose: str) -> StoredFile:
    """Stores bytes that the portal itself has made (its PDFs); they are clean from the start."""
    sha256, length = content_store.put(ContentFile(data))
    return StoredFile.objects.create(
        name=_shown_name(name, content_type), content_type=content_type, size=length,
        sha256=sha256, received_sha256=sha256, purpose=purpose, state=FileState.CLEAN,
        received_by=by, checked_at=clock.now(),
    )  # fmt: skip


def why_closed(stored: StoredFile) -> str:
    """Why a file that is not clean cannot be opened, and what to do."""
    if stored.state == FileState.REFUSED:
        return stored.refusal
    return _("文件“%(name)s”正在安全检查，通常几秒内完成。请稍后刷新页面再打开。") % {"name": stored.name}


def open_clean(stored: StoredFile) -> IO[bytes]:
    """The bytes of a clean file. Raises NotAvailable for any other, content_store.StorageError (a page with 503)."""
    if not stored.is_clean:
        raise NotAvailable(why_closed(stored))
    try:
        return content_store.open_content(stored.sha256)
    except FileNotFoundError as lost:
        raise content_store.DamagedError(f"the bytes of file {stored.pk} are missing") from lost


def response(stored: StoredFile, *, inline: bool = False, name: str = "") -> FileResponse:
    """Serves a clean file: as a download, or (pictures) as a sandboxed preview. The caller has checked access.

    `name` is what the file is called instead of its own name, which its owner chose.

    Raises:
        NotAvailable: the file is not clean (403 with the sentence).
    """
    shown = inline and stored.content_type in INLINE
    answer = FileResponse(
        open_clean(stored), as_attachment=not shown, filename=name or stored.name, content_type=stored.content_type
    )
    answer["Content-Length"] = str(stored.size)
    return _inert(answer)


def page_response(stored: StoredFile, number: int) -> FileResponse | HttpResponse:
    """A page of a clean PDF as a JPEG, pages from 1; of a picture the picture itself. The caller has checked access.

    Raises:
        NotAvailable: the file is not clean, has no such page, or the page cannot be drawn within the limits.
    """
    if stored.content_type in INLINE:
        return response(stored, inline=True)
    with _drawing_room() as folder:
        source, output = folder / "source", folder / "page.jpg"
        _copy_to(source, stored)
        if "refusal" in sandbox.draw_page(source, output, number):
            sentence = _("“%(name)s”没有第 %(number)s 页，或该页无法预览。请下载后打开。")
            raise NotAvailable(sentence % {"name": stored.name, "number": number})
        return _inert(HttpResponse(output.read_bytes(), content_type="image/jpeg"))


def thumbnail_response(stored: StoredFile) -> HttpResponse:
    """A clean file drawn small: of a PDF its first page. The caller has checked access.

    Raises:
        NotAvailable: the file is not clean, or cannot be drawn within the limits.
    """
    with _drawing_room() as folder:
        source, output = folder / "source", folder / "small.jpg"
        _copy_to(source, stored)
        if "refusal" in sandbox.draw_thumbnail(source, output):
            raise NotAvailable(_("“%(name)s”无法预览。请下载后打开。") % {"name": stored.name})
        return _inert(HttpResponse(output.read_bytes(), content_type="image/jpeg"))


@contextmanager
def _drawing_room() -> Iterator[Path]:
    """A folder to draw in. Raises content_store.StorageError (a page with 503) where the disk has no room for it."""
    try:
        with tempfile.TemporaryDirectory(prefix="portal-page-") as folder:
            yield Path(folder)
    except OSError as error:
        if error.errno not in {errno.ENOSPC, errno.EDQUOT}:
            raise
        raise content_store.StorageError("no room to draw in") from error


def _copy_to(path: Path, stored: StoredFile) -> None:
    with open_clean(stored) as content, path.open("wb") as copy:
        shutil.copyfileobj(content, copy)


def _shown_name(name: str, content_type: str) -> str:
    """People name scans after themselves, number included: a name is shown and kept in many places, so it is masked."""
    return identity_numbers.mask_in(by_content.clean_name(name, content_type))


def _inert(answer: Answer) -> Answer:
    """Whatever the bytes are, the browser runs none of them."""
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


def pixel_sentence(name: str, size: tuple[int, int], most: int) -> str:
    sentence = _(
        "图片“%(name)s”有 %(width)s×%(height)s 像素，超过 %(most)s 万像素的上限。"
        "请用较低的分辨率重新扫描或缩小图片后上传。"
    )
    return sentence % {"name": name, "width": size[0], "height": size[1], "most": most // 10_000}


def _copy(upload: UploadedFile | BinaryIO, spool: IO[bytes], name: str, most: int) -> None:
    upload.seek(0)
    length = 0
    while chunk := upload.read(MIB):
        length += len(chunk)
        if length > most:
            raise Refused(
                _("文件“%(name)s”超过 %(most)s 的上限。请压缩图片，或把 PDF 拆分成几个文件后分别上传。")
                % {"name": name, "most": _size_text(most)}
            )
        spool.write(chunk)
    if not length:
        raise Refused(_("文件“%(name)s”是空的（0 字节）。请检查原文件能否打开，再重新选择上传。") % {"name": name})


@contextmanager
def room_for(name: str) -> Iterator[None]:
    """Raises NotStored, with a sentence for who sent the file, where its bytes cannot be put down."""
    try:
        yield
    except content_store.StorageError as error:
        log.exception("upload not stored")
        raise NotStored(
            _(
                "文件“%(name)s”没有保存：存放文件的系统暂时没有应答。已保存的内容不受影响，"
                "请过几分钟重新上传；仍不成功的，请联系系统管理员。"
            )
            % {"name": name}
        ) from error
    except OSError as error:
        log.exception("upload not stored")
        raise NotStored(upload_room.sentence(name)) from error


def _type_sentence(name: str, types: Iterable[str]) -> str:
    accepted = "、".join(by_content.LABELS.get(kind, kind) for kind in types)
    return _("文件“%(name)s”的内容不是%(types)s格式。请用原软件另存或导出为%(types)s后重新上传；只改扩展名无效。") % {
        "name": name,
        "types": accepted,
    }


def _size_text(size: int) -> str:
    return f"{size / MIB:.3g} MB" if size >= MIB else f"{size / 1024:.3g} KB"
