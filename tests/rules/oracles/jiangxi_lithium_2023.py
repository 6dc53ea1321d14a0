"""余人社字〔2023〕81号, and the national floor in place of criteria that are not in hand: at best open."""

from collections.abc import Iterator
from datetime import date

from tests.rules.oracles.calendar import day
from tests.rules.oracles.person import ENTERPRISES, MET, OPEN, UNMET, Answer, Facts, Person, yes

Path = tuple[int, date | None]
"""Whether the floor is met by one record, and the January from which achievements count then."""


def answer(level: str, dossier: Facts, as_of: date, opened: date) -> Answer:
    person = Person(dossier, as_of, own=lambda title: title["specialty"] == "lithium_battery")
    paths = {"intermediate": engineer, "associate_senior": senior}[level](person)
    clauses = {
        clause: min(OPEN, person.or_said(clause, max(value for value, _ in found))) for clause, found in paths.items()
    }
    insured = dossier["social_insurance"]
    plain = insured["months"] >= 6 and insured["same_employer"]
    clauses["正文三(四)"] = person.or_said("正文三(四)", MET if plain else OPEN)
    outside = dossier["status"] in ("retired", "civil_servant") or person.sanctioned()
    clauses["正文一"] = yes(not outside)
    excluded_by = (["正文一"] if outside else []) + ([] if opened.year == 2023 else ["not_in_force"])
    totals = [
        (min(OPEN, person.or_said(clause, value), window(person, since), clauses["正文三(四)"]), since)
        for clause, found in paths.items()
        for value, since in found
    ]
    best = max(total for total, _ in totals)
    verdict = UNMET if excluded_by else best
    shown = [{"正文二(二)": window(person, since)} for total, since in totals if total == best]
    return Answer(verdict, "ordinary" if verdict else None, clauses, [shown], excluded_by)


def window(person: Person, since: date | None) -> int:
    """正文二(二): achievements outside the window are for the office to look at; of another field they never count."""
    dates = [day(record["date"]) for record in person.dossier["achievements"] if record.get("relevant", True)]
    inside = all(since is not None and since <= date_ <= person.as_of for date_ in dates)
    return person.or_said("正文二(二)", MET if inside else OPEN)


def engineer(person: Person) -> dict[str, list[Path]]:
    doctors: list[Path] = [(MET, january(record["awarded"])) for record in person.degrees("doctor")]
    return {
        "国家基本标准 工程师1": doctors or [(UNMET, None)],
        "国家基本标准 工程师2": by_title(person, "assistant", 2, "master"),
        "国家基本标准 工程师3": by_title(person, "assistant", 4, "associate"),
    }


def senior(person: Person) -> dict[str, list[Path]]:
    return {
        "国家基本标准 高级工程师1": by_title(person, "intermediate", 2, "doctor"),
        "国家基本标准 高级工程师2": by_title(person, "intermediate", 5, "bachelor"),
    }


def by_title(person: Person, level: str, years: int, least: str) -> list[Path]:
    found: list[Path] = [
        (min(yes(person.has_degree(least)), year_heads(person, start, years)), january(title["obtained"]))
        for title in person.titles(level)
        if person.counts(title)
        for start in starts(person, title)
    ]
    return found or [(UNMET, None)]


def starts(person: Person, title: Facts) -> Iterator[date | None]:
    """From the later of title and appointment; enterprise staff need no record of the appointment."""
    if person.dossier["employer"]["kind"] in ENTERPRISES:
        yield day(title["obtained"])
    else:
        yield max(day(title["obtained"]), day(title["appointed"])) if title["appointed"] else None


def year_heads(person: Person, start: date | None, years: int) -> int:
    """按年头: the difference of the years, or the years touched, one more; where only the latter will do, open."""
    if start is None or start > person.as_of:
        return UNMET
    difference = person.as_of.year - start.year
    return MET if difference >= years else OPEN if difference + 1 >= years else UNMET


def january(text: str) -> date:
    return date(day(text).year, 1, 1)
