"""Photographs as phones take them, and scans as scanners and copy shops make them."""

import io
import random
from typing import Any

from PIL import Image, ImageCms, ImageDraw

from tests.uploads.honest.kind import kind
from tests.uploads.hostile.sources import jpeg as small_jpeg
from tests.uploads.hostile.sources import with_segment

LIMIT = 2 << 20
A4 = 1654, 2339  # at 200 dots an inch
CAMERAS = [
    (4000, 3000),
    (4032, 3024),
    (3264, 2448),
    (2592, 1944),
    (1920, 1080),
    (4624, 2604),
    (1280, 960),
    (4160, 1968),
]


def scene(chance: random.Random, size: tuple[int, int]) -> Image.Image:
    """Something photographed: soft patches of colour, with a bright paper in the middle and lines on it."""
    rough = Image.frombytes("RGB", (12, 9), chance.randbytes(12 * 9 * 3))
    picture = rough.resize(size, Image.Resampling.BICUBIC)
    width, height = size
    paper(ImageDraw.Draw(picture), chance, (width // 6, height // 8, width * 5 // 6, height * 7 // 8))
    return picture


def scan(chance: random.Random, size: tuple[int, int] = A4, mode: str = "RGB") -> Image.Image:
    """A page on the glass of a scanner: lines of text and a red stamp."""
    picture = Image.new("RGB", size, (252, 251, 248))
    paper(ImageDraw.Draw(picture), chance, (0, 0, *size))
    return picture.convert(mode)


def paper(draw: ImageDraw.ImageDraw, chance: random.Random, box: tuple[int, int, int, int]) -> None:
    left, top, right, bottom = box
    draw.rectangle(box, fill=(250, 249, 245))
    step = max((bottom - top) // 40, 2)
    for y in range(top + step, bottom - step, step):
        end = left + (right - left) * chance.randrange(40, 95) // 100
        draw.line((left + step, y, end, y), fill=(30, 30, 30), width=max(step // 3, 1))
    side = (right - left) // 5
    draw.ellipse(
        (right - 2 * side, bottom - 2 * side, right - side, bottom - side), outline=(200, 20, 20), width=step // 3 + 1
    )


def packed(picture: Image.Image, quality: int = 85, **options: Any) -> bytes:
    """As a JPEG within the limit, coarser where it has to be: what a phone's own 'make smaller' does."""
    while True:
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, **options)
        if out.tell() <= LIMIT:
            return out.getvalue()
        quality -= 10


def notes(number: int, **more: Any) -> Image.Exif:
    """What a phone notes: maker, time, place and how it was held."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "PHONE", f"Model {number}", "2025:03:03 10:00:00"
    exif[0x0112] = 1 + number % 8
    exif[0x8769] = {0x9003: "2025:03:03 10:00:00", 0x829A: 0.01, 0x927C: bytes(range(64))}
    exif[0x8825] = {1: "N", 2: (39.0, 7.0, 2.5), 3: "E", 4: (117.0, 12.0, 3.5)}
    return exif


@kind
def photograph(chance, number):
    return packed(scene(chance, CAMERAS[number % 8]), [75, 85, 92, 97][number % 4], exif=notes(number))


@kind
def photograph_held_upright(chance, number):
    return packed(scene(chance, CAMERAS[number % 3]), exif=notes(5 if number % 2 else 7))


@kind
def photograph_with_a_preview_behind(chance, number):
    out = io.BytesIO()
    picture = scene(chance, CAMERAS[4 + number % 4])
    more = [picture.resize((320, 240)) for _ in range(1 + number % 2)]
    picture.save(out, "MPO", save_all=True, append_images=more, exif=notes(number), quality=80)
    return out.getvalue()


@kind
def photograph_with_a_thumbnail(chance, number):
    body = b"Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\x1a\0\2\x02\1\0\4\0\0\0\1\0\0\0\x38\x02\2\0\4\0\0\0\1"
    small = small_jpeg(chance, 32)
    body += len(small).to_bytes(4, "big") + bytes(4) + small
    return with_segment(packed(scene(chance, (1600, 1200))), 0xE1, body)


@kind
def photograph_with_a_maker_s_trailer(chance, number):
    """Some makers put their own data behind the picture's end."""
    return packed(scene(chance, (2000, 1500)), exif=notes(number)) + b"SEFH" + chance.randbytes(200 + number) + b"SEFT"


@kind
def photograph_with_a_colour_profile(chance, number):
    name = ["sRGB", "XYZ"][number % 2]
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()
    return packed(scene(chance, (1800, 1350)), icc_profile=profile, exif=notes(number))


@kind
def photograph_as_a_messenger_sends_it(chance, number):
    """Progressive, small, and bare of every note."""
    return packed(
        scene(chance, [(1080, 1440), (1440, 1080), (800, 600)][number % 3]), 60, progressive=True, optimize=True
    )


@kind
def scan_in_colour(chance, number):
    dots = [100, 150, 200, 300][number % 4]
    return packed(scan(chance, (827 * dots // 100, 1169 * dots // 100)), 80, dpi=(dots, dots))


@kind
def scan_in_grey(chance, number):
    return packed(scan(chance, mode="L"), 70 + number % 25)


@kind
def scan_in_printers_colours(chance, number):
    return packed(scan(chance, (1200, 1697), "CMYK"), 80, progressive=bool(number % 2))


@kind
def scan_that_is_finely_coloured(chance, number):
    return packed(scan(chance), 90, subsampling=number % 3)


@kind
def scan_with_restart_marks(chance, number):
    return packed(scan(chance), 80, restart_marker_rows=1 + number % 4)


@kind
def scan_of_a_large_sheet(chance, number):
    return packed(scan(chance, [(3508, 4961), (4961, 3508), (5000, 7000), (6300, 6300)][number % 4]), 50)


@kind
def picture_of_the_screen(chance, number):
    return packed(scan(chance, [(1080, 2400), (1170, 2532), (2560, 1440), (1080, 9000)][number % 4]), 95, subsampling=0)


@kind
def small_picture(chance, number):
    return packed(scan(chance, (60 + 40 * number, 80 + 30 * number)), 90)


@kind
def picture_close_to_the_limit(chance, number):
    """Not a byte more would be taken."""
    data = packed(scene(chance, (2400, 1800)), 95)
    return data + bytes(LIMIT - number - len(data))
