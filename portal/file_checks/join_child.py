"""The child that binds JPEGs into one PDF, a page each: `python -I join_child.py OUTPUT FILE…`.

The pictures go in as they are, byte for byte. Prints {"pages": n} after writing OUTPUT, or {"refusal": code}. Imports
nothing of the portal.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import pikepdf
from PIL import Image, JpegImagePlugin  # noqa: F401  decoders load before limits

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

# A4 in points: a page is as wide as that of its own orientation.
NARROW, WIDE = 595, 842
COLOURS = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}
Image.MAX_IMAGE_PIXELS = None  # only headers are read here


def join(output: str, paths: Sequence[str]) -> dict[str, object]:
    try:
        with pikepdf.new() as pdf:
            for path in paths:
                _add_page(pdf, Path(path))
            pdf.save(output)
            return {"pages": len(pdf.pages)}
    except MemoryError:
        return {"refusal": "too_heavy"}
    except (pikepdf.PdfError, OSError, SyntaxError, ValueError, KeyError) as error:
        return {"refusal": limits.refusal_of(error)}


def _add_page(pdf: pikepdf.Pdf, path: Path) -> None:
    with Image.open(path, formats=("JPEG",)) as picture:
        (width, height), colours = picture.size, COLOURS[picture.mode]
    image = pikepdf.Stream(pdf, path.read_bytes())
    image.stream_dict = pikepdf.Dictionary(
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height, BitsPerComponent=8,
        ColorSpace=pikepdf.Name(colours), Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    across = WIDE if width > height else NARROW
    down = round(across * height / width, 2)
    pdf.add_blank_page(page_size=(across, down))
    page = pdf.pages[-1]
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.Contents = pikepdf.Stream(pdf, f"q {across} 0 0 {down} 0 0 cm /Im0 Do Q".encode())


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(join(sys.argv[1], sys.argv[2:])))  # noqa: T201  the answer to the parent
