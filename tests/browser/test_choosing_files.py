"""A file is chosen by a button in the page's own language, with and without JavaScript. In Chromium."""

import pytest
from playwright.sync_api import expect

from tests.applications import workbooks
from tests.browser import filing
from tests.browser.walker import person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
BOOK = {"name": "业绩.xlsx", "mimeType": "", "buffer": b""}


def test_the_button_opens_the_choice_and_the_name_stands_beside_it(portal, chromium, gallery):
    with person(chromium, gallery) as lin:
        filing.sign_in(lin, f"http://127.0.0.1:{portal.port}/")
        page = lin.page
        page.goto(f"http://127.0.0.1:{portal.port}/archive/import/")
        told = page.locator("[data-chosen]")
        expect(told).to_have_text("未选择文件")
        with page.expect_file_chooser() as asked:
            page.get_by_text("选择文件", exact=True).click()
        asked.value.set_files({**BOOK, "buffer": workbooks.filled({})})
        expect(told).to_have_text("业绩.xlsx")

        place = page.get_by_label("填好的模板")
        place.focus()
        with page.expect_file_chooser():
            page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        expect(place).to_be_focused()
        ring = page.get_by_text("选择文件", exact=True).evaluate("label => getComputedStyle(label).boxShadow")
        assert ring != "none"
        lin.station("chosen", phone=True)
    assert gallery.faults == []


def test_without_javascript_the_browser_s_own_input_tells_what_was_chosen(portal, chromium, gallery):
    with person(chromium, gallery, java_script_enabled=False) as lin:
        page = lin.page
        page.goto(f"http://127.0.0.1:{portal.port}/account/login/?next=/archive/import/")
        lin.fill("用户名、手机号或电子邮箱", "lin")
        lin.fill("密码", filing.PERSONA_PASSWORD)
        lin.press("登录")
        box = page.get_by_label("填好的模板").bounding_box()
        assert box is not None
        assert box["width"] > 200
        expect(page.locator("[data-chosen]")).to_be_hidden()
        lin.attach("填好的模板", "业绩.xlsx", workbooks.filled({}))
        lin.press("上传并预览")
        lin.reads("重新上传")
