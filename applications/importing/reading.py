"""From an uploaded workbook to rows of texts: read in the child, every sheet and column found by its name."""

import logging
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.utils.translation import gettext as _

from applications.errors import ActError
from applications.importing.sheets import EXAMPLE, HELP, MARK, MESSAGE, SHEETS, Sheet, plain
from portal import identity_numbers
from portal.file_checks import antivirus, sandbox

log = logging.getLogger("applications.importing")

MOST_BYTES, MOST_ROWS = 2 << 20, 500


class Unreadable(ActError):  # noqa: N818  as the other answers to a person
    """The file as a whole is not read; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class RowRead:
    """A row as it stands in the file: texts by the name of the question, and what is wrong with a cell itself."""

    kind: str
    number: int
    texts: Mapping[str, str]
    faults: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class BookRead:
    """`left_out` tells of sheets and columns with something in them that belong to no question."""

    rows: list[RowRead] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


def read_book(upload: IO[bytes], size: int) -> BookRead:
    """The rows of a filled template. Nothing of the file is kept.

    Raises:
        Unreadable: no workbook, not this template, too large, empty, or something in it that does more than tell.
    """
    if size > MOST_BYTES:
        raise Unreadable(_sentence("too_large"))
    answer = _asked(upload)
    if "refusal" in answer:
        raise Unreadable(_sentence(str(answer["refusal"])))
    book, known = BookRead(), {plain(sheet.title): sheet for sheet in SHEETS}
    ours = [(known[plain(one["name"])], one["rows"]) for one in answer["sheets"] if plain(one["name"]) in known]
    for sheet, rows in ours:
        _read_sheet(sheet, rows, book)
    if not book.rows:
        raise Unreadable(_sentence("empty" if ours else "not_ours"))
    if len(book.rows) > MOST_ROWS:
        raise Unreadable(_sentence("too_large"))
    return book


def _asked(upload: IO[bytes]) -> dict[str, Any]:
    try:
        return _looked_into(upload)
    except OSError:
        log.exception("workbook not read")
        return {"refusal": "no_room"}


def _looked_into(upload: IO[bytes]) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="portal-import-") as folder:
        path = Path(folder, "book")
        upload.seek(0)
        with path.open("wb") as copy:
            shutil.copyfileobj(upload, copy)
        try:
            with path.open("rb") as content:
                if antivirus.scanner().scan(content):
                    return {"refusal": "virus"}
        except OSError:
            return {"refusal": "unscanned"}
        return sandbox.read_workbook(path)


def _read_sheet(sheet: Sheet, rows: Sequence[Any], book: BookRead) -> None:
    if not rows:
        return
    (_number, head), *filled = rows
    headings = [plain(_text(cell)) for cell in head]
    names = {plain(column.label): column.name for column in sheet.columns}
    unknown: set[int] = set()
    for number, cells in filled:
        said = {
            headings[place] if place < len(headings) else f"#{place}": (place, cell)
            for place, cell in enumerate(cells)
            if cell
        }
        if plain(_text(said.pop(plain(MARK), (0, ""))[1])) in {plain(HELP), plain(EXAMPLE)}:
            continue
        said.pop(plain(MESSAGE), None)
        unknown |= {place for name, (place, _cell) in said.items() if name not in names}
        found = {names[name]: _said(cell) for name, (_place, cell) in said.items() if name in names}
        if found:
            texts = {name: text for name, (text, _fault) in found.items()}
            faults = {name: fault for name, (_said_so, fault) in found.items() if fault}
            book.rows.append(RowRead(sheet.part.kind, number, texts, faults))
    book.left_out.extend(_column_sentence(sheet, head, place) for place in sorted(unknown))


def _said(cell: str | Mapping[str, str]) -> tuple[str, str]:
    """The text of a cell, what looks like an identity number masked, and what is wrong with the cell itself."""
    if not isinstance(cell, str):
        return "", {
            "formula": _("此格是公式。系统不计算公式，请改填结果。"),
            "error": _("此格是 Excel 的错误值，请改填内容。"),
            "inexact": _("数字超过 15 位，Excel 已丢失末几位。请把此格设为“文本”格式后重新填写。"),
        }[cell["refusal"]]
    if identity_numbers.stands_in(cell):
        return identity_numbers.mask_in(cell), _(
            "此处不得填写完整身份证号码：证件号码只在“个人信息”中登记。证书编号与身份证号相同的，请只填后 6 位。"
        )
    return cell, ""


def _text(cell: str | Mapping[str, str]) -> str:
    return cell if isinstance(cell, str) else ""


def _column_sentence(sheet: Sheet, head: Sequence[Any], place: int) -> str:
    name = identity_numbers.mask_in(_text(head[place])) if place < len(head) else ""
    told = {"sheet": sheet.title, "name": name[:40] or _("没有表头")}
    return _("工作表“%(sheet)s”中有一列不在模板中，没有读取：%(name)s。") % told


def _sentence(code: str) -> str:
    """What is wrong with the file and what to do, for the person who sent it."""
    again = _("请下载模板，把内容粘贴进去后重新上传。")
    what, mend = {
        "not_xlsx": (_("这不是 .xlsx 文件。"), again),
        "old_or_encrypted": (
            _("这是旧版 .xls 文件，或者设有打开密码。"),
            _("请去掉密码，另存为“Excel 工作簿（.xlsx）”后重新上传。"),
        ),
        "active": (_("文件中有宏或其他会自行运行的内容。"), again),
        "external": (_("文件引用了别的工作簿。"), _("请断开链接，只保留数值，另存后重新上传。")),
        "embedded": (_("文件中嵌有其他文件或数据连接。"), again),
        "too_large": (_("文件太大：一次最多 2 MB、500 行。"), _("请分成几个文件，分次导入。")),
        "too_heavy": (_("文件展开后过大，或者读取用时过长，已停止读取。"), again),
        "virus": (_("文件没有通过病毒检查。"), _("请在本机查杀后，用模板重新填写。")),
        "no_room": (_("服务器存储空间暂时不足，文件没有读取。"), _("请稍后再试，或联系系统管理员。")),
        "unscanned": (_("病毒检查暂时不能进行，文件没有读取。"), _("请稍后再试。")),
        "not_ours": (_("文件中没有模板的工作表。"), again),
        "empty": (_("文件中没有填写内容。"), _("请从“示例”行下面开始填写，再重新上传。")),
    }.get(code, (_("文件已损坏，无法读取。"), again))
    return what + mend
