"""Years counted by year heads (按年头计算): two readings, and where they differ the office decides."""

from datetime import date

from rules import dossier as facts
from rules import verdict
from rules.leaves import CalendarYears
from rules.predicates.noting import Rule, noted
from rules.verdict import UNMET, Finding, judged, missing
from rules.view import View

QUESTION = "按年头计算，首尾年份都计入才够年数，是否认可"


def held(spec: CalendarYears) -> Rule:
    """The title the path rests on, held for so many year heads."""

    def rule(view: View) -> Finding:
        anchor = view.anchor
        if anchor is None or anchor.record is None:
            return UNMET if anchor is None or not anchor.missing else missing(anchor.missing)
        title: facts.Title = anchor.record
        appointed = UNMET if title.appointed is False else None
        appointed = appointed or _counted(view, title.appointed, spec.years, f"{anchor.place}.appointed")
        obtained = _counted(view, title.obtained, spec.years, f"{anchor.place}.obtained")
        found = verdict.all_of((obtained, verdict.any_of((_spared(view, spec), appointed))))
        return noted(found, "calendar_years", _since(view, title, spec), spec.years, view.as_of, used=anchor.place)

    return rule


def _counted(view: View, start: date | bool | None, years: int, place: str) -> Finding:
    """Met by the difference of the years; open where only the years touched, one more, are enough."""
    if not isinstance(start, date):
        return missing(place)
    passed = view.as_of.year - start.year
    return judged(QUESTION) if passed + 1 == years else verdict.of(passed >= years)


def _spared(view: View, spec: CalendarYears) -> Finding:
    employer = view.dossier.employer
    if not spec.appointment_spared:
        return UNMET
    if employer is None or employer.kind is None:
        return missing("employer.kind")
    return verdict.of(employer.kind in spec.appointment_spared)


def _since(view: View, title: facts.Title, spec: CalendarYears) -> date | None:
    """The day the years are shown from: that of the appointment only where a record of it is asked for."""
    spared = view.dossier.employer is not None and view.dossier.employer.kind in spec.appointment_spared
    if spared or title.obtained is None:
        return title.obtained
    return max(title.obtained, title.appointed) if isinstance(title.appointed, date) else None
