"""policies.lock: what is in use stays what it was; a correction is a new version."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from rules import catalog, checks, lint, lock
from rules.load import PackError
from tests.rules.packs import read_from
from tests.rules.people import POLICY
from tests.rules.test_lint import PACK, changed
from tests.rules.test_rules_command import write

ONE, TWO = "1" * 64, "2" * 64


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    read_from(tmp_path, monkeypatch)
    return tmp_path


def locking(*arguments: str) -> tuple[list[str], int]:
    out = io.StringIO()
    status = 0
    try:
        call_command("rules", "lint", *arguments, stdout=out)
    except SystemExit as stop:
        status = int(stop.code or 0)
    lines = [line for line in out.getvalue().splitlines() if "lock" in line]
    return lines, status


def test_every_policy_in_use_is_locked_as_it_stands() -> None:
    assert lock.read() == {policy_id: catalog.get(policy_id).sha256 for policy_id in catalog.ids()}


def test_locking_adds_what_is_not_there_and_changes_nothing_else(packs: Path) -> None:
    assert lock.read() == {}
    assert lock.add({"b": TWO}) == ["b"]
    assert lock.add({"a": ONE, "b": ONE}) == ["a"]
    assert lock.read() == {"a": ONE, "b": TWO}
    assert lock.add({"a": ONE}) == []
    lines = (packs / lock.NAME).read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == [f"a {ONE}", f"b {TWO}"]
    assert all(line.startswith("#") for line in lines[:-2])


def test_what_is_wrong_is_said_by_policy(packs: Path) -> None:
    lock.add({"same": ONE, "changed": ONE, "gone": ONE})
    assert dict(lock.faults({"same": ONE, "changed": TWO, "new": ONE})) == {
        "changed": "has changed since it was locked; a correction is a new version in a new file",
        "new": "is not locked: `manage.py rules lint --lock` adds it",
        "gone": "is locked, and its file is gone",
    }


@pytest.mark.parametrize("line", ["x", f"x {ONE[:-1]}", f"x  {ONE}", f"a {ONE}"])
def test_a_lock_that_cannot_be_read_names_the_line(packs: Path, line: str) -> None:
    lock.path().write_text(f"# head\n\na {ONE}\n{line}\n", encoding="utf-8")
    with pytest.raises(PackError, match=r"policies\.lock: line 4: is not a policy id and its hash, once each"):
        lock.read()
    assert [str(problem) for problem in lint.every() if problem.file == lock.NAME] == [
        "policies.lock: line 4: is not a policy id and its hash, once each"
    ]


@pytest.mark.duty("TJ27-017")
def test_from_a_new_policy_to_its_correction(packs: Path) -> None:
    """New, locked, edited by mistake, put right, corrected in a file of its own."""
    write(packs, PACK)
    assert locking() == ([f"refused  policies.lock: {POLICY}: is not locked: `manage.py rules lint --lock` adds it"], 1)
    assert locking("--lock")[0] == [f"locked   {POLICY}"]
    assert locking("--lock")[0] == []

    catalog._read.cache_clear()
    write(packs, changed(PACK, "basic[0].label", "another label"))
    refusal = f"refused  policies.lock: {POLICY}: has changed since it was locked; a correction is a new version in a new file"
    assert locking() == ([refusal], 1)
    assert locking("--lock") == ([refusal], 1)  # locking never forgives a change
    assert refusal.removeprefix("refused  ") in [error.msg for error in checks.packs_pass(None)]

    catalog._read.cache_clear()
    write(packs, PACK)
    corrected = changed({**PACK, "id": f"{POLICY}-2", "corrects": POLICY}, "basic[0].label", "another label")
    write(packs, corrected, f"{POLICY}-2")
    assert locking("--lock")[0] == [f"locked   {POLICY}-2"]
    assert sorted(lock.read()) == [POLICY, f"{POLICY}-2"]


def test_a_comment_is_no_change(packs: Path) -> None:
    write(packs, PACK)
    locking("--lock")
    catalog._read.cache_clear()
    path = packs / f"{POLICY}.yaml"
    path.write_text("# said otherwise\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    assert locking()[0] == []


def test_a_pack_that_does_not_load_is_not_locked(packs: Path) -> None:
    (packs / "broken.yaml").write_text("id: broken\nid: again\n", encoding="utf-8")
    with pytest.raises(CommandError, match="key given twice"):
        locking("--lock")
    assert not lock.path().exists()
