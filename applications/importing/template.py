"""The workbook that people fill in, and the one with the rows that were not taken, each with what is wrong.

Its library is heavy: pages load this module when somebody asks for a file.
"""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from applications.importing.sheets import (
    EXAMPLE,
    HELP,
    MARK,
    MESSAGE,
    SHEETS,
    Sheet,
    UnsoundRow,
    explanation,
    heading,
    options,
)
from applications.sections import Field, Input

CHOICES = "选项"
FIRST_OF_THEIRS, LAST_OF_THEIRS, FORMATTED = 4, 503, 60
HEAD, BOLD, GREY = PatternFill("solid", fgColor="DCE6F1"), Font(bold=True), Font(color="595959", italic=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
WIDE, NARROW = 28, 16
# What the file of a spreadsheet cannot hold.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
TEXT = "@"
FORMATS = {Input.DAY: "yyyy-mm-dd", Input.WHOLE: "0", Input.NUMBER: "General"}


@cache
def template() -> bytes:
    """The empty template, the same for everybody."""
    return _bytes(_book({sheet.part.kind: () for sheet in SHEETS}))


def unsound(rows: Mapping[str, Sequence[UnsoundRow]]) -> bytes:
    """The rows that were not taken, by kind, with what is wrong in the last column."""
    return _bytes(_book(rows))


def _book(rows: Mapping[str, Sequence[UnsoundRow]]) -> Workbook:
    book = Workbook()
    _explain(book.active)
    lists = book.create_sheet(CHOICES)
    lists.sheet_state = "hidden"
    for sheet in SHEETS:
        if sheet.part.kind in rows:
            _fill(book, lists, sheet, rows[sheet.part.kind])
    book.move_sheet(lists, len(book.worksheets))
    return book


def _explain(sheet: Any) -> None:
    sheet.title = _("填写说明")
    sheet.column_dimensions["A"].width = 90
    _write(sheet, 1, [_("业绩档案导入模板")], font=BOLD)
    for number, line in enumerate(explanation(), start=2):
        _write(sheet, number, [line])


def _fill(book: Workbook, lists: Any, sheet: Sheet, rows: Sequence[UnsoundRow]) -> None:
    page = book.create_sheet(sheet.title)
    page.freeze_panes = "B2"
    headings = [str(MARK), *map(heading, sheet.columns), *([str(MESSAGE)] if rows else [])]
    _write(page, 1, headings, fill=HEAD, font=BOLD)
    _write(page, 2, [str(HELP), *map(_help, sheet.columns)], font=GREY)
    _write(page, 3, [str(EXAMPLE), *map(example, sheet.columns)], font=GREY)
    page.column_dimensions["A"].width = NARROW
    for place, field in enumerate(sheet.columns, start=2):
        _prepare(page, lists, field, place, FIRST_OF_THEIRS + FORMATTED + len(rows))
    for number, (cells, message) in enumerate(rows, start=FIRST_OF_THEIRS):
        _write(page, number, ["", *cells, message])
    page.column_dimensions[get_column_letter(len(headings))].width = WIDE


def _write(page: Any, number: int, texts: Iterable[str], **style: Any) -> None:
    for place, text in enumerate(texts, start=1):
        cell = page.cell(number, place)
        put(cell, text)
        cell.alignment = WRAPPED
        for name, value in style.items():
            setattr(cell, name, value)


def put(cell: Any, text: str) -> None:
    """Writes a text as a text: what begins with = is no formula."""
    cell.value = CONTROL.sub("", text) or None
    if cell.data_type in {"f", "e"}:
        cell.data_type = "s"


def _prepare(page: Any, lists: Any, field: Field, place: int, last: int) -> None:
    """Width, format and choices of a column, for the rows that people fill in."""
    letter = get_column_letter(place)
    page.column_dimensions[letter].width = WIDE if field.input in {Input.LINE, Input.PROSE} else NARROW
    for number in range(FIRST_OF_THEIRS, last):
        page.cell(number, place).number_format = FORMATS.get(field.input, TEXT)
    if choices := options(field):
        rule = DataValidation(type="list", formula1=_listed(lists, choices), allow_blank=True, showErrorMessage=True)
        rule.error = _("请从下拉选项中选择。")
        rule.add(f"{letter}{FIRST_OF_THEIRS}:{letter}{LAST_OF_THEIRS}")
        page.add_data_validation(rule)


def _listed(lists: Any, choices: Sequence[str]) -> str:
    """Where the choices stand in the hidden sheet: a list in the rule itself may be 255 characters long."""
    place = lists.max_column + 1 if lists.cell(1, 1).value else 1
    for number, choice in enumerate(choices, start=1):
        put(lists.cell(number, place), choice)
    letter = get_column_letter(place)
    return f"'{CHOICES}'!${letter}$1:${letter}${len(choices)}"


def _help(field: Field) -> str:
    ways = {
        Input.DAY: _("日期，如 2025-03-31"),
        Input.WHOLE: _("整数"),
        Input.NUMBER: _("数字"),
        Input.CHOICE: _("从选项中选择"),
        Input.YES_NO: _("选“是”或“否”"),
    }
    return "；".join(filter(None, (ways.get(field.input, ""), str(field.help).rstrip("。"))))


def example(field: Field) -> str:
    """What the example row says; the form would take every one of them."""
    if choices := options(field):
        return choices[0]
    if field.input is Input.DAY:
        return "2024-12-31" if field.name in {"date", "to"} else "2024-01-01"
    if field.input in {Input.WHOLE, Input.NUMBER}:
        return "2024" if field.name == "year" else "1"
    return _("示例%(label)s") % {"label": field.label}


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
