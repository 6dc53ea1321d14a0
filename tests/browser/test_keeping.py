"""What is typed outlives the session, the line, the window and a second window. In Chromium, on the archive's pages."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Page, expect

from tests.browser import filing
from tests.browser.walker import Gallery, Walker, person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADD = "/archive/sections/awards/award/add/"
NAME = "奖项名称（必填）"


@pytest.fixture
def lin(portal, chromium, gallery) -> Iterator[Walker]:
    """林申报 at an empty award of the archive."""
    with person(chromium, gallery) as someone:
        filing.sign_in(someone, f"http://127.0.0.1:{portal.port}/")
        go(someone.page, ADD)
        yield someone


def go(page: Page, path: str) -> None:
    page.goto(urljoin(page.url, path))


def state(page: Page, words: str) -> None:
    expect(page.locator("[data-keep-state]")).to_contain_text(words, timeout=15_000)


def others(gallery: Gallery, *expected: str) -> list[str]:
    """The faults that nobody brought about on purpose; the next test begins without any."""
    found = [fault for fault in gallery.faults if not any(words in fault for words in expected)]
    gallery.faults.clear()
    return found


def test_typed_text_is_kept_without_any_button(lin, gallery):
    page = lin.page
    go(page, "/archive/")
    lin.station("archive", phone=True)
    go(page, ADD)
    page.get_by_label(NAME).fill("自动保存的奖")
    state(page, "已自动保存")
    lin.station("kept", phone=True)
    assert re.search(r"/archive/items/[0-9a-f-]{36}/$", page.url)

    page.get_by_label(NAME).fill("离开时保存的奖")
    kept = page.url
    go(page, "/")  # before the pause is over
    page.goto(kept)
    expect(page.get_by_label(NAME)).to_have_value("离开时保存的奖")
    assert gallery.faults == []


def test_text_typed_after_the_session_ended_is_there_after_signing_in(lin, gallery):
    page = lin.page
    page.context.clear_cookies()
    page.get_by_label(NAME).fill("会话已断时写的奖")
    expect(page.get_by_role("heading", name="登录已到期")).to_be_visible(timeout=15_000)

    # The page is closed, as a person would; the same page, opened after signing in, has the text and the field.
    go(page, f"/account/login/?next={ADD}")
    page.get_by_label("用户名、手机号或电子邮箱").fill("lin")
    page.get_by_label("密码").fill(filing.PERSONA_PASSWORD)
    page.get_by_role("button", name="登录", exact=True).first.click()
    expect(page.get_by_label(NAME)).to_have_value("会话已断时写的奖")
    expect(page.get_by_label(NAME)).to_be_focused()
    state(page, "已自动保存")
    page.reload()
    expect(page.get_by_label(NAME)).to_have_value("会话已断时写的奖")
    assert others(gallery, "403") == []


def test_a_broken_line_is_bridged(lin, gallery):
    page = lin.page
    page.context.set_offline(True)
    page.get_by_label(NAME).fill("断网时写的奖")
    state(page, "已保留在本机")
    page.context.set_offline(False)
    state(page, "已自动保存")
    page.reload()
    expect(page.get_by_label(NAME)).to_have_value("断网时写的奖")
    assert others(gallery, "ERR_INTERNET_DISCONNECTED") == []


def test_two_windows_lose_neither_text(lin, gallery):
    one = lin.page
    one.get_by_label(NAME).fill("两个窗口的奖")
    state(one, "已自动保存")
    two = one.context.new_page()
    two.goto(one.url)
    two.get_by_label(NAME).fill("第二个窗口写的")
    state(two, "已自动保存")

    one.get_by_label(NAME).fill("第一个窗口写的")
    state(one, "另一个窗口改动过")
    one.get_by_role("button", name="保存", exact=True).click()
    expect(one.get_by_role("heading", name="两处内容不同")).to_be_visible()
    lin.station("both-texts", phone=True)
    expect(one.locator("td", has_text="第二个窗口写的")).to_be_visible()
    expect(one.get_by_label(NAME)).to_have_value("第一个窗口写的")
    one.get_by_role("button", name="保存", exact=True).click()
    lin.reads("已保存")
    assert others(gallery, "409") == []


def test_the_words_of_one_person_are_not_there_for_the_next(lin, gallery):
    page = lin.page
    page.context.set_offline(True)
    page.get_by_label(NAME).fill("别人不该看到的奖")
    state(page, "已保留在本机")
    page.context.set_offline(False)
    page.evaluate("() => { window.stop(); }")
    go(page, "/account/logout/")
    page.get_by_role("button", name="退出登录").click()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('portal-typed:'))") == []
    assert others(gallery, "ERR_INTERNET_DISCONNECTED") == []


def add_at_once(lin: Walker, name: str) -> None:
    """Types and presses before the pause is over."""
    go(lin.page, ADD)
    lin.page.get_by_label(NAME).fill(name)
    lin.press("保存")
    lin.reads("“获奖”已保存。")


def test_what_was_saved_by_the_button_is_not_brought_back_into_the_next_new_record(lin, gallery):
    add_at_once(lin, "一口气填好的奖")
    go(lin.page, ADD)
    expect(lin.page.get_by_label(NAME)).to_have_value("")
    lin.page.wait_for_timeout(2000)  # longer than the pause: nothing is kept by itself
    assert lin.page.url.endswith(ADD)
    go(lin.page, "/archive/sections/awards/")
    expect(lin.page.get_by_role("heading", name="一口气填好的奖")).to_have_count(1)
    assert gallery.faults == []


def test_a_press_waits_for_what_is_just_being_kept(lin, gallery):
    page = lin.page
    page.get_by_label(NAME).fill("按得快的奖")
    state(page, "已自动保存")
    hold = []
    page.route("**/archive/items/**", lambda route: hold.append(route) if not hold else route.continue_())
    page.get_by_label(NAME).fill("按得快的奖，又改")
    state(page, "正在保存")
    page.get_by_label(NAME).press("End")
    page.get_by_label(NAME).type("过")
    page.get_by_role("button", name="保存", exact=True).click()
    with page.expect_navigation():
        hold[0].continue_()
    lin.reads("“获奖”已保存。")
    expect(page.get_by_role("heading", name="按得快的奖，又改过")).to_have_count(1)
    assert gallery.faults == []


def test_a_page_gone_back_to_shows_what_is_saved_now(lin, gallery):
    page = lin.page
    add_at_once(lin, "后退的奖")
    lin.follow("修改", inside="后退的奖")
    page.get_by_label(NAME).fill("后退的奖，改过")
    lin.press("保存")
    page.go_back()
    page.get_by_label(NAME).fill("后退的奖，再改")
    state(page, "已自动保存")
    assert gallery.faults == []


def test_a_record_that_is_gone_is_said_to_be_refused_and_not_tried_for_ever(lin, gallery):
    page = lin.page
    page.get_by_label(NAME).fill("别处删掉的奖")
    state(page, "已自动保存")
    other = page.context.new_page()
    other.goto(page.url + "remove/")
    other.get_by_role("button", name="删除").click()
    page.get_by_label(NAME).fill("别处删掉的奖，还在改")
    state(page, "现在不能保存")
    expect(page.locator("#live-region")).to_contain_text("现在不能保存")
    assert others(gallery, "404") == []


def test_a_word_on_a_correction_is_there_after_another_button_was_pressed(lin, gallery):
    page = lin.page
    line = '<form method="post" action="/answer/"><input data-keep-answer name="text" aria-label="怎样补正的"></form></main>'

    def with_a_line(route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace("</main>", line))

    page.route("**/archive/", with_a_line)
    go(page, "/archive/")
    page.get_by_label("怎样补正的").fill("已重新扫描")
    go(page, "/archive/sections/awards/")
    go(page, "/archive/")
    expect(page.get_by_label("怎样补正的")).to_have_value("已重新扫描")
    go(page, "/account/logout/")
    page.get_by_role("button", name="退出登录").click()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('portal-typed:'))") == []
    assert gallery.faults == []
