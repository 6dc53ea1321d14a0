"""The commitment signed on a telephone beside the desk: a code is shown, the phone opens it, the desk follows."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page, expect

from tests.browser.walker import PHONE, SECONDS, Walker

# What the code says; the test's phone is on this machine and asks the same path there.
PUBLIC_URL = "https://m.portal.example"


def strokes(page: Page, told: str) -> None:
    expect(page.locator("[data-sign-state]")).to_have_text(told)


def show_the_code(desk: Walker) -> str:
    """The path that the code leads to."""
    desk.follow("用手机扫码签名")
    desk.station("invite", phone=True)
    desk.press("生成二维码")
    desk.reads("正在等待手机签名")
    desk.station("code", phone=True)
    address = desk.page.locator("[data-sign-address]").inner_text()
    assert address.startswith(f"{PUBLIC_URL}/sign/")
    return urlsplit(address).path


def sign_on_the_phone(phone: Walker, link: str, name: str) -> None:
    """Whoever finds the link reads no whole name."""
    phone.page.set_viewport_size(PHONE)
    phone.page.goto(link)
    phone.reads(f"{name[0]}{'*' * (len(name) - 1)}")
    assert name not in phone.page.locator("main").inner_text()
    phone.station("phone", phone=True)
    phone.page.set_viewport_size(PHONE)
    touch(phone.page)
    strokes(phone.page, "已签写 1 笔")
    phone.press("签署承诺")
    phone.heading("签名已收到")


def desk_follows(desk: Walker) -> None:
    expect(desk.page).to_have_url(re.compile(r"/submit/\?seen="), timeout=20 * SECONDS)  # by itself
    desk.reads("手机扫码手写")
    desk.sees("您的手写签名")


def touch(page: Page) -> None:
    """One stroke of a finger across the pad."""
    pad = page.locator("[data-sign-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    screen = page.context.new_cdp_session(page)
    points = [
        (box["x"] + box["width"] * (0.2 + step / 20), box["y"] + box["height"] * (0.3 + step / 30))
        for step in range(12)
    ]
    for number, (x, y) in enumerate(points):
        kind = "touchMove" if number else "touchStart"
        screen.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
