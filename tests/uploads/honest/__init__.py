"""Honest files made for the tests, kind by kind. None is stored in the repository."""

from tests.uploads.honest import documents, pictures  # noqa: F401  each fills the list of kinds
from tests.uploads.honest.kind import KINDS, made

__all__ = ["KINDS", "made"]
