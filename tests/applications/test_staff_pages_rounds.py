"""Rounds through the office's pages."""

from datetime import date, datetime

import pytest
from django.test import Client

from applications.demo import PLAN, POLICY
from applications.forms.round import RoundForm
from applications.models import Round, RoundState
from portal import clock
from portal.models import AuditEntry
from rules import catalog
from tests.applications.pages import address, words


@pytest.fixture
def office(world) -> Client:
    client = Client()
    client.force_login(world.people["sun"])
    return client


def dates(**changed: str) -> dict[str, str]:
    return {name: getattr(PLAN, name).isoformat() for name in PLAN.__dataclass_fields__} | changed


def add(world) -> str:
    return f"{address('round_add')}?committee={world.units['committee'].public_id}&policy={POLICY}"


def test_a_round_is_opened_from_the_pack(world, office):
    chosen = office.get(address("round_add"))
    assert [(entry.id, in_force) for _c, packs in chosen.context["packs"] for entry, in_force in packs] == [
        ("tianjin-engineering-2019", True),
        (POLICY, True),
    ]

    opened = office.post(add(world), {"year": "2025", "name": "春季批次", "levels": ["associate_senior"], **dates()})

    assert opened.url == address("round_manage_list")
    round_ = Round.objects.get()
    assert (round_.name, round_.levels, round_.as_of) == ("春季批次", ["associate_senior"], PLAN.as_of)
    assert round_.state == RoundState.OPEN


@pytest.mark.parametrize(
    ("policy", "today", "offered"),
    [
        ("tianjin-lithium-2022", date(2023, 9, 1), {"supervisor_closes_on": date(2023, 11, 6)}),
        ("zhejiang-battery-2020", date(2020, 9, 1), {"supervisor_closes_on": date(2020, 10, 31)}),
    ],
)
def test_a_plan_and_a_review_have_no_date_in_the_round(monkeypatch, policy, today, offered):
    monkeypatch.setattr(clock, "today", lambda: today)
    form = RoundForm(entry=catalog.get(policy))
    windows = [f"{window.stage}_closes_on" for window in catalog.get(policy).procedure.windows]
    assert not set(windows) <= form.fields.keys(), "one of them has no field"
    assert {name: form.fields[name].initial for name in offered} == offered


def test_a_lapsed_policy_is_refused_with_its_way_out(world, office):
    clock.move_to(datetime(2025, 11, 3, 9, tzinfo=clock.ZONE))
    late = dict.fromkeys(dates(), "2025-11-20")

    warned = office.get(add(world))
    refused = office.post(add(world), {"year": "2025", "levels": ["associate_senior"], **late})

    assert "该政策今天不在有效期内" in words(warned)
    assert f'class="btn btn-outline-secondary" href="{address("round_add")}"' in warned.content.decode()
    assert refused.status_code == 409
    assert "有效期至2025年10月31日" in words(refused)
    assert "请先将接续文件录入为新的政策包" in words(refused)
    assert not Round.objects.exists()


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1899-12-31", "2101-01-01"])
@pytest.mark.parametrize("name", list(PLAN.__dataclass_fields__))
def test_a_year_nobody_means_gets_its_sentence(world, office, name, day):
    answer = office.post(add(world), {"year": "2025", "levels": ["associate_senior"], **dates(**{name: day})})

    assert (answer.status_code, "年份不对，请填写 1900 年至 2100 年之间的日期" in words(answer)) == (422, True)
    assert not Round.objects.exists()


def test_a_year_that_is_merely_wrong_gets_its_sentence_from_the_service(world, office):
    far = dates(office_closes_on="2052-05-16")

    answer = office.post(add(world), {"year": "2025", "levels": ["associate_senior"], **far})

    assert (answer.status_code, "2052年5月16日 距开始申报超过 2 年" in words(answer)) == (409, True)


def test_dates_in_disorder_keep_what_was_typed(world, office):
    wrong = dates(employer_closes_on="2025-03-10")

    refused = office.post(add(world), {"year": "2025", "levels": ["associate_senior"], **wrong})

    assert refused.status_code == 409
    assert "日期须依次为" in words(refused)
    assert 'value="2025-03-10"' in refused.content.decode()


@pytest.mark.parametrize("asked", ["committee=x&policy=tianjin-lithium-2022", "policy=tianjin-lithium-2022"])
def test_an_unknown_committee_is_not_found(office, asked):
    assert office.get(f"{address('round_add')}?{asked}").status_code == 404


def test_an_unknown_pack_is_not_found(world, office):
    committee = world.units["committee"].public_id
    assert office.get(f"{address('round_add')}?committee={committee}&policy=nothing").status_code == 404


def test_dates_change_with_a_reason_kept(round_, office):
    where = address("round_change", round_.public_id)
    later = dates(applicant_closes_on="2025-04-05")

    assert office.post(where, {**later, "reason": ""}).status_code == 422
    assert office.post(where, {**later, "reason": "应多家单位申请延长。"}).status_code == 302

    round_.refresh_from_db()
    assert round_.applicant_closes_on.isoformat() == "2025-04-05"
    assert AuditEntry.objects.get(act="round.change_dates").reason == "应多家单位申请延长。"


def test_rounds_are_changed_by_their_own_office(world, round_):
    got = {}
    for name in ("sun", "zheng", "feng", "wang"):
        client = Client()
        client.force_login(world.people[name])
        got[name] = client.get(address("round_change", round_.public_id)).status_code

    assert got == {"sun": 200, "zheng": 403, "feng": 403, "wang": 403}


def test_a_round_is_ended(round_, office):
    assert office.post(address("round_close", round_.public_id)).status_code == 302
    again = office.post(address("round_close", round_.public_id))

    round_.refresh_from_db()
    assert (round_.state, again.status_code) == (RoundState.CLOSED, 409)
