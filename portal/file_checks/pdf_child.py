"""The child that parses one PDF under limits: `python -I pdf_child.py FILE` prints one JSON object.

{"pages": n} for a PDF that may be kept, {"refusal": code} otherwise. It changes nothing: PDFs are kept byte for byte.
Run as a script, it imports nothing of the portal.
"""

import json
import sys
from pathlib import Path

import pikepdf

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

END = b"%%EOF"
MOST_PAGES = 500
LARGEST_STREAM = 100 << 20
# Actions that run something, send something or open something else.
ACTIVE_DEEDS = {
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute",
}  # fmt: skip
ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent"}
EMBEDDED_KEYS = {"/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF"}


def inspect(path: str) -> dict[str, object]:
    if END not in Path(path).read_bytes():
        return {"refusal": "broken"}  # cut off on its way: repairing would lose pages silently
    try:
        with pikepdf.open(path) as pdf:
            refusal = _refusal_of(pdf)
            return {"refusal": refusal} if refusal else {"pages": len(pdf.pages)}
    except pikepdf.PasswordError:
        return {"refusal": "encrypted"}
    except pikepdf.PdfError:
        return {"refusal": "broken"}
    except (MemoryError, RecursionError):
        return {"refusal": "too_heavy"}


def _refusal_of(pdf: pikepdf.Pdf) -> str:
    if pdf.is_encrypted:
        return "encrypted"
    pages = len(pdf.pages)
    if not 1 <= pages <= MOST_PAGES:
        return "no_pages" if pages < 1 else "too_many_pages"
    return next((refusal for thing in pdf.objects if (refusal := _refusal_of_object(thing))), "")


def _refusal_of_object(thing: pikepdf.Object) -> str:
    """The refusal that an object asks for; empty for a harmless one. Referenced values come as objects of their own."""
    stack = [thing]
    while stack:
        one = stack.pop()
        if isinstance(one, pikepdf.Stream):
            if _is_bomb(one):
                return "too_heavy"
            one = one.stream_dict
        if isinstance(one, pikepdf.Dictionary):
            if refusal := _refusal_of_dictionary(one):
                return refusal
            stack.extend(value for value in one.values() if _is_direct_container(value))
        elif isinstance(one, pikepdf.Array):
            stack.extend(value for value in one if _is_direct_container(value))
    return ""


def _refusal_of_dictionary(dictionary: pikepdf.Dictionary) -> str:
    keys = set(dictionary.keys())
    if keys & ACTIVE_KEYS or str(dictionary.get("/S", "")) in ACTIVE_DEEDS:
        return "active"
    if keys & EMBEDDED_KEYS or str(dictionary.get("/Type", "")) == "/EmbeddedFile":
        return "embedded"
    return ""


def _is_direct_container(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _is_bomb(stream: pikepdf.Stream) -> bool:
    """Whether decoding needs more than a page ever does. Pictures in JPEG stay packed; memory limits do the rest."""
    try:
        return len(stream.get_stream_buffer()) > LARGEST_STREAM
    except pikepdf.PdfError as error:
        # Filters that qpdf leaves packed (JPEG, JBIG2, fax) are no bomb; running out of memory is.
        return "bad_alloc" in str(error)


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(inspect(sys.argv[1])))  # noqa: T201  the answer to the parent
