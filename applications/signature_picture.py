"""What is sent as a hand-written signature: a real PNG, of a sane size, with strokes on it. It is stored re-encoded.

Whoever holds a link may send one without log-in, so it is decoded in the limited child first, as uploads are.
"""

import io
import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from portal.file_checks import content as by_content
from portal.file_checks import sandbox

MOST_BYTES = 200 * 1024
LEAST_SIDES, MOST_SIDES = (100, 50), (3000, 2000)
# As it is kept: enough for print at 50 mm, a few kilobytes.
KEPT = (600, 240)
MARGIN = 12
INK = 128
# Less than a stroke is a slip of the finger; more than half is no writing.
LEAST_INK_SIDE, LEAST_INK, MOST_INK_SHARE = 40, 150, 0.5


class NotASignature(ValueError):  # noqa: N818  an answer to a person, not a fault
    """The sentence says why, and what to do."""


def cleaned(picture: bytes) -> bytes:
    """The strokes alone, black on white, as a small PNG of our own making.

    Raises:
        NotASignature: no PNG, too large or too small, blank, or no writing.
    """
    size = by_content.dimensions(io.BytesIO(picture)) if picture.startswith(by_content.PNG_START) else None
    if size is None or len(picture) > MOST_BYTES or not _sane(size):
        raise NotASignature(_("收到的签名图片不能识别。请清除后重新签写；仍不成功的，请键入姓名签署。"))
    return _strokes(_reencoded(picture))


def _sane(size: tuple[int, int]) -> bool:
    return all(least <= side <= most for side, least, most in zip(size, LEAST_SIDES, MOST_SIDES, strict=True))


def _reencoded(picture: bytes) -> bytes:
    with tempfile.TemporaryDirectory(prefix="portal-signature-") as folder:
        source, output = Path(folder, "source"), Path(folder, "output")
        source.write_bytes(picture)
        if "refusal" in sandbox.reencode_picture(source, output, MOST_SIDES[0] * MOST_SIDES[1]):
            raise NotASignature(_("收到的签名图片已损坏。请清除后重新签写。"))
        return output.read_bytes()


def _strokes(picture: bytes) -> bytes:
    from PIL import Image  # noqa: PLC0415  the library is for this alone

    with Image.open(io.BytesIO(picture), formats=("PNG",)) as opened:
        layer = opened.convert("RGBA")
    paper = Image.alpha_composite(Image.new("RGBA", layer.size, "white"), layer).convert("L")
    ink = paper.point(lambda shade: 255 if shade < INK else 0)
    box, dark = ink.getbbox(), ink.histogram()[255]
    if box is None or dark < LEAST_INK or max(box[2] - box[0], box[3] - box[1]) < LEAST_INK_SIDE:
        raise NotASignature(_("签名处是空白的。请在方框内完整签写本人姓名后再提交。"))
    if dark > MOST_INK_SHARE * paper.width * paper.height:
        raise NotASignature(_("签名处几乎被涂满，看不出笔迹。请清除后重新签写。"))
    cut = paper.crop(
        (
            max(0, box[0] - MARGIN),
            max(0, box[1] - MARGIN),
            min(paper.width, box[2] + MARGIN),
            min(paper.height, box[3] + MARGIN),
        )
    )
    cut.thumbnail(KEPT, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    cut.save(written, "PNG", optimize=True)
    return written.getvalue()
