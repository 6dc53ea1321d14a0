"""Whole filings in Chromium, from the log-in over the list of rounds to the application with its arrival stamp.

Jiangxi's 高级工程师 is typed whole; the others find in their archive what is the same as elsewhere, and type what their
notice asks for. The last goes by keyboard alone. Tianjin's 高级工程师 by pointer is in test_journey.
"""

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from applications import sections
from tests.browser import filing, signing
from tests.browser import whole_filing as walk
from tests.browser.conftest import manage
from tests.browser.dossier import Dossier, dossier
from tests.browser.keyboard import Keyboard
from tests.browser.walker import ROOT, Gallery, Walker, person
from tests.processes.installation import Installation

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture(scope="module")
def provinces(tmp_path_factory) -> Iterator[Installation]:
    """Web and worker on SQLite; each test opens its province's round in it and files as somebody of its own."""
    place = tmp_path_factory.mktemp("filings")
    (place / "fonts").symlink_to(ROOT / "var" / "fonts")
    installation = Installation(place)
    installation.environment["PUBLIC_URL"] = signing.PUBLIC_URL
    manage(installation, "migrate", "--verbosity=0")
    with installation:
        yield installation


def prepare(installation: Installation, key: str, *, registered: bool = True) -> tuple[Dossier, str]:
    """Whose filing it is, and the round's name."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.provinces", key, *(["registered"] if registered else [])],
        cwd=ROOT, env=installation.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return dossier(key), json.loads(done.stdout)["round"]


def enter(someone: Walker, installation: Installation, about: Dossier) -> None:
    someone.page.goto(f"http://127.0.0.1:{installation.port}/")
    someone.follow("登录办理")
    filing.log_in(someone, about.login, about.name)


def others(gallery: Gallery, *expected: str) -> str:
    """The faults that nobody brought about on purpose, a line each; the next test begins without any."""
    found = [fault for fault in gallery.faults if not any(words in fault for words in expected)]
    gallery.faults.clear()
    return "\n".join(found)


def test_an_engineer_senior_of_jiangxi_types_everything(provinces, chromium, gallery):
    about, round_name = prepare(provinces, "jiangxi-senior", registered=False)
    with person(chromium, gallery) as huang:
        enter(huang, provinces, about)
        walk.choose_the_round(huang, round_name)
        turned_away_with_a_unit_of_another_region(huang, about)
        walk.choose_the_matters(huang, about)
        register_the_identity(huang, about)
        huang.station("task-list", phone=True)
        walk.go_to(huang, sections.section("basics"))
        crop_the_portrait(huang)
        fetch_the_insurance(huang)
        walk.fill_in(
            huang, about, looks_at=frozenset({"basics", "title", "post", "research_project", "paper", "publications"})
        )
        walk.read_the_precheck(huang)
        walk.check(huang)
        walk.sign_by_hand(huang)
        walk.submit(huang, "2023年6月1日")
    assert others(gallery, "status of 422") == ""
    manage(provinces, "check_invariants")


def turned_away_with_a_unit_of_another_region(huang: Walker, about: Dossier) -> None:
    choice = about.choice | {"employer": "津能示范电池有限公司"}
    walk.choose(huang, choice)
    huang.press("建立申报")
    huang.reads("该单位登记在其他地区（天津（演示）），本批次只接受“江西（演示）”的单位。")
    huang.station("unit-of-another-region", phone=True)


def register_the_identity(huang: Walker, about: Dossier) -> None:
    huang.reads("尚未登记证件号码")
    huang.follow("现在登记")
    huang.write(walk.question(huang, "证件号码"), about.number)
    huang.press("登记")
    huang.reads("身份证件已登记")


def crop_the_portrait(huang: Walker) -> None:
    huang.follow("上传并裁剪照片")
    huang.attach("选择照片", "生活照.jpg", filing.photograph())
    huang.page.get_by_label("放大").fill("120")
    huang.station("portrait", phone=True)
    huang.press("裁剪并保存")
    huang.heading("基本信息")


def fetch_the_insurance(huang: Walker) -> None:
    """In Jiangxi nobody uploads proof of it: it is chosen, and comes by itself (正文三(四))."""
    walk.go_to(huang, sections.section("insurance_and_tax"))
    huang.follow("获取参保证明")
    filing.tick_all(huang)
    huang.press("获取")
    huang.reads("请核对")
    huang.station("insurance-fetched", phone=True)


def test_an_engineer_of_jiangxi_brings_the_papers_of_an_institution(provinces, chromium, gallery):
    about, round_name = prepare(provinces, "jiangxi-engineer")
    with person(chromium, gallery) as liu:
        enter(liu, provinces, about)
        walk.choose_the_round(liu, round_name)
        walk.choose_the_matters(liu, about)
        walk.fill_in(liu, about, looks_at=frozenset({"education", "title", "social_insurance", "paper"}))
        give_the_address_of_the_paper(liu)
        walk.check(liu)
        walk.sign_by_name(liu, about.name)
        walk.submit(liu, "2023年6月1日")
    assert others(gallery) == ""
    manage(provinces, "check_invariants")


def give_the_address_of_the_paper(liu: Walker) -> None:
    """Without an address in one of three databases a paper is void (正文三(十)2); the page says so, and where."""
    walk.go_to(liu, sections.section("publications"))
    liu.reads("无效论文：没有填写中国知网、万方数据或维普网的检索地址")
    liu.station("void-paper", phone=True)
    liu.follow("修改")
    liu.write(walk.question(liu, "检索网址"), "https://d.wanfangdata.com.cn/periodical/demo202202020")
    liu.press("保存")
    liu.reads("“论文”已保存。")
    expect(liu.page.get_by_text("无效论文")).to_have_count(0)
    liu.follow("返回全部内容")


def test_an_engineer_senior_of_zhejiang_scores_themselves(provinces, chromium, gallery):
    about, round_name = prepare(provinces, "zhejiang-senior")
    with person(chromium, gallery) as xu, person(chromium, gallery, has_touch=True, is_mobile=True) as phone:
        enter(xu, provinces, about)
        walk.choose_the_round(xu, round_name)
        walk.choose_the_matters(xu, about)
        walk.fill_in(xu, about, looks_at=frozenset({"unit_project", "continuing_education", "self_score"}))
        correct_the_score(xu)
        walk.read_the_precheck(xu)
        walk.check(xu)
        link = signing.show_the_code(xu)
        signing.sign_on_the_phone(phone, f"http://127.0.0.1:{provinces.port}{link}", about.name)
        signing.desk_follows(xu)
        walk.submit(xu, "2020年9月1日")
    assert others(gallery) == ""
    manage(provinces, "check_invariants")


def correct_the_score(xu: Walker) -> None:
    """A total that is not the sum of its rows is told, with both figures."""
    walk.go_to(xu, sections.section("self_score"))
    xu.reads("各项自评相加为84分，与填写的自评得分80分不一致")
    xu.station("score-that-does-not-add-up", phone=True)
    xu.write(walk.question(xu, "自评得分"), "84")
    xu.press("保存")
    xu.reads("“量化自评”已保存。")
    expect(xu.page.get_by_text("不一致")).to_have_count(0)
    xu.follow("返回全部内容")


def test_a_whole_filing_by_keyboard_alone(provinces, chromium, gallery):
    about, round_name = prepare(provinces, "tianjin-senior")
    with person(chromium, gallery, Keyboard) as he:
        enter(he, provinces, about)
        walk.choose_the_round(he, round_name)
        walk.choose_the_matters(he, about)
        walk.fill_in(he, about, looks_at=frozenset({"post", "patent"}))
        walk.read_the_precheck(he)
        walk.check(he)
        walk.sign_by_name(he, about.name)
        walk.submit(he, "2025年3月3日")
    assert others(gallery) == ""
    manage(provinces, "check_invariants")
