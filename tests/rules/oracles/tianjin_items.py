"""The achievements that 四(三), 五(三) and 六(三) ask for, as both Tianjin notices have them; they differ where told."""

from tests.rules.oracles.person import (
    CLASSES,
    LEVELS,
    MET,
    OPEN,
    TITLES,
    UNMET,
    Facts,
    Item,
    Test,
    reaches,
    yes,
)

PAPERS = ("paper", "survey_report")
PROJECTS = ("research_project", "unit_project", "major_project")
LEADING = ("domestic_leading", "international_advanced")


def provincial(r: Facts) -> bool:
    return reaches(r["level"], "provincial", LEVELS)


def named_plan(r: Facts) -> bool:
    """国家、行业、省部级."""
    return r["kind"] == "plan_or_standard" and r["level"] in ("national", "industry", "provincial") and r["promulgated"]


def evaluated(r: Facts, level: str, count: int) -> bool:
    return reaches(r["evaluators"]["level"], level, TITLES) and r["evaluators"]["count"] >= count


def doubtful(test: Test) -> Test:
    """What only people can decide: never better than open."""
    return lambda r: OPEN if test(r) else UNMET


def substitute(r: Facts) -> int:
    return OPEN if r["substitutes_paper"] else UNMET


# ---- 四(三)


def project_taken_part(r: Facts) -> int:
    return yes(r["kind"] == "research_project" and provincial(r) and r["concluded"])


def plan_taken_part(r: Facts) -> int:
    return yes(named_plan(r))


def unit_project_of_three(r: Facts) -> int:
    return yes(r["kind"] == "unit_project" and r["rank"] <= 3)


def unit_plan_of_three(r: Facts) -> int:
    return yes(r["kind"] == "plan_or_standard" and r["level"] == "unit" and r["rank"] <= 3)


def sub_project_led(r: Facts) -> int:
    return yes(r["kind"] == "unit_project" and r["role"] == "lead")


def first_in_unit_project(r: Facts) -> int:
    useful = r["benefit"] in ("good", "significant")
    return yes(r["kind"] == "unit_project" and r["rank"] == 1 and r["concluded"] and useful)


def paper_27(r: Facts) -> int:
    """Journals: papers and survey reports, the corresponding author too. Conferences: papers, first two authors."""
    if r["venue"] in ("journal", "top_journal"):
        return yes(r["kind"] in PAPERS and r["author"] in ("first", "second", "corresponding"))
    return yes(r["kind"] == "paper" and r["author"] in ("first", "second"))


def paper_39(r: Facts) -> int:
    return yes(r["kind"] in PAPERS and r["author"] in ("first", "second", "corresponding"))


def internal_report(r: Facts) -> int:
    return yes(r["kind"] == "internal_report" and r["author"] == "first" and evaluated(r, "associate_senior", 2))


def patent_taken_part(r: Facts) -> int:
    return yes(r["kind"] == "patent" and r["patent_type"] in ("invention", "utility_model") and r["granted"])


def of_four(paper: Test) -> dict[str, Item]:
    return {
        "四(三)1": [[project_taken_part]],
        "四(三)2": [[plan_taken_part]],
        "四(三)3": [
            [unit_project_of_three, unit_plan_of_three],
            [doubtful(unit_project_of_three)], [doubtful(unit_plan_of_three)], [doubtful(sub_project_led)],
        ],
        "四(三)4": [[first_in_unit_project]],
        "四(三)5": [[paper], [internal_report], [substitute]],
        "四(三)6": [[patent_taken_part]],
    }  # fmt: skip


# ---- 五(三)


def award_with_certificate(r: Facts) -> int:
    return yes(r["kind"] == "award" and provincial(r) and r["grade"] in CLASSES and r["personal_certificate"])


def project_of_five(r: Facts) -> int:
    main = r["role"] == "lead" or r["rank"] <= 5
    return yes(r["kind"] == "research_project" and provincial(r) and r["concluded"] and main)


def plan_of_five(r: Facts) -> int:
    return yes(named_plan(r) and r["rank"] <= 5)


def report_of_five(r: Facts) -> int:
    return yes(r["kind"] == "technical_report" and r["rank"] <= 5 and r["evaluators"]["count"] >= 1)


def unit_project_led(r: Facts) -> int:
    made = r["concluded"] and r["in_production"] and r["benefit"] in ("good", "significant")
    return yes(r["kind"] == "unit_project" and r["role"] == "lead" and made)


