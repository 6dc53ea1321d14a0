"""One day's assessment: every route tried by every path, and the best of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from rules import verdict
from rules.dossier import Dossier
from rules.sections import CompiledLevel, Section
from rules.verdict import Finding, Verdict
from rules.view import View

# Of equal verdicts the first wins.
ROUTES: Final = (
    "ordinary", "exceptional", "conversion", "self_appointment", "direct", "case_by_case", "competition", "targeted",
)  # fmt: skip
NOT_IN_FORCE: Final = "not_in_force"


Seen = dict[str, Finding]


class Path:
    """A route taken on one record: what it comes to, and how the clauses with a window look from there."""

    __slots__ = ("_level", "_own", "_view", "reach", "route", "total")

    def __init__(self, route: str, level: CompiledLevel, view: View, parts: tuple[Verdict, ...], own: Seen) -> None:
        achieved = _achieved(level, view)
        self.route = route
        self.total = min(achieved, *parts)
        self.reach = achieved + sum(parts)
        self._level, self._view, self._own = level, view, own

    @property
    def place(self) -> str:
        return self._view.anchor.place if self._view.anchor else ""

    @property
    def seen(self) -> Seen:
        return {**_achievements(self._level, self._view)[1], **self._own}

    def surpasses(self, other: "Path") -> bool:
        """Whether to show it rather than the other: by verdict, then by how far its parts and then its clauses get."""
        if (self.total, self.reach) != (other.total, other.reach):
            return (self.total, self.reach) > (other.total, other.reach)
        return self.fullness > other.fullness

    @property
    def fullness(self) -> int:
        seen = self._own if self._level.nothing_counts(self._view) else self.seen
        return sum([found.verdict for found in seen.values()])


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
    qualified = level.qualification.rule(view).verdict

    ordinary = _ordinary(level, view, basic, ability, qualified)
    exceptional = _exceptional(level, view, basic, ability)
    best_ordinary = _best(ordinary)
    shown_exceptional = _exceptional_beside(exceptional, best_ordinary)
    shown = best_ordinary
    totals = {"ordinary": best_ordinary.total}
    if exceptional:
        best_exceptional = _best(exceptional)
        totals["exceptional"] = best_exceptional.total
        if _shown_instead(best_exceptional, best_ordinary):
            shown = shown_exceptional = best_exceptional
    for claim in dossier.claims or ():
        if claim in level.claims:
            totals[claim] = min(basic, _claimed(level.claims[claim], view).verdict)

    route = max((name for name in ROUTES if name in totals), key=lambda name: totals[name])
    barred, doubt = _exclusions(level, view)
    barred += [] if in_force else [NOT_IN_FORCE]
    best = Verdict.UNMET if barred else min(totals[route], doubt)
    seen = {**view.seen, **(shown_exceptional.seen if shown_exceptional else {})}
    seen |= {number: found for number, found in shown.seen.items() if number in level.achieved}
    return Assessment(best, None if best is Verdict.UNMET else route, seen, barred)


def met_on(level: CompiledLevel, dossier: Dossier, day: date, *, memo: dict[Any, Any]) -> bool:
    """Whether `assess` would say met on that day, of a policy in force; looks no further than it must."""
    view = View(dossier, day, memo=memo)
    barred, doubt = _exclusions(level, view)
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
    grounds = list(level.exceptional.grounds) if level.exceptional else []
    if _has_paths(level):
        grounds = [*level.qualification.grounds, *grounds]
    elif _all_met([level.qualification], view) and _achieved(level, view) is Verdict.MET:
        return True
    return any(
        stand.finding.verdict is Verdict.MET and _achieved(level, view.on(stand.anchor)) is Verdict.MET
        for ground in grounds
        for stand in ground.stands(view)
    )


def _has_paths(level: CompiledLevel) -> bool:
    """Whether achievements are seen from the record that 学历资历 rests on; else it is asked as a whole."""
    return level.achievements is not None and bool(level.qualification.grounds)


def _ordinary(level: CompiledLevel, view: View, basic: Verdict, ability: Verdict, qualified: Verdict) -> list[Path]:
    if not _has_paths(level):
        view.seen.update(_achievements(level, view)[1])
        return [Path("ordinary", level, view, (basic, qualified, ability), view.seen)]
    return [
        Path("ordinary", level, view.on(stand.anchor), (basic, stand.finding.verdict, ability), stand.seen)
        for ground in level.qualification.grounds
        for stand in ground.stands(view)
    ]


def _exceptional(level: CompiledLevel, view: View, basic: Verdict, ability: Verdict) -> list[Path]:
    """破格: its conditions stand in for 学历资历; the lower title it rests on is still required."""
    if level.exceptional is None:
        return []
    paths = []
    for ground in level.exceptional.grounds:
        for anchor in ground.anchoring.of(view):
            on_path = view.on(anchor)
            condition = level.exceptional.rule(on_path).verdict
            paths.append(Path("exceptional", level, on_path, (basic, condition, ability), on_path.seen))
    return paths


def _achieved(level: CompiledLevel, view: View) -> Verdict:
    return Verdict.UNMET if level.nothing_counts(view) else _achievements(level, view)[0]


def _achievements(level: CompiledLevel, view: View) -> tuple[Verdict, Seen]:
    """Achievements look at nothing but the day and the window, so that paths with one window share them."""
    if level.achievements is None:
        return Verdict.MET, {}
    known: tuple[Verdict, Seen] | None = view.same.get(level.achievements)
    if known is None:
        own = View(view.dossier, view.as_of, anchor=view.anchor, memo=view.memo)
        known = view.same[level.achievements] = level.achievements.rule(own).verdict, own.seen
    return known


def _best(paths: Sequence[Path]) -> Path:
    """Of equals the first."""
    best = paths[0]
    for path in paths[1:]:
        if path.surpasses(best):
            best = path
    return best


def _shown_instead(exceptional: Path, ordinary: Path) -> bool:
    """Whether the clauses are reported as it sees them: the path behind the verdict goes first, here as in ROUTES."""
    behind = ordinary.total is not Verdict.UNMET and ordinary.total >= exceptional.total
    return not behind and exceptional.surpasses(ordinary)


def _exceptional_beside(paths: Sequence[Path], ordinary: Path) -> Path | None:
    """The exceptional path that rests on the same record as the ordinary one shown, else the best."""
    same = [path for path in paths if ordinary.place and path.place == ordinary.place]
    return _best(same or paths) if paths else None


def _claimed(section: Section, view: View) -> Finding:
    """A claim's own clause; where another claim rests on the same (39号 正文二(三)4), the better of the two shows."""
    before = {clause.number: view.seen[clause.number] for clause in section.clauses if clause.number in view.seen}
    found = section.rule(view)
    view.seen.update({number: verdict.any_of((other, view.seen[number])) for number, other in before.items()})
    return found


def _exclusions(level: CompiledLevel, view: View) -> tuple[list[str], Verdict]:
    """The clauses that bar applying, and what is to be said of those that might."""
    barred: list[str] = []
    doubt = Verdict.MET
    for only_status, section in level.exclusions:
        if only_status is not None and view.dossier.status != only_status:
            continue
        number = section.clauses[0].number
        claimed = view.seen.get(number)
        found = section.rule(view)
        doubt = min(doubt, found.verdict)
        if found.verdict is Verdict.UNMET:
            barred.append(number)
        if claimed is not None:
            view.seen[number] = verdict.all_of((view.seen[number], claimed))
    return barred, doubt
