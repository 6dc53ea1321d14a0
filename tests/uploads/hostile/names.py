"""Hostile names on honest files: what a server, a shell, a database, a page or Windows would make of them."""

import random
from collections.abc import Callable

from tests.uploads.hostile.kind import CANARY, KINDS, RUN, End, Hostile, kind
from tests.uploads.hostile.sources import document, jpeg

SHELL = RUN.decode()


def named(names: list[str], number: int, chance: random.Random, claimed: str = "image/jpeg") -> Hostile:
    content = jpeg(chance) if number % 3 else document(text=str(chance.random()))
    return Hostile(names[number % len(names)], content, End.INERT, claimed)


@kind
def wrong_extension(chance, number):
    extensions = ["pdf", "png", "gif", "docx", "txt", "html", "exe", "svg"]
    return named([f"毕业证书.{one}" for one in extensions], number, chance, "application/pdf")


@kind
def double_extension(chance, number):
    names = [
        "a.jpg.php", "a.php.jpg", "a.pdf.exe", "a.jpg.html", "a.asp;.jpg", "a.php .jpg", "a.phtml.jpeg", "a.jpg.php.",
        "a.php\u3000.jpg", "a.jsp/.jpg",
    ]  # fmt: skip
    return named(names, number, chance)


@kind
def reversed_extension(chance, number):
    names = ["gpj.php", "fdp.exe", "jpg.a", "gpj.a.bat", "exe.gpj", "pdf", "jpg", ".jpg.a"]
    return named(names, number, chance)


@kind
def upper_case(chance, number):
    return named(["A.JPG", "A.PhP", "A.pHp5", "A.PDF", "A.EXE", "A.HTM", "A.SVG", "A.JpEg.PHTML"], number, chance)


@kind
def zero_byte_in_name(chance, number):
    names = ["a.php\0.jpg", "\0a.jpg", "a.jpg\0", "a\0b\0.jpg", "a.php%00.jpg", "\0", "a.asp\x00\x00.pdf", "%00.jpg"]
    return named(names, number, chance)


@kind
def right_to_left_override(chance, number):
    marks = ["\u202e", "\u202d", "\u2066", "\u2067", "\u200f", "\u061c", "\u200b", "\ufeff"]
    return named([f"证书{mark}gpj.exe" for mark in marks], number, chance)


@kind
def over_long_name(chance, number):
    bodies = ["a" * 300, "证" * 5000, "a." * 400, "𠮷" * 1000, "é" * 900, " " * 600 + "a", "a\u0301" * 700, "." * 999]
    return named([body + ".jpg" for body in bodies], number, chance)


# Names that are sent as they are, one after the other.
NAMES: dict[str, list[str]] = {
    "path traversal": [
        "../../../../etc/passwd", "..\\..\\windows\\win.ini", "/etc/cron.d/x.jpg", "....//....//a.jpg",
        "%2e%2e%2fa.jpg", "file:///etc/passwd", "C:\\boot.ini", "\\\\host\\share\\a.jpg", "..", "a/../../b.pdf",
    ],
    "device name": ["CON.jpg", "nul", "COM1.pdf", "aux.jpg", "LPT9.jpeg", "PRN", "/dev/null", "con.txt.jpg", "CONIN$.jpg"],
    "database in name": [
        "a'; DROP TABLE portal_storedfile;--.jpg", "' OR 1=1 --.jpg", '" UNION SELECT 1.jpg', "a';--",
        "1);DELETE FROM auth.jpg", "sleep(10)-- -.jpg", "a\\';.jpg", "${1=1}.jpg",
    ],
    "page in name": [
        "<script>alert(1)</script>.jpg", "<img src=x onerror=alert(1)>.jpg", '"><svg onload=alert(1)>.jpg',
        "javascript:alert(1).jpg", "a&#60;b.jpg", "'onfocus='alert(1)' autofocus='.jpg", "{{7*7}}.jpg", "{%debug%}.jpg",
    ],
    "shell in name": [
        f"$({SHELL}).jpg", f"`{SHELL}`.jpg", f"; {SHELL}.jpg", f"| {SHELL} |.jpg", f"a\n{SHELL}\n.jpg", "--help.jpg",
        f"&& {SHELL}.jpg", f"a > {CANARY}",
    ],
    "header in name": [
        "a\r\nSet-Cookie: x=1.jpg", "a\nContent-Type: text/html.jpg", 'a"; filename="b.html', "a\r\n\r\n<html>.jpg",
        "a\x85b.jpg", "a\u2028b.jpg", "=?utf-8?B?YQ==?=.jpg", "a; filename*=utf-8''b.html",
    ],
    "hardly a name": [".", "..jpg", " ", ".jpg", "\t.jpg", "/", "\\", "。.jpg", "....", "\U0001f4a9"],
    "name of a setting": [".htaccess", "web.config", ".user.ini", "php.ini", "crossdomain.xml", ".env", "desktop.ini", "autorun.inf"],
}  # fmt: skip


def of(names: list[str]) -> Callable[[random.Random, int], Hostile]:
    return lambda chance, number: named(names, number, chance)


KINDS.update({title: of(names) for title, names in NAMES.items()})
