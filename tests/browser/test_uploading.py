"""Files go up as soon as they are chosen: with progress, cancelled, broken off and sent again by themselves. In Chromium."""

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser import filing
from tests.browser.conftest import installed
from tests.browser.walker import Gallery, person
from tests.processes.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ADD = "archive/sections/awards/award/add/"
UPLOADS = re.compile(r"/evidence/add/$")
SLOT = "获奖证书"


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[Installation]:
    """The draft of the demonstration lies with its applicant here, whatever other walks have submitted."""
    with installed(tmp_path_factory.mktemp("uploading")) as installation:
        yield installation


@cache
def scan(mark: str, *, side: int = 900) -> bytes:
    """A picture of a size that takes a moment on a slow line; the same mark, the same file."""
    out = BytesIO()
    Image.effect_noise((side, side), 60).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue() + mark.encode()


def chosen(name: str, content: bytes, kind: str = "image/jpeg") -> dict[str, object]:
    return {"name": name, "mimeType": kind, "buffer": content}


def row(page: Page, name: str):
    return page.locator(".file-row").filter(has_text=name)


def begin(someone, start: str) -> Page:
    filing.sign_in(someone, start)
    someone.page.goto(start + ADD)
    return someone.page


def slow_down(page: Page, rate: int) -> None:
    """A line that carries so many bytes a second up."""
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 20, "downloadThroughput": -1, "uploadThroughput": rate},
    )


def others(gallery: Gallery, *expected: str) -> list[str]:
    """The faults that nobody brought about on purpose; the next test begins without any."""
    found = [fault for fault in gallery.faults if not any(words in fault for words in expected)]
    gallery.faults.clear()
    return found


