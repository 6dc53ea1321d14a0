"""Pictures sent as signatures: one as a pad makes it, and ones that are none."""

import base64
import io

from PIL import Image, ImageDraw

from demo import make_signature

PREFIX = "data:image/png;base64,"


def png(size=(700, 260), *, ground=(0, 0, 0, 0), line=(), width=6, kind="PNG", mode="RGBA") -> bytes:
    """A picture with one black line through these points."""
    picture = Image.new("RGBA", size, ground)
    if line:
        ImageDraw.Draw(picture).line(line, fill=(0, 0, 0, 255), width=width)
    written = io.BytesIO()
    picture.convert(mode).save(written, kind)
    return written.getvalue()


def sent(picture: bytes | None = None) -> str:
    """As the page sends it."""
    return PREFIX + base64.b64encode(make_signature.png() if picture is None else picture).decode()
