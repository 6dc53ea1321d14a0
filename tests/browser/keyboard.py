"""Somebody at the portal in Chromium without a mouse."""

from playwright.sync_api import Locator, expect

from tests.browser.walker import Walker

MOST_TABS = 200
HERE = "element => element === document.activeElement"


class Keyboard:
    """Somebody without a mouse: everything is reached by Tab and done by keys."""

    def __init__(self, walker: Walker) -> None:
        self.walker, self.page = walker, walker.page

    def reach(self, target: Locator) -> None:
        for _ in range(MOST_TABS):
            if target.evaluate(HERE):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {target}")

    def enter(self, target: Locator) -> None:
        """Follows a link or presses a button."""
        self.reach(target)
        with self.page.expect_navigation(wait_until="domcontentloaded"):
            self.page.keyboard.press("Enter")

    def choose(self, name: str, value: str) -> None:
        select = self.page.locator(f"select[name='{name}']")
        self.reach(select)
        for _ in range(30):
            if select.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{name} does not offer {value}")

    def type(self, name: str, keys: str) -> None:
        field = self.page.locator(f"input[name='{name}']")
        self.reach(field)
        self.page.keyboard.type(keys)

    def tick(self, name: str) -> None:
        box = self.page.locator(f"input[name='{name}']")
        self.reach(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def go_on(self) -> None:
        self.enter(self.page.locator(".actions button[value='next']"))
