"""Opening rounds under a policy in force, and changing their dates on the record."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from applications import demo as filing
from applications.errors import NotInForce, Refused
from applications.models import Round
from applications.services import change_dates, close_round, open_round
from portal import clock
from portal.access import Forbidden
from portal.models import AuditEntry
from rules import catalog


def opened(world, *, by="sun", **changes) -> Round:
    given = {
        "committee": world.units["committee"],
        "policy_id": filing.POLICY,
        "year": 2025,
        "levels": [filing.LEVEL],
        "dates": filing.PLAN,
    }
    return open_round(**{**given, **changes}, by=world.people[by])


def later(days: int):
    return type(filing.PLAN)(**{name: getattr(filing.PLAN, name) + timedelta(days=days) for name in DATES})


DATES = ("opens_on", "applicant_closes_on", "employer_closes_on", "supervisor_closes_on", "office_closes_on", "as_of")


def test_a_round_takes_everything_from_the_pack(world):
    round_ = opened(world)

    assert (round_.series, round_.specialty, round_.region) == ("engineering", "lithium_battery", "tianjin")
    assert round_.office == world.units["office"]
    assert len(round_.policy_sha256) == 64
    assert round_.takes_applications
    assert AuditEntry.objects.get(act="round.open").scope == f"round:{round_.public_id}"


def test_on_the_machines_own_date_a_round_under_the_lapsed_policy_is_refused(world):
    with clock.frozen(clock.machine_now()):
        days = (clock.today() - filing.PLAN.opens_on).days
        with pytest.raises(NotInForce) as refusal:
            opened(world, dates=later(days))

    assert "津人社局发〔2022〕27号" in str(refusal.value)
    assert "有效期至2025年10月31日" in str(refusal.value)
    assert "接续文件" in str(refusal.value)
    assert Round.objects.count() == 0


def test_a_second_round_of_the_year_takes_a_name_of_its_own(world):
    opened(world)

    with pytest.raises(Refused, match="另取名称"):
        opened(world)
    assert opened(world, name="第二批").pk
    assert Round.objects.count() == 2


def test_a_version_that_was_corrected_opens_no_round(world, monkeypatch):
    monkeypatch.setattr(catalog, "correction_of", lambda _policy_id: "tianjin-lithium-2022-2")
    with pytest.raises(Refused, match="已由更正版本“tianjin-lithium-2022-2”接替"):
        opened(world)
    assert not Round.objects.exists()


@pytest.mark.parametrize(("day", "holds"), [(date(2025, 10, 31), True), (date(2025, 11, 1), False)])
def test_the_opening_day_decides(world, day, holds):
    plan = later((day - filing.PLAN.opens_on).days)
    if holds:
        assert opened(world, dates=plan).opens_on == day
    else:
        with pytest.raises(NotInForce):
            opened(world, dates=plan)


FAR = date(9999, 12, 31)


@pytest.mark.parametrize("name", [name for name in DATES if name != "opens_on"])
def test_a_day_of_another_age_is_refused_with_a_sentence(world, name):
    later_ones = {one: FAR for one in DATES[DATES.index(name) :] if one != "as_of"} if name != "as_of" else {}

    with pytest.raises(Refused) as refusal:
        opened(world, dates=replace(filing.PLAN, **{name: FAR, **later_ones}))

    assert refusal.value.reasons == ["9999年12月31日 距开始申报超过 2 年，请检查年份。"]


def test_the_cut_off_is_not_of_another_age_either(world):
    with pytest.raises(Refused, match="1年1月1日 距开始申报超过 2 年"):
        opened(world, dates=replace(filing.PLAN, as_of=date(1, 1, 1)))


def test_the_year_is_that_of_the_dates(world):
    with pytest.raises(Refused, match="与批次的年度 2099 不符"):
        opened(world, year=2099)


@pytest.mark.parametrize("changes", [{"office_closes_on": FAR}, {"as_of": date(1, 1, 1)}])
def test_dates_are_not_changed_to_another_age(world, changes):
    round_ = opened(world)

    with pytest.raises(Refused, match="请检查年份"):
        change_dates(round=round_, dates=replace(filing.PLAN, **changes), reason="延长。", by=world.people["sun"])

    round_.refresh_from_db()
    assert round_.office_closes_on == filing.PLAN.office_closes_on


def test_faults_are_named_together(world):
    with pytest.raises(Refused) as refusal:
        opened(
            world,
            levels=["associate_senior", "full_professor"],
            dates=replace(filing.PLAN, opens_on=date(2025, 3, 1), office_closes_on=date(2025, 3, 2)),
        )

    assert len(refusal.value.reasons) == 3


@pytest.mark.parametrize(
    ("policy", "clause"),
    [
        ("tianjin-lithium-2022", "津人社局发〔2022〕27号 正文三"),
        ("tianjin-engineering-2019", "津人社局发〔2019〕39号，正文二(三)1由各专业的评审方案选定"),
    ],
)
def test_a_level_that_the_employer_appoints_is_not_for_a_committee(world, policy, clause):
    with pytest.raises(Refused) as refusal:
        opened(world, policy_id=policy, levels=["technician", "assistant", "intermediate"])

    assert [reason[:9] for reason in refusal.value.reasons] == ["“技术员”由用人单", "“助理工程师”由用"]
    assert all(clause in reason for reason in refusal.value.reasons)
    assert opened(world, policy_id=policy, levels=["intermediate"]).levels == ["intermediate"]


def test_only_the_committees_office_opens_its_rounds(world):
    with pytest.raises(Forbidden):
        opened(world, by="zheng")


def test_an_unfiled_committee_gets_no_round(world):
    world.units["committee"].filed_until = date(2025, 3, 2)
    world.units["committee"].save()

    with pytest.raises(Refused, match="备案"):
        opened(world)


def test_dates_change_with_a_reason_and_on_the_record(world, round_):
    plan = replace(filing.PLAN, applicant_closes_on=date(2025, 4, 7))
    with pytest.raises(Refused, match="理由"):
        change_dates(round=round_, dates=plan, reason=" ", by=world.people["sun"])

    change_dates(round=round_, dates=plan, reason="系统维护一周。", by=world.people["sun"])

    round_.refresh_from_db()
    assert round_.applicant_closes_on == date(2025, 4, 7)
    entry = AuditEntry.objects.get(act="round.change_dates")
    assert entry.reason == "系统维护一周。"
    assert entry.change == '{"applicant_closes_on": ["2025-03-31", "2025-04-07"]}'


def test_the_opening_day_stays_once_it_has_come(world, round_):
    with pytest.raises(Refused, match="开始日期"):
        change_dates(
            round=round_, dates=replace(filing.PLAN, opens_on=date(2025, 3, 4)), reason="改期", by=world.people["sun"]
        )


def test_the_window_closes_at_24(round_):
    clock.move_to(datetime(2025, 3, 31, 23, 59, 59, tzinfo=clock.ZONE))
    assert round_.takes_applications
    clock.move_to(datetime(2025, 4, 1, tzinfo=clock.ZONE))
    assert not round_.takes_applications


def test_a_closed_round_takes_nothing(world, round_):
    close_round(round=round_, by=world.people["sun"])

    assert not round_.takes_applications
    with pytest.raises(Refused):
        close_round(round=round_, by=world.people["sun"])
