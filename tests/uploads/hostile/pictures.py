"""Hostile pictures: what they carry beside the picture, what they pretend to be, and what they cost."""

import io
import zlib
from functools import cache

from PIL import Image

from portal.file_checks.antivirus import EICAR
from tests.uploads.hostile.kind import PHP, SCRIPT, End, Hostile, kind
from tests.uploads.hostile.plain import zipped
from tests.uploads.hostile.sources import chunk, document, jpeg, png, segment, with_segment

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_END = chunk(b"IEND", b"")
GPS, MAKER, DESCRIPTION, ORIENTATION = 0x8825, 0x927C, 0x010E, 0x0112
MIB = 1 << 20
LONGEST_SEGMENT = 65533


def refused(content: bytes) -> Hostile:
    return Hostile("扫描件.jpg", content, End.REFUSED)


def inert(content: bytes, payload: bytes) -> Hostile:
    return Hostile("照片.jpg", content, End.INERT, payload=payload)


def header(width: int, height: int, depth: int = 8, colour: int = 2) -> bytes:
    return chunk(b"IHDR", width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([depth, colour, 0, 0, 0]))


@kind
def first_bytes_of_a_picture(chance, number):
    starts = [b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1\0\x10Exif\0\0", PNG_START, b"\xff\xd8\xff\xdb"]
    return refused(starts[number % 4] + [PHP, SCRIPT, bytes(100), chance.randbytes(900)][number // 4 % 4])


@kind
def program_behind_a_picture(chance, number):
    behind = [PHP, SCRIPT, b"<% eval request(1) %>", b"MZ" + bytes(90), b"=cmd|'/c calc'!A0"][number % 5]
    return inert((jpeg(chance) if number % 2 else png(chance)) + behind, behind)


@kind
def program_in_a_comment(chance, number):
    marker = [0xFE, 0xE2, 0xED, 0xEC, 0xEF][number % 5]  # comment, profile, Photoshop, Ducky, the last of them
    return inert(with_segment(jpeg(chance), marker, PHP + SCRIPT), PHP)


@kind
def picture_and_script(chance, number):
    """A JPEG whose first segment is so long that its length begins a comment of JavaScript."""
    body = b"*/=alert('payload');/*".ljust(0x2F2A - 2, b"\0")
    return inert(with_segment(jpeg(chance), 0xFE, body), b"alert('payload')")


@kind
def picture_and_archive(chance, number):
    return inert(jpeg(chance) + zipped({"../x.php": PHP}, 0), PHP)


@kind
def picture_and_document(chance, number):
    return inert(with_segment(jpeg(chance), 0xFE, document(text="payload")[:LONGEST_SEGMENT]), b"%PDF")


@kind
def script_in_exif(chance, number):
    exif = Image.Exif()
    for tag in (DESCRIPTION, 0x010F, 0x0110, 0x0131, 0x013B, 0x8298):
        exif[tag] = (PHP + SCRIPT).decode()
    exif[ORIENTATION] = 1 + number % 8
    return inert(jpeg(chance, exif=exif), b"system(")


@kind
def place_in_exif(chance, number):
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (39.0, 7.0, float(number)), 3: "E", 4: (117.0, 12.0, 3.0), 29: "2025:03:03"}
    exif[0x8769] = {MAKER: b"serial 4711", 0x9003: "2025:03:03 10:00:00"}
    return inert(jpeg(chance, exif=exif), b"2025:03:03")


@kind
def place_in_further_metadata(chance, number):
    said = b"<exif:GPSLatitude>39,7.2N</exif:GPSLatitude>"
    whole = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + said + b"</x:xmpmeta>"
    if number % 2:
        data = png(chance)
        return inert(data[:33] + chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + whole) + data[33:], said)
    return inert(with_segment(jpeg(chance), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + whole), said)


@kind
def uncut_thumbnail_in_exif(chance, number):
    small = jpeg(chance, 16)
    return inert(with_segment(jpeg(chance), 0xE1, b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\x0e" + small), small[-40:])


@kind
def bent_exif(chance, number):
    bodies = [
        b"MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\x08",  # its next directory is itself
        b"II*\0\xff\xff\xff\x7f",
        b"MM\0*\0\0\0\x08\xff\xff" + bytes(200),
        b"MM\0*\0\0\0\x08\0\1\x01\x12\0\4\xff\xff\xff\xff\0\0\0\0",
        b"MM\0*\0\0\0\x08\0\1\x01\x12\0\2\0\0\0\4abc\0",
        b"MM\0*\0\0\0\x08\0\2\x01\x12\0\5\0\0\0\1\xff\xff\xff\xf0",
        b"MM\0*",
        b"II+\0\x08\0\0\0" + bytes(30),
    ]
    return Hostile("照片.jpg", with_segment(jpeg(chance), 0xE1, b"Exif\0\0" + bodies[number % 8]), End.INERT)


@kind
def truncated_picture(chance, number):
    whole = jpeg(chance, 200) if number % 4 else png(chance, 200)
    return refused(whole[: len(whole) * (1 + number % 7) // 10])


@kind
def picture_that_lies_about_its_size(chance, number):
    data = bytearray(jpeg(chance))
    frame = data.index(b"\xff\xc0") + 5
    sides = [(65500, 65500), (40000, 2), (5000, 7000), (0, 0), (65535, 1), (1, 65535), (6300, 6300), (0, 96)][
        number % 8
    ]
    data[frame : frame + 4] = sides[0].to_bytes(2, "big") + sides[1].to_bytes(2, "big")
    # One that is only too short is kept with grey where nothing came, as every viewer shows it.
    is_refused = sides[0] * sides[1] > 40_000_000 or not all(sides) or 65535 in sides
    return Hostile("扫描件.jpg", bytes(data), End.REFUSED if is_refused else End.EITHER)


@kind
def two_sizes_in_a_picture(chance, number):
    """A small frame for whoever reads the header alone, and a vast one for the decoder."""
    vast = segment(0xC0, b"\x08\xea\x60\xea\x60\x03\x01\x22\0\x02\x11\1\x03\x11\1")
    data = jpeg(chance)
    place = data.index(b"\xff\xda") if number % 2 else data.index(b"\xff\xc0")
    small = segment(0xC0, b"\x08\0\x10\0\x10\x03\x01\x22\0\x02\x11\1\x03\x11\1")
    return refused(data[:place] + small * (number % 3) + vast + data[place:])


@kind
def png_bomb(chance, number):
    width, height, depth, colour = [
        (13_000, 13_000, 8, 2), (50_000, 50_000, 1, 0), (0xFFFFFFFF, 0xFFFFFFFF, 8, 2), (0x7FFFFFFF, 1, 16, 6),
        (40_000_001, 1, 8, 0), (6_325, 6_325, 16, 6), (1, 40_000_001, 1, 3), (0, 0, 8, 2),
    ][number % 8]  # fmt: skip
    return refused(PNG_START + header(width, height, depth, colour) + chunk(b"IDAT", zeros(1 << 20)) + PNG_END)


@kind
def dear_png_within_the_limit(chance, number):
    """40 million pixels of 8 bytes: more than the child may hold."""
    side = 6_300 - 10 * (number % 2)
    data = zeros((side * 8 + 1) * side) + bytes(number)
    return Hostile("扫描件.png", PNG_START + header(side, side, 16, 6) + chunk(b"IDAT", data) + PNG_END, End.EITHER)


@kind
def words_that_unfold_in_a_png(chance, number):
    name = [b"zTXt", b"iCCP", b"iTXt"][number % 3]
    lead = b"a\0\1\0\0\0" if name == b"iTXt" else b"a\0\0"
    data = png(chance)
    words = chunk(name, lead + zeros(200 * MIB))
    return Hostile("截图.png", data[:33] + words * (1 + number % 4) + data[33:], End.EITHER)


@kind
def animated_png(chance, number):
    data = png(chance)
    control = chunk(b"acTL", (1_000_000).to_bytes(4, "big") + bytes(4))
    frame = chunk(b"fcTL", bytes(4) + (32).to_bytes(4, "big") * 2 + bytes(14))
    return Hostile("截图.png", data[:33] + control + frame + data[33:], End.EITHER, payload=b"acTL")


@kind
def many_scans(chance, number):
    """A progressive JPEG whose last scan comes again and again: cheap to send, each one a walk over the picture."""
    whole = progressive(2400 + 100 * number)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    return Hostile("扫描件.jpg", whole[:-2] + last * (MIB // len(last)) + whole[-2:], End.EITHER)


@kind
def several_pictures_in_one(chance, number):
    out = io.BytesIO()
    first, hidden = (Image.open(io.BytesIO(jpeg(chance))) for _ in range(2))
    exif = Image.Exif()
    exif[DESCRIPTION] = "hidden payload"
    first.save(out, "MPO", save_all=True, append_images=[hidden] * (1 + number), exif=exif)
    return inert(out.getvalue(), b"hidden payload")


@kind
def virus_in_a_picture(chance, number):
    data = jpeg(chance)
    return refused([data + EICAR, with_segment(data, 0xFE, EICAR), png(chance) + EICAR][number % 3])


@kind
def picture_of_another_make(chance, number):
    """What begins like a JPEG and then is none that a browser shows: lossless, arithmetic, twelve bits, no tables."""
    data = bytearray(jpeg(chance))
    frame = data.index(b"\xff\xc0")
    data[frame + 1] = [0xC3, 0xC9, 0xCB, 0xC7, 0xCA, 0xC1, 0xC0, 0xC0][number % 8]
    data[frame + 4] = [8, 8, 8, 8, 8, 12, 12, 16][number % 8]
    return Hostile("扫描件.jpg", bytes(data), End.REFUSED if number % 8 > 4 else End.EITHER)


@cache
def zeros(size: int) -> bytes:
    """As many zeros, packed; made piece by piece."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(min(MIB, size - at))) for at in range(0, size, MIB)) + packer.flush()


@cache
def progressive(side: int) -> bytes:
    out = io.BytesIO()
    Image.new("L", (side, side), 200).save(out, "JPEG", progressive=True)
    return out.getvalue()
