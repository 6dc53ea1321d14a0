"""The child that makes a JPEG of a picture that fits so many bytes: `python -I shrink_child.py FILE OUTPUT MOST`.

Prints {"size": bytes} after writing OUTPUT, or {"refusal": code}. Large enough to be read on paper as long as it goes.
Imports nothing of the portal.
"""

import io
import json
import sys
from pathlib import Path

from PIL import Image, JpegImagePlugin, PngImagePlugin  # noqa: F401  decoders load before limits

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

SIDES = (2400, 1800, 1400, 1000)
QUALITIES = (85, 70, 55)
Image.MAX_IMAGE_PIXELS = None  # the check has read the header already, by a tighter limit


def shrink(path: str, output: str, most: int) -> dict[str, object]:
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            picture.draft("RGB", (SIDES[0], SIDES[0]))
            plain = _on_white(picture)
        for side in SIDES:
            plain.thumbnail((side, side))
            for quality in QUALITIES:
                written = io.BytesIO()
                plain.save(written, "JPEG", quality=quality)
                if written.tell() <= most:
                    Path(output).write_bytes(written.getvalue())
                    return {"size": written.tell()}
    except MemoryError:
        return {"refusal": "too_heavy"}
    except (OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError) as error:
        return {"refusal": limits.refusal_of(error)}
    return {"refusal": "too_large"}


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode == "L":
        return picture.copy()
    if "transparency" not in picture.info and picture.mode not in {"RGBA", "LA", "PA"}:
        return picture.convert("RGB")
    drawn = picture.convert("RGBA")
    paper = Image.new("RGB", drawn.size, "white")
    paper.paste(drawn, mask=drawn.getchannel("A"))
    return paper


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(shrink(sys.argv[1], sys.argv[2], int(sys.argv[3]))))  # noqa: T201  the answer to the parent
