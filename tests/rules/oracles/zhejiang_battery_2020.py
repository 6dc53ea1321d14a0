"""浙蓄电协〔2020〕15号: the gate of its notice. Criteria and score sheet are not in hand."""

from datetime import date

from tests.rules.oracles.calendar import day
from tests.rules.oracles.person import CLASSES, LEVELS, UNMET, Answer, Facts, Person, reaches, yes

PROGRAMME_KINDS = ("research_project", "major_project")


def answer(level: str, dossier: Facts, as_of: date, opened: date) -> Answer:
    assert level == "associate_senior"
    person = Person(dossier, as_of, own=lambda title: title["specialty"] == "lithium_battery")
    clauses = {
        "正文二(一)": person.or_said("正文二(一)", served(person, "doctor", 2)),
        "正文二(二)": person.or_said("正文二(二)", served(person, "bachelor", 5)),
        "正文二(三)": person.or_said("正文二(三)", yes(dossier["self_score"] >= 80)),
        **{number: person.or_said(number, value) for number, value in landmarks(person).items()},
    }
    confirmed = person.judged("正文二(四)")
    clauses["正文二(四)"] = min(confirmed, max(clauses[f"正文二(四){number}"] for number in (1, 2, 3, 4)))
    clauses["正文二"] = max(clauses[f"正文二({numeral})"] for numeral in "一二三四")
    clauses["正文七(二)"] = person.or_said("正文七(二)", person.hours())
    outside = dossier["status"] in ("retired", "civil_servant") or person.sanctioned()
    clauses["正文一"] = yes(not outside)
    excluded_by = (["正文一"] if outside else []) + ([] if opened.year == 2020 else ["not_in_force"])
    verdict = UNMET if excluded_by else min(clauses["正文二"], clauses["正文七(二)"])
    return Answer(verdict, "ordinary" if verdict else None, clauses, [], excluded_by)


def served(person: Person, least: str, years: int) -> int:
    """A degree of science or engineering, and full years as an appointed engineer."""
    learned = any(record["stem"] for record in person.degrees(least))
    terms = [
        max(day(title["obtained"]), day(title["appointed"]))
        for title in person.titles("intermediate")
        if title["appointed"] and person.counts(title)
    ]
    return yes(learned and any(person.held_years(start, years) for start in terms))


def landmarks(person: Person) -> dict[str, int]:
    """正文二(四): what the committee may confirm."""
    records = person.counted(date.min)
    return {
        "正文二(四)1": yes(
            any(r["kind"] in PROGRAMME_KINDS and r["level"] == "national" and r["rank"] <= 5 for r in records)
        ),
        "正文二(四)2": yes(any(r["kind"] == "award" and great_award(r) for r in records)),
        "正文二(四)3": yes(taxed(person)),
        "正文二(四)4": yes(
            any(
                r["kind"] == "plan_or_standard"
                and (r["level"] == "international" or (r["level"] == "national" and r["rank"] == 1))
                for r in records
            )
        ),
    }


def great_award(r: Facts) -> bool:
    """National: the special class, the first to rank 10, the second to rank 6. Provincial: the first to rank 6."""
    if not reaches(r["level"], "provincial", LEVELS) or r["grade"] not in CLASSES:
        return False
    national = {"special": 10_000, "first": 10, "second": 6}
    places = national if r["level"] == "national" else {"special": 6, "first": 6}
    return bool(r["rank"] <= places.get(r["grade"], 0))


def taxed(person: Person) -> bool:
    years = {
        record["year"]
        for record in person.dossier["income_tax"]
        if record["paid"] >= 25 * record["exemption"] and record["year"] <= person.as_of.year
    }
    return any(year + 1 in years for year in years)
