"""The system check: a pack that is broken, or that says what no pack may say, stops the start."""

from pathlib import Path

import pytest

from rules import catalog, checks, lint
from tests.rules.packs import read_from
from tests.rules.people import POLICY


def test_all_packs_pass() -> None:
    assert checks.packs_pass(None) == []


def test_a_broken_pack_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{POLICY}.yaml").write_text("id: x\nid: y\n", encoding="utf-8")
    read_from(tmp_path, monkeypatch)
    for folder in ("LAYERS", "FLOORS"):
        monkeypatch.setattr(catalog, folder, tmp_path / folder.lower())
    found = checks.packs_pass(None)
    assert [(error.id, error.msg) for error in found] == [("rules.E001", f"{POLICY}.yaml: id: key given twice")]


def test_a_pack_that_the_lint_refuses_is_an_error_and_a_warning_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    said = [lint.Problem("x.yaml", "levels", "cannot be"), lint.Problem("x.yaml", "", "may be", refusal=False)]
    monkeypatch.setattr(lint, "every", lambda: said)
    assert [error.msg for error in checks.packs_pass(None)] == ["x.yaml: levels: cannot be"]
