"""A whole filing as a person goes through it: round, matters, every section with its files, check, signature, sent.

`someone` goes by pointer or by keyboard: each act is a word on the page.
"""

import re

from playwright.sync_api import Locator, expect

from applications.sections import SECTIONS, Field, Input, Section
from applications.wording import EXPERIENCE
from tests.browser import filing
from tests.browser.dossier import Dossier, Entry, paper
from tests.browser.walker import SECONDS, Walker

YES_NO = {True: "是", False: "否"}


def choose_the_round(someone: Walker, round_name: str) -> None:
    """From the list of rounds, past the notice on personal data, to the page where matters are chosen."""
    someone.menu("申报批次")
    someone.heading("申报批次")
    someone.station("round-list", phone=True)
    someone.follow(re.compile(rf"^开始申报 ?：{round_name}"))
    someone.heading("个人信息保护告知")
    filing.tick_all(someone)
    someone.press("我已阅读并同意")
    someone.heading("开始申报")


def choose_the_matters(someone: Walker, dossier: Dossier) -> None:
    choose(someone, dossier.choice)
    someone.station("matters", phone=True)
    someone.press("建立申报")
    someone.reads("申报已建立")


def choose(someone: Walker, choice: dict[str, str]) -> None:
    someone.mark(question(someone, choice["title"]))
    someone.mark(someone.page.get_by_role("radio", name=re.compile(rf"^\s*{re.escape(choice['direction'])}（")))
    if choice["topic"]:
        someone.pick(question(someone, "具体内容"), choice["topic"], under=choice["direction"])
    someone.write(question(someone, "用人单位"), choice["employer"])


def fill_in(someone: Walker, dossier: Dossier, *, looks_at: frozenset[str] = frozenset()) -> None:
    """Section by section, what does not lie in the archive yet; pictures are taken of those named."""
    for section in SECTIONS:
        entries = [entry for entry in dossier.of(section) if not entry.ready]
        if section.key in dossier.nothing:
            go_to(someone, section)
            state_nothing(someone, section)
        elif entries:
            go_to(someone, section)
            seen = {section.key}
            for entry in entries:
                fill_in_record(someone, entry, look=entry.kind in looks_at - seen)
                seen.add(entry.kind)
            if section.key in looks_at:
                someone.station(f"section-{section.key}", phone=True)
    someone.follow("返回全部内容")


def go_to(someone: Walker, section: Section) -> None:
    """The next section by its link; another one over the list."""
    if on_page(someone, section):
        return
    onward = someone.page.get_by_role("link", name=f"下一部分：{section.title}", exact=True)
    if onward.count():
        someone.go(onward)
    else:
        back = someone.page.get_by_role("link", name="返回全部内容")
        if back.count():
            someone.go(back)
        someone.go(someone.page.get_by_role("main").get_by_role("link", name=str(section.title), exact=True))
    someone.heading(str(section.title))


def on_page(someone: Walker, section: Section) -> bool:
    heading = someone.page.get_by_role("heading", level=1)
    return heading.inner_text().split("　")[0].strip() == str(section.title)


def state_nothing(someone: Walker, section: Section) -> None:
    someone.follow(f"声明没有“{section.title}”")
    someone.press("声明没有")


def fill_in_record(someone: Walker, entry: Entry, *, look: bool = False) -> None:
    """A record on its page: what it says, its files each under its name, its clauses; saved at one press."""
    if entry.part.many:
        someone.follow(f"添加：{entry.part.label}")
        choose_the_kind_of_experience(someone, entry)
    for one, value in entry.answers():
        answer(someone, one, value)
    for document in entry.files:
        hand_in(someone, entry, document)
    for clause in entry.clauses:
        name_clause(someone, clause)
    if look:
        someone.station(f"record-{entry.kind}", phone=True)
    save(someone, entry)


def choose_the_kind_of_experience(someone: Walker, entry: Entry) -> None:
    """Where the notice wants it before the content (正文三(五) in Jiangxi)."""
    if someone.page.get_by_role("heading", level=1).inner_text() == "选择工作经历类别":
        label = str(EXPERIENCE[entry.says["category"]])
        someone.mark(someone.page.get_by_role("radio", name=re.compile(rf"^\s*{re.escape(label)}")))
        someone.press("下一步：填写经历")


