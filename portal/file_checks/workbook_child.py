"""The child that reads one .xlsx under limits: `python -I workbook_child.py FILE` prints one JSON object.

{"sheets": [{"name": …, "rows": [[number, [cell, …]], …]}]}, or {"refusal": code}. A cell is its text, "" where there is
none, or {"refusal": code} where it is a formula, an error, or a number whose last digits the program has lost. Nothing
is evaluated, not even the answers that formulas left behind. Imports nothing of the portal.
"""

import datetime as dt
import json
import os
import re
import sys
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

os.environ["OPENPYXL_LXML"] = "False"  # one parser, whatever else is installed
import openpyxl
import openpyxl.reader.excel  # read before the limits come down

sys.path.insert(0, str(Path(__file__).parent))
import limits  # type: ignore[import-not-found]

ZIP, COMPOUND = b"PK\x03\x04", bytes.fromhex("D0CF11E0A1B11AE1")
NEEDED = {"[Content_Types].xml", "xl/workbook.xml"}
MOST_PARTS, LARGEST_WHOLE = 300, 24 << 20
# The template's own rows are among them.
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 40, 600, 60
# A row may say that it is the millionth: openpyxl makes up all those before it.
LAST_ROW = 20_000
LONGEST_CELL, LARGEST_TEXT = 5000, 1_000_000
# Beyond 15 digits a number cell does not hold what was typed.
LARGEST_EXACT = 10**15
ACTIVE = re.compile(r"vbaproject|/activex/|/macrosheets/|/ctrlprops/|\.bin$|/customui", re.IGNORECASE)
EMBEDDED = re.compile(r"/embeddings/|oleobject|/querytables/|/connections\.xml|/model/", re.IGNORECASE)
PRINTER = re.compile(r"^xl/printerSettings/[^/]+\.bin$", re.IGNORECASE)
PICTURE = re.compile(
    r"^xl/(media/[^/]+\.(png|jpe?g|gif|bmp|tiff?|emf|wmf|svg)|printersettings/[^/]+\.bin)$", re.IGNORECASE
)
DECLARED = re.compile(rb"""^<\?xml[^>]*encoding=["']([^"']+)["']""")
Cell = str | dict[str, str]


class RefusedError(Exception):
    """The file is not read; the argument is the code of why."""


def read(path: str) -> dict[str, object]:
    try:
        _look_at_parts(path)
        with Path(path).open("rb") as file:
            book = openpyxl.load_workbook(file, read_only=True, data_only=False, keep_links=False)
            if len(book.worksheets) > MOST_SHEETS:
                return {"refusal": "too_large"}
            return {"sheets": [{"name": name, "rows": rows} for name, rows in _sheets(book)]}
    except RefusedError as refused:
        return {"refusal": str(refused)}
    except (MemoryError, RecursionError):
        return {"refusal": "too_heavy"}
    except (zipfile.BadZipFile, zlib.error, SyntaxError, EOFError, OSError, LookupError, ValueError, TypeError):
        return {"refusal": "broken"}
    except (AttributeError, ArithmeticError, NotImplementedError):
        # openpyxl answers a workbook that is none with any of these too.
        return {"refusal": "broken"}


def _look_at_parts(path: str) -> None:
    """Refuses by what the archive says of itself, before anything of it is unpacked, then every text by its head."""
    with Path(path).open("rb") as file:
        head = file.read(8)
    if head == COMPOUND:
        raise RefusedError("old_or_encrypted")
    if not head.startswith(ZIP):
        raise RefusedError("not_xlsx")
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
            raise RefusedError("too_heavy")
        names = [part.filename for part in parts]
        if not set(names) >= NEEDED:
            raise RefusedError("not_xlsx")
        if len(set(names)) != len(names) or any(part.flag_bits & 1 for part in parts):
            raise RefusedError("broken")
        _refuse_by_name(names)
        # A sheet may have any name: what is not looked at is what no part of a workbook can be.
        for part in parts:
            if not PICTURE.search(part.filename):
                _look_at_text(archive.read(part))


def _refuse_by_name(names: list[str]) -> None:
    if any(ACTIVE.search(name) and not PRINTER.search(name) for name in names):
        raise RefusedError("active")
    if any("externallinks/" in name.lower() for name in names):
        raise RefusedError("external")
    if any(EMBEDDED.search(name) for name in names):
        raise RefusedError("embedded")


def _look_at_text(text: bytes) -> None:
    """No entities (a few bytes of them become gigabytes), and no encoding in which they could hide."""
    declared = DECLARED.match(text.removeprefix(b"\xef\xbb\xbf"))
    encoding = declared[1].lower() if declared else b"utf-8"
    if encoding not in {b"utf-8", b"us-ascii"} or b"\0" in text[:200] or b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise RefusedError("active")
    if b"macroEnabled" in text:
        raise RefusedError("active")


def _sheets(book: openpyxl.Workbook) -> Iterator[tuple[str, list[tuple[int, list[Cell]]]]]:
    rows_left, text_left = MOST_ROWS, LARGEST_TEXT
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # what the file says of its own size may be wrong
        rows = []
        for number, row in enumerate(sheet.iter_rows(), start=1):
            if number > LAST_ROW:
                raise RefusedError("too_heavy")
            cells = [_cell(cell) for cell in row[:MOST_COLUMNS]]
            if not any(cells):
                continue
            rows_left -= 1
            text_left -= sum(len(cell) for cell in cells)
            if rows_left < 0 or text_left < 0:
                raise RefusedError("too_large")
            rows.append((number, cells))
        yield sheet.title, rows


def _cell(cell: object) -> Cell:
    value, type_ = getattr(cell, "value", None), getattr(cell, "data_type", "n")
    if value is None:
        return ""
    if type_ in {"f", "e"}:
        return {"refusal": "formula" if type_ == "f" else "error"}
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float):
        return {"refusal": "inexact"} if abs(value) >= LARGEST_EXACT else f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    return str(value).strip()[:LONGEST_CELL]


if __name__ == "__main__":
    limits.impose()
    print(json.dumps(read(sys.argv[1])))  # noqa: T201  the answer to the parent
