"""Sending a file the way it really goes, and what must hold of one that was kept."""

import io
import re
import unicodedata

from PIL import Image

from portal import files, jobs
from portal.files import FileLimits, NotAvailable, Refused
from portal.models import FileState, StoredFile, User, content_path

# PNG as well: a photograph of a person may be one, and it has its own tricks.
LIMITS = FileLimits(types=("image/jpeg", "image/png", "application/pdf"), max_bytes=2 << 20)
SHOWN = re.compile(r"[^\\/:*?\"<>|;%&]+\.(jpg|png|pdf)")
RUNS = re.compile(
    r"\.(php\d?|phtml|phar|exe|bat|cmd|com|scr|lnk|hta|html?|svg|xml|jsp|aspx?|js|sh|htaccess|config|ini)\b",
    re.IGNORECASE,
)
DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)\s*(\.|$)", re.IGNORECASE)
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def opened(content: bytes) -> io.BytesIO:
    return io.BytesIO(content)


def send(content: bytes, name: str, by: User | None = None, limits: FileLimits = LIMITS) -> StoredFile | None:
    """Receives a file and works off its check; None where it was refused as it came."""
    before = StoredFile.objects.count()
    try:
        stored = files.receive(opened(content), by=by, name=name, limits=limits, purpose="evidence")
    except Refused as refused:
        if "重新" not in str(refused):
            raise  # it does not say what to do
        assert StoredFile.objects.count() == before
        return None
    jobs.work_off()
    stored.refresh_from_db()
    assert stored.state in {FileState.CLEAN, FileState.REFUSED}, "the check did not come to an end"
    return stored


def complaints_of_name(name: str) -> list[str]:
    """What is wrong with the name under which a file is shown and downloaded."""
    found = {
        "no plain name with one extension of its content": not SHOWN.fullmatch(name),
        "control or direction characters": any(unicodedata.category(char)[0] == "C" for char in name),
        "an extension that runs": RUNS.search(name.removesuffix(name[-4:])) is not None,
        "the name of a device": DEVICE.match(name) is not None,
        "too long": len(name) > 120 or len(name.encode()) > 255,
    }
    return [complaint for complaint, holds in found.items() if holds]


def complaints_of_answer(stored: StoredFile, content: bytes, payload: bytes) -> list[str]:
    """What is wrong with how a clean file is kept and served; `content` is what was sent."""
    answer = files.response(stored)
    served = b"".join(answer.streaming_content)
    disposition = answer["Content-Disposition"]
    found = {f"{name} is {answer.get(name)}": answer.get(name) != value for name, value in HEADERS.items()} | {
        "not a download": not disposition.startswith("attachment; filename"),
        "more than a line in a header": any(char in disposition for char in "\r\n\0"),
        "not the type of its content": answer["Content-Type"] != stored.content_type,
        "no generated place": stored.path != content_path(stored.sha256),
    }
    if stored.content_type == "application/pdf":
        found["not byte for byte"] = served != content
        found["shown in the page"] = not files.response(stored, inline=True)["Content-Disposition"].startswith(
            "attachment"
        )
    else:
        found["its payload is served"] = bool(payload) and payload in served
        found["another format than it says"] = format_of(served) != stored.content_type
        found["metadata"] = metadata_of(served) != set()
    return [complaint for complaint, holds in found.items() if holds] + complaints_of_page(stored)


def complaints_of_page(stored: StoredFile) -> list[str]:
    """What is wrong with the picture of its first page: there is one, or a sentence."""
    try:
        answer = files.page_response(stored, 1)
    except NotAvailable as closed:
        return [] if "请下载后打开" in str(closed) else [str(closed)]
    data = b"".join(answer.streaming_content) if answer.streaming else answer.content
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return [] if answer["X-Content-Type-Options"] == "nosniff" else ["the page may be taken for something else"]


def format_of(picture: bytes) -> str:
    with Image.open(io.BytesIO(picture)) as shown:
        return Image.MIME[shown.format]


def metadata_of(picture: bytes) -> set[str]:
    """What a picture tells beside its pixels."""
    with Image.open(io.BytesIO(picture)) as shown:
        told: set[str] = {str(key) for key in shown.info} - {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "transparency",
            "dpi",
        }
        parts = {str(name) for name, _ in getattr(shown, "applist", [])} - {"APP0", "APP14"}
        return told | parts | ({"exif"} if dict(shown.getexif()) else set())
