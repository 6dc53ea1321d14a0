"""The walk inside the draft: a record typed in, its evidence uploaded, checked and looked at, the record changed."""

from io import BytesIO

from PIL import Image, ImageDraw
from playwright.sync_api import expect

from tests.browser.walker import Walker

PATENT = "一种软包电芯热压整形夹具"
PICTURE = "夹具专利证书.png"
USE = "已用于软包电芯中试线，年节约工装费用 12 万元。"


def add_a_record(lin: Walker) -> None:
    lin.follow("专利")
    lin.station("patents")
    lin.follow("添加：专利")
    lin.station("patent-form", phone=True)
    lin.fill("专利名称", PATENT)
    lin.fill("取得（完成、发表、授权）日期", "2023-08-15")
    lin.choose("专利类型", "实用新型专利")
    lin.choose("是否已授权", "是")
    lin.fill("本人排名", "1")
    lin.choose("经济社会效益", "没有明显效益")
    lin.fill("专利号", "ZL 2023 2 0000000.0")
    lin.fill("专利权人", "津能示范电池有限公司")
    lin.press("保存")
    lin.reads("“专利”已保存。")
    lin.reads("还没有上传：专利证书和效益证明", inside=PATENT)
    lin.station("patent-listed", phone=True)


def upload_its_evidence(lin: Walker) -> None:
    lin.follow("上传材料", inside=PATENT)
    lin.heading(f"上传材料：{PATENT}")
    lin.attach("专利证书和效益证明", PICTURE, patent_certificate())
    lin.reads("已通过检查", inside=PICTURE)  # sent at once, and its row follows the check by itself
    lin.station("evidence-uploaded", phone=True)
    lin.follow("返回")
    lin.reads("已通过检查", inside=PATENT)
    lin.station("evidence-passed", phone=True)
    with lin.new_window(PICTURE, inside=PATENT):
        lin.heading(PICTURE)
        lin.reads("第 1 页，共 1 页")
        lin.sees(f"“{PICTURE}”第 1 页")
        lin.station("evidence-preview", phone=True)


def change_the_record(lin: Walker) -> None:
    lin.follow("修改", inside=PATENT)
    lin.heading("修改：专利")
    lin.choose("经济社会效益", "较好")
    lin.fill("应用情况和效益", USE)
    lin.reads("已通过检查")
    lin.station("patent-change", phone=True)
    lin.press("保存")
    lin.reads("“专利”已保存。")
    lin.follow("修改", inside=PATENT)
    expect(lin.page.get_by_label("应用情况和效益")).to_have_value(USE)
    lin.follow("返回")
    lin.follow("返回全部内容")


def patent_certificate() -> bytes:
    """A picture of a sealed paper, as a PNG: the portal makes a JPEG of it."""
    paper = Image.new("RGB", (1000, 1400), "#fbf7ec")
    pen = ImageDraw.Draw(paper)
    pen.rectangle((40, 40, 960, 1360), outline="#b08d3c", width=10)
    for line in range(14):
        pen.line((160, 320 + 60 * line, 840 - line % 4 * 70, 320 + 60 * line), fill="#333", width=10)
    pen.ellipse((620, 1080, 840, 1300), outline="#c0282d", width=12)
    out = BytesIO()
    paper.save(out, "PNG")
    return out.getvalue()
