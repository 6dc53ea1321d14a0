"""高级工程师 of 27号 as one would write it by hand for this one level, explained: the limit of what Python can do.

Plain functions over the decoded records. Each clause is met, unmet or open, with the ids of the records it rests on
and its figures; nothing is cited, no fact that is missing is named, no day that would mend it is looked for.
"""

from datetime import date
from typing import Any, NamedTuple

from rules.dossier import Achievement, Dossier, Post, Title

PROVINCIAL = frozenset(("provincial", "national"))
RANKED = frozenset(("third", "second", "first", "special"))
BENEFICIAL = frozenset(("good", "significant"))
BACHELOR = frozenset(("bachelor", "tech_technician", "second_bachelor", "master", "doctor"))


class Said(NamedTuple):
    """One clause: True, False, or None where it is open."""

    met: bool | None
    used: tuple[str | None, ...] = ()
    figures: tuple[Any, ...] = ()


def every(*values: bool | None) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def some(*values: bool | None) -> bool | None:
    if True in values:
        return True
    return None if None in values else False


def among(value: str | None, allowed: frozenset[str]) -> bool | None:
    return None if value is None else value in allowed


def at_most(value: int | None, bound: int) -> bool | None:
    return None if value is None else value <= bound


def at_least(value: float | None, bound: float) -> bool | None:
    return None if value is None else value >= bound


def same(value: str | None, wanted: str) -> bool | None:
    return None if value is None else value == wanted


def passes(record: Achievement, number: int) -> bool | None:
    """Whether a record of the right kind serves the item of that number of 五(三)."""
    if number == 1:
        return every(among(record.level, PROVINCIAL), among(record.grade, RANKED), record.personal_certificate)
    if number == 2:
        led = some(same(record.role, "lead"), at_most(record.rank, 5))
        return every(among(record.level, PROVINCIAL), record.concluded, led)
    if number == 3:
        named = among(record.level, frozenset(("national", "industry", "provincial")))
        return every(named, at_most(record.rank, 5), record.promulgated)
    if number == 4:
        evaluators = record.evaluators.count if record.evaluators else None
        return every(at_most(record.rank, 5), at_least(evaluators, 1), None if record.standing is None else True)
    if number == 5:
        led = same(record.role, "lead")
        good = among(record.benefit, BENEFICIAL)
        return every(led, record.concluded, record.in_production, None if record.standing is None else True, good)
    if number == 7:
        good = among(record.benefit, BENEFICIAL)
        return every(record.granted, same(record.patent_type, "invention"), at_most(record.rank, 5), good)
    raise ValueError(number)


def paper(record: Achievement) -> bool | None:
    author = among(record.author, frozenset(("first", "second", "corresponding")))
    level = record.evaluators.level if record.evaluators else None
    count = record.evaluators.count if record.evaluators else None
    return every(None if record.venue is None else True, author, same(level, "full_senior"), at_least(count, 2))


ITEM_OF = {
    "award": 1,
    "research_project": 2,
    "plan_or_standard": 3,
    "technical_report": 4,
    "unit_project": 5,
    "patent": 7,
}
NEEDED = {1: 1, 2: 2, 3: 1, 4: 1, 5: 2, 7: 1}


def counted(records: list[Any], since: date, as_of: date) -> list[Any]:
    return [record for record in records if record.date is None or since <= record.date <= as_of]


def enough(records: list[Any], found: list[bool | None], needed: int) -> Said:
    met = [record.id for record, value in zip(records, found, strict=True) if value is True]
    if len(met) >= needed:
        return Said(True, tuple(met), (len(met), needed))
    possible = sum(value is not False for value in found)
    return Said(None if possible >= needed else False, tuple(met), (len(met), needed))


def achievements(dossier: Dossier, since: date, as_of: date) -> dict[str, Said]:
    """五(三) and its items. The kinds of its items differ, so that no record is wanted by two."""
    by_item: dict[int, list[Achievement]] = {number: [] for number in NEEDED}
    monographs, papers = [], []
    for record in counted(dossier.achievements or [], since, as_of):
        if record.relevant is False:
            continue
        if record.kind == "monograph":
            monographs.append(record)
        elif record.kind in ("paper", "survey_report"):
            papers.append(record)
        elif record.kind in ITEM_OF:
            by_item[ITEM_OF[record.kind]].append(record)
    said = {
        f"五(三){number}": enough(records, [passes(record, number) for record in records], NEEDED[number])
        for number, records in by_item.items()
    }
    book = enough(monographs, [at_least(record.words, 100_000) for record in monographs], 1)
    articles = enough(papers, [paper(record) for record in papers], 2)
    said["五(三)6"] = book if book.met else articles
    met = [one for one in said.values() if one.met]
    possible = sum(one.met is not False for one in said.values())
    verdict = True if len(met) >= 2 else None if possible >= 2 else False
    said["五(三)"] = Said(verdict, tuple(id_ for one in met[:2] for id_ in one.used), (len(met), 2))
    return said


