"""The system check: a broken pack stops the start."""

from pathlib import Path

import pytest

from rules import catalog, checks
from tests.rules.people import POLICY


def test_all_packs_load() -> None:
    assert checks.packs_load(None) == []


def test_a_broken_pack_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / f"{POLICY}.yaml").write_text("id: x\nid: y\n", encoding="utf-8")
    monkeypatch.setattr(catalog, "POLICIES", tmp_path)
    catalog._read.cache_clear()
    try:
        found = checks.packs_load(None)
    finally:
        catalog._read.cache_clear()
    assert [(error.id, error.msg) for error in found] == [("rules.E001", f"{POLICY}.yaml: id: key given twice")]
