"""The rules' findings as a page shows them: each clause with its tone, its figures and where it is mended."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from applications.findings import TONES, exceptional_clauses, spares, word_of
from applications.sections import SECTIONS, Section
from rules import explain
from rules.result import ClauseResult, Result
from rules.verdict import Verdict

# Where the fact that a finding rests on is entered: dossier keys by the kind of the rules' note.
PLACES = {
    "degree": "education",
    "skill_absent": "skills",
    "title_absent": "titles",
    "seniority": "titles",
    "work": "posts",
    "filled": "achievements",
    "consent": "consents",
    "continuing_education": "continuing_education",
    "assessment": "assessments",
    "sanction": "sanctions",
    "status": "status",
    "agreement": "flexible_agreement",
}


@dataclass(frozen=True, slots=True)
class ShownClause:
    """A clause with its word and tone; `mend` what would help, `sections` the pages of the form where it is entered."""

    line: explain.Line
    label: str
    tone: str
    citation: str
    mend: str
    sections: list[Section]


def headline_of(result: Result) -> str:
    """The verdict in a line. Where it waits for people, time is not what is missing, and goes unmentioned."""
    said = explain.headline(result)
    return said if result.earliest or result.verdict != "open" else said.partition("；")[0]


def clauses_of(result: Result) -> list[ShownClause]:
    """Every clause asked, in the notice's order.

    Of a clause that is met, the items that did not serve ask nothing; on the regular route no exceptional one does.
    """
    return list(_shown(result))


def _shown(result: Result) -> Iterator[ShownClause]:
    above, by_exception = "", exceptional_clauses(result) if result.route == "ordinary" else set()
    for line, found in zip(explain.sentences(result), result.clauses.values(), strict=True):
        if line.depth == 0:
            above = found.verdict
        excepted = line.clause in by_exception
        spared = spares(verdict=found.verdict, depth=line.depth, above=above, excepted=excepted)
        yield ShownClause(
            line,
            _("未用到") if spared else word_of(found.verdict),
            "neutral" if spared else TONES[found.verdict],
            str(found.citation),
            _asks_nothing(excepted=excepted) if spared else line.mend,
            [] if spared else _sections(found),
        )


def _asks_nothing(*, excepted: bool) -> str:
    return _("按正常条件申报，不必符合破格条件") if excepted else _("本款已由其他项满足，不必补充")


def _sections(found: ClauseResult) -> list[Section]:
    """The sections that answer for what is missing or falls short."""
    if found.verdict == "met":
        return []
    keys = {place.partition("[")[0].partition(".")[0] for place in found.missing}
    for note in found.notes:
        if note.verdict is not Verdict.MET:
            keys.add(str(note.values[0]) if note.kind == "records" else PLACES.get(note.kind, ""))
    return [section for section in SECTIONS if keys.intersection(section.places)]
