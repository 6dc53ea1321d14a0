"""Draws the demonstration's evidence: PDFs and scans for every record of `demo/lin/records.json`.

`python -m demo.make_evidence` prints the folder. A file shows the record it proves; nothing is kept that could pass
for a real paper: each page says that it is an example. The folder is named by its inputs, so it is drawn once.
"""

import hashlib
import html
import io
import json
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

HERE = Path(__file__).resolve().parent
RECORDS = HERE / "lin" / "records.json"
EXAMPLE = "演示样例 · 非真实文件"
PAPERS = {
    "education": ("毕业证书", "学历学位"),
    "title": ("职称证书", "专业技术职务"),
    "post": ("任职证明", "工作经历"),
    "assessment": ("年度考核登记表", "考核结果"),
    "continuing_education": ("继续教育学时证明", "学习情况"),
    "social_insurance": ("参保证明", "缴费情况"),
    "plan_or_standard": ("地方标准发布稿", "封面与起草人页"),
    "patent": ("发明专利证书", "授权信息"),
    "unit_project": ("项目结项与投产证明", "项目情况"),
    "paper": ("论文首页与同行评议意见", "发表信息"),
}
WORDS = {
    "school": "院校",
    "major": "专业",
    "started_on": "开始日期",
    "certificate_number": "证书编号",
    "degree_number": "学位编号",
    "verification_code": "验证码",
    "verification_expires_on": "验证码有效期",
    "name": "名称",
    "issued_by": "发布或签发单位",
    "appointed_by": "聘任单位",
    "unit": "单位",
    "department": "部门",
    "position": "岗位",
    "work": "工作内容",
    "provider": "培训机构",
    "content": "内容",
    "payer": "缴费单位",
    "number": "编号",
    "contribution": "本人贡献",
    "holder": "权利人",
    "co_inventors": "其他发明人",
    "application": "应用与效益",
    "source": "来源",
    "team_size": "人数",
    "result": "成果与效益",
    "title": "题目",
    "journal": "期刊",
    "issue": "卷期",
    "pages": "页码",
    "issn": "刊号",
    "co_authors": "合作者",
    "evaluator_names": "评议人",
    "abstract": "摘要",
    "verification_address": "检索地址",
    "awarded": "取得日期",
    "obtained": "取得日期",
    "appointed": "聘任日期",
    "from": "起",
    "to": "止",
    "year": "年度",
    "hours": "学时",
    "date": "日期",
    "rank": "排名",
    "months": "缴费月数",
}
STYLE = """
@page { size: A4; margin: 28mm 24mm; @top-right { content: "演示样例 · 非真实文件"; font-size: 9pt; color: #b00; } }
body { font-family: "Portal Song"; font-size: 11pt; line-height: 1.7; }
h1 { text-align: center; font-size: 20pt; margin: 0 0 2mm; }
h2 { text-align: center; font-size: 12pt; font-weight: 400; }
table { width: 100%; border-collapse: collapse; }
th, td { border: .2mm solid #555; padding: 2mm 3mm; text-align: left; }
th { width: 38mm; font-weight: 400; background: #f2f4f7; } footer { margin-top: 14mm; text-align: right; }
"""


def folder() -> Path:
    """The folder with every file that the records name, drawn where it is not there yet."""
    target = _var() / "demo" / "evidence" / _key()
    if target.is_dir():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=target.parent))
    for record in json.loads(RECORDS.read_text(encoding="utf8"))["records"]:
        for name in record["files"]:
            (partial / name).write_bytes(draw(name, record))
    (partial / "notice-board.jpg").write_bytes(notice_board())
    try:
        partial.rename(target)
    except OSError:  # another process was quicker; both drew the same
        shutil.rmtree(partial, ignore_errors=True)
    return target


def draw(name: str, record: dict[str, Any]) -> bytes:
    """One file: a portrait, a scan or a PDF, by its name."""
    if record["kind"] == "basics":
        return portrait()
    return scan(record) if name.endswith(".jpg") else paper(record)


def paper(record: dict[str, Any]) -> bytes:
    """A PDF of one page that shows the record."""
    from weasyprint import CSS, HTML  # noqa: PLC0415  loading it takes a second and scans do without

    heading, about = PAPERS[record["kind"]]
    rows = "".join(
        f"<tr><th>{html.escape(word)}</th><td>{html.escape(value)}</td></tr>" for word, value in _lines(record)
    )
    body = (
        f"<h1>{heading}</h1><h2>（{about}）</h2><table><tr><th>姓名</th><td>林申报</td></tr>{rows}</table>"
        f"<footer>出具单位（演示）<br>{EXAMPLE}</footer>"
    )
    style, config = _print_style()
    written: bytes = HTML(string=f'<html lang="zh-CN"><title>{heading}</title><body>{body}</body></html>').write_pdf(
        stylesheets=[CSS(string=STYLE, font_config=config), style], font_config=config
    )
    return written


