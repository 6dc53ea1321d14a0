"""What OpenFisca is fed: one person's records counted beforehand, a number or a truth each."""

from datetime import date
from typing import Any

from benchmarks.peer import plain
from rules.dossier import Dossier

RELATED = ("specialty", "relevant")


def of(dossier: Dossier, as_of: date) -> dict[str, Any]:
    attested = dossier.attestations
    title = dossier.titles[0]
    doctor = next((one.awarded for one in dossier.education if one.level == "doctor" and one.awarded <= as_of), None)
    grade = next(
        (one.obtained for one in dossier.skills if one.grade == "senior_technician" and one.obtained <= as_of), None
    )
    latest = max((one for one in dossier.assessments if one.year <= as_of.year), key=lambda one: one.year or 0)
    hours = max(
        (one.year or 0, one.hours or 0) for one in dossier.continuing_education.years if one.year <= as_of.year
    )[1]
    own = (
        title.specialty == "lithium_battery"
        or plain.months_worked(dossier.posts, ("specialty",), date.min, as_of) >= 12
    )
    years = 0
    if isinstance(title.appointed, date):
        start = max(title.obtained or date.max, title.appointed)
        years = max((count for count in range(1, 40) if plain.years_full(start, count, as_of)), default=0)
    return {
        "retired_or_civil_servant": dossier.status in ("retired", "civil_servant"),
        "sanctioned": any(
            one.since <= as_of and (one.until is None or one.until >= as_of) for one in dossier.sanctions
        ),
        "conduct": attested["一(一)"],
        "ethics": attested["一(二)"],
        "duty": attested["一(三)"],
        "assessed_competent": latest.result in ("competent", "excellent"),
        "learning_committed": dossier.continuing_education.committed,
        "learning_hours": int(hours),
        "doctor": doctor is not None,
        "months_since_doctor": plain.months_worked(dossier.posts, RELATED, doctor, as_of) if doctor else 0,
        "bachelor": any(one.level in plain.BACHELOR and one.awarded <= as_of for one in dossier.education),
        "professional_degree": any(one.engineering_professional and one.awarded <= as_of for one in dossier.education),
        "engineer": own,
        "years_in_title": years,
        "senior_technician": grade is not None,
        "months_since_grade": plain.months_worked(dossier.posts, RELATED, grade, as_of) if grade else 0,
        "masters_theory": attested["五(二)"],
        "designs": attested["五(二)1"],
        "implements": attested["五(二)2"],
        "researches": attested["五(二)3"],
        "adopts": attested["五(二)4"],
        **_counts(dossier, title.obtained, as_of),
        "endorsements": sum(one.title_level == "full_senior" and one.same_specialty for one in dossier.endorsements),
        "consent": "supervising_body" in dossier.consents,
    }


def _counts(dossier: Dossier, since: date, as_of: date) -> dict[str, int]:
    inside = [one for one in plain.counted(dossier.achievements, since, as_of) if one.relevant is not False]

    def of_item(kind: str) -> int:
        return sum(plain.passes(one, plain.ITEM_OF[kind]) is True for one in inside if one.kind == kind)

    awards = [one for one in inside if one.kind == "award"]
    high = [one for one in awards if one.level in plain.PROVINCIAL and one.grade in plain.RANKED]
    return {
        "awards": of_item("award"),
        "projects": of_item("research_project"),
        "standards": of_item("plan_or_standard"),
        "reports": of_item("technical_report"),
        "unit_projects": of_item("unit_project"),
        "monographs": sum(one.kind == "monograph" and one.words >= 100_000 for one in inside),
        "papers": sum(plain.paper(one) is True for one in inside if one.kind in ("paper", "survey_report")),
        "patents": of_item("patent"),
        "science_awards": sum(one.award_type == "science_technology" and one.rank <= 5 for one in high),
        "industry_awards": sum(one.award_type == "industry" and one.personal_certificate for one in high),
        "patent_medals": sum(
            one.award_type == "patent" and one.level == "national" and one.grade in ("gold", "silver") and one.rank <= 5
            for one in awards
        ),
        "honours": len(plain.counted(dossier.honours, since, as_of)),
    }
