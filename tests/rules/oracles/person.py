"""What the notices ask of a person, over the JSON of a complete dossier; and how clauses are filled by records."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from tests.rules.oracles.calendar import anniversary, day, months_worked

Facts = dict[str, Any]
Test = Callable[[Facts], int]
Item = Sequence[Sequence[Test]]
"""A clause that records fill: in any one of several ways, each a test for every record it needs."""

UNMET, OPEN, MET = 0, 1, 2
WORDS = ("unmet", "open", "met")

DEGREES = ["secondary", "associate", "bachelor", "master", "doctor"]
SAME_DEGREE = {
    "tech_intermediate": "secondary",
    "tech_senior": "associate",
    "tech_technician": "bachelor",
    "second_bachelor": "master",
}
SKILLS = ["intermediate", "senior", "technician", "senior_technician"]
TITLES = ["technician", "assistant", "intermediate", "associate_senior", "full_senior"]
LEVELS = ["unit", "district", "provincial", "national"]
CLASSES = ["third", "second", "first", "special"]
ENTERPRISES = ("private_enterprise", "state_enterprise", "foreign_enterprise")


class Answer(NamedTuple):
    """`clauses` hold whatever the path; of each group in `seen`, what is reported must be one of the views listed."""

    verdict: int
    route: str | None
    clauses: dict[str, int]
    seen: list[list[dict[str, int]]]
    excluded_by: list[str]


def yes(truth: object) -> int:
    return MET if truth else UNMET


def reaches(value: str, least: str, ladder: Sequence[str]) -> bool:
    return value in ladder and ladder.index(value) >= ladder.index(least)


class Person:
    """A dossier on a day; `own` tells a title of the policy's own specialty."""

    def __init__(self, dossier: Facts, as_of: date, own: Callable[[Facts], bool]) -> None:
        self.dossier = dossier
        self.as_of = as_of
        self.own = own

    def said(self, clause: str) -> int | None:
        value = self.dossier["attestations"].get(clause)
        return None if value is None else yes(value)

    def judged(self, clause: str) -> int:
        said = self.said(clause)
        return OPEN if said is None else said

    def or_said(self, clause: str, value: int) -> int:
        said = self.said(clause)
        return value if said is None else said

    def there(self, text: str) -> bool:
        return day(text) <= self.as_of

    def degrees(self, least: str) -> Iterator[Facts]:
        for record in self.dossier["education"]:
            level = SAME_DEGREE.get(record["level"], record["level"])
            if reaches(level, least, DEGREES) and self.there(record["awarded"]):
                yield record

    def has_degree(self, least: str) -> bool:
        return any(True for _ in self.degrees(least))

    def skills(self, least: str) -> Iterator[Facts]:
        for record in self.dossier["skills"]:
            if reaches(record["grade"], least, SKILLS) and self.there(record["obtained"]):
                yield record

    def titles(self, level: str) -> list[Facts]:
        return [t for t in self.dossier["titles"] if t["level"] == level and self.there(t["obtained"])]

    def counts(self, title: Facts) -> bool:
        """Towards the next level: of the own specialty, or with a full year in a post of it."""
        return self.own(title) or self.year_in_post()

    def year_in_post(self) -> bool:
        return self.worked(1, "specialty", date.min)

    def worked(self, years: int, scope: str, since: date) -> bool:
        """So many full years of such work since a day; with none asked, any such work on record since then."""
        serving = ("specialty", "relevant") if scope == "relevant" else (scope,)
        posts = [
            (day(post["from"]), day(post["to"]) if post.get("to") else None)
            for post in self.dossier["posts"]
            if post["scope"] in serving
        ]
        if years:
            return months_worked(posts, since, self.as_of) >= 12 * years
        return any(first <= self.as_of and first <= (last or self.as_of) and since <= (last or self.as_of)
                   for first, last in posts)  # fmt: skip

    def sanctioned(self) -> bool:
        return any(day(s["from"]) <= self.as_of <= day(s.get("until")) for s in self.dossier["sanctions"])

    def counted(self, since: date | None) -> list[Facts]:
        """Achievements that count in a window opening on that day; none where it never opens."""
        if since is None:
            return []
        return [
            {"substitutes_paper": False, **record}
            for record in self.dossier["achievements"]
            if since <= day(record["date"]) <= self.as_of and record.get("relevant", True)
        ]

    def honours(self, since: date | None) -> list[str]:
        if since is None:
            return []
        return [h["name"] for h in self.dossier["honours"] if since <= day(h["date"]) <= self.as_of]

    def hours(self) -> int:
        """Of continuing education in the latest year on record; open where no year is."""
        years = [y for y in self.dossier["continuing_education"]["years"] if y["year"] <= self.as_of.year]
        if not years:
            return OPEN
        latest = max(record["year"] for record in years)
        return yes(sum(record["hours"] for record in years if record["year"] == latest) >= 90)

    def held_years(self, start: date, years: int) -> bool:
        return anniversary(start, years) <= self.as_of


def item(person: Person, clause: str, ways: Item, records: list[Facts]) -> int:
    """A clause by itself, knowing nothing of the others."""
    return person.or_said(clause, _able(ways, records))


def _able(ways: Item, records: list[Facts]) -> int:
    return next((level for level in (MET, OPEN) if any(fits(way, records, level) for way in ways)), UNMET)


def enough(person: Person, items: Mapping[str, Item], records: list[Facts], count: int) -> int:
    """Whether so many clauses are filled by different records, in the way that serves the person best."""
    attested = sum(person.said(clause) == MET for clause in items)
    asked = [ways for clause, ways in items.items() if person.said(clause) is None]
    left = max(count - attested, 0)
    for level in (MET, OPEN):
        for chosen in combinations(asked, left):
            if any(fits([test for way in ways for test in way], records, level) for ways in every_way(chosen)):
                return level
    return UNMET


def every_way(chosen: Iterable[Item]) -> Iterator[list[Sequence[Test]]]:
    first, *rest = [*chosen] or [()]
    if not first:
        yield []
        return
    for way in first:
        yield from ([way, *others] for others in every_way(rest)) if rest else ([way],)


def fits(tests: Sequence[Test], records: list[Facts], level: int) -> bool:
    """Whether each test finds a record of its own that reaches the level."""
    if not tests:
        return True
    return any(
        tests[0](record) >= level and fits(tests[1:], records[:place] + records[place + 1 :], level)
        for place, record in enumerate(records)
    )
