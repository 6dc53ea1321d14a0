"""The commitment signed in Chromium: by keyboard alone, by pointer with second thoughts, on a phone beside the desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.browser import filing
from tests.browser.conftest import manage
from tests.browser.signing import PUBLIC_URL, desk_follows, show_the_code, sign_on_the_phone, strokes
from tests.browser.walker import ROOT, Walker, person
from tests.processes.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Installation]:
    """An installation of its own that telephones can reach, so it says."""
    place = tmp_path_factory.mktemp("signing")
    (place / "fonts").symlink_to(ROOT / "var" / "fonts")
    installation = Installation(place)
    installation.environment["PUBLIC_URL"] = PUBLIC_URL
    for command in (["migrate", "--verbosity=0"], ["load_demo"]):
        manage(installation, *command)
    with installation:
        yield installation


def by_keyboard(lin: Walker) -> None:
    """From the top of the page: opens the field, types the name, sends it; no pointer is touched."""
    page = lin.page
    page.get_by_role("heading", name="第二步：签名").evaluate("heading => { heading.tabIndex = -1; heading.focus(); }")
    for _press in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.includes('键入姓名签署')"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("键入本人姓名")).to_be_focused()
    page.keyboard.type("林申报")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    lin.reads("键入姓名，2025年3月3日")
    lin.station("typed", phone=True)


def by_pointer(lin: Walker) -> None:
    page = lin.page
    lin.unfold("重新签名")
    strokes(page, "还没有签写")
    page.get_by_role("button", name="签署承诺").click()
    strokes(page, "请先在方框内签写姓名，或键入本人姓名。")
    expect(page.get_by_label("键入本人姓名")).to_be_focused()
    filing.draw(page)
    strokes(page, "已签写 2 笔")
    page.get_by_role("button", name="撤销一笔").click()
    strokes(page, "已签写 1 笔")
    page.get_by_role("button", name="清除重签").click()
    strokes(page, "还没有签写")
    filing.draw(page)
    lin.station("pad", phone=True)
    strokes(page, "已签写 2 笔")  # the pad was narrow for a while: the strokes are drawn anew
    lin.press("签署承诺")
    lin.sees("您的手写签名")
    lin.reads("本机手写")
    lin.station("written", phone=True)


@pytest.mark.duty("ZJ15-013")
def test_by_keyboard_by_pointer_and_on_a_phone_that_the_desk_follows(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}"
    with person(chromium, gallery) as lin, person(chromium, gallery, has_touch=True, is_mobile=True) as phone:
        filing.sign_in(lin, f"{start}/")
        filing.open_the_draft(lin)
        lin.follow("核对并提交")
        lin.follow("内容无误，去签署承诺并提交")
        expect(lin.page.get_by_role("button", name="提交申报")).to_have_count(0)
        lin.station("commitment", phone=True)
        by_keyboard(lin)
        by_pointer(lin)

        lin.unfold("重新签名")
        link = start + show_the_code(lin)
        sign_on_the_phone(phone, link, "林申报")
        phone.station("phone-signed", phone=True)
        desk_follows(lin)
        lin.station("followed", phone=True)
        phone.page.goto(link)
        phone.reads("已经用过")
        phone.station("phone-closed", phone=True)

        lin.press("提交申报")
        lin.reads("申报已提交")
    faults = [fault for fault in gallery.faults if "410" not in fault]
    assert faults == []
    manage(portal, "check_invariants")
    manage(portal, "verify_audit")
