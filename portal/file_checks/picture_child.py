"""The child that re-encodes one picture under limits: `python -I picture_child.py FILE OUTPUT MAX_PIXELS`.

Prints {"width": w, "height": h} after writing OUTPUT, or {"refusal": code}. What is written is the picture alone:
turned upright, without EXIF, comments, profiles or anything behind the picture's end. Imports nothing of the portal.
"""

import json
import sys
from pathlib import Path

from PIL import Image, ImageFile, ImageOps, JpegImagePlugin, PngImagePlugin  # noqa: F401  decoders load before limits

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

Image.MAX_IMAGE_PIXELS = None  # the limit below is tighter, and read from the header
ImageFile.LOAD_TRUNCATED_IMAGES = False
ORIENTATION = 0x0112
# Turning needs the picture twice in memory, at four bytes a pixel.
MOST_PIXELS_TO_TURN = 26_000_000
FAST_PNG_FROM = 8_000_000


def reencode(path: str, output: str, max_pixels: int) -> dict[str, object]:
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > max_pixels:
                return {"refusal": "too_many_pixels"}
            kind = picture.format
            is_turned = picture.getexif().get(ORIENTATION, 1) not in {0, 1}
            if is_turned and picture.width * picture.height > MOST_PIXELS_TO_TURN:
                picture.draft(picture.mode, (picture.width // 2, picture.height // 2))
            picture.load()
            upright = ImageOps.exif_transpose(picture) if is_turned else picture
            plain = upright.convert("RGB") if kind == "JPEG" and upright.mode not in {"L", "RGB"} else upright
            plain.info = {"transparency": plain.info["transparency"]} if "transparency" in plain.info else {}
            if kind == "JPEG":
                plain.save(output, "JPEG", quality=90, exif=b"")
            else:
                level = 3 if plain.width * plain.height > FAST_PNG_FROM else 6
                plain.save(output, "PNG", compress_level=level, exif=b"", save_all=False)
            return {"width": plain.width, "height": plain.height}
    except MemoryError:
        return {"refusal": "too_heavy"}
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, Image.DecompressionBombError):
        # Pillow's decoders answer a broken picture with any of these.
        return {"refusal": "broken"}


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(reencode(sys.argv[1], sys.argv[2], int(sys.argv[3]))))  # noqa: T201  the answer to the parent
