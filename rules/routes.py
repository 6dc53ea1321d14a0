"""One day's assessment: every route tried by every path, and the best of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from rules import assignment, verdict
from rules.dossier import Dossier
from rules.sections import CompiledLevel, Section
from rules.verdict import Finding, Verdict
from rules.view import NOTHING_COUNTS, Anchor, Counting, View

# Of equal verdicts the first wins.
ROUTES: Final = (
    "ordinary", "exceptional", "conversion", "self_appointment", "direct", "case_by_case", "competition", "targeted",
)  # fmt: skip
NOT_IN_FORCE: Final = "not_in_force"


Seen = dict[str, Finding]


class Path:
    """A route taken on one record: what it comes to, and how the clauses with a window look from there."""

    __slots__ = ("_windows", "anchor", "own", "reach", "route", "total")

    def __init__(
        self, route: str, anchor: Anchor | None, parts: tuple[Verdict, ...], own: Seen, windows: "Windows"
    ) -> None:
        achieved = windows.verdict(anchor)
        self.route = route
        self.anchor = anchor
        self.total = min(achieved, *parts)
        self.reach = achieved + sum(parts)
        self.own = own
        self._windows = windows

    def surpasses(self, other: "Path") -> bool:
        """Whether to show it rather than the other: by verdict, then by how far its parts and then its clauses get."""
        if self.total != other.total:
            return self.total > other.total
        if self.reach != other.reach:
            return self.reach > other.reach
        return self.fullness > other.fullness

    @property
    def fullness(self) -> int:
        level = self._windows.level
        own = sum([found.verdict for number, found in self.own.items() if number not in level.achieved])
        return own + self._windows.fullness(self.anchor)


class Windows:
    """The achievements as they look from each path. They look at nothing but the day and the window.

    What they come to rests on which records count; windows that let the same ones count need no second look.
    """

    def __init__(self, level: CompiledLevel, view: View) -> None:
        self.level = level
        self._view = view
        self._known: dict[Counting, tuple[Verdict, int]] = {}
        if level.only_windows_count(view):
            self._known[NOTHING_COUNTS] = Verdict.UNMET, 0

    def verdict(self, anchor: Anchor | None) -> Verdict:
        return self._merit(anchor)[0]

    def fullness(self, anchor: Anchor | None) -> int:
        return self._merit(anchor)[1]

    def seen(self, anchor: Anchor | None) -> Seen:
        return self._found(anchor)[1]

    def _merit(self, anchor: Anchor | None) -> tuple[Verdict, int]:
        """The verdict, and how far the clauses get."""
        if not self._known:
            found, seen = self._found(anchor)
            return found, _sum(seen)
        counting = self._view.counting(anchor.window if anchor else self._view.window)
        known = self._known.get(counting)
        if known is None:
            found, seen = self._found(anchor)
            known = self._known[counting] = found, _sum(seen)
        return known

    def _found(self, anchor: Anchor | None) -> tuple[Verdict, Seen]:
        section, view = self.level.achievements, self._view
        if section is None:
            return Verdict.MET, {}
        known: tuple[Verdict, Seen] | None = view.same_in(anchor.window if anchor else view.window).get(section)
        if known is None:
            path = View(view.dossier, view.as_of, anchor=anchor, memo=view.memo, hopeful=view.hopeful)
            known = path.same[section] = section.rule(path).verdict, path.seen
        return known


def _sum(seen: Seen) -> int:
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

    windows = Windows(level, view)
    ordinary = _ordinary(level, view, windows, (basic, ability), qualified)
    exceptional = _exceptional(level, view, windows, (basic, ability))
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

    route = max(sorted(totals, key=ROUTES.index) if dossier.claims else totals, key=totals.__getitem__)
    barred, doubt = _exclusions(level, view)
    barred += [] if in_force else [NOT_IN_FORCE]
    best = Verdict.UNMET if barred else min(totals[route], doubt)
    if shown_exceptional:
        view.seen.update(shown_exceptional.own)
    view.seen.update(windows.seen(shown.anchor))
    return Assessment(best, None if best is Verdict.UNMET else route, view.seen, barred)


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
    """Whether `assess` would say met on that day, of a policy in force; looks no further than it must.

    `hopeful` (see View): False then rules out every earlier day as well.
    """
    view = View(dossier, day, memo=memo, hopeful=hopeful)
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
    windows = Windows(level, view)
    grounds = list(level.exceptional.grounds) if level.exceptional else []
    if _has_paths(level):
        grounds = [*level.qualification.grounds, *grounds]
    elif _all_met([level.qualification], view) and windows.verdict(None) is Verdict.MET:
        return True
    return any(
        stand.finding.verdict is Verdict.MET and windows.verdict(stand.anchor) is Verdict.MET
        for ground in grounds
        for stand in ground.stands(view)
    )


def _has_paths(level: CompiledLevel) -> bool:
    """Whether achievements are seen from the record that 学历资历 rests on; else it is asked as a whole."""
    return level.achievements is not None and bool(level.qualification.grounds)


def _ordinary(
    level: CompiledLevel, view: View, windows: Windows, given: tuple[Verdict, ...], qualified: Verdict
) -> list[Path]:
    if not _has_paths(level):
        view.seen.update(windows.seen(None))
        return [Path("ordinary", None, (*given, qualified), view.seen, windows)]
    return [
        Path("ordinary", stand.anchor, (*given, stand.finding.verdict), stand.seen, windows)
        for ground in level.qualification.grounds
        for stand in ground.stands(view)
    ]


def _exceptional(level: CompiledLevel, view: View, windows: Windows, given: tuple[Verdict, ...]) -> list[Path]:
    """破格: its conditions stand in for 学历资历; the lower title it rests on is still required."""
    if level.exceptional is None:
        return []
    paths = []
    for ground in level.exceptional.grounds:
        for anchor in ground.anchoring.of(view):
            on_path = view.on(anchor)
            condition = level.exceptional.rule(on_path).verdict
            paths.append(Path("exceptional", anchor, (*given, condition), on_path.seen, windows))
    return paths


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
    place = ordinary.anchor.place if ordinary.anchor else ""
    same = [path for path in paths if place and path.anchor and path.anchor.place == place]
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
        number = section.clauses[0].number
        claimed = view.seen.get(number)
        if only_status is not None and view.dossier.status != only_status:
            if claimed is not None and view.dossier.status is None:
                view.seen[number] = _perhaps_barred(section, view, claimed)
            continue
        found = section.rule(view)
        doubt = min(doubt, found.verdict)
        if found.verdict is Verdict.UNMET:
            barred.append(number)
        if claimed is not None:
            view.seen[number] = verdict.all_of((view.seen[number], claimed))
    return barred, doubt


def _perhaps_barred(section: Section, view: View, claimed: Finding) -> Finding:
    """A claim's clause that also bars people of one status, where the status is not known."""
    agreed = section.rule(view)
    return claimed if agreed.verdict is Verdict.MET else verdict.all_of((claimed, verdict.missing("status")))
