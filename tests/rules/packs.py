"""A folder of packs of its own for a test; what is loaded elsewhere stays loaded."""

from functools import cache
from pathlib import Path

import pytest

from rules import casebook, catalog


def read_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Packs and cases are those of `folder` until the test ends."""
    monkeypatch.setattr(catalog, "POLICIES", folder)
    monkeypatch.setattr(catalog, "_read", cache(catalog._read.__wrapped__))
    read_cases_from(folder / "cases", monkeypatch)


def read_cases_from(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(casebook, "CASES", folder)
    forget_cases(monkeypatch)


def forget_cases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files are read anew from here on."""
    for name in ("cases", "_file"):
        monkeypatch.setattr(casebook, name, cache(getattr(casebook, name).__wrapped__))
