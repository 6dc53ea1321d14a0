"""A rule is a function of a View; what it finds carries the figures it rests on."""

from collections.abc import Callable
from typing import Final

from rules.verdict import Finding, Note, Verdict
from rules.view import View

Rule = Callable[[View], Finding]
_UNMET: Final = Verdict.UNMET


def noted(finding: Finding, kind: str, *values: object, used: str = "") -> Finding:
    """The same finding with its figures, and where it is not unmet the record it rests on."""
    records = (used,) if used and finding.verdict is not _UNMET else finding.used
    note = Note(kind, finding.verdict, values)
    notes = (finding.notes, note) if finding.notes else (note,)
    return Finding(finding.verdict, finding.missing, finding.judgement, records, notes)
