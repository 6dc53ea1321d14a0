"""Assessment and learning, status, sanctions, consents, agreements: facts asked of every path alike."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from rules import dossier as facts
from rules import verdict
from rules import vocabulary as terms
from rules.leaves import Agreement, Allowed, AssessmentResults
from rules.predicates.holding import true
from rules.predicates.noting import Rule, noted
from rules.verdict import MET, UNMET, Finding, Verdict, judged, missing
from rules.view import View

COMMITTED = noted(MET, "committed")
ASSESSMENT_QUESTION = "年度考核结果如何认定"
MONTHS_QUESTION = "社保缴费月数不足，能否申报"
EMPLOYER_QUESTION = "参保单位与申报单位不一致，隶属关系证明是否成立"


def consent(body: terms.Consent) -> Rule:
    unknown = noted(missing("consents"), "consent", body)
    given, not_given = noted(MET, "consent", body), noted(UNMET, "consent", body)

    def rule(view: View) -> Finding:
        consents = view.dossier.consents
        if consents is None:
            return unknown
        return given if body in consents else not_given

    return rule


def assessment(spec: AssessmentResults) -> Rule:
    """The assessment of the greatest year not after the day's; several of that year that disagree are judged."""

    def rule(view: View) -> Finding:
        place = _latest_alone(view.dossier.assessments or (), view.as_of.year)
        if place is not None and view.dossier.assessments is not None:
            record = view.dossier.assessments[place]
            if record.year is not None and record.result in spec.met:
                return _suffices(place, record.year, record.result)
        return weighed(view)

    def weighed(view: View) -> Finding:
        records = view.dossier.assessments
        if records is None:
            return noted(missing("assessments"), "assessment", None, None)
        undated = tuple(f"assessments[{index}].year" for index, record in enumerate(records) if record.year is None)
        if undated:
            return noted(missing(*undated), "assessment", None, None)
        there = [(index, record) for index, record in enumerate(records) if (record.year or 0) <= view.as_of.year]
        if not there:
            return noted(judged(ASSESSMENT_QUESTION), "assessment", None, None)
        year = max(record.year or 0 for _, record in there)
        found = [(index, record) for index, record in there if record.year == year]
        results = {_assessed(record, index, spec) for index, record in found}
        single = (
            results.pop() if len(results) == 1 else verdict.all_of((judged(ASSESSMENT_QUESTION), *_unknown(results)))
        )
        return noted(single, "assessment", year, found[0][1].result, used=f"assessments[{found[0][0]}]")

    return rule


def _latest_alone(records: Sequence[facts.Assessment], year: int) -> int | None:
    """The place of the one assessment of the latest year by then; None where that is not so plain."""
    latest, place = -1, None
    for index, record in enumerate(records):
        if record.year is None:
            return None
        if latest <= record.year <= year:
            place = index if record.year > latest else None
            latest = record.year
    return place


@lru_cache(maxsize=1024)
def _suffices(place: int, year: int, result: terms.AssessmentResult) -> Finding:
    return noted(MET, "assessment", year, result, used=f"assessments[{place}]")


def _assessed(record: facts.Assessment, index: int, spec: AssessmentResults) -> Finding:
    if record.result is None:
        return missing(f"assessments[{index}].result")
    if record.result in spec.met:
        return MET
    return judged(ASSESSMENT_QUESTION) if record.result in spec.judged else UNMET


def _unknown(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.missing]


def continuing_education(hours: int) -> Rule:
    """Committed, or else the latest year on record with the hours."""

    def rule(view: View) -> Finding:
        record = view.dossier.continuing_education
        if record is None:
            return noted(missing("continuing_education"), "continuing_education", None, None, hours)
        if record.committed is True:
            return COMMITTED
        committed = true(record.committed, "continuing_education.committed")
        year, value, found = _latest_hours(view, record.years, hours)
        return noted(verdict.any_of((committed, found)), "continuing_education", year, value, hours)

    return rule