def years_full(start: date, years: int, as_of: date) -> bool:
    try:
        return start.replace(year=start.year + years) <= as_of
    except ValueError:
        return date(start.year + years, 2, 28) <= as_of


def months_worked(posts: list[Post], scopes: tuple[str, ...], since: date, as_of: date) -> int:
    """Whole months in posts of these scopes since a day, spells that touch made one, 30 days left over a month."""
    spells: list[list[date]] = []
    for start, end in sorted(
        (max(post.since, since), min(date.fromordinal(post.until.toordinal() + 1), as_of) if post.until else as_of)
        for post in posts
        if post.scope in scopes and post.since
    ):
        if start >= end:
            continue
        if spells and start <= spells[-1][1]:
            spells[-1][1] = max(spells[-1][1], end)
        else:
            spells.append([start, end])
    months = left = 0
    for start, end in spells:
        whole = (end.year - start.year) * 12 + end.month - start.month
        whole -= later(start, whole) > end
        months += whole
        left += (end - later(start, whole)).days
    return months + (left // 30 if len(spells) > 1 else 0)


def later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError


def basic(dossier: Dossier, as_of: date) -> dict[str, Said]:
    attested = dossier.attestations or {}
    said = {number: Said(attested.get(number)) for number in ("一(一)", "一(二)", "一(三)")}
    years = [record for record in dossier.assessments or () if record.year is not None and record.year <= as_of.year]
    latest = max(years, key=lambda record: record.year or 0, default=None)
    assessed = None if latest is None else among(latest.result, frozenset(("competent", "excellent")))
    learning = dossier.continuing_education
    hours = max(
        (
            (year.year, year.hours or 0)
            for year in (learning.years or () if learning else ())
            if year.year and year.year <= as_of.year
        ),
        default=None,
    )
    learned = some(learning.committed if learning else None, None if hours is None else hours[1] >= 90)
    figures = (latest.year if latest else None, latest.result if latest else None, hours)
    said["一(四)"] = Said(every(assessed, learned), (latest.id,) if latest else (), figures)
    return said


def ability(dossier: Dossier) -> dict[str, Said]:
    attested = dossier.attestations or {}
    said = {number: Said(attested.get(number)) for number in ("五(二)1", "五(二)2", "五(二)3", "五(二)4")}
    said["五(二)"] = Said(every(attested.get("五(二)"), some(*[one.met for one in said.values()])))
    return said


def excluded(dossier: Dossier, as_of: date) -> Said:
    barred = among(dossier.status, frozenset(("retired", "civil_servant")))
    in_force = [
        sanction
        for sanction in dossier.sanctions or ()
        if sanction.since and sanction.since <= as_of and (sanction.until is None or sanction.until >= as_of)
    ]
    met = every(None if barred is None else not barred, not in_force)
    return Said(met, tuple(one.id for one in in_force), (dossier.status, len(in_force)))


Path = tuple[str, bool | None, date]
Windows = dict[date, dict[str, Said]]


def judge(dossier: Dossier, as_of: date) -> tuple[bool | None, str | None, dict[str, Said]]:
    """The verdict, the route and every clause."""
    said = {**basic(dossier, as_of), **ability(dossier), "2023年度通知一(五)": excluded(dossier, as_of)}
    paths: list[Path] = []
    windows: Windows = {}
    said |= by_degree_or_grade(dossier, as_of, paths)
    said["五(一)2"] = Said(False)
    for title in dossier.titles or ():
        if title.level == "intermediate" and title.obtained and title.obtained <= as_of:
            said |= by_title(dossier, title, as_of, paths, windows)
    ways = [said[number] for number in ("五(一)1", "五(一)2", "五(一)3")]
    said["五(一)"] = next((one for one in ways if one.met), Said(False))

    given = every(*[said[number].met for number in ("一(一)", "一(二)", "一(三)", "一(四)", "五(二)")])
    totals: dict[str, bool | None] = {"ordinary": False, "exceptional": False}
    best: tuple[int, dict[str, Said]] | None = None
    for route, met, since in paths:
        if since not in windows:
            windows[since] = achievements(dossier, since, as_of)
        achieved = windows[since]
        total = every(given, met, achieved["五(三)"].met)
        totals[route] = some(totals[route], total)
        merit = 2 * (total is True) + (met is True) + (achieved["五(三)"].met is True)
        if best is None or merit > best[0]:
            best = merit, achieved
    said |= best[1] if best else {}
    verdict = every(said["2023年度通知一(五)"].met, some(*totals.values()))
    return (
        verdict,
        next((route for route, total in totals.items() if total is verdict), None) if verdict else None,
        said,
    )


def by_degree_or_grade(dossier: Dossier, as_of: date, paths: list[Path]) -> dict[str, Said]:
    """五(一)1 and 五(一)3."""
    posts, related = dossier.posts or [], ("specialty", "relevant")
    said = {"五(一)1": Said(False), "五(一)3": Said(False)}
    for degree in dossier.education or ():
        if degree.level == "doctor" and degree.awarded and degree.awarded <= as_of:
            months = months_worked(posts, related, degree.awarded, as_of)
            said["五(一)1"] = Said(months >= 24, (degree.id,), (degree.awarded, months, 24))
            paths.append(("ordinary", months >= 24, degree.awarded))
    for skill in dossier.skills or ():
        if skill.grade == "senior_technician" and skill.obtained and skill.obtained <= as_of:
            months = months_worked(posts, related, skill.obtained, as_of)
            said["五(一)3"] = Said(months >= 48, (skill.id,), (skill.obtained, months, 48))
            paths.append(("ordinary", months >= 48, skill.obtained))
    return said


def by_title(dossier: Dossier, title: Title, as_of: date, paths: list[Path], windows: Windows) -> dict[str, Said]:
    """五(一)2, and 五(四) with its items."""
    held = [one for one in dossier.education or () if one.awarded and one.awarded <= as_of]
    bachelor = next((one for one in held if one.level in BACHELOR), None)
    early = any(one.engineering_professional for one in held)
    own = (
        title.specialty == "lithium_battery"
        or months_worked(dossier.posts or [], ("specialty",), date.min, as_of) >= 12
    )
    since = title.obtained or date.max
    start = max(since, title.appointed) if isinstance(title.appointed, date) else None
    full = start is not None and years_full(start, 4 if early else 5, as_of)
    met = own and bachelor is not None and full
    paths.append(("ordinary", met, since))
    said = exceptional(dossier, since, as_of, windows)
    said["五(四)"] = Said(every(own, some(*[one.met for one in said.values()])), (title.id,))
    paths.append(("exceptional", said["五(四)"].met, since))
    said["五(一)2"] = Said(met, (title.id, bachelor.id if bachelor else None), (start, 5, early))
    return said


def exceptional(dossier: Dossier, since: date, as_of: date, windows: Windows) -> dict[str, Said]:
    """The items of 五(四)."""
    if since not in windows:
        windows[since] = achievements(dossier, since, as_of)
    awards = [record for record in counted(dossier.achievements or [], since, as_of)
              if record.kind == "award" and record.relevant is not False]  # fmt: skip
    high = [every(among(one.level, PROVINCIAL), among(one.grade, RANKED)) for one in awards]
    science = [
        every(good, same(one.award_type, "science_technology"), at_most(one.rank, 5))
        for one, good in zip(awards, high, strict=True)
    ]
    industry = [
        every(good, same(one.award_type, "industry"), one.personal_certificate)
        for one, good in zip(awards, high, strict=True)
    ]
    medals = [
        every(
            same(one.award_type, "patent"), same(one.level, "national"),
            among(one.grade, frozenset(("gold", "silver"))), at_most(one.rank, 5),
        )
        for one in awards
    ]  # fmt: skip
    by_science = enough(awards, science, 1)
    honours = counted(dossier.honours or [], since, as_of)
    named = frozenset(("china_skills_award", "national_technical_expert"))
    filled = [one for number, one in windows[since].items() if number != "五(三)" and one.met]
    endorsements = dossier.endorsements or []
    backed = enough(
        endorsements, [every(same(one.title_level, "full_senior"), one.same_specialty) for one in endorsements], 2
    )
    consent = None if dossier.consents is None else "supervising_body" in dossier.consents
    return {
        "五(四)1": by_science if by_science.met else enough(awards, industry, 1),
        "五(四)2": enough(awards, medals, 1),
        "五(四)3": enough(honours, [among(one.name, named) for one in honours], 1),
        "五(四)4": Said(
            every(len(filled) >= 3, backed.met, consent),
            (*(id_ for one in filled[:3] for id_ in one.used), *backed.used),
            (len(filled), 3, *backed.figures),
        ),
    }
