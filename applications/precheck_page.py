"""The rules' findings as a page shows them: each clause with its tone, its figures and where it is mended."""

from dataclasses import dataclass

from applications.findings import TONES, word_of
from applications.sections import SECTIONS, Section
from rules import explain
from rules.result import ClauseResult, Result

@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause with its word and tone; `sections` are the pages of the form that bear on it."""

    line: explain.Line
    label: str
    tone: str
    citation: str
    sections: list[Section]


def clauses_of(result: Result) -> list[ShownClause]:
    """Every clause asked, in the notice's order."""
    return [
        ShownClause(line, word_of(found.verdict), TONES[found.verdict], str(found.citation), _sections(found))
        for line, found in zip(explain.sentences(result), result.clauses.values(), strict=True)
    ]


def _sections(found: ClauseResult) -> list[Section]:
    """Where what is missing is entered: the sections that answer for the dossier keys named."""
    if found.verdict == "met":
        return []
    keys = {place.partition("[")[0].partition(".")[0] for place in found.missing}
    return [section for section in SECTIONS if keys.intersection(section.places)]
