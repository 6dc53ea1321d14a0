"""The public self-check in Chromium: by keyboard alone, looked at on a desk and on a phone; and without JavaScript."""

import pypdfium2 as pdfium
import pytest
from playwright.sync_api import expect

from tests.browser.keyboard import HERE, Keyboard
from tests.browser.walker import person

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ONWARD = ".actions button[value='next']"


def test_by_keyboard_alone_from_home_to_a_clause_and_its_paper(portal, chromium, gallery):
    with person(chromium, gallery, Keyboard) as walker:
        page = walker.page
        page.goto(f"http://127.0.0.1:{portal.port}/")
        walker.go(page.locator("main a.entrance", has_text="申报条件自查"))
        walker.station("policy", phone=True)
        walker.mark(page.locator("input[value='tianjin-lithium-2022/associate_senior']"))
        page.keyboard.press("Enter")
        walker.reads("第 2 步")

        walker.pick_value(page.locator("select[name='person-status']"), "employed")
        walker.mark(page.locator("input[name='sanction-none']"))
        walker.station("person", phone=True)
        walker.go(page.locator(ONWARD))
        walker.pick_value(page.locator("select[name='education-0-level']"), "master")
        walker.write(page.locator("input[name='education-0-awarded']"), "2014-06-30")
        walker.station("education", phone=True)
        walker.go(page.locator("button[name='more'][value='education']"))
        assert page.locator("#row-education-1").count() == 1
        walker.go(page.locator("button[name='drop'][value='education-1']"))
        walker.go(page.locator(ONWARD))
        walker.pick_value(page.locator("select[name='title-0-level']"), "intermediate")
        walker.mark(page.locator("input[name='skill-none']"))
        walker.station("titles", phone=True)
        walker.go(page.locator(ONWARD))
        walker.station("posts", phone=True)
        walker.go(page.locator(ONWARD))
        walker.station("conduct", phone=True)
        walker.go(page.locator(ONWARD))
        walker.pick_value(page.locator("select[name='achievement-new']"), "award")
        walker.go(page.locator("button[name='more'][value='achievement']"))
        walker.pick_value(page.locator("select[name='achievement-0-level']"), "provincial")
        walker.station("achievements", phone=True)
        walker.go(page.locator(ONWARD))
        walker.station("support", phone=True)
        walker.go(page.locator(ONWARD))
        walker.station("routes", phone=True)
        walker.go(page.locator(ONWARD))
        walker.station("statements", phone=True)
        walker.go(page.locator(".actions button[value='back']"))
        walker.go(page.locator("nav button[value='education']"))
        expect(page.locator("select[name='education-0-level']")).to_have_value("master")
        expect(page.locator("input[name='education-0-awarded']")).to_have_value("2014-06-30")
        walker.go(page.locator("nav button[value='result']"))

        walker.heading("核对结果")
        walker.station("result", phone=True)
        clause = page.locator(".clause summary", has_text="五(一)2")
        walker.reach(clause)
        page.keyboard.press("Enter")
        walker.reads("津人社局发〔2022〕27号 五(一)2")
        walker.go(page.locator("button[value='print']"))
        walker.reads("仅供参考")
        walker.station("paper", phone=True)
        page.pdf(path=gallery.folder / "paper.pdf", format="A4", prefer_css_page_size=True)
        sheets = pdfium.PdfDocument(gallery.folder / "paper.pdf")
        told = [sheet.get_textpage().get_text_bounded() for sheet in sheets]
        assert len(told) > 1
        assert [sheet for sheet in told if "仅供参考" not in sheet or "津人社局发〔2022〕27号" not in sheet] == []
        assert page.context.cookies() == [] or [one["name"] for one in page.context.cookies()] == ["csrftoken"]

    assert gallery.faults == []


def test_a_mistake_is_told_at_the_top_and_takes_the_focus(portal, chromium, gallery):
    with person(chromium, gallery, Keyboard) as walker:
        page = walker.page
        page.goto(f"http://127.0.0.1:{portal.port}/self-check/")
        walker.go(page.locator(ONWARD))
        assert page.locator(".error-summary").evaluate(HERE)
        walker.station("mistake", phone=True)

    # Chromium reports every answer of 4xx in its console; this one is meant.
    gallery.faults[:] = [fault for fault in gallery.faults if "status of 422" not in fault]
    assert gallery.faults == []


def test_it_works_without_javascript(portal, chromium, gallery):
    with person(chromium, gallery, java_script_enabled=False) as walker:
        page = walker.page
        page.goto(f"http://127.0.0.1:{portal.port}/self-check/")
        page.locator("input[value='tianjin-lithium-2022/associate_senior']").check()
        page.locator(ONWARD).click()
        page.locator("select[name='person-status']").select_option("retired")
        page.locator(".actions button[value='result']").click()
        walker.reads("不符合申报条件")
        page.locator(".clause summary", has_text="2023年度通知一(五)").click()
        walker.reads("人员身份为已离退休")

    assert gallery.faults == []
