"""The paths of a level: the ordinary and the exceptional route, each taken on every record that it may rest on."""

from collections.abc import Sequence

from rules.sections import CompiledLevel
from rules.verdict import Finding, Verdict
from rules.view import NOTHING_COUNTS, Anchor, Counting, View

Seen = dict[str, Finding]


class Path:
    """A route taken on one record: what it comes to, and how the clauses with a window look from there.

    `parts` are the verdicts of its other sections, `own` the clauses that it alone has looked at.
    """

    __slots__ = ("_parts", "_windows", "anchor", "own", "total")

    def __init__(self, anchor: Anchor | None, parts: tuple[Verdict, ...], own: Seen, windows: "Windows") -> None:
        self.anchor = anchor
        self.own = own
        self._parts = (windows.verdict(anchor), *parts)
        self.total = min(self._parts)
        self._windows = windows

    def surpasses(self, other: "Path") -> bool:
        """Whether to show it rather than the other: by verdict, then by how far its parts and then its clauses get."""
        if self.total != other.total:
            return self.total > other.total
        if self.reach != other.reach:
            return self.reach > other.reach
        return self.fullness > other.fullness

    @property
    def reach(self) -> int:
        """How far its parts get."""
        return sum(self._parts)

    @property
    def fullness(self) -> int:
        """How far all its clauses get, those of the achievements as it sees them."""
        achieved = self._windows.level.achieved
        own = sum([found.verdict for number, found in self.own.items() if number not in achieved])
        return own + self._windows.fullness(self.anchor)


class Windows:
    """业绩成果 as it looks from each path. It looks at nothing but the day and the window.

    What it comes to rests on which records count; windows that let the same ones count need no second look, but to
    say of a record that it lies outside.
    """

    def __init__(self, level: CompiledLevel, view: View) -> None:
        self.level = level
        self._view = view
        self._known: dict[Counting, tuple[Verdict, Seen]] = {}
        if level.only_windows_count(view):
            self._known[NOTHING_COUNTS] = Verdict.UNMET, {}

    def verdict(self, anchor: Anchor | None) -> Verdict:
        return self._merit(anchor)[0]

    def fullness(self, anchor: Anchor | None) -> int:
        """How far the clauses get."""
        return sum([found.verdict for found in self._merit(anchor)[1].values()])

    def seen(self, anchor: Anchor | None) -> Seen:
        return self._found(anchor)[1]

    def _merit(self, anchor: Anchor | None) -> tuple[Verdict, Seen]:
        """The verdict and the clauses, those of another window where they come to the same."""
        if not self._known:
            return self._found(anchor)
        counting = self._view.counting(anchor.window if anchor else self._view.window)
        known = self._known.get(counting)
        if known is None:
            known = self._known[counting] = self._found(anchor)
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


def ordinary(level: CompiledLevel, view: View, windows: Windows, given: tuple[Verdict, ...]) -> list[Path]:
    """The paths of the ordinary route, at least one. `given`: the verdicts of the parts that no path changes."""
    qualified = level.qualification.rule(view).verdict  # reported as a whole, whichever path is taken
    if not rest_on_records(level):
        view.seen.update(windows.seen(None))
        return [Path(None, (*given, qualified), view.seen, windows)]
    return [
        Path(stand.anchor, (*given, stand.finding.verdict), stand.seen, windows)
        for ground in level.qualification.grounds
        for stand in ground.stands(view)
    ]


def exceptional(level: CompiledLevel, view: View, windows: Windows, given: tuple[Verdict, ...]) -> list[Path]:
    """破格: its conditions stand in for 学历资历; the lower title it rests on is still required."""
    if level.exceptional is None:
        return []
    paths = []
    for ground in level.exceptional.grounds:
        for anchor in ground.anchoring.of(view):
            on_path = view.on(anchor)
            condition = level.exceptional.rule(on_path).verdict
            paths.append(Path(anchor, (*given, condition), on_path.seen, windows))
    return paths


def rest_on_records(level: CompiledLevel) -> bool:
    """Whether achievements are seen from the record that 学历资历 rests on; else it is asked as a whole."""
    return level.achievements is not None and bool(level.qualification.grounds)


def best(paths: Sequence[Path]) -> Path:
    """Of equals the first."""
    found = paths[0]
    for path in paths[1:]:
        if path.surpasses(found):
            found = path
    return found
