"""Somebody at the portal in Chromium without a mouse: everything is reached by Tab and done by keys."""

from collections.abc import Mapping
from itertools import permutations
from typing import Any, ClassVar

from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.walker import Gallery, Walker, upload

MOST_TABS = 250
HERE = "element => element === document.activeElement"
# Where the target lies from here; radio buttons of one question are one stop. And what is wrong with the focus as seen:
# WCAG 2.4.7 and 2.4.11, no sign of it, or covered as a whole.
LOOK = """target => {
    const at = document.activeElement, nowhere = !at || at === document.body;
    const same = at === target || (target.type === "radio" && at.type === "radio" && at.name === target.name);
    const back = !nowhere && at.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING;
    const way = same ? "" : back ? "Shift+Tab" : "Tab";
    if (nowhere || at.tabIndex < 0) { return [way, ""]; }
    const box = at.getBoundingClientRect(), style = getComputedStyle(at), named = at.name || at.id || at.textContent.trim();
    const shown = [[0.5, 0.5], [0.05, 0.1], [0.95, 0.1], [0.05, 0.9], [0.95, 0.9]].some(([x, y]) => {
        const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
        return top && (at.contains(top) || top.contains(at));
    });
    const signs = style.opacity === "0" ? Array.from(at.labels, label => getComputedStyle(label)) : [style];
    const marked = signs.some(one => (one.outlineStyle !== "none" && parseFloat(one.outlineWidth) > 0) || one.boxShadow !== "none");
    return [way, !shown ? `focus covered: ${named}` : !marked ? `focus without a sign: ${named}` : ""];
}"""
IN_MAIN = "target => document.activeElement === document.body && document.querySelector('main').contains(target)"


class Keyboard(Walker):
    """The acts of a hand, by keys alone. A focus that nobody can see is a fault of the page."""

    # Without smooth scrolling, where the focus stands is where it will stand.
    wishes: ClassVar[Mapping[str, Any]] = {"reduced_motion": "reduce"}

    def __init__(self, context: BrowserContext, gallery: Gallery) -> None:
        super().__init__(context, gallery)
        # Dialogs for files are caught all the while: where that begins with the key, one may open before.
        self.page.on("filechooser", lambda _dialog: None)

    def reach(self, target: Locator) -> None:
        if target.evaluate(IN_MAIN):
            self._skip_to_content()
        for _ in range(MOST_TABS):
            way, fault = target.evaluate(LOOK)
            if fault:
                self.gallery.faults.append(f"{fault} ({self.page.title()})")
            if not way:
                return
            self.page.keyboard.press(way)
        raise AssertionError(f"Tab never reaches {target}")

    def go(self, way: Locator) -> None:
        self.reach(way.first)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")

    def open(self, summary: Locator) -> None:
        self.reach(summary)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, value: str) -> None:
        self.reach(field)
        if field.get_attribute("type") == "date":
            self._write_day(field, value)
            return
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(value)
        expect(field).to_have_value(value)

    def mark(self, box: Locator) -> None:
        self.reach(box)
        if not box.is_checked():
            self.page.keyboard.press(
                "Space"
            )  # in a group it marks the button that was reached; arrows go on from there
        for _ in range(MOST_TABS):
            if box.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{box} is never marked")

    def pick_value(self, select: Locator, value: str) -> None:
        self.reach(select)
        values = select.locator("option").evaluate_all("options => options.map(option => option.value)")
        steps = values.index(value) - values.index(select.input_value())
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        expect(select).to_have_value(value)

    def bring(self, files: Locator, name: str, content: bytes) -> None:
        self.reach(files)
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Enter")
        chooser.value.set_files(upload(name, content))

    def _skip_to_content(self) -> None:
        """The first stop of every page leads past the menu."""
        self.page.keyboard.press("Tab")
        if self.page.evaluate("() => document.activeElement.matches('.skip-link')"):
            self.page.keyboard.press("Enter")

    def _write_day(self, field: Locator, day: str) -> None:
        """Year, month and day in the order in which this browser shows them, which no page knows."""
        for order in permutations(day.split("-")):
            for _ in order:
                self.page.keyboard.press("ArrowLeft")
            self.page.keyboard.type("".join(order))
            if field.input_value() == day:
                return
        raise AssertionError(f"{field} does not take {day}")
