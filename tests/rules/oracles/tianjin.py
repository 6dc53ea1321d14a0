"""What both Tianjin notices share: basic conditions, exclusions, and how the routes are tried path by path."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import NamedTuple

from tests.rules.oracles.calendar import day
from tests.rules.oracles.person import (
    CLASSES,
    LEVELS,
    MET,
    OPEN,
    TITLES,
    UNMET,
    Answer,
    Facts,
    Item,
    Person,
    enough,
    item,
    reaches,
    yes,
)

Path = tuple[int, date | None]
"""Whether a clause of 学历资历 is met by one record, and the day from which achievements count then (None: never)."""
Paths = Mapping[str, list[Path]]
Conditions = Callable[[Person, date | None], Mapping[str, int]]
SANCTIONS = "2023年度通知一(五)"
# Of equal verdicts the first wins.
CLAIMS = ("conversion", "self_appointment", "direct", "case_by_case", "competition", "targeted")


class Level(NamedTuple):
    """A level by its section: 四, 五 or 六 with achievements, 二 or 三 without."""

    section: str
    qualification: Callable[[Person], Paths]
    abilities: int = 0
    items: Mapping[str, Item] = {}
    lower: str = ""
    opens: Callable[[Facts], date | None] = lambda title: day(title["obtained"])
    conditions: Conditions = lambda _person, _since: {}


def answer(
    person: Person, level: Level, claimed: Mapping[str, tuple[int, Mapping[str, int]]], flexible: str, in_force: bool
) -> Answer:
    """`flexible` names the clause that asks an agreement of a flexible person."""
    clauses = basic(person)
    start = min(clauses.values())
    clauses |= ability(person, level)
    able = clauses[f"{level.section}(二)"]
    paths = level.qualification(person)
    for clause, found in paths.items():
        clauses[clause] = person.or_said(clause, max(value for value, _ in found))
    group = f"{level.section}(一)"
    if group not in paths:
        clauses[group] = max(clauses[clause] for clause in paths)

    ordinary = [
        (min(start, able, person.or_said(clause, value), achieved(person, level, since)), since)
        for clause, found in paths.items()
        for value, since in found
    ]
    lower: list[Facts | None] = [*person.titles(level.lower)]
    groups = [grouped(person, level, title) for title in (lower or [None])] if level.lower else []
    exceptional = [(min(start, able, achieved(person, level, since), value), since) for since, value, _ in groups]
    totals = {"ordinary": max(total for total, _ in ordinary)}
    if level.lower:
        totals["exceptional"] = max(total for total, _ in exceptional)
    shown = shown_by(totals, ordinary, exceptional)
    for claim in CLAIMS:
        if claim in person.dossier["claims"] and claim in claimed:
            value, asked = claimed[claim]
            totals[claim] = min(start, value)
            clauses |= {clause: max(value, clauses.get(clause, UNMET)) for clause, value in asked.items()}
    route = max(totals, key=lambda name: totals[name])
    bars = exclusions(person, flexible)
    excluded_by = [clause for clause, value in bars.items() if value == UNMET] + ([] if in_force else ["not_in_force"])
    verdict = UNMET if excluded_by else totals[route]
    clauses |= {clause: min(value, clauses.get(clause, MET)) for clause, value in bars.items()}
    seen = [[achievements(person, level, since) for since in shown]] if level.items else []
    if level.lower:
        seen.append([found for _, _, found in groups])
    return Answer(verdict, route if verdict else None, clauses, seen, excluded_by)


def shown_by(totals: Mapping[str, int], ordinary: list[Path], exceptional: list[Path]) -> list[date | None]:
    """The windows that may be reported: of the path behind the verdict, or where that is unmet of any path."""
    best = max(totals.values())
    if best == UNMET:
        return [since for _, since in (*ordinary, *exceptional)]
    behind = ordinary if totals["ordinary"] == best else exceptional
    return [since for total, since in behind if total == best]


# ---- 一, 2023年度通知一(五), 正文七(三)


def basic(person: Person) -> dict[str, int]:
    clauses = {f"一({numeral})": person.judged(f"一({numeral})") for numeral in "一二三"}
    years = [record for record in person.dossier["assessments"] if record["year"] <= person.as_of.year]
    result = max(years, key=lambda record: record["year"])["result"] if years else "basic"
    assessed = {"excellent": MET, "competent": MET, "basic": OPEN, "incompetent": UNMET}[result]
    learnt = MET if person.dossier["continuing_education"]["committed"] else person.hours()
    return clauses | {"一(四)": person.or_said("一(四)", min(assessed, learnt))}


def exclusions(person: Person, flexible: str) -> dict[str, int]:
    outside = person.dossier["status"] in ("retired", "civil_servant")
    clauses = {SANCTIONS: yes(not outside and not person.sanctioned())}
    return clauses | ({flexible: yes(agreed(person))} if person.dossier["status"] == "flexible" else {})


def agreed(person: Person) -> bool:
    agreement = person.dossier["flexible_agreement"]
    return agreement["years"] >= 1 and agreement["months_per_year"] >= 2


def ability(person: Person, level: Level) -> dict[str, int]:
    """（二）: a text of its own, and any one of the items under it."""
    group = f"{level.section}(二)"
    items = {f"{group}{number}": person.judged(f"{group}{number}") for number in range(1, level.abilities + 1)}
    return {**items, group: min(person.judged(group), max(items.values(), default=MET))}


# ---- （三） and （四）


def achieved(person: Person, level: Level, since: date | None) -> int:
    return enough(person, level.items, person.counted(since), 2) if level.items else MET


def achievements(person: Person, level: Level, since: date | None) -> dict[str, int]:
    records = person.counted(since)
    found = {clause: item(person, clause, ways, records) for clause, ways in level.items.items()}
    return {**found, f"{level.section}(三)": achieved(person, level, since)}


def grouped(person: Person, level: Level, title: Facts | None) -> tuple[date | None, int, dict[str, int]]:
    """破格 as seen from one lower title, which it asks for besides: when its window opens, what it comes to, its clauses."""
    since = None if title is None else level.opens(title)
    found = {clause: person.or_said(clause, value) for clause, value in level.conditions(person, since).items()}
    held = yes(title is not None and since is not None and person.counts(title))
    group = f"{level.section}(四)"
    own = max(value for clause, value in found.items() if clause.startswith(group))
    return since, min(held, max(found.values())), {**found, group: min(held, own)}


def prizes(person: Person, since: date | None) -> list[Facts]:
    return [record for record in person.counted(since) if record["kind"] == "award"]


def honoured(person: Person, since: date | None, *named: str) -> int:
    """…等荣誉: another honour than those named is a matter of judgement."""
    honours = person.honours(since)
    return MET if any(name in named for name in honours) else OPEN if honours else UNMET


def recommended(person: Person, items: Mapping[str, Item], since: date | None, *, by: str, years: int = 0) -> int:
    """Three items, two colleagues of the specialty who recommend, and the consent of the supervising body."""
    able = [
        e for e in person.dossier["endorsements"]
        if reaches(e["title_level"], by, TITLES) and e["same_specialty"] and e["years_held"] >= years
    ]  # fmt: skip
    consented = len(able) >= 2 and "supervising_body" in person.dossier["consents"]
    return min(enough(person, items, person.counted(since), 3), yes(consented))


def science(award: Facts, level: str) -> bool:
    graded = reaches(award["level"], level, LEVELS) and award["grade"] in CLASSES
    return graded and award["award_type"] == "science_technology"


# ---- 学历资历


def early(person: Person) -> int:
    """The year less for a holder of an engineering professional degree."""
    return int(any(r["engineering_professional"] and person.there(r["awarded"]) for r in person.dossier["education"]))


def by_degree(person: Person, least: str, years: int, scope: str = "relevant") -> list[Path]:
    found = [day(record["awarded"]) for record in person.degrees(least)]
    return [(yes(person.worked(years, scope, since)), since) for since in found] or [(UNMET, None)]


def by_skill(person: Person, least: str, years: int) -> list[Path]:
    found = [day(record["obtained"]) for record in person.skills(least)]
    return [(yes(person.worked(years, "relevant", since)), since) for since in found] or [(UNMET, None)]


def by_title(person: Person, title: str, years: int, least: str) -> list[Path]:
    found: list[Path] = []
    for record in person.titles(title):
        served = False
        if record["appointed"] and person.counts(record):
            start = max(day(record["obtained"]), day(record["appointed"]))
            served = person.held_years(start, years - early(person))
        found.append((yes(served and person.has_degree(least)), day(record["obtained"])))
    return found or [(UNMET, None)]


# ---- Claims


def converted(person: Person, level: str) -> int:
    """A title of another specialty at the level asked for, and a full year in a post of the specialty."""
    other = any(not person.own(title) for title in person.titles(level))
    return yes(other and person.year_in_post())


def doctor_or_master(person: Person) -> bool:
    """A doctor, or a master who obtained the assistant title two years ago: the early year does not apply."""
    titles = [title for title in person.titles("assistant") if person.counts(title)]
    titled = any(person.held_years(day(title["obtained"]), 2) for title in titles)
    return person.has_degree("doctor") or (person.has_degree("master") and titled)
