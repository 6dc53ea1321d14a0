"""What a person holds: degrees, titles and how long, skill grades."""

from datetime import date
from functools import lru_cache

from rules import dossier as facts
from rules import periods, verdict
from rules import vocabulary as terms
from rules.leaves import HeldTitle
from rules.model import Specialty
from rules.predicates.noting import Rule, noted
from rules.verdict import MET, UNMET, Finding, Verdict, missing
from rules.view import Anchor, View


def reaches(value: str | None, bound: str, ranking: terms.Ranking, place: str) -> Finding:
    """A higher degree, grade or title serves wherever a lower one does."""
    if value is None:
        return missing(place)
    return verdict.of(ranking[value] >= ranking[bound])


def degree(least: terms.Degree) -> Rule:
    """A degree of at least that rank, awarded by the day looked at."""
    serving = frozenset(level for level, rank in terms.DEGREE_RANK.items() if rank >= terms.DEGREE_RANK[least])

    def rule(view: View) -> Finding:
        if view.dossier.education is None:
            return noted(missing("education"), "degree", least)
        for index, record in enumerate(view.dossier.education):
            if record.level in serving and record.awarded is not None and record.awarded <= view.as_of:
                return _degree_there(index, record.level)
        found = verdict.any_of(
            noted(degree_held(view, index, record, least), "degree_held", record.level, used=f"education[{index}]")
            for index, record in enumerate(view.dossier.education)
        )
        return found if found.verdict is Verdict.MET else noted(found, "degree", least)

    return rule


@lru_cache(maxsize=1024)
def _degree_there(index: int, level: terms.Degree) -> Finding:
    return noted(MET, "degree_held", level, used=f"education[{index}]")


def degree_held(view: View, index: int, record: facts.Education, least: terms.Degree) -> Finding:
    place = f"education[{index}]"
    rank = reaches(record.level, least, terms.DEGREE_RANK, f"{place}.level")
    return verdict.all_of((rank, view.exists(record.awarded, f"{place}.awarded")))


def stem_degree(least: terms.Degree) -> Rule:
    """A degree of at least that rank, in science or engineering, awarded by the day looked at."""

    def rule(view: View) -> Finding:
        if view.dossier.education is None:
            return noted(missing("education"), "stem_degree", least)
        found = verdict.any_of(
            noted(_stem_held(view, index, record, least), "degree_held", record.level, used=f"education[{index}]")
            for index, record in enumerate(view.dossier.education)
        )
        return found if found.verdict is Verdict.MET else noted(found, "stem_degree", least)

    return rule


def _stem_held(view: View, index: int, record: facts.Education, least: terms.Degree) -> Finding:
    return verdict.all_of((degree_held(view, index, record, least), true(record.stem, f"education[{index}].stem")))


def professional_degree(view: View) -> Finding:
    """Whether the person holds an engineering professional degree."""
    if view.dossier.education is None:
        return missing("education")
    return verdict.any_of(
        verdict.all_of((
            true(record.engineering_professional, f"education[{index}].engineering_professional"),
            view.exists(record.awarded, f"education[{index}].awarded"),
        ))
        for index, record in enumerate(view.dossier.education)
    )  # fmt: skip


def true(value: bool | None, place: str) -> Finding:
    return missing(place) if value is None else verdict.of(value)


def seniority(years: int, early: int) -> Rule:
    """The title the path rests on, obtained and appointed to, for full years; the appointment alone where that decides.

    `early`: so many years fewer for the holder of an engineering professional degree.
    """

    def rule(view: View) -> Finding:
        anchor = view.anchor
        if anchor is None or anchor.record is None:
            return UNMET if anchor is None or not anchor.missing else missing(anchor.missing)
        title: facts.Title = anchor.record
        start = anchor.since if anchor.by_appointment else _appointment(title)
        if start is not None and isinstance(title.appointed, date):
            day = periods.full_on(start, years)
            if day is not None and day <= view.as_of:
                return noted(MET, "seniority", start, years, 0, view.as_of, used=anchor.place)
        full, less = _full(view, anchor, years), 0
        if full.verdict is not Verdict.MET and early:
            degree = professional_degree(view)
            less = early if degree.verdict is Verdict.MET else 0
            full = verdict.any_of((full, verdict.all_of((degree, _full(view, anchor, years - early)))))
        return noted(full, "seniority", start, years, less, view.as_of, used=anchor.place)

    return rule


