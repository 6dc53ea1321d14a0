"""Typed work outlives the session: whoever signs in anew in another window sends what stands on the old page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import filing
from tests.browser.walker import person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
END = "seconds => localStorage.setItem('portal-session-end', String(Date.now() + seconds * 1000))"


def test_what_was_typed_is_sent_after_signing_in_anew(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        filing.sign_in(someone, start)
        page = someone.page
        page.goto(f"{start}profile/")
        page.get_by_label("姓名").fill("林申报")
        page.context.clear_cookies()
        page.evaluate(END, 0)
        expect(page.get_by_role("heading", name="登录已到期")).to_be_visible()
        someone.station("session-ended", phone=True)

        with page.context.expect_page() as opened:
            page.get_by_role("link", name="在新窗口登录").click()
        again = opened.value
        again.get_by_label(re.compile("用户名")).fill("lin")
        again.get_by_label("密码").fill("demo-2025-portal")
        again.get_by_role("button", name="登录", exact=True).first.click()
        again.wait_for_url(start)

        expect(page.get_by_role("dialog")).to_be_hidden(timeout=10_000)
        assert page.get_by_label("姓名").input_value() == "林申报"
        someone.press("保存")
        someone.reads("个人信息已保存。")
    assert gallery.faults == []


def test_staying_closes_the_warning(portal, chromium, gallery):
    with person(chromium, gallery) as someone:
        filing.sign_in(someone, f"http://127.0.0.1:{portal.port}/")
        someone.page.evaluate(END, 60)
        expect(someone.page.get_by_role("heading", name="登录即将到期")).to_be_visible()
        someone.station("session-warning", phone=True)
        someone.page.get_by_role("button", name="继续使用").click()
        expect(someone.page.get_by_role("dialog")).to_be_hidden()
        assert someone.page.evaluate("Number(localStorage.getItem('portal-session-end')) - Date.now()") > 3_000_000
    assert gallery.faults == []
