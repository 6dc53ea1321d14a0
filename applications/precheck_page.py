"""The rules' findings on the applicant's own page: each clause with the sections of the form where it is mended."""

from collections.abc import Mapping

from applications.panel import Panel, panel
from applications.sections import SECTIONS, Section
from rules.result import ClauseResult, Result
from rules.verdict import Verdict

# Where the fact that a finding rests on is entered: dossier keys by the kind of the rules' note.
PLACES = {
    "degree": "education",
    "skill_absent": "skills",
    "title_absent": "titles",
    "title_years": "titles",
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


def panel_of(result: Result, names: Mapping[str, str]) -> Panel:
    """The panel of a draft; `names` are its records by id, in words."""
    shown = panel([("", result.to_dict())], name_of=lambda id_: names.get(id_, id_))
    for clause in shown.flat:
        clause.sections = [] if clause.quiet else sections_of(result.clauses[clause.number])
    return shown


def sections_of(found: ClauseResult) -> list[Section]:
    """The sections that answer for what is missing or falls short."""
    keys = places_of(found)
    return [section for section in SECTIONS if keys.intersection(section.places)]


def places_of(found: ClauseResult) -> set[str]:
    """The keys of the dossier under which what is missing, or falls short, is entered."""
    if found.verdict == "met":
        return set()
    keys = {place.partition("[")[0].partition(".")[0] for place in found.missing}
    for note in found.notes:
        if note.verdict is not Verdict.MET:
            keys.add(str(note.values[0]) if note.kind == "records" else PLACES.get(note.kind, ""))
    return keys - {""}
