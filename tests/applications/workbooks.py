"""Workbooks made for the tests: the template filled in, honest ones, and hostile ones. None is stored."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from openpyxl import Workbook, load_workbook

from applications.importing import template
from applications.importing.sheets import SHEETS, heading

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = {sheet.part.kind: {field.name: place for place, field in enumerate(sheet.columns, 2)} for sheet in SHEETS}
TITLES = {sheet.part.kind: sheet.title for sheet in SHEETS}


def filled(rows: Mapping[str, Sequence[Mapping[str, object]]], change: Callable | None = None) -> bytes:
    """The template with rows from line 4 on: kind → rows of values by the name of the question."""
    book = load_workbook(io.BytesIO(template.template()))
    for kind, lines in rows.items():
        for number, values in enumerate(lines, start=4):
            for name, value in values.items():
                book[TITLES[kind]].cell(number, COLUMNS[kind][name]).value = value
    if change:
        change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def bare(kind: str, rows: Sequence[Mapping[str, object]]) -> bytes:
    """One sheet that somebody made without the template, with its headings alone."""
    book = Workbook()
    page, sheet = book.active, next(sheet for sheet in SHEETS if sheet.part.kind == kind)
    page.title = sheet.title
    page.append([heading(field) for field in sheet.columns])
    for row in rows:
        page.append([row.get(field.name) for field in sheet.columns])
    return saved(book)


def with_parts(data: bytes, parts: Mapping[str, bytes], *, drop: str = "", packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The workbook with parts put in or put in place of its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(out, "w", packed) as after:
        for name in before.namelist():
            if name not in parts and name != drop:
                after.writestr(name, before.read(name))
        for name, content in parts.items():
            after.writestr(name, content)
    return out.getvalue()


@cache
def honest() -> bytes:
    return filled({"assessment": [{"year": 2023, "result": "合格（称职）"}]})


def sheet_xml(rows: str, head: str = "<?xml version='1.0' encoding='UTF-8'?>") -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'{head}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


LAUGHS = (
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'ha'>"
    + "".join(f"<!ENTITY {after} '{f'&{before};' * 10}'>" for before, after in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)
ENTITY = "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY i 'ha'>]>"
CELL = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>x</t></is></c></row>'
FIRST = "xl/worksheets/sheet1.xml"
WITH_ENTITY = sheet_xml(CELL.format(n=1).replace("x<", "&i;<"), ENTITY)


def without(name: str) -> bytes:
    return with_parts(honest(), {}, drop=name)


def holding(parts: Mapping[str, bytes]) -> bytes:
    return with_parts(honest(), parts)


def turned() -> bytes:
    return honest()[:2000] + b"\xff" * 400 + honest()[2400:]


def in_utf16() -> bytes:
    return sheet_xml("", LAUGHS).decode().replace("'1.0'", "'1.0' encoding='UTF-16'").encode("utf-16")


def far_below() -> dict[str, bytes]:
    return {f"xl/worksheets/sheet{number}.xml": sheet_xml(CELL.format(n=9_000_000)) for number in range(1, 20)}


def under_another_name(sheet: bytes, name: str) -> bytes:
    """The workbook whose first sheet is a part of that name."""
    with zipfile.ZipFile(io.BytesIO(honest())) as whole:
        lists = {one: whole.read(one) for one in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels")}
    renamed = {one: text.replace(b"sheet1.xml", name.encode()) for one, text in lists.items()}
    return with_parts(honest(), renamed | {f"xl/worksheets/{name}": sheet}, drop=FIRST)


# What must be refused: how it is made, and a word of the sentence.
HOSTILE: dict[str, Callable[[], tuple[bytes, str]]] = {
    "no workbook": lambda: (b"%PDF-1.7 nothing", "不是 .xlsx"),
    "empty": lambda: (b"", "不是 .xlsx"),
    "csv": lambda: ("年度,结果\n2023,合格".encode(), "不是 .xlsx"),
    "another zip": lambda: (without("xl/workbook.xml"), "不是 .xlsx"),
    "old xls": lambda: (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 4096, "旧版"),
    "cut off": lambda: (honest()[: len(honest()) // 2], "已损坏"),
    "bytes turned": lambda: (turned(), "已损坏"),
    "zip bomb": lambda: (holding({"xl/media/x.xml": b"\0" * (30 << 20)}), "过大"),
    "bomb in many parts": lambda: (holding({f"xl/x{n}.xml": b" " * (1 << 20) for n in range(40)}), "过大"),
    "very many parts": lambda: (holding({f"xl/x{n}.xml": b"<x/>" for n in range(400)}), "过大"),
    "macros": lambda: (holding({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"}), "宏"),
    "excel 4 macros": lambda: (holding({"xl/macrosheets/sheet1.xml": b"<x/>"}), "宏"),
    "activex": lambda: (holding({"xl/activeX/activeX1.xml": b"<x/>"}), "宏"),
    "external link": lambda: (holding({"xl/externalLinks/externalLink1.xml": b"<x/>"}), "别的工作簿"),
    "data connection": lambda: (holding({"xl/connections.xml": b"<x/>"}), "数据连接"),
    "embedded file": lambda: (holding({"xl/embeddings/Microsoft_Word.docx": b"PK"}), "嵌有"),
    "entities": lambda: (holding({FIRST: sheet_xml(CELL.format(n=1).replace("x<", "&i;<"), LAUGHS)}), "会自行运行"),
    "entities in utf-16": lambda: (holding({FIRST: in_utf16()}), "会自行运行"),
    "entities in a part of another name": lambda: (under_another_name(WITH_ENTITY, "sheet1.dat"), "会自行运行"),
    "entities in a part in capitals": lambda: (under_another_name(WITH_ENTITY, "sheet1.XML"), "会自行运行"),
    "too many rows": lambda: (bare("assessment", [{"year": 2000, "unit": f"单位{n}"} for n in range(600)]), "500 行"),
    "rows without end": lambda: (holding(far_below()), "过大"),
    "not the template": lambda: (saved(Workbook()), "没有模板的工作表"),
    "nothing filled in": lambda: (template.template(), "没有填写"),
    "deep nesting": lambda: (holding({FIRST: sheet_xml("<row>" * 200_000)}), "已损坏"),
}
