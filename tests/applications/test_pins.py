"""A round whose pack has changed under it: the office and the operator are told, and nothing stops."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from applications import checks, pins
from applications.models import Round, RoundState
from rules import catalog
from tests.applications.pages import address, words

OLD = "0123456789ab" + "c" * 52


@pytest.fixture
def changed(round_) -> Round:
    Round.objects.filter(pk=round_.pk).update(policy_sha256=OLD)
    round_.refresh_from_db()
    return round_


@pytest.fixture
def office(world) -> Client:
    client = Client()
    client.force_login(world.people["sun"])
    return client


def test_a_new_round_pins_what_its_pack_says_now(round_):
    assert round_.policy_sha256 == catalog.get(round_.policy_id).sha256
    assert (pins.told(round_), checks.rounds_rest_on_their_packs(["default"])) == ("", [])


def test_the_office_reads_which_pack_has_changed_and_what_to_do(office, changed):
    page = words(office.get(address("round_manage_list")))
    now = catalog.get(changed.policy_id).sha256[:12]
    assert f"政策包“{changed.policy_id}”内容有变动（发布时 0123456789ab，现为 {now}）" in page
    assert "应恢复原文件，另立新版本" in page


def test_the_office_reads_nothing_of_it_otherwise(office, round_):
    assert "内容有变动" not in words(office.get(address("round_manage_list")))


def test_the_operator_is_warned_and_the_check_passes(changed):
    [warning] = checks.rounds_rest_on_their_packs(["default"])
    assert (warning.id, warning.is_serious()) == ("applications.W001", False)
    assert f"{changed.public_id} was opened under {changed.policy_id} 0123456789ab" in warning.msg
    said = StringIO()
    call_command("check", databases=["default"], stderr=said)
    assert "applications.W001" in said.getvalue()


def test_a_pack_that_is_gone_is_a_change(changed):
    changed.policy_id = "nowhere-2000"
    assert "现为 已不存在" in pins.told(changed)


def test_the_check_passes_over_rounds_that_are_over_and_a_database_without_them(changed):
    Round.objects.update(state=RoundState.CLOSED)
    assert checks.rounds_rest_on_their_packs(["default"]) == []
    assert checks.rounds_rest_on_their_packs(None) == []
