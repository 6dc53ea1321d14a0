"""津人社局发〔2022〕27号, all five levels."""

from collections.abc import Mapping
from datetime import date

from tests.rules.oracles import tianjin as common
from tests.rules.oracles.calendar import day
from tests.rules.oracles.person import ENTERPRISES, LEVELS, OPEN, UNMET, Answer, Facts, Person, reaches, yes
from tests.rules.oracles.tianjin import Level, Path
from tests.rules.oracles.tianjin_items import OF_FIVE, OF_SIX, of_four, paper_27, provincial

OF_FOUR = of_four(paper_27)


def answer(level: str, dossier: Facts, as_of: date, opened: date) -> Answer:
    person = Person(dossier, as_of, own=lambda title: title["specialty"] == "lithium_battery")
    in_force = date(2022, 11, 1) <= opened <= date(2025, 10, 31)
    return common.answer(person, LEVELS_OF_27[level], claims(person, level), "正文七(三)", in_force)


def claims(person: Person, level: str) -> dict[str, tuple[int, Mapping[str, int]]]:
    conversion = person.or_said("正文七(五)", common.converted(person, level))
    direct = {"正文七(三)": person.judged("正文七(三)")}
    if level == "full_senior":
        direct["正文七(一)"] = person.judged("正文七(一)")
    found: dict[str, tuple[int, Mapping[str, int]]] = {
        "conversion": (conversion, {"正文七(五)": conversion}),
        "direct": (max(direct.values()), direct),
    }
    for claim, clause in (("case_by_case", "2023年度通知三(三)"), ("competition", "2023年度通知一(四)")):
        found[claim] = person.judged(clause), {clause: person.judged(clause)}
    if level in SELF_APPOINTED:
        appointed = person.or_said("正文七(二)", SELF_APPOINTED[level](person))
        found["self_appointment"] = appointed, {"正文七(二)": appointed}
    return found


def appointed_engineer(person: Person) -> int:
    enterprise = person.dossier["employer"]["kind"] in ENTERPRISES
    return yes(enterprise and (common.doctor_or_master(person) or person.dossier["status"] == "postdoc"))


def appointed_senior(person: Person) -> int:
    """A postdoc of a private enterprise with a provincial project as principal; the rest is judged."""
    private = person.dossier["employer"]["kind"] == "private_enterprise"
    projects = [r for r in person.counted(date.min) if r["kind"] == "research_project" and provincial(r)]
    principal = any(r["role"] in ("lead", "principal") for r in projects)
    return OPEN if private and person.dossier["status"] == "postdoc" and principal else UNMET


SELF_APPOINTED = {"intermediate": appointed_engineer, "associate_senior": appointed_senior}


# ---- 二 and 三


def technician(person: Person) -> dict[str, list[Path]]:
    passed = person.dossier["performance_assessment"] == "passed"
    graduates = [
        (value if passed else UNMET, since) for value, since in common.by_degree(person, "secondary", 1, "specialty")
    ]
    return {"二(一)1": graduates, "二(一)2": common.by_skill(person, "intermediate", 2)}


def assistant(person: Person) -> dict[str, list[Path]]:
    passed = person.dossier["performance_assessment"] == "passed"
    graduates = [
        (value if passed else UNMET, since)
        for least, years in (("bachelor", 1), ("associate", 3), ("secondary", 5))
        for value, since in common.by_degree(person, least, years, "specialty")
    ]
    return {
        "三(一)1": common.by_degree(person, "master", 0),
        "三(一)2": graduates,
        "三(一)3": common.by_skill(person, "senior", 2),
    }


# ---- 四, 五, 六


def engineer(person: Person) -> dict[str, list[Path]]:
    return {
        "四(一)1": common.by_degree(person, "doctor", 0),
        "四(一)2": common.by_title(person, "assistant", 2, "master"),
        "四(一)3": common.by_title(person, "assistant", 4, "associate"),
        "四(一)4": common.by_skill(person, "technician", 3),
    }


def engineer_exceptions(person: Person, since: date | None) -> dict[str, int]:
    return {
        "四(四)1": yes(any(common.science(r, "district") and r["rank"] <= 5 for r in common.prizes(person, since))),
        "四(四)2": common.honoured(person, since, "municipal_technical_expert"),
        "四(四)3": common.recommended(person, OF_FOUR, since, by="associate_senior"),
    }


def senior(person: Person) -> dict[str, list[Path]]:
    return {
        "五(一)1": common.by_degree(person, "doctor", 2),
        "五(一)2": common.by_title(person, "intermediate", 5, "bachelor"),
        "五(一)3": common.by_skill(person, "senior_technician", 4),
    }


def senior_exceptions(person: Person, since: date | None) -> dict[str, int]:
    prizes = common.prizes(person, since)
    trade = [r for r in prizes if r["award_type"] == "industry" and provincial(r)]
    medals = [r for r in prizes if r["award_type"] == "patent" and reaches(r["level"], "national", LEVELS)]
    return {
        "五(四)1": yes(
            any(common.science(r, "provincial") and r["rank"] <= 5 for r in prizes)
            or any(r["grade"] in ("third", "second", "first", "special") and r["personal_certificate"] for r in trade)
        ),
        "五(四)2": yes(any(r["grade"] in ("gold", "silver") and r["rank"] <= 5 for r in medals)),
        "五(四)3": common.honoured(person, since, "china_skills_award", "national_technical_expert"),
        "五(四)4": common.recommended(person, OF_FIVE, since, by="full_senior"),
    }


def appointed(title: Facts) -> date | None:
    """担任高级工程师职务后."""
    return day(title["appointed"]) if title["appointed"] else None


def full_senior(person: Person) -> dict[str, list[Path]]:
    """A degree, and five years of serving: the title's own day is not asked."""
    found: list[Path] = []
    for title in person.titles("associate_senior"):
        since = appointed(title)
        served = since is not None and person.counts(title) and person.held_years(since, 5 - common.early(person))
        found.append((yes(served and person.has_degree("bachelor")), since))
    return {"六(一)": found or [(UNMET, None)]}


def full_senior_exceptions(person: Person, since: date | None) -> dict[str, int]:
    national = [
        r for r in common.prizes(person, since)
        if r["award_type"] == "science_technology" and reaches(r["level"], "national", LEVELS)
    ]  # fmt: skip
    return {
        "六(四)1": yes(any(r["personal_certificate"] for r in national)),
        "六(四)2": common.recommended(person, OF_SIX, since, by="full_senior", years=5),
    }


LEVELS_OF_27 = {
    "technician": Level("二", technician),
    "assistant": Level("三", assistant),
    "intermediate": Level("四", engineer, 5, OF_FOUR, "assistant", conditions=engineer_exceptions),
    "associate_senior": Level("五", senior, 4, OF_FIVE, "intermediate", conditions=senior_exceptions),
    "full_senior": Level("六", full_senior, 3, OF_SIX, "associate_senior", appointed, full_senior_exceptions),
}
