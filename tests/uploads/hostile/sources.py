"""Honest stuff that hostile files are made of: small pictures, and PDFs written by hand so that nothing is repaired."""

import io
import random
import zlib
from collections.abc import Sequence
from typing import Any

from PIL import Image

FILE_END = b"%%EOF\n"


def jpeg(chance: random.Random, side: int = 96, **options: Any) -> bytes:
    """A picture with some noise in it, each one its own."""
    picture = Image.frombytes("RGB", (side, side), chance.randbytes(3) * (side * side - 64) + chance.randbytes(64 * 3))
    out = io.BytesIO()
    picture.save(out, "JPEG", **options)
    return out.getvalue()


def png(chance: random.Random, side: int = 32) -> bytes:
    out = io.BytesIO()
    Image.frombytes("RGB", (side, side), chance.randbytes(3 * side * side)).save(out, "PNG")
    return out.getvalue()


def segment(marker: int, body: bytes) -> bytes:
    """A segment of a JPEG."""
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def with_segment(picture: bytes, marker: int, body: bytes) -> bytes:
    """The JPEG with a segment more, right at its beginning."""
    return picture[:2] + segment(marker, body) + picture[2:]


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def stream(data: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), entries, data)


def document(
    *,
    catalog: bytes = b"",
    page: bytes = b"",
    text: str = "page",
    contents: bytes = b"",
    more: Sequence[bytes] = (),
    trailer: bytes = b"",
    comment: bytes = b"",
) -> bytes:
    """A PDF of one page. `catalog`, `page` and `trailer` are entries of these; `more` are objects from number 5 on."""
    drawn = contents or stream(b"BT 72 720 Td (%s) Tj ET" % text.encode())
    kept = b"" if b"/Pages" in catalog else b"/Pages 2 0 R "
    return written(
        [
            b"<< /Type /Catalog %s%s >>" % (kept, catalog),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R %s >>" % page,
            drawn,
            *more,
        ],
        trailer=trailer,
        comment=comment,
    )


def written(objects: Sequence[bytes], *, trailer: bytes = b"", comment: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first its catalog."""
    body, places = bytearray(b"%PDF-1.7\n" + comment), []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    root = b"" if b"/Root" in trailer else b"/Root 1 0 R "
    return bytes(body) + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d %s%s >>\nstartxref\n%d\n%s" % (
        len(objects) + 1, table, len(objects) + 1, root, trailer, len(body), FILE_END,
    )  # fmt: skip
