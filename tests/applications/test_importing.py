"""Importing into the archive through its pages: good, bad, huge and hostile workbooks."""

import datetime as dt
import io
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from applications import demo as filing
from applications import services
from applications.forms.section_forms import RecordForm
from applications.importing import preview, sheets, template
from applications.importing.reading import RowRead
from applications.models import ArchiveItem
from applications.records import NOTHING
from portal.models import AuditEntry
from tests.applications import workbooks
from tests.applications.pages import address, words

PAPER: dict[str, object] = {
    "title": "高镍正极材料",
    "date": "2023-05-01",
    "venue": "学术期刊",
    "author": "第一作者",
    "journal": "电池",
}
POST: dict[str, object] = {
    "from": dt.date(2015, 7, 1),
    "to": "2019/6/30",
    "unit": "示范电池厂",
    "position": "工艺员",
    "scope": "本专业岗位",
}
YEAR: dict[str, object] = {"year": 2023, "hours": 90.5, "provider": "示范培训中心"}
ID_NUMBER = "120101198503141231"
# Digits as a Chinese input method writes them.
WIDE = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"}


@pytest.fixture
def lin(enter):
    return enter("lin")


def upload(client, data: bytes, name: str = "业绩.xlsx"):
    return client.post(address("archive_import"), {"book": SimpleUploadedFile(name, data, workbooks.XLSX)})


def sealed_in(response) -> str:
    return re.search(r'name="sealed" value="([^"]+)"', response.content.decode())[1]


def confirm(client, response, **more):
    return client.post(address("archive_import_confirm"), {"sealed": sealed_in(response), **more})


def kept(world, *kinds: str) -> list[ArchiveItem]:
    items = ArchiveItem.objects.kept().filter(owner=world.people["lin"])
    return [item for item in items.order_by("kind", "pk") if not kinds or item.kind in kinds]


@pytest.mark.duty("ZJ15-012")
def test_a_filled_template_is_shown_and_only_then_taken_in(world, lin):
    shown = upload(lin, workbooks.filled({"paper": [PAPER], "post": [POST], "continuing_education": [YEAR]}))

    assert shown.status_code == 200
    assert "共读到 3 行：可以导入 3 行，重复 0 行，有问题 0 行" in words(shown)
    assert "高镍正极材料 · 2023" in words(shown)
    assert kept(world) == []

    done = confirm(lin, shown)

    assert done.headers["Location"] == address("archive")
    assert "已导入 3 条" in words(lin.get(address("archive")))
    assert {item.kind: (item.facts, item.details) for item in kept(world)} == {
        "paper": (
            {"kind": "paper", "date": "2023-05-01", "venue": "journal", "author": "first"},
            {"title": "高镍正极材料", "journal": "电池"},
        ),
        "post": (
            {"from": "2015-07-01", "to": "2019-06-30", "scope": "specialty"},
            {"unit": "示范电池厂", "position": "工艺员"},
        ),
        "continuing_education": ({"year": 2023, "hours": 90.5}, {"provider": "示范培训中心"}),
    }
    (entry,) = AuditEntry.objects.filter(act="archive.import")
    assert entry.change == '{"continuing_education": 1, "paper": 1, "post": 1}'


def test_what_was_imported_is_as_if_it_had_been_typed(world, lin):
    confirm(lin, upload(lin, workbooks.filled({"assessment": [{"year": 2023, "result": "优秀"}]})))
    (imported,) = kept(world)
    typed = services.add_item(
        owner=world.people["lin"], kind="assessment", facts={"year": 2023, "result": "excellent"}, details={}
    )

    assert (imported.content_sha256, imported.vocabulary) == (typed.content_sha256, typed.vocabulary)
    assert lin.get(address("archive_item_change", imported.public_id)).status_code == 200


def test_pressing_twice_adds_once_even_after_a_change(world, lin):
    shown = upload(lin, workbooks.filled({"paper": [PAPER]}))
    confirm(lin, shown)
    (item,) = kept(world)
    services.change_item(item=item, facts=item.facts, details={**item.details, "title": "改过"}, by=item.owner)

    again = confirm(lin, shown)

    assert again.status_code == 302
    assert [item.details["title"] for item in kept(world)] == ["改过"]
    assert "1 条此前已经导入，没有重复添加" in words(lin.get(address("archive")))


def test_what_the_archive_holds_already_is_marked_and_left_out_unless_asked_for(world, lin):
    confirm(lin, upload(lin, workbooks.filled({"paper": [PAPER]})))
    rows = [{**PAPER, "journal": "另一种写法"}, {**PAPER, "title": "另一篇"}, {**PAPER, "title": "另一篇"}]

    shown = upload(lin, workbooks.filled({"paper": rows}))

    assert "共读到 3 行：可以导入 1 行，重复 2 行，有问题 0 行" in words(shown)
    confirm(lin, shown)
    assert [item.details["title"] for item in kept(world)] == ["高镍正极材料", "另一篇"]
    confirm(lin, upload(lin, workbooks.filled({"paper": rows})), with_twins="on")
    assert len(kept(world)) == 5


