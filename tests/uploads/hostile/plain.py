"""What is no picture and no PDF, whatever it is called: refused as it comes."""

import gzip
import io
import tarfile
import zipfile

from portal.file_checks.antivirus import EICAR
from tests.uploads.hostile.kind import PHP, RUN, SCRIPT, End, Hostile, kind
from tests.uploads.hostile.sources import document, jpeg

CALLED = ("证书.jpg", "证书.pdf", "证书.jpeg", "a.jpg.php")
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "%s">]><x>&y;</x>'


def called(content: bytes, number: int, claimed: str = "image/jpeg") -> Hostile:
    return Hostile(CALLED[number % len(CALLED)], content, End.REFUSED, claimed)


def one_of(contents: list[bytes], number: int, claimed: str = "image/jpeg") -> Hostile:
    again, which = divmod(number, len(contents))
    return called(contents[which] + b" " * again, number, claimed)


@kind
def fake_type(chance, number):
    program = [
        b"MZ" + bytes(200), b"\x7fELF\2\1\1" + bytes(80), b"#!/bin/sh\n" + RUN + b"\n", PHP, b"\xca\xfe\xba\xbe" + bytes(60),
        b"<%@ page import='java.io.*' %>", b"@echo off\r\ncalc\r\n", b"{\\rtf1 {\\object}}",
    ]  # fmt: skip
    return one_of(program, number, ["image/jpeg", "application/pdf", "image/png"][number % 3])


@kind
def gif_and_script(chance, number):
    return called(b"GIF89a/*" + chance.randbytes(20) + b"*/=1;alert('payload')" + b";" * number, number)


@kind
def drawing_with_script(chance, number):
    drawings = [
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'>" + SCRIPT + b"</svg>",
        b"\xef\xbb\xbf<svg><foreignObject><iframe src='javascript:alert(1)'/></foreignObject></svg>",
        gzip.compress(b"<svg onload='alert(1)'/>", mtime=0),
    ]
    return one_of(drawings, number, "image/svg+xml")


@kind
def page(chance, number):
    pages = [
        b"<html>" + SCRIPT, b"<!DOCTYPE html><body onload=alert(1)>", "\ufeff<html>".encode("utf-16") + SCRIPT,
        b" \n<ScRiPt src=//x.example>", b"<!--\xff\xd8\xff-->" + SCRIPT, b"MIME-Version: 1.0\nContent-Type: text/html\n\n",
        b"<hta:application><script>1</script>", b"+ADw-script+AD4-alert(1)+ADw-/script+AD4-",
    ]  # fmt: skip
    return one_of(pages, number, "text/html")


@kind
def external_entity(chance, number):
    bomb = b"<!DOCTYPE x [<!ENTITY a0 'ha'>" + b"".join(
        b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    addresses = [
        b"file:///etc/passwd",
        b"http://127.0.0.1:6379/",
        b"php://filter/x",
        b"expect://id",
        b"jar:file:///a!/b",
    ]
    return one_of([*(ENTITY % one for one in addresses), bomb + b"]><x>&a9;</x>"], number, "application/xml")


@kind
def virus_alone(chance, number):
    return called(EICAR + b" " * number, number, "application/pdf")


@kind
def archive_that_slips(chance, number):
    place = ["../../etc/cron.d/x", "/etc/passwd", "..\\..\\x.exe", "a/../../../b", "C:/x.bat"][number % 5]
    return called(zipped({place: RUN}), number, "application/zip")


@kind
def archive_bomb(chance, number):
    inner = zipped({"zeros": bytes(4 << 20)})
    nested = zipped({f"{n}.zip": inner for n in range(16)})
    return one_of([nested, inner, gzip.compress(bytes(8 << 20), mtime=0)], number, "application/zip")


@kind
def archive_of_links(chance, number):
    link = zipfile.ZipInfo("证书.jpg", (2025, 3, 3, 0, 0, 0))
    link.create_system, link.external_attr = 3, 0o120777 << 16
    held, out = tarfile.TarInfo("证书.jpg"), io.BytesIO()
    held.type, held.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(fileobj=out, mode="w") as tape:
        tape.addfile(held)
    return one_of([zipped({link: b"/etc/passwd"}), out.getvalue()], number)


@kind
def archive_with_a_document(chance, number):
    inside = document(text=str(number)) if number % 2 else jpeg(chance)
    stored = zipfile.ZIP_STORED  # so that the inner file's first bytes stand there in plain
    return called(zipped({"证书.pdf": inside}, stored), number, "application/pdf")


@kind
def office_file(chance, number):
    parts = {"[Content_Types].xml": ENTITY % b"file:///etc/passwd", "word/vbaProject.bin": RUN}
    sheet = {"xl/workbook.xml": b"<workbook/>", "xl/externalLinks/externalLink1.xml": b"<x/>"}
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    return one_of([zipped(parts), zipped(sheet), old], number, "application/msword")


@kind
def formula_of_a_sheet(chance, number):
    cells = [
        b"=cmd|'/c calc'!A0",
        b"+1+cmd|'/c calc'!A0",
        b"@SUM(1)",
        b"-2+3",
        b'=HYPERLINK("http://x.example")',
        b"\t=1",
    ]
    return one_of([cell + b"\n" for cell in cells], number, "text/csv")


@kind
def setting(chance, number):
    settings = [
        b"AddType application/x-httpd-php .jpg\n", b"<configuration><system.webServer/></configuration>",
        b"auto_prepend_file=a.jpg\n", b"DATABASE_URL=x\n", b"<cross-domain-policy/>", b"[autorun]\nopen=a.exe\n",
        b"[InternetShortcut]\nURL=file://x.example/a\n", b"L\0\0\0\1\x14\2\0" + bytes(90),
    ]  # fmt: skip
    return one_of(settings, number, "text/plain")


@kind
def other_picture(chance, number):
    heads = [
        b"II*\0" + bytes(60), b"RIFF\x24\0\0\0WEBPVP8 " + bytes(30), b"BM" + bytes(60), b"\0\0\1\0" + bytes(60),
        b"\0\0\0\x18ftypheic" + bytes(60), b"8BPS\0\1" + bytes(60), b"%!PS-Adobe-3.0\n(%pipe%id) (r) file\n",
        b"push graphic-context\nfill 'url(https://x.example/|" + RUN + b")'\n",
    ]  # fmt: skip
    return one_of(heads, number)


@kind
def no_bytes_or_few(chance, number):
    return called([b"", b"\xff", b"\xff\xd8", b"%PDF", b"\0", b"\n", b"%", b"\x89PNG"][number % 8], number)


@kind
def something_before_the_document(chance, number):
    before = [SCRIPT, b"<html>", b"MZ", b"PK\3\4", b"\0", b"GIF89a", b"#!/bin/sh\n" + RUN + b"\n", b"\r\n\r\n "]
    return called(before[number % len(before)] + document(text=str(number)), number, "application/pdf")


def zipped(parts: dict[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            place = name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name, (2025, 3, 3, 0, 0, 0))
            archive.writestr(place, data, method)
    return out.getvalue()
