"""The child that draws a file small, under limits: `python -I thumbnail_child.py FILE OUTPUT`.

Of a PDF its first page, of a picture the picture. Writes OUTPUT as JPEG and prints {"width": w, "height": h}, or
{"refusal": code}. Imports nothing of the portal.
"""

import json
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, JpegImagePlugin, PngImagePlugin  # noqa: F401  decoders load before limits

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

SIDE = 240
Image.MAX_IMAGE_PIXELS = None  # the check has read the header already, by a tighter limit


def draw(path: str, output: str) -> dict[str, object]:
    try:
        with open(path, "rb") as source:  # noqa: PTH123  as the other children: cheap to start
            is_paper = source.read(8).lstrip(b"\xef\xbb\xbf").startswith(b"%PDF")
        small = _page(path) if is_paper else _picture(path)
        small.thumbnail((SIDE, SIDE))
        small.save(output, "JPEG", quality=80)
    except MemoryError:
        return {"refusal": "too_heavy"}
    except (pypdfium2.PdfiumError, OSError, SyntaxError, ValueError, KeyError, IndexError, TypeError) as error:
        return {"refusal": limits.refusal_of(error)}
    return {"width": small.width, "height": small.height}


def _page(path: str) -> Image.Image:
    page = pypdfium2.PdfDocument(path)[0]
    return page.render(scale=SIDE / max(*page.get_size(), 1)).to_pil().convert("RGB")


def _picture(path: str) -> Image.Image:
    picture = Image.open(path, formats=("JPEG", "PNG"))
    picture.draft("RGB", (SIDE, SIDE))
    if "transparency" in picture.info or picture.mode in {"RGBA", "LA", "PA"}:
        drawn = picture.convert("RGBA")
        paper = Image.new("RGB", drawn.size, "white")
        paper.paste(drawn, mask=drawn.getchannel("A"))
        return paper
    return picture.convert("RGB")


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(draw(sys.argv[1], sys.argv[2])))  # noqa: T201  the answer to the parent
