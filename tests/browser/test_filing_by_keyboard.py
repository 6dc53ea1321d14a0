"""高级工程师 of Tianjin filed by keyboard alone: signed in, agreed, a clause marked, checked, signed by name, submitted."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import filing
from tests.browser.conftest import installed, manage
from tests.browser.keyboard import Keyboard
from tests.browser.walker import person
from tests.processes.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def own_portal(tmp_path_factory) -> Iterator[Installation]:
    """The draft of the demonstration is submitted here, which other walks begin with."""
    with installed(tmp_path_factory.mktemp("keyboard")) as installation:
        yield installation


def test_from_signing_in_to_submitted_without_a_mouse(own_portal, chromium, gallery):
    with person(chromium, gallery) as walker:
        page, keys = walker.page, Keyboard(walker)

        def link(words: str):
            return page.locator("main").get_by_role("link", name=words).first

        def button(words: str):
            return page.locator("main").get_by_role("button", name=words, exact=True).first

        page.goto(f"http://127.0.0.1:{own_portal.port}/account/login/?next=/privacy/")
        keys.type("login", "lin")
        keys.type("password", filing.PERSONA_PASSWORD)
        page.keyboard.press("Enter")
        walker.heading("个人信息保护告知")
        for purpose in ("identity", "evidence"):
            box = page.locator(f"#agree-{purpose}")
            keys.reach(box)
            page.keyboard.press("Space")
        keys.enter(button("我已阅读并同意"))
        page.goto(f"http://127.0.0.1:{own_portal.port}/")
        keys.enter(link("继续填写并提交申报"))
        keys.enter(link("规划、政策、标准与规范"))
        walker.station("section-with-its-clauses", phone=True)
        keys.enter(link("修改"))
        tag = page.locator("input[name='tag-五(三)3']")
        keys.reach(tag)
        expect(tag).to_be_checked()
        walker.station("record-with-its-clauses", phone=True)
        keys.enter(button("保存"))
        keys.enter(link("返回全部内容"))
        keys.enter(link("核对并提交"))
        walker.reads("本人标明的对应条款：五(三)3")
        keys.enter(link("内容无误，去签署承诺并提交"))
        typed = page.locator("[data-sign-typed]")
        if typed.get_attribute("open") is None:
            keys.reach(typed.locator("summary"))
            page.keyboard.press("Enter")
        keys.type("name", "林申报")
        keys.enter(button("签署承诺"))
        walker.station("signed-by-name", phone=True)
        keys.enter(button("提交申报"))
        walker.reads("申报已提交")
        walker.station("submitted", phone=True)

    assert gallery.faults == []
    manage(own_portal, "check_invariants")
