"""One day's assessment: every route tried by every path, and the best of them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from msgspec import Struct

from rules import verdict
from rules.dossier import Dossier
from rules.sections import CompiledLevel, Section
from rules.verdict import MET, Finding, Verdict
from rules.view import Anchor, View

# Of equal verdicts the first wins.
ROUTES: Final = (
    "ordinary", "exceptional", "conversion", "self_appointment", "direct", "case_by_case", "competition", "targeted",
)  # fmt: skip
NOT_IN_FORCE: Final = "not_in_force"


class Path(Struct, frozen=True):
    """A route taken on one record: what it comes to, and how the clauses with a window look from there."""

    route: str
    anchor: Anchor | None
    parts: tuple[Finding, ...]
    seen: dict[str, Finding]
    total: Finding

    @property
    def merit(self) -> tuple[int, int, int]:
        """Which path to show: by verdict, then by how far its parts and then its clauses get."""
        return (
            self.total.verdict,
            sum(part.verdict for part in self.parts),
            sum(found.verdict for found in self.seen.values()),
        )


class Assessment(Struct, frozen=True):
    """A day's answer: `route` is None when unmet, `seen` holds every clause asked."""

    verdict: Verdict
    route: str | None
    seen: dict[str, Finding]
    excluded_by: list[str]


def assess(level: CompiledLevel, dossier: Dossier, as_of: date, *, in_force: bool, memo: dict[Any, Any]) -> Assessment:
    """Judge one dossier on one day. `memo` is kept between the days of one dossier."""
    view = View(dossier, as_of, memo=memo)
    basic = verdict.all_of([section(view) for section in level.basic])
    ability = MET if level.ability is None else level.ability(view)
    level.qualification(view)

    ordinary = _ordinary(level, view, basic, ability)
    exceptional = _exceptional(level, view, basic, ability)
    best_exceptional = _exceptional_beside(exceptional, _best(ordinary))
    shown = _best([*ordinary, *exceptional])
    totals = {"ordinary": _best(ordinary).total}
    if exceptional:
        totals["exceptional"] = _best(exceptional).total
    for claim in dossier.claims or ():
        if claim in level.claims:
            totals[claim] = verdict.all_of((basic, _claimed(level.claims[claim], view)))

    route = max((name for name in ROUTES if name in totals), key=lambda name: totals[name].verdict)
    barred, doubt = _exclusions(level, view)
    barred += [] if in_force else [NOT_IN_FORCE]
    best = Verdict.UNMET if barred else min(totals[route].verdict, doubt.verdict)
    if shown.route == "exceptional":
        best_exceptional = shown
    achieved = {clause.number for clause in (level.achievements.clauses if level.achievements else ())}
    seen = {**view.seen, **(best_exceptional.seen if best_exceptional else {})}
    seen |= {number: found for number, found in shown.seen.items() if number in achieved}
    return Assessment(best, None if best is Verdict.UNMET else route, seen, barred)


def met_on(level: CompiledLevel, dossier: Dossier, day: date, *, memo: dict[Any, Any]) -> bool:
    """Whether `assess` would say met on that day, of a policy in force; looks no further than it must."""
    view = View(dossier, day, memo=memo)
    barred, doubt = _exclusions(level, view)
    if barred or doubt.verdict is not Verdict.MET or not _all_met(level.basic, view):
        return False
    if any(claim in level.claims and _all_met([level.claims[claim]], view) for claim in dossier.claims or ()):
        return True
    if level.ability is not None and not _all_met([level.ability], view):
        return False
    return _qualifies(level, view)


def _all_met(sections: Sequence[Section], view: View) -> bool:
    return all(section(view).verdict is Verdict.MET for section in sections)


def _qualifies(level: CompiledLevel, view: View) -> bool:
    """Whether some path of the ordinary or the exceptional route is met, the rest being so."""
    if not level.qualification.grounds:
        return _all_met([level.qualification], view) and _achieved(level, view).verdict is Verdict.MET
    grounds = [*level.qualification.grounds, *(level.exceptional.grounds if level.exceptional else ())]
    paths = ((ground, view.on(anchor)) for ground in grounds for anchor in ground.anchoring.of(view))
    return any(
        ground.standing(path).verdict is Verdict.MET and _achieved(level, path).verdict is Verdict.MET
        for ground, path in paths
    )


def _ordinary(level: CompiledLevel, view: View, basic: Finding, ability: Finding) -> list[Path]:
    grounds = level.qualification.grounds
    if level.achievements is None or not grounds:
        parts = (basic, level.qualification(view), ability, _achieved(level, view))
        return [_path("ordinary", None, parts, view)]
    paths = []
    for ground in grounds:
        for anchor in ground.anchoring.of(view):
            on_path = view.on(anchor)
            achieved = _achieved(level, on_path)
            parts = (basic, ground.standing(on_path), ability, achieved)
            paths.append(_path("ordinary", anchor, parts, on_path))
    return paths


def _exceptional(level: CompiledLevel, view: View, basic: Finding, ability: Finding) -> list[Path]:
    """破格: its conditions stand in for 学历资历; the lower title it rests on is still required."""
    if level.exceptional is None:
        return []
    paths = []
    for ground in level.exceptional.grounds:
        for anchor in ground.anchoring.of(view):
            on_path = view.on(anchor)
            achieved = _achieved(level, on_path)
            parts = (basic, ability, achieved, level.exceptional(on_path))
            paths.append(_path("exceptional", anchor, parts, on_path))
    return paths


def _achieved(level: CompiledLevel, view: View) -> Finding:
    """Achievements look at nothing but the day and the window, so that paths with one window share them."""
    if level.achievements is None:
        return MET
    if "achieved" not in view.same:
        view.same["achieved"] = level.achievements(view), dict(view.seen)
    found, seen = view.same["achieved"]
    view.seen.update(seen)
    return found  # type: ignore[no-any-return]


def _path(route: str, anchor: Anchor | None, parts: tuple[Finding, ...], view: View) -> Path:
    return Path(route, anchor, parts, view.seen, verdict.all_of(parts))


def _best(paths: list[Path]) -> Path:
    return max(paths, key=lambda path: path.merit)


def _exceptional_beside(paths: list[Path], ordinary: Path) -> Path | None:
    """The exceptional path that rests on the same record as the ordinary one shown, else the best."""
    place = ordinary.anchor.place if ordinary.anchor else ""
    same = [path for path in paths if place and path.anchor and path.anchor.place == place]
    return _best(same or paths) if paths else None


def _claimed(section: Section, view: View) -> Finding:
    """A claim's own clause; where another claim rests on the same (39号 正文二(三)4), the better of the two shows."""
    before = {clause.number: view.seen[clause.number] for clause in section.clauses if clause.number in view.seen}
    found = section(view)
    view.seen.update({number: verdict.any_of((other, view.seen[number])) for number, other in before.items()})
    return found


def _exclusions(level: CompiledLevel, view: View) -> tuple[list[str], Finding]:
    """The clauses that bar applying, and what is to be said of those that might."""
    barred: list[str] = []
    asked: list[Finding] = []
    for only_status, section in level.exclusions:
        if only_status is not None and view.dossier.status != only_status:
            continue
        number = section.clauses[0].number
        claimed = view.seen.get(number)
        found = section(view)
        asked.append(found)
        if found.verdict is Verdict.UNMET:
            barred.append(number)
        if claimed is not None:
            view.seen[number] = verdict.all_of((view.seen[number], claimed))
    return barred, verdict.all_of(asked)
