"""One day's assessment: every route tried, the best of them, and what is shown of the clauses."""

from collections.abc import Sequence
from datetime import date
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


class Assessment(Struct, frozen=True):
    """A day's answer: `route` is None when unmet, `seen` holds every clause asked."""

    verdict: Verdict
    route: str | None
    seen: Seen
    excluded_by: list[str]


def assess(level: CompiledLevel, dossier: Dossier, as_of: date, *, in_force: bool, memo: dict[Any, Any]) -> Assessment:
    """Judge one dossier on one day. `memo` is kept between the days of one dossier."""
    view = View(dossier, as_of, memo=memo)
    basic = verdict.least([section.rule(view) for section in level.basic])
    ability = Verdict.MET if level.ability is None else level.ability.rule(view).verdict

    windows = Windows(level, view)
    ordinary = paths.best(paths.ordinary(level, view, windows, (basic, ability)))
    exceptional = paths.exceptional(level, view, windows, (basic, ability))
    totals = {"ordinary": ordinary.total}
    shown, shown_beside = ordinary, None
    if exceptional:
        best_exceptional = paths.best(exceptional)
        totals["exceptional"] = best_exceptional.total
        if _shown_instead(best_exceptional, ordinary):
            shown = shown_beside = best_exceptional
        else:
            shown_beside = _beside(exceptional, ordinary)
    for claim in dossier.claims or ():
        if claim in level.claims:
            totals[claim] = min(basic, _claimed(level.claims[claim], view).verdict)
    in_order = sorted(totals, key=ROUTES.index) if dossier.claims else totals  # the two alone stand in order
    route = max(in_order, key=totals.__getitem__)

    barred, doubt = exclusions.barring(level, view)
    if not in_force:
        barred.append(NOT_IN_FORCE)
    best = Verdict.UNMET if barred else min(totals[route], doubt)
    if shown_beside is not None:
        view.seen.update(shown_beside.own)
    view.seen.update(windows.seen(shown.anchor))
    return Assessment(best, None if best is Verdict.UNMET else route, view.seen, barred)


def _shown_instead(exceptional: Path, ordinary: Path) -> bool:
    """Whether the clauses are reported as it sees them: the path behind the verdict goes first, here as in ROUTES."""
    behind = ordinary.total is not Verdict.UNMET and ordinary.total >= exceptional.total
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
