"""What a benchmark leaves for later ones to be measured against."""

import json
from pathlib import Path

import pytest

from benchmarks import report
from benchmarks.report import Ratio, publish


def test_a_benchmark_leaves_a_list_of_ratios_and_never_fails_for_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(report, "ROOT", tmp_path)
    publish("pages", [Ratio("W1 staff list", 0.1, must=0.25, stretch=0.4), Ratio("W2", 0.5, must=0.2), Ratio("W9", 2)])
    assert json.loads((tmp_path / "var" / "bench" / "pages.json").read_text("utf8")) == [
        {"name": "W1 staff list", "ratio": 0.1, "must": 0.25, "stretch": 0.4},
        {"name": "W2", "ratio": 0.5, "must": 0.2, "stretch": None},
        {"name": "W9", "ratio": 2, "must": None, "stretch": None},
    ]
    said = capsys.readouterr().out.splitlines()
    assert [line.split()[-1] for line in said[1:]] == ["below", "ok", "-"]
