"""The child that draws one page of a PDF under limits: `python -I page_child.py FILE OUTPUT PAGE` (pages from 1).

Writes OUTPUT as JPEG and prints {"width": w, "height": h}, or {"refusal": code}. A browser shows the picture, so no
browser ever parses an uploaded PDF inside the portal's pages. Imports nothing of the portal.
"""

import json
import sys
from pathlib import Path

import pypdfium2
from PIL import Image, JpegImagePlugin  # noqa: F401  encoders load before limits

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

WIDTH = 1200
TALLEST = 4000


def draw(path: str, output: str, number: int) -> dict[str, object]:
    try:
        document = pypdfium2.PdfDocument(Path(path).read_bytes())
        if not 1 <= number <= len(document):
            return {"refusal": "no_pages"}
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(width, 1), TALLEST / max(height, 1))
        picture = page.render(scale=scale).to_pil().convert("RGB")
        picture.save(output, "JPEG", quality=85)
    except MemoryError:
        return {"refusal": "too_heavy"}
    except (pypdfium2.PdfiumError, OSError, ValueError) as error:
        return {"refusal": limits.refusal_of(error)}
    return {"width": picture.width, "height": picture.height}


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(draw(sys.argv[1], sys.argv[2], int(sys.argv[3]))))  # noqa: T201  the answer to the parent