def test_bad_rows_are_told_at_their_columns_and_left_out(world, lin):
    rows: list[dict[str, object]] = [
        {**PAPER, "date": "去年", "venue": "墙报"},
        PAPER,
        {**PAPER, "title": "字" * 201},
        {**PAPER, "title": '=HYPERLINK("http://x")'},
        {**PAPER, "title": "论文二", "issn": 123456789012345678},
    ]  # fmt: skip
    shown = upload(lin, workbooks.filled({"paper": rows, "post": [{**POST, "to": "2010-01-01"}]}))

    text = words(shown)
    assert "可以导入 1 行，重复 0 行，有问题 5 行" in text
    assert "第 4 行" in text
    assert re.search(r"取得（完成、发表、授权）日期 ：[^。]*日期", text)
    assert "没有“墙报”这一项，请从列表中选择。" in text
    assert re.search(r"题目 ：[^。]*200", text)
    assert "题目 ：此格是公式" in text
    assert "ISSN / CN 号 ：数字超过 15 位" in text
    assert "截止日期 ：截止日期早于开始日期" in text

    confirm(lin, shown)
    assert [item.details["title"] for item in kept(world)] == ["高镍正极材料"]
    assert "5 行有问题，没有导入" in words(lin.get(address("archive")))


def test_bad_rows_come_back_as_a_file_that_can_be_mended_and_sent_again(world, lin):
    shown = upload(lin, workbooks.filled({"paper": [PAPER, {**PAPER, "title": "=1+1", "venue": "墙报"}]}))

    file = lin.post(address("archive_import_unsound"), {"sealed": sealed_in(shown)})

    assert file.headers["Content-Type"] == workbooks.XLSX
    assert "no-store" in file.headers["Cache-Control"]
    book = load_workbook(io.BytesIO(file.content))
    page = book["论文"]
    assert [sheet.title for sheet in book.worksheets] == ["填写说明", "论文", "选项"]
    last = page.max_column
    assert page.cell(1, last).value == "需要更正"
    assert "题目：此格是公式" in page.cell(4, last).value
    columns = workbooks.COLUMNS["paper"]
    page.cell(4, columns["title"]).value, page.cell(4, columns["venue"]).value = "第二篇", "学术期刊"
    confirm(lin, upload(lin, workbooks.saved(book)))
    assert [item.details["title"] for item in kept(world)] == ["第二篇"]


def test_a_text_that_looks_like_a_formula_stays_a_text(lin):
    def as_text(book):
        cell = book["论文"].cell(4, workbooks.COLUMNS["paper"]["title"])
        cell.value, cell.data_type = "=cmd|' /C calc'!A0", "s"

    shown = upload(lin, workbooks.filled({"paper": [{**PAPER, "venue": "墙报"}]}, as_text))
    file = lin.post(address("archive_import_unsound"), {"sealed": sealed_in(shown)})

    cell = load_workbook(io.BytesIO(file.content))["论文"].cell(4, workbooks.COLUMNS["paper"]["title"])
    assert (cell.value, cell.data_type) == ("=cmd|' /C calc'!A0", "s")


@pytest.mark.parametrize(
    "written", [ID_NUMBER, f"证书 {ID_NUMBER}", ID_NUMBER[:6] + " " + ID_NUMBER[6:14] + " " + ID_NUMBER[14:]]
)
def test_an_identity_number_is_refused_and_shown_nowhere(world, lin, written):
    shown = upload(lin, workbooks.filled({"award": [{"name": "奖", "certificate_number": written}]}))

    assert "证书编号 ：此处不得填写完整身份证号码" in words(shown)
    assert "19850314" not in words(shown)
    file = lin.post(address("archive_import_unsound"), {"sealed": sealed_in(shown)})
    cells = [cell.value for row in load_workbook(io.BytesIO(file.content))["获奖"] for cell in row]
    assert not [cell for cell in cells if "19850314" in str(cell)]
    confirm(lin, shown)
    assert kept(world) == []


@pytest.mark.parametrize("kind", workbooks.HOSTILE)
def test_a_hostile_or_broken_workbook_is_refused_as_a_whole(world, lin, kind):
    data, word = workbooks.HOSTILE[kind]()
    started = time.monotonic()

    answer = upload(lin, data)

    assert time.monotonic() - started < 8
    assert answer.status_code == 422
    assert word in words(answer)
    assert re.search("重新上传|请选择|请上传|请分成|不能为空|空", words(answer))
    assert kept(world) == []


