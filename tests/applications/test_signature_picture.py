"""What passes for a hand-written signature, and what is kept of it."""

import io

import pytest
from PIL import Image, PngImagePlugin

from applications.signature_picture import KEPT, MOST_BYTES, NotASignature, cleaned
from demo import make_signature
from tests.applications.strokes import png

LINE = ((100, 100), (300, 180), (500, 90))
NOT_READ, BLANK, BROKEN, FULL = "不能识别", "空白", "已损坏", "几乎被涂满"
REFUSED = {
    "nothing": (b"", NOT_READ),
    "text": (b"<svg onload=alert(1)>", NOT_READ),
    "a JPEG": (png(line=LINE, kind="JPEG", mode="RGB"), NOT_READ),
    "a PNG's head alone": (png(line=LINE)[:60], BROKEN),
    "a PNG cut short": (png(line=LINE)[:-200], BROKEN),
    "too many bytes": (png(line=LINE) + b"\0" * MOST_BYTES, NOT_READ),
    "too wide": (png((3001, 300), line=LINE), NOT_READ),
    "too high": (png((300, 2001), line=LINE), NOT_READ),
    "too small": (png((99, 60), line=((5, 5), (90, 50))), NOT_READ),
    "clear": (png(), BLANK),
    "white": (png(ground=(255, 255, 255, 255)), BLANK),
    "a dot": (png(line=((100, 100), (112, 100)), width=14), BLANK),
    "a hair": (png(line=((100, 100), (150, 100)), width=1), BLANK),
    "black": (png(ground=(0, 0, 0, 255)), FULL),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_is_no_signature_is_refused_with_what_to_do(name):
    picture, told = REFUSED[name]
    with pytest.raises(NotASignature, match=told):
        cleaned(picture)


@pytest.mark.parametrize("ground", [(0, 0, 0, 0), (255, 255, 255, 255)])
def test_what_is_kept_are_the_strokes_alone(ground):
    kept = cleaned(png((2400, 900), ground=ground, line=((400, 300), (1900, 700))))

    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.mode) == ("PNG", "L")
        assert picture.width <= KEPT[0]
        assert picture.height <= KEPT[1]
        assert picture.getpixel((0, 0)) == 255
        assert picture.getextrema()[0] < 60
    assert len(kept) < 20_000


def test_nothing_else_that_a_picture_carries_is_kept():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "120104198805121016")
    written = io.BytesIO()
    with Image.open(io.BytesIO(make_signature.png())) as picture:
        picture.save(written, "PNG", pnginfo=notes)

    kept = cleaned(written.getvalue() + b"<script>behind the end</script>")

    assert b"120104198805121016" in written.getvalue()
    assert (b"120104198805121016" in kept, b"script" in kept) == (False, False)
