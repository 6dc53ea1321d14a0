"""The records a path may rest on: a degree, a title, a skill grade. The window for achievements opens with them."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, Final

from msgspec.structs import replace

from rules import verdict
from rules import vocabulary as terms
from rules.criteria import RestsOn
from rules.dossier import Education, Skill, Title
from rules.leaves import HeldTitle
from rules.model import Specialty
from rules.predicates import holding
from rules.predicates.holding import TitleTest
from rules.predicates.noting import Rule, noted
from rules.verdict import UNMET, Finding, Note, Verdict, missing
from rules.view import NEVER, Anchor, View, Window

_UNMET: Final = Verdict.UNMET


class Anchoring:
    """Finds the anchors for one `rests_on`, once a day; there is always at least one, for a path to be looked at."""

    def __init__(self, spec: RestsOn, own: Specialty, year_in_post: Rule | None) -> None:
        self.spec = spec
        wanted = None if spec.title is None else HeldTitle(level=spec.title, specialty="own")
        self._title = None if wanted is None else TitleTest(wanted, own, year_in_post)

        self._list, self._resting_on = self._on_which(spec)
        self._serving = _serving(spec)
        self._unknown = [Anchor(missing(self._list), missing=self._list, window=Window(missing=self._list))]
        self._none = [Anchor(Finding(Verdict.UNMET, notes=(self._absent(),)), window=NEVER)]

    def of(self, view: View) -> list[Anchor]:
        """Anchors in the order of the list; where the list is not known, one that leaves everything open."""
        known: list[Anchor] | None = view.same.get(self)
        if known is None:
            known = view.same[self] = self._found(view)
        return known

    def _found(self, view: View) -> list[Anchor]:
        records: Sequence[Any] | None = getattr(view.dossier, self._list)
        if records is None:
            return self._unknown
        if not records:
            return self._none
        found = [anchor for index, record in enumerate(records) if (anchor := self._anchor(view, index, record))]
        return found or self._none

    def _on_which(self, spec: RestsOn) -> tuple[str, Callable[[View, int, Any], Anchor | None]]:
        if spec.education is not None:
            return "education", self._from_degree
        return ("titles", self._from_title) if spec.title is not None else ("skills", self._from_skill)

    def _absent(self) -> Note:
        name = "degree" if self.spec.education else "title_absent" if self.spec.title else "skill_absent"
        return Note(name, Verdict.UNMET, (self.spec.education or self.spec.title or self.spec.skill,))

    def _anchor(self, view: View, index: int, record: Any) -> Anchor | None:
        found = self._resting_on(view, index, record)
        return _from_new_year(found) if found is not None and self.spec.whole_year else found

    def _from_degree(self, view: View, index: int, record: Education) -> Anchor | None:
        assert self.spec.education is not None
        if record.level is not None and record.level not in self._serving:
            return None
        place = f"education[{index}]"
        held = holding.degree_held(view, index, record, self.spec.education)
        if held.verdict is _UNMET:
            return None
        held = noted(held, "degree_held", record.level, used=place)
        return _anchor(held, place, record, record.awarded, "awarded")

    def _from_title(self, view: View, index: int, record: Title) -> Anchor | None:
        place = f"titles[{index}]"
        assert self._title is not None
        if record.level is not None and record.level != self.spec.title:
            return None
        if record.obtained is not None and record.obtained > view.as_of:
            return None
        held = self._title.of(view, index, record)
        if self.spec.opens != "appointed":
            return _anchor(held, place, record, record.obtained, "obtained")
        if record.appointed is False:
            return Anchor(verdict.all_of((held, UNMET)), place, record, window=NEVER, by_appointment=True)
        day = record.appointed if isinstance(record.appointed, date) else None
        held = verdict.all_of((held, view.exists(day, f"{place}.appointed")))
        return _anchor(held, place, record, day, "appointed", by_appointment=True)

    def _from_skill(self, view: View, index: int, record: Skill) -> Anchor | None:
        assert self.spec.skill is not None
        if record.grade is not None and record.grade not in self._serving:
            return None
        place = f"skills[{index}]"
        grade = holding.reaches(record.grade, self.spec.skill, terms.SKILL_RANK, f"{place}.grade")
        held = verdict.all_of((grade, view.exists(record.obtained, f"{place}.obtained")))
        if held.verdict is _UNMET:
            return None
        held = noted(held, "skill_held", record.grade, used=place)
        return _anchor(held, place, record, record.obtained, "obtained")


def _anchor(
    held: Finding, place: str, record: Any, since: date | None, field: str, *, by_appointment: bool = False
) -> Anchor:
    """`since` is what stands in the field; where nothing does, the window waits for it."""
    absent = "" if since else f"{place}.{field}"
    return Anchor(held, place, record, since, absent, Window(since, absent), by_appointment)


def _from_new_year(anchor: Anchor) -> Anchor:
    """The same path with its window open from the first day of that year."""
    opens = anchor.window.opens
    return anchor if opens is None else replace(anchor, window=Window(opens=date(opens.year, 1, 1)))


def _serving(spec: RestsOn) -> frozenset[str]:
    """The degrees or grades that reach the one asked for."""
    if spec.education is not None:
        return frozenset(
            level for level, rank in terms.DEGREE_RANK.items() if rank >= terms.DEGREE_RANK[spec.education]
        )
    if spec.skill is not None:
        return frozenset(grade for grade, rank in terms.SKILL_RANK.items() if rank >= terms.SKILL_RANK[spec.skill])
    return frozenset()