def hours_last_year(hours: int) -> Rule:
    """The hours of the latest year on record; a commitment does not stand in for them."""

    def rule(view: View) -> Finding:
        record = view.dossier.continuing_education
        if record is None:
            return noted(missing("continuing_education"), "hours_last_year", None, None, hours)
        year, have, found = _latest_hours(view, record.years, hours)
        return noted(found, "hours_last_year", year, have, hours)

    return rule


def _latest_hours(
    view: View, years: list[facts.EducationYear] | None, hours: int
) -> tuple[int | None, float | None, Finding]:
    """The latest year on record, its hours, the entries of that year together, and whether they are enough."""
    place = "continuing_education.years"
    undated = tuple(f"{place}[{index}].year" for index, entry in enumerate(years or ()) if entry.year is None)
    there = [(entry.year or 0, index) for index, entry in enumerate(years or ())
             if (entry.year or 0) <= view.as_of.year]  # fmt: skip
    if undated or not there or years is None:
        return None, None, missing(*(undated or (place,)))
    latest = max(there)[0]
    counted = [index for year, index in there if year == latest]
    have = sum(years[index].hours or 0 for index in counted)
    unknown = tuple(f"{place}[{index}].hours" for index in counted if years[index].hours is None)
    found = missing(*unknown) if unknown and have < hours else verdict.of(have >= hours)
    return latest, have if len(unknown) < len(counted) else None, found


def insured(months: int) -> Rule:
    """Social insurance paid for so many months, by the employer one applies from; short of it the office decides."""

    def rule(view: View) -> Finding:
        record = view.dossier.social_insurance
        if record is None:
            return noted(missing("social_insurance"), "insured", None, None, months)
        paid = missing("social_insurance.months") if record.months is None else verdict.of(record.months >= months)
        same = true(record.same_employer, "social_insurance.same_employer")
        parts = [judged(question) if part.verdict is Verdict.UNMET else part
                 for part, question in ((paid, MONTHS_QUESTION), (same, EMPLOYER_QUESTION))]  # fmt: skip
        return noted(verdict.all_of(parts), "insured", record.months, record.same_employer, months)

    return rule


def allowed(spec: Allowed) -> Rule:
    head, _, tail = spec.field_.partition(".")

    def rule(view: View) -> Finding:
        value = getattr(view.dossier, head)
        if tail and value is not None:
            value = getattr(value, tail)
        found = missing(spec.field_) if value is None else verdict.of(value in spec.in_)
        return noted(found, "allowed", spec.field_, value, tuple(spec.in_))

    return rule


def not_status(barred: list[terms.Status]) -> Rule:
    @cache
    def found(status: terms.Status | None) -> Finding:
        return noted(missing("status") if status is None else verdict.of(status not in barred), "status", status)

    return lambda view: found(view.dossier.status)


def no_sanction(view: View) -> Finding:
    """No sanction in force on the day looked at."""
    if view.dossier.sanctions is None:
        return missing("sanctions")
    if not view.dossier.sanctions:
        return MET
    return verdict.all_of(_not_in_force(view, index, record) for index, record in enumerate(view.dossier.sanctions))


def _not_in_force(view: View, index: int, record: facts.Sanction) -> Finding:
    if record.until is not None and record.until < view.as_of:
        return MET
    if record.since is None:
        return missing(f"sanctions[{index}].from")
    if record.since > view.as_of:
        return MET
    return noted(UNMET, "sanction", record.kind, record.since, record.until)


def flexible_agreement(spec: Agreement) -> Rule:
    """Asked of flexibly introduced people: an agreement long enough, and long enough in the region each year."""

    def rule(view: View) -> Finding:
        agreement = view.dossier.flexible_agreement
        if agreement is None:
            return missing("flexible_agreement")
        found = verdict.all_of((
            _number(agreement.years, spec.years, "flexible_agreement.years"),
            _number(agreement.months_per_year, spec.months_per_year, "flexible_agreement.months_per_year"),
        ))  # fmt: skip
        return noted(found, "agreement", agreement.years, agreement.months_per_year, spec.years, spec.months_per_year)

    return rule


def _number(value: float | None, least: int, place: str) -> Finding:
    return missing(place) if value is None else verdict.of(value >= least)
