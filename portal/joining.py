"""Several clean pictures bound into one PDF within a slot's limit, in child processes with limits."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from portal import files
from portal.file_checks import sandbox
from portal.models import StoredFile

# What a page costs beside its picture, and the document itself.
PAGE_BYTES, DOCUMENT_BYTES = 700, 2000
LEAST_SHARE = 20_000


def joined(pictures: Sequence[StoredFile], *, most: int) -> bytes:
    """The PDF, a page a picture, of `most` bytes at most: small pictures as they are, large ones shrunk to their share.

    Raises:
        files.Refused: they cannot be read at that size; the sentence says what to do.
        files.NotAvailable: one of them is not clean.
    """
    with tempfile.TemporaryDirectory(prefix="portal-join-") as folder:
        pages = _pages(pictures, most, Path(folder))
        output = Path(folder, "joined.pdf")
        answer = sandbox.join_pictures(output, pages)
        if "refusal" in answer or output.stat().st_size > most:
            raise files.Refused(_too_many(pictures))
        return output.read_bytes()


def _pages(pictures: Sequence[StoredFile], most: int, folder: Path) -> list[Path]:
    """A JPEG for each picture, in their order. What small ones leave of their share, the larger ones have."""
    left = most - DOCUMENT_BYTES - PAGE_BYTES * len(pictures)
    pages = [folder / f"{number}.jpg" for number in range(len(pictures))]
    by_size = sorted(range(len(pictures)), key=lambda number: pictures[number].size)
    for done, number in enumerate(by_size):
        share = left // (len(pictures) - done)
        if share < LEAST_SHARE:
            raise files.Refused(_too_many(pictures))
        left -= _page(pictures[number], pages[number], share)
    return pages


def _page(picture: StoredFile, page: Path, share: int) -> int:
    """Writes the page's JPEG; returns its size."""
    source = page.with_suffix(".source")
    with files.open_clean(picture) as content, source.open("wb") as copy:
        shutil.copyfileobj(content, copy)
    if picture.content_type == "image/jpeg" and picture.size <= share:
        source.replace(page)
    elif "refusal" in sandbox.shrink_picture(source, page, share):
        raise files.Refused(
            _("图片“%(name)s”缩小到可以合并的大小后将看不清。请少选几张，分成几个 PDF。") % {"name": picture.name}
        )
    source.unlink(missing_ok=True)
    return page.stat().st_size


def _too_many(pictures: Sequence[StoredFile]) -> str:
    sentence = _("这 %(count)s 张图片合并后超过单个文件的大小上限。请少选几张，分成几个 PDF。")
    return sentence % {"count": len(pictures)}
