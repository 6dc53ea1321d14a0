"""The portrait at the size it is printed, so that a scan of megabytes does not travel in every certificate."""

import io

from PIL import Image, ImageOps

# 35 × 49 mm at 300 dots an inch.
PRINTED = (413, 579)
QUALITY = 88


def print_size(picture: bytes) -> bytes:
    """A JPEG of at most 413 × 579 pixels, upright, without the camera's notes; the same input gives the same bytes."""
    with Image.open(io.BytesIO(picture)) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    upright.thumbnail(PRINTED, Image.Resampling.LANCZOS)
    written = io.BytesIO()
    upright.save(written, "JPEG", quality=QUALITY, optimize=True)
    return written.getvalue()
