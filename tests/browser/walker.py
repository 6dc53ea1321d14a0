"""A person at the portal in Chromium who goes by the words on the pages, and what every page is held to."""

import mimetypes
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FilePayload,
    Locator,
    Page,
    Response,
    expect,
)

ROOT = Path(__file__).resolve().parents[2]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
SECONDS = 1000
FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .filter(found => ["serious", "critical"].includes(found.impact))
    .flatMap(found => found.nodes.map(node => `${found.id}: ${node.target.join(" ")} (${found.help})`))"""
# An element that scrolls by itself may be wider than the page; the page itself may not.
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class Gallery:
    """The pictures of the walk, and what was wrong on the way."""

    folder: Path
    faults: list[str] = field(default_factory=list)
    stations: list[str] = field(default_factory=list)

    def next_name(self, name: str) -> str:
        self.stations.append(name)
        return f"{len(self.stations):02d}-{name}"

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", lambda error: self.faults.append(f"script: {error.error}"))
        context.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _response(self, response: Response) -> None:
        if response.status >= 500:
            self.faults.append(f"{response.status}: {response.url}")


class Walker:
    """Somebody's browser. Acts name what stands on the page; an act whose words are missing fails the walk."""

    wishes: ClassVar[Mapping[str, Any]] = {}  # of the browser, for all that go by these hands

    def __init__(self, context: BrowserContext, gallery: Gallery) -> None:
        self.page: Page = context.new_page()
        # A listener of its own for as long as the page is there: taken off and on again between two presses, it misses one.
        self.page.on("filechooser", lambda _chooser: None)
        self.gallery = gallery

    def follow(self, words: str | re.Pattern[str], *, inside: str = "") -> None:
        """Clicks the link of these words (or that begins with them); `inside` narrows to the row of a table or list."""
        name = words if isinstance(words, re.Pattern) else re.compile(rf"^\s*{re.escape(words)}")
        self.go(self._part(inside).get_by_role("link", name=name))

    def press(self, words: str, *, inside: str = "") -> None:
        name = re.compile(rf"^\s*{re.escape(words)}")
        self.go(self._part(inside).get_by_role("button", name=name))

    def unfold(self, words: str) -> None:
        """Opens what is shut under these words."""
        self.open(self.page.locator("summary").filter(has_text=words).first)

    def fill(self, label: str, value: str) -> None:
        self.write(self.page.get_by_label(label), value)

    def tick(self, label: str) -> None:
        self.mark(self.page.get_by_label(label).first)

    def choose(self, label: str, words: str) -> None:
        self.pick(self.page.get_by_label(label), words)

    def attach(self, label: str, name: str, content: bytes) -> None:
        """Chooses a file of this name."""
        self.bring(self.page.get_by_label(label), name, content)

    # The acts of a hand, by pointer; `Keyboard` does them otherwise.
    def open(self, summary: Locator) -> None:
        summary.click()

    def write(self, field: Locator, value: str) -> None:
        field.fill(value)

    def mark(self, box: Locator) -> None:
        box.check()

    def pick(self, select: Locator, words: str, *, under: str = "") -> None:
        """The option of these words; `under` is the heading of its group, where several groups have one so called."""
        group = select.locator(f"optgroup[label='{under}']") if under else select
        option = group.locator("option").filter(has_text=re.compile(rf"^\s*{re.escape(words)}\s*$")).first
        self.pick_value(select, option.get_attribute("value") or "")

    def pick_value(self, select: Locator, value: str) -> None:
        select.select_option(value=value)

    def bring(self, files: Locator, name: str, content: bytes) -> None:
        files.set_input_files(upload(name, content))

    def become(self, name: str) -> None:
        """Another persona, by the demonstration's bar."""
        choice = self.page.get_by_label("换成")
        choice.select_option(label=choice.locator("option", has_text=name).inner_text())
        self.press("切换")
        self.reads(f"您现在是{name}。")

    def menu(self, words: str) -> None:
        self.go(self.page.get_by_role("navigation", name="主导航").get_by_role("link", name=words, exact=True))

    def reads(self, words: str | re.Pattern[str], *, inside: str = "") -> None:
        """The page says so."""
        expect(self._part(inside).get_by_text(words).first).to_be_visible(timeout=10 * SECONDS)

    def heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words, timeout=10 * SECONDS)

    def sees(self, words: str) -> None:
        """A picture of this description is there and drawn."""
        picture = self.page.get_by_role("img", name=words)
        expect(picture).to_have_js_property("complete", True, timeout=20 * SECONDS)
        assert picture.evaluate("image => image.naturalWidth") > 0, f"“{words}” is no picture"

    def offers(self, words: str) -> bool:
        return self._buttons(words).count() > 0

    def press_each(self, words: str) -> int:
        """Presses every button that begins with these words, one after the other, until none is left; how many."""
        pressed = 0
        while self.offers(words):
            left = self._buttons(words).count()
            self.go(self._buttons(words))
            assert self._buttons(words).count() == left - 1, f"“{words}” changed nothing"
            pressed += 1
        return pressed

    def wait_until_offered(self, *words: str, seconds: float = 120) -> None:
        """Looks again until every link of these words is there, as the page tells a person to."""
        end = time.monotonic() + seconds
        while not all(self.page.get_by_role("link", name=re.compile(one)).count() for one in words):
            assert time.monotonic() < end, f"{words} not offered within {seconds} s"
            self.page.wait_for_timeout(2 * SECONDS)
            self.page.reload()

    @contextmanager
    def new_window(self, words: str, *, inside: str = "") -> Iterator[None]:
        """What is done in the window that this link opens; it is closed afterwards."""
        before = self.page
        with before.context.expect_page() as opened:
            self._part(inside).get_by_role("link", name=re.compile(rf"^\s*{re.escape(words)}")).first.click()
        self.page = opened.value
        self.page.set_viewport_size(DESKTOP)
        yield
        self.page.close()
        self.page = before

    def download(self, words: str, name: str) -> bytes:
        """What this link downloads; it is laid beside the pictures."""
        with self.page.expect_download() as waiting:
            self.page.get_by_role("link", name=re.compile(words)).click()
        waiting.value.save_as(self.gallery.folder / name)
        return (self.gallery.folder / name).read_bytes()

    def station(self, name: str, *, phone: bool = False) -> None:
        """Looks at the page: a picture, its faults by axe, its width on a phone; with `phone` both there as well."""
        self.page.wait_for_load_state("load")
        title = self.gallery.next_name(name)
        self._picture(f"{title}-d")
        self.gallery.faults += [f"{title}: {fault}" for fault in self._axe()]
        self.page.set_viewport_size(PHONE)
        over = self.page.evaluate(OVERFLOW)
        if over:
            self.gallery.faults.append(f"{title}: {over} px too wide on a phone")
        if phone:
            self._picture(f"{title}-m")
            self.gallery.faults += [f"{title} on a phone: {fault}" for fault in self._axe()]
        self.page.set_viewport_size(DESKTOP)

    def _axe(self) -> list[str]:
        self.page.evaluate((ROOT / "static/vendor/axe/axe.min.js").read_text(encoding="utf8"))
        return self.page.evaluate(FAULTS)

    def _picture(self, name: str) -> None:
        self.page.screenshot(path=self.gallery.folder / f"{name}.png", full_page=True)

    def go(self, way: Locator) -> None:
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            way.first.click()

    def _part(self, inside: str) -> Locator:
        if not inside:
            return self.page.locator("body")
        return self.page.locator("tr, li, .panel, section").filter(has_text=inside).last

    def _buttons(self, words: str) -> Locator:
        # Words that only a screen reader hears are set off by a space in the name.
        return self.page.get_by_role("button", name=re.compile(rf"^\s*{re.escape(words).replace('：', ' ?：')}"))


def upload(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": mimetypes.guess_type(name)[0] or "", "buffer": content}


@contextmanager
def person(chromium: Browser, gallery: Gallery, hands: type[Walker] = Walker, **options: Any) -> Iterator[Walker]:
    """A browser of one's own: nobody signed in."""
    context = chromium.new_context(viewport=DESKTOP, locale="zh-CN", accept_downloads=True, **hands.wishes, **options)
    context.set_default_timeout(20 * SECONDS)
    gallery.watch(context)
    try:
        yield hands(context, gallery)
    finally:
        context.close()
