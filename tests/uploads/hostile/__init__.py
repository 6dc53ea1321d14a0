"""Hostile files made for the tests, kind by kind, the same in every run. None is stored in the repository."""

from tests.uploads.hostile import broken, documents, names, pictures, plain  # noqa: F401  each fills the list of kinds
from tests.uploads.hostile.kind import CANARY, KINDS, End, Hostile, made

__all__ = ["CANARY", "KINDS", "End", "Hostile", "made"]
