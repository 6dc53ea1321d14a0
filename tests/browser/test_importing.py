"""Importing a workbook in Chromium: down with the template, up with the filled one, looked through, taken in."""

from collections.abc import Iterator

import pytest

from tests.applications import workbooks
from tests.browser import filing
from tests.browser.walker import Gallery, Walker, person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PAPER = {
    "title": "高镍正极材料的循环寿命",
    "date": "2023-05-01",
    "venue": "学术期刊",
    "author": "第一作者",
    "journal": "电池",
}


@pytest.fixture
def lin(portal, chromium, gallery) -> Iterator[Walker]:
    with person(chromium, gallery) as someone:
        filing.sign_in(someone, f"http://127.0.0.1:{portal.port}/")
        someone.page.goto(f"http://127.0.0.1:{portal.port}/archive/")
        yield someone


def test_a_workbook_is_imported(lin, gallery: Gallery):
    lin.follow("从 Excel 批量导入")
    lin.station("import", phone=True)
    with lin.page.expect_download() as download:
        lin.page.get_by_role("link", name="下载模板").click()
    assert download.value.suggested_filename == "业绩档案导入模板.xlsx"

    lin.attach("填好的模板", "业绩.xlsx", b"%PDF-1.7")
    lin.press("上传并预览")
    lin.reads("这不是 .xlsx 文件")
    lin.station("import-refused", phone=True)

    rows = [PAPER, {**PAPER, "title": "第二篇", "venue": "墙报", "date": "=TODAY()"}, PAPER, {"title": "只写了题目"}]
    post = {"from": "2015-07-01", "to": "2010-01-01", "unit": "示范电池厂", "position": "工艺员"}
    lin.attach("填好的模板", "业绩.xlsx", workbooks.filled({"paper": rows, "post": [post]}))
    lin.press("上传并预览")
    lin.reads("可以导入 2 行，重复 1 行，有问题 2 行")
    lin.station("import-preview", phone=True)
    with lin.page.expect_download() as download:
        lin.page.get_by_role("button", name="下载有问题的行").click()
    assert download.value.suggested_filename == "需要更正的行.xlsx"

    lin.press("导入没有问题的行")
    lin.reads("已导入 2 条。")
    lin.station("imported", phone=True)
    lin.reads("2 行有问题，没有导入")
    # The browser reports the refusal that was asked for.
    assert [fault for fault in gallery.faults if "422" not in fault] == []
