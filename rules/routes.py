"""One day's assessment: every route tried, the best of them, and what is shown of the clauses."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any, Final

from msgspec import Struct

from rules import exclusions, paths, verdict
from rules.dossier import Dossier
from rules.paths import Path, Seen, Windows
from rules.sections import CompiledLevel, Section
from rules.verdict import Finding, Verdict
from rules.view import View

# Of equal verdicts the first wins.
ROUTES: Final = (
    "ordinary", "exceptional", "conversion", "self_appointment", "direct", "case_by_case", "competition", "targeted",
)  # fmt: skip
NOT_IN_FORCE: Final = "not_in_force"
_UNMET, _OPEN, _MET = Verdict


class Assessment(Struct, frozen=True):
    """A day's answer: `route` is None when unmet; `show` tells of every clause asked, as it is reported."""

    verdict: Verdict
    route: str | None
    show: Callable[[], Seen]
    excluded_by: list[str]


def assess(level: CompiledLevel, dossier: Dossier, as_of: date, *, in_force: bool, memo: dict[Any, Any]) -> Assessment:
    """Judge one dossier on one day. `memo` is kept between the days of one dossier."""
    view = View(dossier, as_of, memo=memo)
    basic = min([section.rule(view).verdict for section in level.basic], default=_MET)
    ability = _MET if level.ability is None else level.ability.rule(view).verdict

    windows = Windows(level, view)
    ordinary = paths.ordinary(level, view, windows, (basic, ability))
    exceptional = paths.exceptional(level, view, windows, (basic, ability))
    totals = {"ordinary": max([path.total for path in ordinary])}
    if exceptional:
        totals["exceptional"] = max([path.total for path in exceptional])
    for claim in dossier.claims or ():
        if claim in level.claims:
            totals[claim] = min(basic, _claimed(level.claims[claim], view).verdict)
    in_order = sorted(totals, key=ROUTES.index) if dossier.claims else totals  # the two alone stand in order
    route = max(in_order, key=totals.__getitem__)

    barred, doubt = exclusions.barring(level, view)
    if not in_force:
        barred.append(NOT_IN_FORCE)
    best = _UNMET if barred else min(totals[route], doubt)
    show = partial(_shown, view.seen, windows, ordinary, exceptional)
    return Assessment(best, None if best is _UNMET else route, show, barred)


def _shown(asked: Seen, windows: Windows, ordinary: Sequence[Path], exceptional: Sequence[Path]) -> Seen:
    """What every path reports alike, and the clauses with a window as the path sees them that is shown."""
    shown, beside = paths.best(ordinary), None
    if exceptional:
        best_exceptional = paths.best(exceptional)
        if _shown_instead(best_exceptional, shown):
            shown = beside = best_exceptional
        else:
            beside = _beside(exceptional, shown)
    return {**asked, **(beside.own if beside else {}), **windows.seen(shown.anchor)}


def _shown_instead(exceptional: Path, ordinary: Path) -> bool:
    """Whether the clauses are reported as it sees them: the path behind the verdict goes first, here as in ROUTES."""
    behind = ordinary.total is not _UNMET and ordinary.total >= exceptional.total
    return not behind and exceptional.surpasses(ordinary)


def _beside(exceptional: Sequence[Path], ordinary: Path) -> Path:
    """The exceptional path that rests on the same record as the ordinary one shown, else the best."""
    place = ordinary.anchor.place if ordinary.anchor else ""
    same = [path for path in exceptional if place and path.anchor and path.anchor.place == place]
    return paths.best(same or exceptional)


def _claimed(section: Section, view: View) -> Finding:
    """A claim's own clause; where another claim rests on the same (39号 正文二(三)4), the better of the two shows."""
    before = {clause.number: view.seen[clause.number] for clause in section.clauses if clause.number in view.seen}
    found = section.rule(view)
    view.seen.update({number: verdict.any_of((other, view.seen[number])) for number, other in before.items()})
    return found