def scan(record: dict[str, Any]) -> bytes:
    """A JPG like a scanned certificate: a little grey, a little askew."""
    sheet = Image.new("RGB", (1240, 874), "#fbf8f0")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((36, 36, 1204, 838), outline="#8a2a20", width=6)
    pen.rectangle((50, 50, 1190, 824), outline="#8a2a20", width=2)
    heading = "职称证书" if record["kind"] == "title" else PAPERS[record["kind"]][0]
    pen.text((620, 120), heading, font=_font(54, 700), fill="#8a2a20", anchor="mm")
    pen.text((160, 210), "持证人：林申报", font=_font(30), fill="#222")
    for order, (word, value) in enumerate(_lines(record)[:9]):
        shown = value if len(value) <= 26 else f"{value[:25]}…"
        pen.text((160, 270 + order * 54), f"{word}：{shown}", font=_font(28), fill="#222")
    pen.ellipse((940, 600, 1140, 800), outline="#c8161d", width=5)
    pen.text((1040, 685), "演示用章", font=_font(32, 700), fill="#c8161d", anchor="mm")
    pen.text((1040, 725), "无效", font=_font(28, 700), fill="#c8161d", anchor="mm")
    pen.text((620, 800), EXAMPLE, font=_font(22), fill="#999", anchor="mm")
    return _jpeg(sheet.rotate(0.6, expand=True, fillcolor="#d9d9d6"), 82)


def portrait() -> bytes:
    """A portrait in the usual format, 295 × 413: a neutral silhouette."""
    sheet = Image.new("RGB", (590, 826), "#dfe8f1")
    pen = ImageDraw.Draw(sheet)
    shade, skin, shirt = "#3d4b5c", "#e9cfb8", "#f7f9fb"
    pen.rounded_rectangle((60, 560, 530, 1000), 170, fill=shade)
    pen.polygon([(225, 560), (365, 560), (295, 700)], fill=shirt)
    pen.polygon([(283, 590), (307, 590), (318, 690), (295, 720), (272, 690)], fill="#123a6f")
    pen.rectangle((245, 480, 345, 590), fill=skin)
    pen.ellipse((185, 190, 405, 520), fill=skin)
    pen.pieslice((172, 160, 418, 470), 180, 360, fill="#2b2622")
    pen.rectangle((172, 300, 196, 370), fill="#2b2622")
    pen.rectangle((394, 300, 418, 370), fill="#2b2622")
    return _jpeg(sheet.resize((295, 413), Image.Resampling.LANCZOS), 88)


def notice_board() -> bytes:
    """The photograph of a posted notice: a sheet on a board."""
    sheet = Image.new("RGB", (1280, 960), "#7b8a78")
    pen = ImageDraw.Draw(sheet)
    pen.rectangle((60, 60, 1220, 900), fill="#a7b3a3", outline="#4f5b4d", width=16)
    pen.rectangle((380, 130, 900, 840), fill="#fdfdfb")
    pen.text((640, 200), "公　示", font=_font(52, 700), fill="#111", anchor="mm")
    for order, line in enumerate(("推荐申报职称人员名单", "林申报　高级工程师", "津能示范电池有限公司", EXAMPLE)):
        pen.text((640, 320 + order * 90), line, font=_font(30), fill="#222", anchor="mm")
    for corner in ((390, 140), (890, 140), (390, 830), (890, 830)):
        pen.ellipse((corner[0] - 9, corner[1] - 9, corner[0] + 9, corner[1] + 9), fill="#b3261e")
    return _jpeg(sheet.rotate(-1.2, fillcolor="#5d6a5a"), 80)


def _lines(record: dict[str, Any]) -> list[tuple[str, str]]:
    told = {**record["facts"], **record["details"]}
    if record["kind"] == "title":
        told.pop("source")  # a code of the facts; as a detail it is a project's origin
    return [(WORDS[key], str(value)) for key, value in told.items() if key in WORDS]


def _jpeg(sheet: Image.Image, quality: int) -> bytes:
    written = io.BytesIO()
    sheet.convert("RGB").save(written, "JPEG", quality=quality, optimize=True)
    return written.getvalue()


@cache
def _fonts() -> dict[int, Path]:
    """The portal's own Song by weight, as `make setup` builds it."""
    manifest = _var() / "fonts" / "manifest.json"
    listed = json.loads(manifest.read_text(encoding="utf8"))["fonts"]
    return {face["weight"]: manifest.parent / face["file"] for face in listed if face["family"] == "Portal Song"}


@cache
def _font(size: int, weight: int = 400) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(_fonts()[weight]), size)


@cache
def _print_style() -> tuple[Any, Any]:
    from weasyprint import CSS  # noqa: PLC0415  see paper()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    config = FontConfiguration()
    rules = "".join(
        f"@font-face {{ font-family: 'Portal Song'; font-weight: {weight}; src: url('{path.as_uri()}'); }}"
        for weight, path in _fonts().items()
    )
    return CSS(string=rules, font_config=config), config


def _var() -> Path:
    return Path(os.environ.get("VAR_DIR", HERE.parent / "var"))


def _key() -> str:
    return hashlib.sha256(RECORDS.read_bytes() + Path(__file__).read_bytes()).hexdigest()[:16]


if __name__ == "__main__":
    print(folder())  # noqa: T201
