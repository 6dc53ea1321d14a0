"""What a file is by its content, what it may be called, and how many pixels a picture has. Pure; reads headers only."""

import re
import unicodedata
from typing import IO

import filetype

EXTENSIONS = {"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}
LABELS = {"image/jpeg": "JPG", "image/png": "PNG", "application/pdf": "PDF"}
HEAD = 8192
LONGEST_NAME = 100
# File systems take 255, and whoever downloads a file may have another of that name.
LONGEST_NAME_BYTES = 240
PNG_START = b"\x89PNG\r\n\x1a\n"
# Start-of-frame markers of JPEG: all of C0–CF but the tables C4, C8 and CC.
EXTENSION = re.compile(r"(\.[A-Za-z0-9]{1,8})\s*$")
# Windows takes such a file for the device of that name, whatever stands behind the dot.
DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com\d|lpt\d)\s*(\.|$)", re.IGNORECASE)
FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def sniff(content: IO[bytes]) -> str:
    """The media type by content; empty when it is none that is known."""
    content.seek(0)
    head = content.read(HEAD)
    return filetype.guess_mime(head) or ""


def clean_name(name: str, content_type: str) -> str:
    """A name for showing and downloading: no path, device, control or direction characters; the content's extension."""
    base = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    base = "".join(char for char in base if unicodedata.category(char)[0] != "C")
    stem = base.strip()
    while stem != (bare := EXTENSION.sub("", stem).strip(". \u3000")):
        stem = bare
    stem = re.sub(r'[<>:"|?*;%&]', "_", stem)
    stem = f"_{stem}" if DEVICE.match(stem) else stem
    stem = stem[:LONGEST_NAME].encode()[:LONGEST_NAME_BYTES].decode(errors="ignore")
    return (stem or "file") + EXTENSIONS.get(content_type, ".bin")


def dimensions(content: IO[bytes]) -> tuple[int, int] | None:
    """Width and height that the header of a PNG or JPEG announces; None when there is no such header."""
    content.seek(0)
    start = content.read(26)
    if start.startswith(PNG_START) and start[12:16] == b"IHDR":
        return int.from_bytes(start[16:20], "big"), int.from_bytes(start[20:24], "big")
    if start.startswith(b"\xff\xd8"):
        return _jpeg_dimensions(content)
    return None


def _jpeg_dimensions(content: IO[bytes]) -> tuple[int, int] | None:
    content.seek(2)
    while (marker := content.read(2)) and len(marker) == 2 and marker[0] == 0xFF:
        if marker[1] == 0xFF:
            content.seek(-1, 1)
            continue
        length = int.from_bytes(content.read(2), "big")
        if marker[1] in FRAMES:
            frame = content.read(5)
            return (int.from_bytes(frame[3:5], "big"), int.from_bytes(frame[1:3], "big")) if len(frame) == 5 else None
        if length < 2:
            return None
        content.seek(length - 2, 1)
    return None
