"""A signature as a hand might draw it: the demonstration's applicant signs with these strokes."""

import io
from math import cos, sin

from PIL import Image, ImageDraw

SIZE = (700, 260)
# Each stroke: where it starts, how far it runs, how high it swings.
STROKES = ((60, 120, 150, 14), (120, 60, 6, 120), (250, 150, 190, 40), (470, 110, 150, 26), (520, 70, 10, 110))


def png() -> bytes:
    """Black strokes on a transparent ground, as the pad sends them."""
    picture = Image.new("RGBA", SIZE, (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    for x, y, width, height in STROKES:
        points = [
            (x + width * step / 30 + 4 * cos(step), y + height * sin(step / 6) + height * step / 60)
            for step in range(31)
        ]
        pen.line(points, fill=(0, 0, 0, 255), width=6, joint="curve")
    written = io.BytesIO()
    picture.save(written, "PNG")
    return written.getvalue()
