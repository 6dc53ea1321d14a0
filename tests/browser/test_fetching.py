"""Fetching a record in Chromium: the button, the consent, the mark, and that the demonstration says what it is."""

from collections.abc import Iterator

import pytest

from tests.browser import filing
from tests.browser.walker import Gallery, Walker, person

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def lin(portal, chromium, gallery) -> Iterator[Walker]:
    with person(chromium, gallery) as someone:
        filing.sign_in(someone, f"http://127.0.0.1:{portal.port}/")
        someone.page.goto(f"http://127.0.0.1:{portal.port}/archive/sections/education/education/add/")
        yield someone


def test_a_degree_is_fetched(lin, gallery: Gallery):
    lin.station("education", phone=True)
    lin.follow("凭学信网验证码获取")
    lin.reads("系统没有向任何部门查询")
    lin.fill("学信网在线验证码", "AB12CD34EF5")
    lin.fill("验证码有效期至", "2030-12-31")
    lin.press("获取")
    lin.reads("现在是 11 位")
    lin.station("fetch-refused", phone=True)
    lin.fill("学信网在线验证码", "AB12 CD34 EF56")
    lin.tick("我同意")
    lin.press("获取")
    lin.reads("来源：学信网（演示数据）")
    lin.station("fetched", phone=True)
    # The browser reports the refusal that was asked for.
    assert [fault for fault in gallery.faults if "422" not in fault] == []
