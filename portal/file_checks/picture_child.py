"""The child that re-encodes one picture under limits: `python -I picture_child.py FILE OUTPUT MAX_PIXELS`.

Prints {"width": w, "height": h} after writing OUTPUT, or {"refusal": code}. What is written is the picture alone:
turned upright, without EXIF, comments, profiles or anything behind the picture's end. Imports nothing of the portal.
"""

import json
import sys
from pathlib import Path
from typing import Any

from PIL import Image, ImageFile, JpegImagePlugin, PngImagePlugin  # noqa: F401  decoders load before limits

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

Image.MAX_IMAGE_PIXELS = None  # the limit below is tighter, and read from the header
ImageFile.LOAD_TRUNCATED_IMAGES = False
ORIENTATION = 0x0112
# By what the camera noted of how it was held; 1 is upright.
UPRIGHT: dict[object, Image.Transpose] = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Turning needs the picture twice in memory, at four bytes a pixel.
MOST_PIXELS_TO_TURN = 26_000_000
COARSER = (1, 1.2, 1.5, 2, 3)
SMALL = 256 << 10
FAST_PNG_FROM = 8_000_000


def reencode(path: str, output: str, max_pixels: int) -> dict[str, object]:
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            if picture.width * picture.height > max_pixels:
                return {"refusal": "too_many_pixels"}
            # Phones put a second picture behind the first (a preview, a depth map); Pillow calls such a JPEG an MPO.
            jpeg = picture if isinstance(picture, JpegImagePlugin.JpegImageFile) else None
            turn = UPRIGHT.get(_orientation(picture))
            if turn is not None and picture.width * picture.height > MOST_PIXELS_TO_TURN:
                picture.draft(picture.mode, (picture.width // 2, picture.height // 2))
            picture.load()
            fineness = _fineness(jpeg) if jpeg else {}
            upright = picture if turn is None else picture.transpose(turn)
            plain = upright.convert("RGB") if jpeg and upright.mode not in {"L", "RGB"} else upright
            plain.info = {"transparency": plain.info["transparency"]} if "transparency" in plain.info else {}
            if jpeg:
                _save_jpeg(plain, output, fineness, most=max(Path(path).stat().st_size, SMALL))
            else:
                level = 3 if plain.width * plain.height > FAST_PNG_FROM else 6
                plain.save(output, "PNG", compress_level=level, exif=b"", save_all=False)
            return {"width": plain.width, "height": plain.height}
    except MemoryError:
        return {"refusal": "too_heavy"}
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError, Image.DecompressionBombError) as error:
        # Pillow's decoders answer a broken picture with any of these.
        return {"refusal": limits.refusal_of(error)}


def _orientation(picture: Image.Image) -> object:
    """As the camera noted it; none where the note cannot be read: the picture itself may be whole."""
    try:
        return picture.getexif().get(ORIENTATION, 1)
    except Exception:  # noqa: BLE001  a bent directory makes Pillow raise anything
        return 1


def _fineness(picture: JpegImagePlugin.JpegImageFile) -> dict[str, Any]:
    """How a JPEG was packed, in Pillow's words: packed so again it loses next to nothing, and no stamp pales."""
    sampling = JpegImagePlugin.get_sampling(picture)
    return {"qtables": picture.quantization, **({"subsampling": sampling} if sampling >= 0 else {})}


def _save_jpeg(plain: Image.Image, output: str, fineness: dict[str, Any], most: int) -> None:
    """As fine as the picture came and no larger, or a little coarser: what was within the limit stays so."""
    for factor in COARSER:
        tables = [[min(round(step * factor), 255) for step in table] for table in fineness["qtables"].values()]
        plain.save(output, "JPEG", exif=b"", **{**fineness, "qtables": tables})
        if Path(output).stat().st_size <= most:
            return


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(reencode(sys.argv[1], sys.argv[2], int(sys.argv[3]))))  # noqa: T201  the answer to the parent
