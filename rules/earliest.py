"""The first day on which time alone makes a verdict met."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from rules import assignment, breakpoints, exclusions, paths
from rules.dossier import Dossier
from rules.paths import Windows
from rules.periods import add_months
from rules.sections import CompiledLevel, Section
from rules.verdict import Verdict
from rules.view import View

HORIZON_YEARS: Final = 40


def first_met(
    level: CompiledLevel, dossier: Dossier, as_of: date, verdict: Verdict, *, in_force: bool, memo: dict[Any, Any]
) -> date | None:
    """The first day, `as_of` or later, on which the verdict is met; None where the next forty years have none.

    `verdict` is what it is on `as_of`. It can change only on the days when something begins, ends or is full, so only
    those are looked at.
    """
    if verdict is Verdict.MET or not in_force:
        return as_of if verdict is Verdict.MET else None
    horizon = _horizon(as_of)
    if never_met(level, dossier, horizon, memo):
        return None
    for day in days_until(horizon, level, View(dossier, as_of, memo=memo)):
        if met_on(level, dossier, day, memo=memo):
            return day
    return None


def days_until(horizon: date, level: CompiledLevel, view: View) -> list[date]:
    """The days after the view's on which time alone may change what is found, in order."""
    days = {day for find in level.days for day in find(view, horizon)} | breakpoints.dated(view.dossier)
    return sorted(day for day in days if view.as_of < day <= horizon)


def _horizon(as_of: date) -> date:
    try:
        return add_months(as_of, 12 * HORIZON_YEARS)
    except OverflowError:
        return date.max - timedelta(days=1)


def never_met(level: CompiledLevel, dossier: Dossier, horizon: date, memo: dict[Any, Any]) -> bool:
    """Whether no day up to the horizon can be met; looked at first by what no day changes, which mostly settles it."""
    view = View(dossier, horizon, memo=memo)
    if not _all_met([section for section in level.basic if section.timeless], view):
        return True
    if level.claims.keys().isdisjoint(dossier.claims or ()):
        if level.ability is not None and level.ability.timeless and not _all_met([level.ability], view):
            return True
        achievements = level.achievements
        if achievements and assignment.most_ever(view, achievements.items) < achievements.wanted:
            return True
    return not met_on(level, dossier, horizon, memo=memo, hopeful=True)


def met_on(level: CompiledLevel, dossier: Dossier, day: date, *, memo: dict[Any, Any], hopeful: bool = False) -> bool:
    """Whether `routes.assess` would say met on that day, of a policy in force; looks no further than it must.

    `hopeful` (see View): False then rules out every earlier day as well.
    """
    view = View(dossier, day, memo=memo, hopeful=hopeful)
    barred, doubt = exclusions.barring(level, view)
    if barred or doubt is not Verdict.MET or not _all_met(level.basic, view):
        return False
    if any(claim in level.claims and _all_met([level.claims[claim]], view) for claim in dossier.claims or ()):
        return True
    if level.ability is not None and not _all_met([level.ability], view):
        return False
    return _qualifies(level, view)


def _all_met(sections: Sequence[Section], view: View) -> bool:
    return all(section.rule(view).verdict is Verdict.MET for section in sections)


def _qualifies(level: CompiledLevel, view: View) -> bool:
    """Whether some path of the ordinary or the exceptional route is met, the rest being so."""
    windows = Windows(level, view)
    grounds = list(level.exceptional.grounds) if level.exceptional else []
    if paths.rest_on_records(level):
        grounds = [*level.qualification.grounds, *grounds]
    elif _all_met([level.qualification], view) and windows.verdict(None) is Verdict.MET:
        return True
    return any(
        stand.finding.verdict is Verdict.MET and windows.verdict(stand.anchor) is Verdict.MET
        for ground in grounds
        for stand in ground.stands(view)
    )