def save(someone: Walker, entry: Entry) -> None:
    form = someone.page.locator("form[data-keep]").filter(has=someone.page.locator(f"input[value='{entry.kind}']"))
    someone.go(form.get_by_role("button", name="保存", exact=True))
    someone.reads(f"“{entry.part.label}”已保存。")


def answer(someone: Walker, asked: Field, value: object) -> None:
    """One question of a form, as its kind of field wants it."""
    field = question(someone, str(asked.label))
    if isinstance(value, bool):
        someone.pick(field, YES_NO[value])
    elif asked.input in {Input.CHOICE, Input.OPEN_CHOICE}:
        someone.pick_value(field, str(value))  # its words differ from round to round
    else:
        someone.write(field, f"{value:g}" if isinstance(value, float) else str(value))


def hand_in(someone: Walker, entry: Entry, document: str) -> None:
    """A file under the name of the document it is, where the page asks which it is; waits until it has arrived."""
    page, slot = someone.page, entry.section.slot
    assert slot is not None
    names = page.get_by_label("材料名称", exact=True)
    offered = names.locator("option").filter(has_text=re.compile(rf"^{re.escape(document)}$"))
    if offered.count() and names.input_value() != document:
        someone.pick_value(names, document)
    name, content = paper(entry, document)
    someone.bring(question(someone, str(slot.label)), name, content)
    row = page.locator(".file-row[data-piece]").filter(has_text=name)
    expect(row).to_have_count(1, timeout=20 * SECONDS)
    if offered.count():
        expect(row).to_contain_text(f"材料名称：{document}")
        asked = page.locator("[data-asked] li").filter(has_text=document).first
        expect(asked).to_contain_text("已上传", timeout=20 * SECONDS)


def name_clause(someone: Walker, clause: str) -> None:
    """A clause of the list is ticked, one of a paper that is not in the list is written beside it."""
    listed = someone.page.locator("#clauses").get_by_label(re.compile(rf"^{re.escape(clause)}　"))
    if listed.count():
        if not listed.first.is_visible():
            someone.open(someone.page.locator("#clauses summary"))
        someone.mark(listed.first)
    else:
        someone.write(question(someone, "以上没有列出的条款"), clause)


def question(someone: Walker, label: str) -> Locator:
    """The field that is called exactly so, be it required or not."""
    return someone.page.get_by_label(re.compile(rf"^\s*{re.escape(label)}\s*(（必填）)?\s*$")).first


def read_the_precheck(someone: Walker) -> None:
    someone.follow("预检：是否符合条件")
    someone.heading("条件预检")
    someone.station("precheck", phone=True)
    someone.follow("返回全部内容")


def check(someone: Walker) -> None:
    """Everything that will be sent, on one page; nothing is lacking."""
    someone.follow("核对并提交")
    someone.heading("核对申报内容")
    expect(someone.page.get_by_role("heading", name="提交前还须处理")).to_have_count(0)
    someone.station("check", phone=True)
    someone.follow("内容无误，去签署承诺并提交")


def sign_by_name(someone: Walker, name: str) -> None:
    typed = someone.page.locator("[data-sign-typed]")
    if typed.get_attribute("open") is None:
        someone.open(typed.locator("summary"))
    someone.write(question(someone, "键入本人姓名"), name)
    someone.press("签署承诺")
    someone.reads("键入姓名，")


def sign_by_hand(someone: Walker) -> None:
    filing.draw(someone.page)
    someone.station("signing")
    someone.press("签署承诺")
    someone.sees("您的手写签名")


def submit(someone: Walker, day: str) -> None:
    """Sent; the application's own page shows its number and when it arrived."""
    someone.station("signed", phone=True)
    someone.press("提交申报")
    someone.reads("申报已提交")
    someone.reads("SB")
    someone.reads(re.compile(rf"^{day} \d\d:\d\d"))
    someone.station("submitted", phone=True)
