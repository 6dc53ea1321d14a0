"""Who may not file is told why, with the clause, before anything is filled in."""

from datetime import date

import pytest

from applications import guards, services
from applications.barriers import barriers
from applications.models import Application, Round
from portal import clock, privacy
from tests.applications.pages import address, words

CHOICE = {"level": "associate_senior", "direction": "cells", "employer": "津能示范电池有限公司"}


def told(enter, round_) -> str:
    return words(enter("zhou").get(address("application_start", round_.public_id)))


@pytest.mark.parametrize(("status", "word"), [("retired", "已离退休"), ("civil_servant", "公务员（含参公管理人员）")])
@pytest.mark.duty("TJ23-010")
def test_status_in_the_archive_bars_with_its_clause(world, round_, enter, status, word):
    services.add_item(owner=world.people["zhou"], kind="basics", facts={"status": status}, details={})

    page = told(enter, round_)

    assert f"申报身份为“{word}”，按天津市2023年度职称评审工作通知 一(五)（不在禁止申报之列）不能申报" in page
    assert 'name="level"' not in page
    assert enter("zhou").post(address("application_start", round_.public_id), CHOICE).status_code == 409
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("2025-03-03", "政务处分的影响期至 2025年3月3日（当天仍在影响期内）"),
        ("2025-03-02", ""),
        (None, "政务处分的影响期尚未结束"),
    ],
)
@pytest.mark.duty("TJ23-009")
def test_a_sanction_bars_to_its_last_day(world, round_, enter, until, said):
    facts = {"kind": "administrative", "from": "2024-01-01", **({"until": until} if until else {})}
    services.add_item(owner=world.people["zhou"], kind="sanction", facts=facts, details={})

    if said:
        assert said in told(enter, round_)
        assert barriers(world.people["zhou"], round_) != []
    else:
        assert barriers(world.people["zhou"], round_) == []


def test_an_empty_archive_bars_nobody(world, round_):
    assert barriers(world.people["zhou"], round_) == []


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ({"opens_on": date(2025, 3, 4)}, "该批次自 2025年3月4日 起接受申报"),
        ({"opens_on": date(2025, 2, 1), "applicant_closes_on": date(2025, 3, 2)}, "已于 2025年3月2日 24:00 截止"),
    ],
)
def test_a_window_that_is_shut_is_told(world, round_, enter, days, said):
    Round.objects.filter(pk=round_.pk).update(**days)

    assert said in told(enter, round_)


def test_a_round_that_its_office_has_ended_is_not_told_to_have_run_out(world, round_, draft, enter):
    """Its last day is still to come: it is not the day that stands against it."""
    services.close_round(round=round_, by=world.people["sun"])
    said = "已由“南开区人社局职称评审办公室（演示）”提前结束"

    page = told(enter, round_)
    assert (said in page, "24:00 截止，" in page, "已于" in page) == (True, False, False)
    draft.refresh_from_db()
    (reason,) = guards.window_is_open(draft)
    assert (said in reason, "已经保存" in reason, "个人申报时间为" in reason) == (True, True, False)
    own = words(enter("lin").get(address("application_detail", draft.public_id)))
    assert "这份草稿没有提交，不算申报" in own
    assert [told for told in ("请填好各部分", "个人申报截止：") if told in own] == []
    gone = words(enter("lin").get(address("application_withdraw", draft.public_id)))
    assert ("不能再申报该批次" in gone, "已于" in gone) == (True, False)


def test_the_year_is_used_up_and_leads_to_what_used_it(world, round_, enter):
    privacy.agree(by=world.people["zhou"])
    zhou = enter("zhou")
    assert zhou.post(address("application_start", round_.public_id), CHOICE).status_code == 302
    own = Application.objects.get()

    page = zhou.get(address("application_start", round_.public_id))

    assert "您在该批次已有一份申报" in words(page)
    assert address("application_detail", own.public_id) in page.content.decode()


def test_every_reason_is_told_at_once(world, round_, enter):
    services.add_item(owner=world.people["zhou"], kind="basics", facts={"status": "retired"}, details={})
    clock.move_to(clock.end_of(round_.applicant_closes_on))

    page = told(enter, round_)

    assert "截止" in page
    assert "已离退休" in page


@pytest.mark.parametrize("policy", ["jiangxi-lithium-2023", "zhejiang-battery-2020"])
def test_each_region_cites_its_own_notice(world, round_, policy):
    services.add_item(owner=world.people["zhou"], kind="basics", facts={"status": "retired"}, details={})
    Round.objects.filter(pk=round_.pk).update(policy_id=policy)
    round_.refresh_from_db()

    (reason,) = barriers(world.people["zhou"], round_)
    assert {"jiangxi-lithium-2023": "余人社字〔2023〕81号", "zhejiang-battery-2020": "浙蓄电协〔2020〕15号"}[
        policy
    ] in reason
