"""The child that cuts a portrait out of one JPEG under limits.

`python -I portrait_child.py FILE OUTPUT MAX_PIXELS WIDTH HEIGHT ZOOM ACROSS DOWN`. WIDTH and HEIGHT are the least size
and the ratio; ZOOM is 1 and more; ACROSS and DOWN are from 0 to 1 of the way that the frame has in the picture.

Prints {"width": w, "height": h} after writing OUTPUT, or {"refusal": code} with the size that the frame has where it is
too small. Imports nothing of the portal.
"""

import json
import sys
from pathlib import Path

from PIL import Image, ImageFile, ImageOps, JpegImagePlugin  # noqa: F401  the decoder loads before limits

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

Image.MAX_IMAGE_PIXELS = None  # the limit below is tighter, and read from the header
ImageFile.LOAD_TRUNCATED_IMAGES = False
MOST_TIMES_THE_LEAST = 2
# Turning needs the picture twice in memory, at four bytes a pixel.
MOST_PIXELS_TO_TURN = 26_000_000


def frame(
    size: tuple[int, int], least: tuple[int, int], zoom: float, across: float, down: float
) -> tuple[int, int, int, int]:
    """The box in a picture of that size: as large as the ratio allows, divided by the zoom."""
    width = min(size[0], size[1] * least[0] / least[1]) / max(zoom, 1.0)
    height = width * least[1] / least[0]
    whole = min(round(width), size[0]), min(round(height), size[1])
    left = int((size[0] - whole[0]) * min(max(across, 0.0), 1.0))
    top = int((size[1] - whole[1]) * min(max(down, 0.0), 1.0))
    return (left, top, left + whole[0], top + whole[1])


def cut(path: str, output: str, max_pixels: int, least: tuple[int, int], *at: float) -> dict[str, object]:
    try:
        with Image.open(path, formats=("JPEG",)) as picture:
            if picture.width * picture.height > max_pixels:
                return {"refusal": "too_many_pixels"}
            if picture.width * picture.height > MOST_PIXELS_TO_TURN:
                picture.draft("RGB", (picture.width // 2, picture.height // 2))
            upright = ImageOps.exif_transpose(picture).convert("RGB")
        return _written(upright, frame(upright.size, least, *at), least, output)
    except MemoryError:
        return {"refusal": "too_heavy"}
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, Image.DecompressionBombError) as error:
        # Pillow's decoders answer a broken picture with any of these.
        return {"refusal": limits.refusal_of(error)}


def _written(
    upright: Image.Image, box: tuple[int, int, int, int], least: tuple[int, int], output: str
) -> dict[str, object]:
    """The frame at twice the least size at most, without anything that the camera wrote."""
    width, height = box[2] - box[0], box[3] - box[1]
    if width < least[0] or height < least[1]:
        return {"refusal": "too_small", "width": width, "height": height}
    portrait = upright.crop(box)
    if width > least[0] * MOST_TIMES_THE_LEAST:
        most = (least[0] * MOST_TIMES_THE_LEAST, least[1] * MOST_TIMES_THE_LEAST)
        portrait = portrait.resize(most, Image.Resampling.LANCZOS)
    portrait.info = {}
    portrait.save(output, "JPEG", quality=92, exif=b"")
    return {"width": portrait.width, "height": portrait.height}


if __name__ == "__main__":
    limits.impose()
    source, target, pixels, wide, high, *place = sys.argv[1:]
    print(json.dumps(cut(source, target, int(pixels), (int(wide), int(high)), *map(float, place))))  # noqa: T201  the answer to the parent
