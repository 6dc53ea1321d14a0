"""The rules' findings on the applicant's own page: each clause with the sections of the form where it is mended."""

from collections.abc import Mapping

from applications.panel import Panel, panel
from applications.sections import SECTIONS, Section
from rules.result import ClauseResult, Result
from rules.verdict import Verdict

# Where the fact that a finding rests on is entered: dossier keys by the kind of the rules' note.
PLACES = {
    "degree": "education",
    "degree_held": "education",
    "stem_degree": "education",
    "skill_held": "skills",
    "skill_absent": "skills",
    "title_absent": "titles",
    "title": "titles",
    "title_of_another": "titles",
    "title_years": "titles",
    "calendar_years": "titles",
    "seniority": "titles",
    "work": "posts",
    "filled": "achievements",
    "in_window": "achievements",
    "consent": "consents",
    "continuing_education": "continuing_education",
    "committed": "continuing_education",
    "hours_last_year": "continuing_education",
    "insured": "social_insurance",
    "income_tax": "income_tax",
    "self_score": "self_score",
    "assessment": "assessments",
    "sanction": "sanctions",
    "status": "status",
    "agreement": "flexible_agreement",
}
SAYS_WHERE = frozenset({"records", "field", "future", "before_window", "allowed"})  # its first figure is a place


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
    keys = {place_of(place) for place in found.missing}
    for note in found.notes:
        if note.verdict is not Verdict.MET:
            keys.add(place_of(str(note.values[0])) if note.kind in SAYS_WHERE else PLACES.get(note.kind, ""))
    return keys - {""}


def place_of(place: str) -> str:
    """The key of the dossier that a place in it begins with."""
    return place.partition("[")[0].partition(".")[0]
