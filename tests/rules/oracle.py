"""高级工程师 of 27号 written out by hand from the notice, two-valued, for dossiers that leave nothing open.

Shares no code with `rules`: plain functions over the JSON of a dossier, the assignment tried in every way.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import combinations
from typing import Any

Facts = dict[str, Any]

DEGREES = ["secondary", "associate", "bachelor", "master", "doctor"]
SAME_DEGREE = {
    "tech_intermediate": "secondary",
    "tech_senior": "associate",
    "tech_technician": "bachelor",
    "second_bachelor": "master",
}
LEVELS = ["unit", "district", "provincial", "national"]
CLASSES = ["third", "second", "first", "special"]


def verdict(dossier: Facts, as_of: date) -> tuple[bool, str | None, dict[str, bool]]:
    """Whether the person qualifies, by which route, and the path-independent clauses."""
    clauses = {
        "五(一)1": any(doctor(dossier, record, as_of) for record in degrees(dossier, "doctor", as_of)),
        "五(一)2": any(engineer(dossier, title, as_of) for title in titles(dossier, as_of)),
        "五(一)3": any(technician(dossier, skill, as_of) for skill in skills(dossier, as_of)),
        "五(二)": ability(dossier),
    }
    if barred(dossier, as_of) or not basic(dossier, as_of) or not clauses["五(二)"]:
        return False, None, clauses
    if any(enough(dossier, since, as_of, 2) for since in ordinary_windows(dossier, as_of)):
        return True, "ordinary", clauses
    if any(exceptional(dossier, title, as_of) for title in titles(dossier, as_of)):
        return True, "exceptional", clauses
    return False, None, clauses


def day(text: str | None) -> date:
    return date.fromisoformat(text) if text else date.max


def anniversary(start: date, years: int) -> date:
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        return date(start.year + years, 2, 28)


# ---- 一, 2023年度通知一(五)


def barred(dossier: Facts, as_of: date) -> bool:
    return dossier["status"] in ("retired", "civil_servant") or any(
        day(sanction["from"]) <= as_of <= day(sanction.get("until")) for sanction in dossier["sanctions"]
    )


def basic(dossier: Facts, as_of: date) -> bool:
    said = dossier["attestations"]
    years = [record for record in dossier["assessments"] if record["year"] <= as_of.year]
    latest = max(years, key=lambda record: record["year"])
    learning = dossier["continuing_education"]
    hours = max((record["year"], record["hours"]) for record in learning["years"] if record["year"] <= as_of.year)[1]
    return (
        all(said[key] for key in ("一(一)", "一(二)", "一(三)"))
        and latest["result"] in ("excellent", "competent")
        and (learning["committed"] or hours >= 90)
    )


def ability(dossier: Facts) -> bool:
    said = dossier["attestations"]
    return said["五(二)"] and any(said[f"五(二){number}"] for number in (1, 2, 3, 4))


# ---- 五(一)


def degrees(dossier: Facts, least: str, as_of: date) -> Iterator[Facts]:
    for record in dossier["education"]:
        level = SAME_DEGREE.get(record["level"], record["level"])
        if DEGREES.index(level) >= DEGREES.index(least) and day(record["awarded"]) <= as_of:
            yield record


def titles(dossier: Facts, as_of: date) -> Iterator[Facts]:
    for title in dossier["titles"]:
        if title["level"] != "intermediate" or day(title["obtained"]) > as_of:
            continue
        if title["specialty"] == "lithium_battery" or months(dossier, ["specialty"], date.min, as_of) >= 12:
            yield title


def skills(dossier: Facts, as_of: date) -> Iterator[Facts]:
    return (
        skill
        for skill in dossier["skills"]
        if skill["grade"] == "senior_technician" and day(skill["obtained"]) <= as_of
    )


def doctor(dossier: Facts, record: Facts, as_of: date) -> bool:
    return months(dossier, ["specialty", "relevant"], day(record["awarded"]), as_of) >= 24


def technician(dossier: Facts, skill: Facts, as_of: date) -> bool:
    return months(dossier, ["specialty", "relevant"], day(skill["obtained"]), as_of) >= 48


def engineer(dossier: Facts, title: Facts, as_of: date) -> bool:
    if not title["appointed"] or not list(degrees(dossier, "bachelor", as_of)):
        return False
    early = any(
        record["engineering_professional"] and day(record["awarded"]) <= as_of for record in dossier["education"]
    )
    start = max(day(title["obtained"]), day(title["appointed"]))
    return anniversary(start, 4 if early else 5) <= as_of


def ordinary_windows(dossier: Facts, as_of: date) -> Iterator[date]:
    yield from (day(r["awarded"]) for r in degrees(dossier, "doctor", as_of) if doctor(dossier, r, as_of))
    yield from (day(title["obtained"]) for title in titles(dossier, as_of) if engineer(dossier, title, as_of))
    yield from (day(skill["obtained"]) for skill in skills(dossier, as_of) if technician(dossier, skill, as_of))


def months(dossier: Facts, scopes: list[str], since: date, as_of: date) -> int:
    """Whole months of such work: its days walked one by one into spells, each measured by its corresponding day."""
    spells: list[tuple[date, date]] = []
    found = sorted(
        (max(day(post["from"]), since), min(day(post["to"]) + timedelta(days=1) if post.get("to") else as_of, as_of))
        for post in dossier["posts"]
        if post["scope"] in scopes
    )
    for start, end in found:
        if start >= end:
            continue
        if spells and start <= spells[-1][1]:
            spells[-1] = (spells[-1][0], max(spells[-1][1], end))
        else:
            spells.append((start, end))
    whole = [whole_months(start, end) for start, end in spells]
    left = sum((end - months_later(start, count)).days for (start, end), count in zip(spells, whole, strict=True))
    return sum(whole) + (left // 30 if len(spells) > 1 else 0)


def whole_months(start: date, end: date) -> int:
    count = 0
    while months_later(start, count + 1) <= end:
        count += 1
    return count


def months_later(start: date, count: int) -> date:
    year, month = divmod(start.month - 1 + count, 12)
    for last in (start.day, 30, 29, 28):
        try:
            return date(start.year + year, month + 1, min(start.day, last))
        except ValueError:
            continue
    raise AssertionError


# ---- 五(三)


def counted(dossier: Facts, since: date, as_of: date) -> list[Facts]:
    return [
        {"kind": "", **record}
        for record in dossier["achievements"]
        if since <= day(record["date"]) <= as_of and record.get("relevant", True)
    ]


def at_least(level: str, least: str) -> bool:
    return level in LEVELS and LEVELS.index(level) >= LEVELS.index(least)


def item_1(r: Facts) -> bool:
    return (
        r["kind"] == "award"
        and at_least(r["level"], "provincial")
        and r["grade"] in CLASSES
        and r["personal_certificate"]
    )


def item_2(r: Facts) -> bool:
    if r["kind"] != "research_project" or not at_least(r["level"], "provincial") or not r["concluded"]:
        return False
    return r["role"] == "lead" or r["rank"] <= 5


def item_3(r: Facts) -> bool:
    named = r["level"] in ("national", "industry", "provincial")
    return r["kind"] == "plan_or_standard" and named and r["rank"] <= 5 and r["promulgated"]


def item_4(r: Facts) -> bool:
    return r["kind"] == "technical_report" and r["rank"] <= 5 and r["evaluators"]["count"] >= 1


def item_5(r: Facts) -> bool:
    if r["kind"] != "unit_project" or r["role"] != "lead":
        return False
    return r["concluded"] and r["in_production"] and r["benefit"] in ("good", "significant")


def monograph(r: Facts) -> bool:
    return r["kind"] == "monograph" and r["words"] >= 100_000


def paper(r: Facts) -> bool:
    if r["kind"] not in ("paper", "survey_report") or r["author"] == "other":
        return False
    return r["evaluators"]["level"] == "full_senior" and r["evaluators"]["count"] >= 2


def item_7(r: Facts) -> bool:
    if r["kind"] != "patent" or r["patent_type"] != "invention" or not r["granted"]:
        return False
    return r["rank"] <= 5 and r["benefit"] in ("good", "significant")


ITEMS: list[list[list[Any]]] = [
    [[item_1]], [[item_2, item_2]], [[item_3]], [[item_4]], [[item_5, item_5]], [[monograph], [paper, paper]], [[item_7]],
]  # fmt: skip


def items(dossier: Facts, since: date, as_of: date) -> dict[str, bool]:
    """Each item by itself, knowing nothing of the others."""
    records = counted(dossier, since, as_of)
    return {f"五(三){number}": any(fits(way, records) for way in ways) for number, ways in enumerate(ITEMS, start=1)}


def enough(dossier: Facts, since: date, as_of: date, count: int) -> bool:
    records = counted(dossier, since, as_of)
    for chosen in combinations(ITEMS, count):
        if any(fits([test for way in ways for test in way], records) for ways in every_way(chosen)):
            return True
    return False


def every_way(chosen: Iterable[list[list[Any]]]) -> Iterator[list[list[Any]]]:
    first, *rest = chosen
    for way in first:
        yield from ([way, *others] for others in every_way(rest)) if rest else ([way],)


def fits(tests: list[Any], records: list[Facts]) -> bool:
    """Whether each test finds a record of its own."""
    if not tests:
        return True
    return any(
        tests[0](record) and fits(tests[1:], records[:place] + records[place + 1 :])
        for place, record in enumerate(records)
    )


# ---- 五(四)


def exceptional(dossier: Facts, title: Facts, as_of: date) -> bool:
    since = day(title["obtained"])
    return enough(dossier, since, as_of, 2) and any(conditions(dossier, since, as_of).values())


def conditions(dossier: Facts, since: date, as_of: date) -> dict[str, bool]:
    awards = [r for r in counted(dossier, since, as_of) if r["kind"] == "award"]
    honours = [h["name"] for h in dossier["honours"] if since <= day(h["date"]) <= as_of]
    recommended = [e for e in dossier["endorsements"] if e["title_level"] == "full_senior" and e["same_specialty"]]
    return {
        "五(四)1": any(
            at_least(r["level"], "provincial")
            and r["grade"] in CLASSES
            and (
                (r["award_type"] == "science_technology" and r["rank"] <= 5)
                or (r["award_type"] == "industry" and r["personal_certificate"])
            )
            for r in awards
        ),
        "五(四)2": any(
            r["award_type"] == "patent"
            and r["level"] == "national"
            and r["grade"] in ("gold", "silver")
            and r["rank"] <= 5
            for r in awards
        ),
        "五(四)3": any(name in ("china_skills_award", "national_technical_expert") for name in honours),
        "五(四)4": enough(dossier, since, as_of, 3)
        and len(recommended) >= 2
        and "supervising_body" in dossier["consents"],
    }
