"""What bars applying whatever the route."""

from rules import verdict
from rules.sections import CompiledLevel, Section
from rules.verdict import Finding, Verdict
from rules.view import View

_UNMET, _OPEN, _MET = Verdict


def barring(level: CompiledLevel, view: View) -> tuple[list[str], Verdict]:
    """The numbers of the clauses that bar applying, and the least that any of them comes to: met where none bars.

    A clause that a claim has reported already is reported by both.
    """
    barred: list[str] = []
    doubt = _MET
    for only_status, section in level.exclusions:
        number = section.clauses[0].number
        claimed = view.seen.get(number)
        if only_status is not None and view.dossier.status != only_status:
            if claimed is not None and view.dossier.status is None:
                view.seen[number] = _perhaps_barred(section, view, claimed)
            continue
        found = section.rule(view)
        doubt = min(doubt, found.verdict)
        if found.verdict is _UNMET:
            barred.append(number)
        if claimed is not None:
            view.seen[number] = verdict.all_of((view.seen[number], claimed))
    return barred, doubt


def _perhaps_barred(section: Section, view: View, claimed: Finding) -> Finding:
    """A claim's clause that also bars people of one status, where the status is not known."""
    agreed = section.rule(view)
    return claimed if agreed.verdict is _MET else verdict.all_of((claimed, verdict.missing("status")))