def _appointment(title: facts.Title) -> date | None:
    if title.obtained is None or not isinstance(title.appointed, date):
        return None
    return max(title.obtained, title.appointed)


def _full(view: View, anchor: Anchor, years: int) -> Finding:
    title, place = anchor.record, anchor.place
    appointed = UNMET if title.appointed is False else _full_since(view, title.appointed, years, f"{place}.appointed")
    if anchor.by_appointment:
        return appointed
    return verdict.all_of((_full_since(view, title.obtained, years, f"{place}.obtained"), appointed))


def _full_since(view: View, start: date | bool | None, years: int, place: str) -> Finding:
    if not isinstance(start, date):
        return missing(place)
    day = periods.full_on(start, years)
    return verdict.of(day is not None and day <= view.as_of)


class TitleTest:
    """Whether a title serves: by its level, and by being of the policy's own specialty or of another.

    One of another specialty serves as `own` after a full year in a specialty post (`year_in_post`).
    """

    def __init__(self, spec: HeldTitle, own: Specialty, year_in_post: Rule | None) -> None:
        self._spec = spec
        self._own = own
        self._year_in_post = year_in_post

    def __call__(self, view: View) -> Finding:
        if view.dossier.titles is None:
            return missing("titles")
        found = verdict.any_of([self.of(view, index, record) for index, record in enumerate(view.dossier.titles)])
        if self._spec.specialty == "other" and found.verdict is Verdict.UNMET:
            return noted(found, "title_of_another", self._spec.level)
        return found

    def of(self, view: View, index: int, record: facts.Title) -> Finding:
        """What is to be said of one title."""
        if self._plainly(view, record):
            return _title_there(index, record.level, record.specialty)
        place = f"titles[{index}]"
        level = missing(f"{place}.level") if record.level is None else verdict.of(record.level == self._spec.level)
        parts = (level, self._held(view, record, f"{place}.obtained"), self._specialty(view, record, place))
        return noted(verdict.all_of(parts), "title", record.level, record.specialty, used=place)

    def _held(self, view: View, record: facts.Title, place: str) -> Finding:
        there, years = view.exists(record.obtained, place), self._spec.years
        if not years or there.verdict is not Verdict.MET:
            return there
        return noted(_full_since(view, record.obtained, years, place), "title_years", record.obtained, years)

    def _plainly(self, view: View, record: facts.Title) -> bool:
        """The usual case: one's own title of that level, obtained by then."""
        return (
            record.level == self._spec.level
            and self._spec.specialty == "own"
            and not self._spec.years
            and record.obtained is not None
            and record.obtained <= view.as_of
            and getattr(record, self._own.own_titles) == self._own.own
        )

    def _specialty(self, view: View, record: facts.Title, place: str) -> Finding:
        said = getattr(record, self._own.own_titles)
        own = missing(f"{place}.{self._own.own_titles}") if said is None else verdict.of(said == self._own.own)
        if self._spec.specialty == "other":
            return _not(own)
        if self._year_in_post is None or own.verdict is Verdict.MET:
            return own
        return verdict.any_of((own, self._year_in_post(view)))


@lru_cache(maxsize=1024)
def _title_there(index: int, level: terms.TitleLevel | None, specialty: str | None) -> Finding:
    return noted(MET, "title", level, specialty, used=f"titles[{index}]")


def _not(finding: Finding) -> Finding:
    return {Verdict.MET: UNMET, Verdict.UNMET: MET}.get(finding.verdict, finding)
