"""Assessment and learning, status, sanctions, consents, agreements: facts asked of every path alike."""

from collections.abc import Iterable

from rules import dossier as facts
from rules import verdict
from rules import vocabulary as terms
from rules.model import Agreement, Allowed, AssessmentResults
from rules.predicates.holding import true
from rules.predicates.noting import Rule, noted
from rules.verdict import MET, UNMET, Finding, Verdict, judged, missing
from rules.view import View

ASSESSMENT_QUESTION = "年度考核结果如何认定"


def consent(body: terms.Consent) -> Rule:
    def rule(view: View) -> Finding:
        given = view.dossier.consents
        found = missing("consents") if given is None else verdict.of(body in given)
        return noted(found, "consent", body)

    return rule


def assessment(spec: AssessmentResults) -> Rule:
    """The assessment of the greatest year not after the day's; several of that year that disagree are judged."""

    def rule(view: View) -> Finding:
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
        committed = true(record.committed, "continuing_education.committed")
        if committed.verdict is Verdict.MET:
            return noted(MET, "committed")
        year, value, found = _latest_hours(view, record.years, hours)
        return noted(verdict.any_of((committed, found)), "continuing_education", year, value, hours)

    return rule


def _latest_hours(
    view: View, years: list[facts.EducationYear] | None, hours: int
) -> tuple[int | None, float | None, Finding]:
    place = "continuing_education.years"
    undated = tuple(f"{place}[{index}].year" for index, record in enumerate(years or ()) if record.year is None)
    if undated:
        return None, None, missing(*undated)
    there = [(record.year or 0, index) for index, record in enumerate(years or ())
             if (record.year or 0) <= view.as_of.year]  # fmt: skip
    if not there or years is None:
        return None, None, missing(place)
    latest = max(there)[0]
    found = verdict.any_of(
        missing(f"{place}[{index}].hours") if value is None else verdict.of(value >= hours)
        for index, value in ((index, years[index].hours) for year, index in there if year == latest)
    )
    known = [years[index].hours for year, index in there if year == latest and years[index].hours is not None]
    return latest, max((value for value in known if value is not None), default=None), found


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
    def rule(view: View) -> Finding:
        status = view.dossier.status
        return noted(missing("status") if status is None else verdict.of(status not in barred), "status", status)

    return rule


def no_sanction(view: View) -> Finding:
    """No sanction in force on the day looked at."""
    if view.dossier.sanctions is None:
        return missing("sanctions")
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