def test_a_file_above_the_limit_is_refused_unread(lin):
    answer = upload(lin, workbooks.honest() + b"\0" * (2 << 20))
    assert (answer.status_code, "一次最多 2 MB" in words(answer)) == (422, True)
    assert upload(lin, b"\0" * (5 << 20)).status_code == 413


def test_five_hundred_rows_are_taken_in(world, lin):
    rows = [{"year": 1990 + n % 30, "hours": 72, "content": f"课程 {n}"} for n in range(500)]
    shown = upload(lin, workbooks.bare("continuing_education", rows))
    assert "可以导入 500 行" in words(shown)
    confirm(lin, shown)
    assert len(kept(world)) == 500


def test_columns_that_belong_to_nothing_are_told(lin):
    def more(book):
        page = book["论文"]
        page.cell(1, page.max_column + 1).value = "影响因子"
        page.cell(4, page.max_column).value = "5.6"

    assert "没有读取：影响因子" in words(upload(lin, workbooks.filled({"paper": [PAPER]}, more)))


def test_columns_may_stand_in_another_order_and_without_the_first_rows(world, lin):
    rows = [{"result": "优秀", "year": "2022 "}, {"result": " 合格（称职） ", "year": "2021".translate(WIDE)}]
    confirm(lin, upload(lin, workbooks.bare("assessment", rows)))
    assert [item.facts for item in kept(world)] == [
        {"year": 2022, "result": "excellent"},
        {"year": 2021, "result": "competent"},
    ]


def test_the_statement_of_nothing_ends_where_something_comes(world, round_, lin):
    draft = services.open_draft(
        applicant=world.people["lin"], round=round_, level=filing.LEVEL, employer=world.units["employer"]
    )
    services.state_nothing(owner=world.people["lin"], section="assessments", application=draft)
    confirm(lin, upload(lin, workbooks.honest()))
    assert [item.kind for item in kept(world, "assessment", NOTHING)] == ["assessment"]


def test_the_preview_of_another_person_of_yesterday_or_of_nobody_opens_nothing(world, lin, enter, monkeypatch):
    shown = upload(lin, workbooks.honest())
    zhou = enter("zhou")
    assert confirm(zhou, shown).headers["Location"] == address("archive_import")
    assert "预览已过期" in words(zhou.get(address("archive_import")))
    assert ArchiveItem.objects.filter(owner=world.people["zhou"]).count() == 0

    forged = sealed_in(shown)[:-3] + "abc"
    assert lin.post(address("archive_import_confirm"), {"sealed": forged}).headers["Location"] == address(
        "archive_import"
    )
    monkeypatch.setattr(preview, "GOOD_FOR_SECONDS", -1)
    confirm(lin, shown)
    assert kept(world) == []


def test_the_template_fits_the_forms():
    book = load_workbook(io.BytesIO(template.template()))
    assert [page.title for page in book.worksheets] == ["填写说明", *(sheet.title for sheet in sheets.SHEETS), "选项"]
    for sheet in sheets.SHEETS:
        page = book[sheet.title]
        assert [cell.value for cell in page[1]] == ["说明", *map(sheets.heading, sheet.columns)]
        rules = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
        choosing = [place for place, field in enumerate(sheet.columns, 2) if sheets.options(field)]
        assert sorted(rules) == sorted(page.cell(4, place).coordinate for place in choosing)
        for place in choosing:
            _sheet, letter, first, last = re.fullmatch(
                r"'(.+)'!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)", rules[page.cell(4, place).coordinate]
            ).groups()
            offered = [book["选项"][f"{letter}{row}"].value for row in range(int(first), int(last) + 1)]
            assert offered == sheets.options(sheet.columns[place - 2])


@pytest.mark.parametrize("sheet", sheets.SHEETS, ids=lambda sheet: sheet.part.kind)
def test_every_question_has_a_column_of_its_own_and_an_example_that_the_form_takes(sheet):
    assert sheet.columns == sheet.part.fields
    assert len({sheets.plain(field.label) for field in sheet.columns}) == len(sheet.columns)
    texts = {field.name: template.example(field) for field in sheet.columns}
    (judged,) = preview.judge(preview.new([RowRead(sheet.part.kind, 4, texts, {})]))
    assert (judged.faults, judged.lacks) == ([], [])
    form = RecordForm(part=sheet.part, facts=judged.record.facts, details=judged.record.details)
    assert all(form.fields[name].initial not in (None, "") for name in form.fields)


def test_the_template_can_be_downloaded_and_comes_back_as_empty(lin):
    page = words(lin.get(address("archive_import")))
    assert "下载模板" in page
    file = lin.get(address("archive_import_template"))
    assert file.headers["Content-Type"] == workbooks.XLSX
    assert "没有填写内容" in words(upload(lin, file.content))