def monograph(words: int) -> Test:
    return lambda r: yes(r["kind"] == "monograph" and r["words"] >= words)


def evaluated_paper(r: Facts) -> int:
    return yes(r["kind"] in PAPERS and r["author"] != "other" and evaluated(r, "full_senior", 2))


def patent_of_five(r: Facts) -> int:
    useful = r["granted"] and r["benefit"] in ("good", "significant")
    return yes(r["kind"] == "patent" and r["patent_type"] == "invention" and r["rank"] <= 5 and useful)


OF_FIVE: dict[str, Item] = {
    "五(三)1": [[award_with_certificate]],
    "五(三)2": [[project_of_five, project_of_five]],
    "五(三)3": [[plan_of_five]],
    "五(三)4": [[report_of_five]],
    "五(三)5": [[unit_project_led, unit_project_led]],
    "五(三)6": [[monograph(100_000)], [evaluated_paper, evaluated_paper], [substitute]],
    "五(三)7": [[patent_of_five]],
}


# ---- 六(三)


def great_project(r: Facts) -> bool:
    accepted = r["accepted_by"] in ("provincial", "national")
    return r["kind"] == "major_project" and provincial(r) and r["standing"] in LEADING and accepted


def great_project_led(r: Facts) -> int:
    return yes(great_project(r) and r["role"] == "lead")


def great_project_of_five(r: Facts) -> int:
    return yes(great_project(r) and (r["role"] == "lead" or r["rank"] <= 5))


def result_in_production(r: Facts) -> int:
    return yes(r["kind"] == "technical_result" and r["in_production"])


def national_award(r: Facts) -> int:
    named = r["personal_certificate"] or r["rank"] <= 5
    return yes(r["kind"] == "award" and r["level"] == "national" and named)


def provincial_award(r: Facts) -> int:
    named = r["personal_certificate"] or r["rank"] <= 5
    return yes(r["kind"] == "award" and provincial(r) and r["grade"] in CLASSES and named)


def leading_result_first(r: Facts) -> int:
    return MET if result_in_production(r) and r["rank"] == 1 and r["standing"] in LEADING else UNMET


def fruitful_project(r: Facts) -> bool:
    return r["kind"] == "research_project" and provincial(r) and r["benefit"] == "significant"


def fruitful_project_led(r: Facts) -> int:
    return yes(fruitful_project(r) and r["role"] == "lead")


def fruitful_project_principal(r: Facts) -> int:
    return yes(fruitful_project(r) and r["role"] in ("lead", "principal"))


def leading_report(r: Facts) -> int:
    return yes(r["kind"] == "technical_report" and r["standing"] in LEADING and r["evaluators"]["count"] >= 1)


def appraised_result(r: Facts) -> int:
    appraised = r["accepted_by"] in ("provincial", "national") and r["standing"] in LEADING
    return yes(r["kind"] == "technical_result" and provincial(r) and r["role"] == "lead" and appraised)


def appraised_project(r: Facts) -> int:
    fruitful = r["benefit"] == "significant" and r["accepted_by"] in ("provincial", "national")
    return yes(r["kind"] in PROJECTS and r["role"] == "lead" and fruitful)


def high_level_paper(r: Facts) -> int:
    return yes(r["kind"] == "paper" and r["venue"] == "top_journal" and r["author"] in ("first", "corresponding"))


def first_drafter(r: Facts) -> int:
    return yes(named_plan(r) and r["rank"] == 1)


def first_inventor(r: Facts) -> int:
    fruitful = r["granted"] and r["benefit"] == "significant"
    return yes(r["kind"] == "patent" and r["patent_type"] == "invention" and r["rank"] == 1 and fruitful)


OF_SIX: dict[str, Item] = {
    "六(三)1": [[great_project_led], [great_project_of_five, great_project_of_five]],
    "六(三)2": [
        [result_in_production, national_award],
        [result_in_production, provincial_award, provincial_award],
        [leading_result_first],
    ],
    "六(三)3": [
        [fruitful_project_led, leading_report],
        [fruitful_project_principal, fruitful_project_principal, leading_report],
    ],
    "六(三)4": [[appraised_result], [appraised_project]],
    "六(三)5": [[monograph(200_000)], [high_level_paper, high_level_paper], [substitute]],
    "六(三)6": [[first_drafter]],
    "六(三)7": [[first_inventor]],
}