def test_several_files_go_up_at_once_and_are_there_after_reloading(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        someone.station("empty-slot", phone=True)
        page.get_by_label(SLOT).set_input_files([chosen("一.jpg", scan("1")), chosen("二.jpg", scan("2"))])
        for name in ("一.jpg", "二.jpg"):
            expect(row(page, name)).to_contain_text("已通过检查", timeout=60_000)
        assert re.search(r"/archive/items/[0-9a-f-]{36}/$", page.url)
        someone.station("uploaded", phone=True)

        page.get_by_label(SLOT).set_input_files([chosen("又是一.jpg", scan("1"))])
        expect(page.locator("[data-slot-state]")).to_contain_text("是同一个文件")
        page.get_by_label("奖项名称（必填）").fill("边传边写的奖")
        page.get_by_role("button", name="保存", exact=True).click()
        someone.reads("“获奖”已保存")
        someone.follow("修改", inside="边传边写的奖")
        expect(page.locator(".file-row")).to_have_count(2)
    assert gallery.faults == []


def test_a_slow_upload_shows_its_progress_and_can_be_cancelled(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        slow_down(page, 60_000)
        page.get_by_label(SLOT).set_input_files([chosen("慢.jpg", scan("3")), chosen("排队.jpg", scan("4", side=60))])
        bar = row(page, "慢.jpg").get_by_role("progressbar")
        expect(bar).to_have_attribute("aria-label", "正在上传：慢.jpg")
        page.wait_for_function("() => document.querySelector('.file-row progress').value > 5", timeout=20_000)
        expect(row(page, "排队.jpg")).to_contain_text("等待上传")
        someone.station("uploading", phone=True)

        row(page, "慢.jpg").get_by_role("button", name="取消").focus()
        page.keyboard.press("Enter")
        expect(row(page, "慢.jpg")).to_have_count(0)
        expect(row(page, "排队.jpg")).to_contain_text("已通过检查", timeout=60_000)
        expect(page.locator("#live-region")).to_contain_text("排队.jpg")
        page.reload()
        expect(page.locator(".file-row")).to_have_count(1)
    assert others(gallery, "ERR_ABORTED") == []


def test_a_broken_upload_is_sent_again_by_itself(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    broken: list[str] = []

    def breaks_twice(route) -> None:
        if route.request.method == "POST" and len(broken) < 2:
            broken.append(route.request.url)
            route.abort("connectionreset")
        else:
            route.continue_()

    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        page.route(UPLOADS, breaks_twice)
        page.get_by_label(SLOT).set_input_files([chosen("断.jpg", scan("5"))])
        expect(row(page, "断.jpg")).to_contain_text("自动重试（第 1 次，共 3 次）")
        someone.station("broken", phone=True)
        expect(row(page, "断.jpg")).to_contain_text("已通过检查", timeout=60_000)
        assert len(broken) == 2
        page.reload()
        expect(row(page, "断.jpg")).to_contain_text("已通过检查")
    assert others(gallery, "ERR_CONNECTION_RESET") == []


def test_what_never_gets_through_is_told_and_sent_again_on_request(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        page.clock.install()
        page.route(UPLOADS, lambda route: route.abort() if route.request.method == "POST" else route.continue_())
        page.get_by_label(SLOT).set_input_files([chosen("不通.jpg", scan("6"))])
        for number in (1, 2, 3):
            expect(row(page, "不通.jpg")).to_contain_text(f"第 {number} 次")
            page.clock.run_for(10_000)
        expect(row(page, "不通.jpg")).to_contain_text("自动重试 3 次仍没有传上")
        someone.station("given-up", phone=True)
        page.unroute(UPLOADS)
        row(page, "不通.jpg").get_by_role("button", name="重试").click()
        page.clock.run_for(500)
        expect(row(page, "不通.jpg")).to_contain_text("已接收", timeout=20_000)
    assert others(gallery, "ERR_FAILED") == []


def test_a_file_of_another_kind_is_refused_before_it_is_sent(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    sent: list[str] = []
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        page.on("request", lambda request: sent.append(request.url) if UPLOADS.search(request.url) else None)
        large = b"\xff\xd8\xff\xe0" + bytes(2 << 20)
        page.get_by_label(SLOT).set_input_files([
            chosen("表格.jpg", b"PK\x03\x04" + bytes(100)), chosen("大.jpg", large), chosen("空.jpg", b""),
        ])  # fmt: skip
        expect(row(page, "表格.jpg")).to_contain_text("不是可以上传的格式")
        expect(row(page, "大.jpg")).to_contain_text("超过 2.0 MB 的上限")
        expect(row(page, "空.jpg")).to_contain_text("是空的")
        someone.station("refused-here", phone=True)
        assert sent == []
        row(page, "空.jpg").get_by_role("button", name="移去").click()
        expect(row(page, "空.jpg")).to_have_count(0)
    assert gallery.faults == []


def test_a_file_is_dragged_onto_the_slot_and_removed_without_leaving_the_page(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        carried = page.evaluate_handle(
            """content => {
                const carried = new DataTransfer();
                carried.items.add(new File([Uint8Array.from(content)], "拖来.jpg", {type: "image/jpeg"}));
                return carried;
            }""",
            list(scan("7", side=60)),
        )
        page.dispatch_event("[data-slot]", "dragover", {"dataTransfer": carried})
        expect(page.locator("[data-slot]")).to_have_class(re.compile("slot-over"))
        page.dispatch_event("[data-slot]", "drop", {"dataTransfer": carried})
        expect(row(page, "拖来.jpg")).to_contain_text("已通过检查", timeout=60_000)

        page.on("dialog", lambda dialog: dialog.accept())
        here = page.url
        row(page, "拖来.jpg").get_by_role("link", name="删除").click()
        expect(row(page, "拖来.jpg")).to_have_count(0)
        expect(page.get_by_label(SLOT)).to_be_focused()
        assert page.url == here
        page.reload()
        expect(page.locator(".file-row")).to_have_count(0)
    assert gallery.faults == []


def test_a_file_that_could_not_be_removed_stays_and_the_page_too(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        page.get_by_label(SLOT).set_input_files([chosen("留着.jpg", scan("k", side=60))])
        expect(row(page, "留着.jpg")).to_contain_text("已通过检查", timeout=60_000)
        here = page.url
        page.on("dialog", lambda dialog: dialog.accept())
        page.context.set_offline(True)
        row(page, "留着.jpg").get_by_role("link", name="删除").click()
        expect(page.locator("[data-slot-state]")).to_contain_text("连不上服务器")
        page.context.set_offline(False)
        expect(row(page, "留着.jpg")).to_have_count(1)
        assert page.url == here

        row(page, "留着.jpg").get_by_role("link", name="删除").click()
        expect(row(page, "留着.jpg")).to_have_count(0)
        expect(page.locator("[data-slot-state]")).to_be_empty()
    assert others(gallery, "ERR_INTERNET_DISCONNECTED") == []


def test_a_phone_offers_its_camera_beside_the_files(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery, has_touch=True, is_mobile=True) as someone:
        page = begin(someone, start)
        with page.expect_file_chooser() as camera:
            page.get_by_role("button", name="拍照上传").click()
        camera.value.set_files([chosen("照片.jpg", scan("8", side=60))])
        expect(row(page, "照片.jpg")).to_contain_text("已通过检查", timeout=60_000)
        assert page.get_by_label(SLOT).get_attribute("capture") is None
        someone.station("on-a-phone", phone=True)
    assert gallery.faults == []


def test_saving_waits_for_the_files_on_their_way(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        page.get_by_label("奖项名称（必填）").fill("等文件的奖")
        slow_down(page, 120_000)
        page.get_by_label(SLOT).set_input_files([chosen("路上.jpg", scan("9"))])
        page.get_by_role("button", name="保存", exact=True).click()
        expect(page.locator("[data-slot-state]")).to_contain_text("传完后自动保存")
        someone.reads("“获奖”已保存")
        someone.reads("路上.jpg", inside="等文件的奖")
    assert gallery.faults == []


def test_files_are_put_in_order_by_keyboard_and_joined_into_one_pdf(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        names = ["第一页.jpg", "第二页.jpg", "第三页.jpg"]
        page.get_by_label(SLOT).set_input_files([chosen(name, scan(name, side=300)) for name in names])
        for name in names:
            expect(row(page, name)).to_contain_text("已通过检查", timeout=60_000)
        row(page, names[2]).scroll_into_view_if_needed()
        small = row(page, names[2]).locator("img")
        expect(small).to_have_js_property("complete", True, timeout=20_000)
        assert small.evaluate("image => image.naturalWidth") == 240

        row(page, names[2]).get_by_role("button", name="上移").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#live-region")).to_contain_text("现在是第 2 个，共 3 个")
        expect(row(page, names[2]).get_by_role("button", name="上移")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#live-region")).to_contain_text("现在是第 1 个，共 3 个")
        expect(row(page, names[2]).get_by_role("button", name="下移")).to_be_focused()
        page.reload()
        expect(page.locator(".file-row [data-name]")).to_contain_text([names[2], names[0], names[1]])

        someone.station("in-order", phone=True)
        someone.follow("把多张图片合并为一个 PDF")
        someone.station("join", phone=True)
        someone.press("合并")
        someone.reads("已把 3 张图片合并为")
        expect(page.locator(".file-row")).to_have_count(1)
        expect(page.locator(".file-row")).to_contain_text("3 页", timeout=60_000)
        page.locator(".file-row").scroll_into_view_if_needed()
        expect(page.locator(".file-row img")).to_have_js_property("naturalWidth", 240, timeout=20_000)
        someone.station("joined", phone=True)
    assert gallery.faults == []


def test_what_is_asked_of_a_record_follows_what_is_typed(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        filing.sign_in(someone, start)
        page = someone.page
        page.goto(start + "applications/")
        page.locator("main th a").first.click()
        someone.follow("现有职称")
        someone.follow("修改")
        expect(page.get_by_label("材料名称")).to_be_hidden()
        page.get_by_label("取得方式").select_option(label="职业资格对应")
        expect(page.locator("[data-asked]")).to_contain_text("用人单位聘任证明", timeout=15_000)
        expect(page.get_by_label("材料名称")).to_have_value("专业技术人员职业资格证书")
        page.get_by_label("职称证书和聘任证明").set_input_files([chosen("资格证书.jpg", scan("q", side=60))])
        expect(row(page, "资格证书.jpg")).to_contain_text("材料名称：专业技术人员职业资格证书")
        expect(page.get_by_label("材料名称")).to_have_value("用人单位聘任证明")
        expect(page.locator("[data-asked] li").first).to_contain_text("已上传")
        someone.station("asked", phone=True)

        # What somebody has chosen for the next file stays, whatever arrives meanwhile.
        slow_down(page, 60_000)
        page.get_by_label("职称证书和聘任证明").set_input_files([chosen("聘书.jpg", scan("r", side=300))])
        page.get_by_label("材料名称").select_option(label="其他佐证材料")
        page.get_by_label("职称证书和聘任证明").focus()
        expect(row(page, "聘书.jpg")).to_contain_text("材料名称：用人单位聘任证明", timeout=30_000)
        expect(page.get_by_label("材料名称")).to_have_value("")
    assert gallery.faults == []


def test_a_session_that_ended_keeps_the_file_for_the_retry(portal, chromium, gallery):
    start = f"http://127.0.0.1:{portal.port}/"
    with person(chromium, gallery) as someone:
        page = begin(someone, start)
        page.get_by_label(SLOT).set_input_files([chosen("先传的.jpg", scan("s", side=60))])
        expect(row(page, "先传的.jpg")).to_contain_text("已通过检查", timeout=60_000)
        page.context.clear_cookies()
        page.get_by_label(SLOT).set_input_files([chosen("到期后.jpg", scan("t", side=60))])
        expect(row(page, "到期后.jpg")).to_contain_text("登录已到期", timeout=20_000)
        expect(page.get_by_role("heading", name="登录已到期")).to_be_visible(timeout=15_000)

        with page.context.expect_page() as opened:
            page.get_by_role("link", name="在新窗口登录").click()
        there = opened.value
        there.get_by_label("用户名、手机号或电子邮箱").fill("lin")
        there.get_by_label("密码").fill(filing.PERSONA_PASSWORD)
        there.get_by_role("button", name="登录", exact=True).first.click()
        there.wait_for_load_state("load")
        expect(page.get_by_role("heading", name="登录已到期")).to_be_hidden(timeout=30_000)
        row(page, "到期后.jpg").get_by_role("button", name="重试").click()
        expect(row(page, "到期后.jpg")).to_contain_text("已通过检查", timeout=60_000)
    assert others(gallery, "403") == []
