"""The child that parses one PDF under limits: `python -I pdf_child.py FILE` prints one JSON object.

{"pages": n} for a PDF that may be kept, {"refusal": code} otherwise. It changes nothing: PDFs are kept byte for byte.
Run as a script, it imports nothing of the portal.
"""

import json
import re
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
    "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/GoToR", "/Rendition", "/Movie", "/Sound",
    "/RichMediaExecute",
}  # fmt: skip
ACTIVE_KEYS = {"/JS", "/JavaScript", "/XFA", "/RichMediaContent", "/3DD", "/Movie", "/OnInstantiate"}
# What is set off without a click on it: an address there is called before anybody has read it.
SELF_STARTING = ("/OpenAction", "/AA")
# Beginnings of addresses that are a program, or another host's share that Windows would greet with the password's hash.
HOSTILE_ADDRESS = re.compile(r"(javascript|vbscript|data|search-ms|ms-[a-z-]+|smb|shell):|//|file:(//[^/]|////)")
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
    return next((refusal for thing in (pdf.trailer, *pdf.objects) if (refusal := _refusal_of_object(thing))), "")


def _refusal_of_object(thing: pikepdf.Object) -> str:
    """The refusal that an object asks for; empty for a harmless one. Referenced values come as objects of their own."""
    stack = [thing]
    while stack:
        one = stack.pop()
        if isinstance(one, pikepdf.Stream):
            if _is_bomb(one):
                return "too_heavy"
            one = one.stream_dict
            if "/F" in one:
                return "active"  # its bytes lie in another file, or on another host
        if isinstance(one, pikepdf.Dictionary):
            if refusal := _refusal_of_dictionary(one):
                return refusal
            stack.extend(value for value in one.values() if _is_direct_container(value))
        elif isinstance(one, pikepdf.Array):
            stack.extend(value for value in one if _is_direct_container(value))
    return ""


def _refusal_of_dictionary(dictionary: pikepdf.Dictionary) -> str:
    keys, deed = set(dictionary.keys()), str(dictionary.get("/S", ""))
    if keys & ACTIVE_KEYS or deed in ACTIVE_DEEDS or _is_reference(dictionary) or _calls_by_itself(dictionary):
        return "active"
    # What stands in /Base is put before every address that has no beginning of its own.
    if any(key in keys and HOSTILE_ADDRESS.match(_squeezed(dictionary[key])) for key in ("/URI", "/Base")):
        return "active"
    # A thread may lead into another file; a sound is played by its note alone.
    if (deed == "/Thread" and "/F" in keys) or ("/Sound" in keys and str(dictionary.get("/Subtype", "")) == "/Sound"):
        return "active"
    if keys & EMBEDDED_KEYS or str(dictionary.get("/Type", "")) == "/EmbeddedFile":
        return "embedded"
    return ""


def _calls_by_itself(dictionary: pikepdf.Dictionary) -> bool:
    """Whether an address is opened by opening the file, by turning a page, or after another action."""
    # Bookmarks have a /Next too, and may well lead to an address; what follows an action is an action.
    starting = (*SELF_STARTING, "/Next") if "/S" in dictionary else SELF_STARTING
    found = [dictionary[key] for key in starting if key in dictionary]
    deeds = [deed for one in found for deed in (one, *_members(one))]
    return any(isinstance(deed, pikepdf.Dictionary) and str(deed.get("/S", "")) == "/URI" for deed in deeds)


def _members(value: object) -> list[object]:
    if isinstance(value, pikepdf.Dictionary):
        return list(value.values())
    return list(value) if isinstance(value, pikepdf.Array) else []


def _is_reference(dictionary: pikepdf.Dictionary) -> bool:
    """Whether a drawing stands for the page of another file."""
    return "/Ref" in dictionary and str(dictionary.get("/Subtype", "")) == "/Form"


def _squeezed(address: object) -> str:
    """An address as readers take it: without the blanks and control characters in it, in small letters, one slash."""
    return re.sub(r"[\x00-\x20]", "", str(address)).lower().replace("\\", "/")


def _is_direct_container(value: object) -> bool:
    return isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect


def _is_bomb(stream: pikepdf.Stream) -> bool:
    """Whether decoding needs more than a page ever does. Pictures in JPEG stay packed; memory limits do the rest."""
    try:
        # Runs of one byte are unpacked too, which qpdf does on request only.
        return len(stream.get_stream_buffer(pikepdf.StreamDecodeLevel.specialized)) > LARGEST_STREAM
    except pikepdf.PdfError as error:
        # Filters that qpdf leaves packed (JPEG, JBIG2, fax) are no bomb; running out of memory is.
        return "bad_alloc" in str(error)


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(inspect(sys.argv[1])))  # noqa: T201  the answer to the parent
