"""manage.py simulate_policy: over stored snapshots and over a file; a threshold moved changes whom it should."""

import csv
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command, load_command_class

from applications import services
from applications.models import Application, Attestation
from portal import clock
from tests.applications import walk
from tests.applications.filed import filed
from tests.rules.people import AS_OF, LEVEL, POLICY, qualified
from tests.rules.test_simulation import draft as changed_pack

pytestmark = [pytest.mark.django_db, pytest.mark.embedded]


def simulated(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("simulate_policy", *arguments, stdout=out)
    return [line.rstrip() for line in out.getvalue().splitlines()]


@pytest.fixture
def stricter(tmp_path: Path) -> str:
    """The pack, asking thirty years as 工程师 of everybody who rests on that title."""
    return str(changed_pack(tmp_path, "- seniority: 5", "- seniority: 30"))


@pytest.fixture
def qualifies(draft: Application, world) -> Application:
    """林申报's application, submitted, with everything attested that only a person can judge."""
    walk.submit(draft)
    for clause in services.attestable(draft):
        Attestation.objects.create(
            application=draft, clause=clause.number, value=True, organization=draft.employer,
            attested_by=world.people["wang"], attested_at=clock.now(),
        )  # fmt: skip
    draft.refresh_from_db()
    return draft


def test_stored_snapshots_are_judged_by_both(qualifies, world, round_, stricter):
    filed(world, round_, "zhao")

    lines = simulated(POLICY, stricter)

    assert lines[1].split() == [qualifies.number, LEVEL, "met", "→", "unmet", "五(一)2:met→unmet"]
    assert lines[2:] == [
        "",
        "2 judged, 1 change, 0 could not be judged",
        "     1  met → unmet",
        "by clause",
        "     1  五(一)2: met → unmet",
    ]


def test_what_nobody_verified_yet_is_open_by_either(qualifies, stricter):
    assert simulated(POLICY, stricter, "--verified")[1:] == ["", "1 judged, 0 change, 0 could not be judged"]


def test_only_snapshots_of_the_old_policy_are_asked(qualifies):
    assert simulated("tianjin-engineering-2019", POLICY)[1:] == ["", "0 judged, 0 change, 0 could not be judged"]


def test_nothing_personal_but_the_number_is_told(qualifies, stricter, tmp_path):
    table = "\n".join(simulated(POLICY, stricter, "--csv", str(tmp_path / "changes.csv")))
    table += (tmp_path / "changes.csv").read_text(encoding="utf-8-sig")

    assert qualifies.number in table
    personal = [
        qualifies.applicant.name,
        qualifies.applicant.username,
        qualifies.employer.name,
        str(qualifies.public_id),
    ]
    assert [said for said in personal if said in table] == []


def test_a_file_of_cases_and_its_table(stricter, tmp_path):
    lines = [
        json.dumps({"id": "=1+1", "level": LEVEL, "as_of": AS_OF, "dossier": qualified()}),
        json.dumps({"id": "bad", "level": LEVEL, "as_of": AS_OF, "dossier": {"posts": 1}}),
        json.dumps({"id": "after", "level": LEVEL, "as_of": AS_OF, "dossier": qualified(), "policy": POLICY}),
    ]
    cases = tmp_path / "cases.jsonl"
    cases.write_text("\n".join(lines), encoding="utf-8")
    out = StringIO()

    with pytest.raises(SystemExit) as ended:
        call_command(
            "simulate_policy",
            POLICY,
            stricter,
            "--cases",
            str(cases),
            "--csv",
            str(tmp_path / "changes.csv"),
            stdout=out,
        )

    assert ended.value.code == 1
    assert "2 judged, 2 change, 1 could not be judged" in out.getvalue()
    with (tmp_path / "changes.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["id", "level", "before", "after", "clauses", "error"]
    assert rows[1] == ["'=1+1", LEVEL, "met", "unmet", "五(一)2:met→unmet", ""]
    assert rows[2][:4] == ["bad", LEVEL, "", ""]
    assert rows[2][5].startswith("posts:")
    assert rows[3][0] == "after"


def test_a_draft_that_the_lint_refuses_is_simulated_with_its_problems_told_first(qualifies, tmp_path):
    weak = str(changed_pack(tmp_path, "- seniority: 5", "- seniority: 4"))

    lines = simulated(POLICY, weak)

    refused = [line for line in lines if line.startswith("refused  ")]
    assert refused
    assert all("asks 4 where the tier above asks 5" in line for line in refused)
    assert lines[: len(refused)] == refused
    assert lines[len(refused)] == ""
    assert lines[len(refused) + 1].split() == ["id", "level", "verdict", "clauses"]


def test_a_pack_in_its_place_may_be_simulated_before_it_is_locked():
    """The check that stops every start for a pack that is not locked is not asked."""
    assert load_command_class("applications", "simulate_policy").requires_system_checks == []


def test_cases_of_other_policies_are_left_out_and_counted_apart(stricter, tmp_path):
    person = {"level": LEVEL, "as_of": AS_OF, "dossier": qualified()}
    cases = tmp_path / "cases.jsonl"
    cases.write_text(
        "\n".join(
            json.dumps({"id": policy, "policy": policy, **person}) for policy in ("zhejiang-battery-2020", POLICY)
        ),
        encoding="utf-8",
    )
    table = tmp_path / "changes.csv"

    lines = simulated(POLICY, stricter, "--cases", str(cases), "--csv", str(table))

    assert lines[1].split() == [
        "zhejiang-battery-2020", LEVEL, "left", "out", "a", "case", "of", "zhejiang-battery-2020",
    ]  # fmt: skip
    assert "1 judged, 1 change, 0 could not be judged, 1 of other policies left out" in lines
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file))[1][5] == "left out, a case of zhejiang-battery-2020"


@pytest.mark.parametrize("name", ["nowhere", "nowhere.yaml"])
def test_a_policy_that_is_not_there_is_named(name):
    with pytest.raises(CommandError, match="nowhere"):
        call_command("simulate_policy", POLICY, name, stdout=StringIO())
