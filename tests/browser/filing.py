"""The walk up to the office's acceptance: applicant, employer, supervising body, office."""

import re
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.browser.filling import PATENT
from tests.browser.walker import Walker

PERSONA_PASSWORD = "demo-2025-portal"


def sign_in(someone: Walker, address: str) -> None:
    """The only address typed; then by name and password, as `make run` prints them."""
    someone.page.goto(address)
    someone.station("welcome", phone=True)
    someone.follow("登录办理")
    someone.station("sign-in", phone=True)
    log_in(someone, "lin", "林申报")
    someone.station("applicant-home", phone=True)


def log_in(someone: Walker, login: str, name: str) -> None:
    someone.fill("用户名、手机号或电子邮箱", login)
    someone.fill("密码", PERSONA_PASSWORD)
    someone.press("登录")
    someone.heading(f"{name}，您好")


def open_the_draft(lin: Walker) -> None:
    lin.follow("个人信息保护告知")
    lin.station("privacy", phone=True)
    tick_all(lin)
    lin.press("我已阅读并同意")
    lin.follow("职称评审信息系统")
    lin.follow("继续填写并提交申报")
    lin.station("task-list", phone=True)


def submit(lin: Walker) -> None:
    lin.follow("学历")
    lin.station("section", phone=True)
    lin.follow("返回全部内容")
    lin.follow("预检：是否符合条件")
    lin.heading("条件预检")
    lin.unfold("五(四)")
    lin.reads("按正常条件申报，不必符合破格条件")
    lin.station("precheck", phone=True)
    lin.follow("返回全部内容")
    lin.follow("核对并提交")
    lin.station("check-answers", phone=True)
    lin.follow("内容无误，去签署承诺并提交")
    lin.station("commitment", phone=True)
    draw(lin.page)
    lin.station("signed-on-the-pad")
    lin.press("签署承诺")
    lin.sees("您的手写签名")
    lin.station("signature", phone=True)
    lin.press("提交申报")
    lin.station("submitted", phone=True)


def draw(page: Page) -> None:
    """Writes something like a name on the pad with the mouse: two strokes."""
    pad = page.locator("[data-sign-pad]")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    for left, top, right, bottom in ((0.15, 0.3, 0.45, 0.7), (0.5, 0.65, 0.85, 0.25)):
        page.mouse.move(box["x"] + left * box["width"], box["y"] + top * box["height"])
        page.mouse.down()
        page.mouse.move(box["x"] + right * box["width"], box["y"] + bottom * box["height"], steps=12)
        page.mouse.up()


def check_at_the_employer(wang: Walker) -> None:
    wang.become("王人事")
    wang.station("employer-home")
    wang.follow("待核验、公示和推荐的申报")
    wang.station("employer-list", phone=True)
    wang.follow("林申报")
    wang.station("employer-application", phone=True)
    wang.follow("逐项核验")
    wang.reads(PATENT)
    wang.station("verify-records", phone=True)
    assert wang.press_each("核验属实") > 10
    assert wang.press_each("符合：") > 5
    wang.tick("合格")
    wang.fill("职业道德评价", "遵守职业道德和学术规范，无违规违纪情形。")
    wang.press("保存考核与评价")
    wang.station("verified")


def post_the_notice(wang: Walker) -> None:
    wang.follow("返回申报")
    wang.follow("发布单位公示")
    wang.tick("林申报")
    wang.station("notice-post")
    wang.press("今天发布公示")
    wang.attach("公示照片", "公示栏.jpg", photograph())
    wang.press("上传照片")
    wang.station("notice-running", phone=True)
    wang.press("至公示期满")
    wang.follow("结束公示")
    wang.station("notice-close")
    wang.press("结束公示")


def recommend(wang: Walker) -> None:
    wang.follow("林申报")
    wang.follow("推荐上报")
    wang.station("recommend")
    tick_all(wang)
    wang.press("推荐上报")
    wang.station("recommended")


def pass_the_supervising_body(zhao: Walker) -> None:
    zhao.become("赵主管")
    zhao.follow("待审核的申报")
    zhao.follow("林申报")
    zhao.station("supervisor-application")
    zhao.follow("审核通过")
    tick_all(zhao)
    zhao.station("supervisor-decision", phone=True)
    zhao.press("审核通过")


def accept_at_the_office(sun: Walker) -> None:
    sun.become("孙受理")
    sun.station("office-home")
    sun.follow("待受理的申报")
    sun.follow("林申报")
    find_otherwise(sun)
    sun.follow("受理")
    sun.reads("本办已对下列条款另作认定")
    tick_all(sun)
    sun.station("office-decision")
    sun.press("受理")
    sun.station("accepted")


def find_otherwise(sun: Walker) -> None:
    """Sets an own finding on a clause, reads it beside the rules' own, takes it back and sets it again."""
    sun.follow("阅读全部申报材料")
    sun.station("findings", phone=True)
    sun.unfold("业绩成果，7项中至少2项")
    for first in (True, False):
        sun.unfold("五(三)1")
        sun.follow(re.compile(r"^另作认定 ?：五\(三\)1$"))
        sun.tick("符合")
        sun.fill("理由", "获奖证书已核对原件。")
        sun.station("override", phone=True)
        sun.press("保存认定")
        sun.reads("人工认定已保存")
        if first:
            sun.unfold("五(三)1")
            sun.station("findings-overridden", phone=True)
            sun.follow("撤销认定")
            sun.fill("撤销理由", "另查原件。")
            sun.press("撤销认定")
            sun.reads("人工认定已撤销")
    sun.follow("打印核对结果")
    sun.reads("人工认定（已撤销）")
    sun.station("findings-on-paper", phone=True)
    sun.follow("返回申报材料")
    sun.follow("返回办理")


def tick_all(someone: Walker) -> None:
    for box in someone.page.get_by_role("main").get_by_role("checkbox").all():
        someone.mark(box)


def photograph() -> bytes:
    """A picture of a notice board."""
    picture = Image.new("RGB", (1200, 900), "#8a6a46")
    paper = ImageDraw.Draw(picture)
    paper.rectangle((330, 120, 870, 780), fill="white")
    for line in range(12):
        paper.line((390, 210 + 42 * line, 810 - line % 3 * 60, 210 + 42 * line), fill="#444", width=8)
    out = BytesIO()
    picture.save(out, "JPEG")
    return out.getvalue()
