"""Rules over single facts: degrees, titles, seniority, work, status, sanctions, assessment, learning."""

from collections.abc import Callable, Iterable
from datetime import date

from rules import dossier as facts, periods, verdict, vocabulary as terms
from rules.model import Agreement, Allowed, AssessmentResults, HeldTitle, Work
from rules.periods import Spell
from rules.verdict import MET, UNMET, Finding, Note, Verdict, judged, missing
from rules.view import View

Rule = Callable[[View], Finding]


def noted(finding: Finding, kind: str, *values: object, used: str = "") -> Finding:
    """The same finding with its figures, and where it is not unmet the record it rests on."""
    records = (used,) if used and finding.verdict is not Verdict.UNMET else finding.used
    notes = (*finding.notes, Note(kind, finding.verdict, values))
    return Finding(finding.verdict, finding.missing, finding.judgement, records, notes)


def reaches(value: str | None, bound: str, ranking: terms.Ranking, place: str) -> Finding:
    """A higher degree, grade or title serves wherever a lower one does."""
    if value is None:
        return missing(place)
    return verdict.of(ranking[value] >= ranking[bound])


def degree(least: terms.Degree) -> Rule:
    """A degree of at least that rank, awarded by the day looked at."""

    def rule(view: View) -> Finding:
        if view.dossier.education is None:
            return noted(missing("education"), "degree", least)
        found = verdict.any_of(
            noted(degree_held(view, index, record, least), "degree_held", record.level, used=f"education[{index}]")
            for index, record in enumerate(view.dossier.education)
        )
        return found if found.verdict is Verdict.MET else noted(found, "degree", least)

    return rule


def degree_held(view: View, index: int, record: facts.Education, least: terms.Degree) -> Finding:
    place = f"education[{index}]"
    rank = reaches(record.level, least, terms.DEGREE_RANK, f"{place}.level")
    return verdict.all_of((rank, view.exists(record.awarded, f"{place}.awarded")))


def professional_degree(view: View) -> Finding:
    """Whether the person holds an engineering professional degree."""
    if view.dossier.education is None:
        return missing("education")
    return verdict.any_of(
        verdict.all_of((
            _true(record.engineering_professional, f"education[{index}].engineering_professional"),
            view.exists(record.awarded, f"education[{index}].awarded"),
        ))
        for index, record in enumerate(view.dossier.education)
    )  # fmt: skip


def _true(value: bool | None, place: str) -> Finding:
    return missing(place) if value is None else verdict.of(value)


def seniority(years: int, early: int) -> Rule:
    """The title the path rests on, obtained and appointed to, for full years; `early` fewer for the holder of an
    engineering professional degree."""

    def rule(view: View) -> Finding:
        anchor = view.anchor
        if anchor is None or anchor.record is None:
            return UNMET if anchor is None or not anchor.missing else missing(anchor.missing)
        title: facts.Title = anchor.record
        full = _full(view, title, anchor.place, years)
        if full.verdict is not Verdict.MET and early:
            shorter = verdict.all_of((professional_degree(view), _full(view, title, anchor.place, years - early)))
            full = verdict.any_of((full, shorter))
        start = _appointment(title)
        return noted(full, "seniority", start, years, early, view.as_of, used=anchor.place)

    return rule


def _appointment(title: facts.Title) -> date | None:
    if title.obtained is None or not isinstance(title.appointed, date):
        return None
    return max(title.obtained, title.appointed)


def _full(view: View, title: facts.Title, place: str, years: int) -> Finding:
    return verdict.all_of((
        _full_since(view, title.obtained, years, f"{place}.obtained"),
        UNMET if title.appointed is False else _full_since(view, title.appointed, years, f"{place}.appointed"),
    ))  # fmt: skip


def _full_since(view: View, start: date | bool | None, years: int, place: str) -> Finding:
    if not isinstance(start, date):
        return missing(place)
    day = periods.full_on(start, years)
    return verdict.of(day is not None and day <= view.as_of)


def work(spec: Work) -> Rule:
    """Full years in posts of the scope, counted from the record the path rests on."""
    months = 12 * spec.years

    def rule(view: View) -> Finding:
        posts, anchor = view.dossier.posts, view.anchor
        if anchor is not None and anchor.since is None and not anchor.missing:
            return UNMET
        if posts is None:
            return noted(missing("posts"), "work", spec.scope, spec.years, None)
        if anchor is not None and anchor.since is None:
            since, sure_start = date.min, False
        else:
            since, sure_start = (anchor.since or date.min) if anchor else date.min, True
        sure, possible, lacking = _spells(posts, spec.scope, since, view.as_of)
        if not sure_start:
            sure, lacking = [], [anchor.missing if anchor else "", *lacking]
        have = periods.total(sure)
        if _enough(sure, months, have):
            return noted(MET, "work", spec.scope, spec.years, have)
        if not _enough(possible, months, periods.total(possible)):
            return noted(UNMET, "work", spec.scope, spec.years, have)
        return noted(missing(*filter(None, lacking)), "work", spec.scope, spec.years, have)

    return rule


def _enough(spells: list[Spell], months: int, have: periods.Length) -> bool:
    return have.months >= months if months else bool(spells)


def _spells(
    posts: list[facts.Post], scope: str, since: date, as_of: date
) -> tuple[list[Spell], list[Spell], list[str]]:
    """Spells surely in such a post, spells possibly so, and what is missing to tell the one from the other."""
    sure: list[Spell] = []
    possible: list[Spell] = []
    lacking: list[str] = []
    serving = ("specialty", "relevant") if scope == "relevant" else (scope,)
    for index, post in enumerate(posts):
        if post.scope is not None and post.scope not in serving:
            continue
        start = since if post.since is None else max(post.since, since)
        last = as_of if post.until is None else min(post.until, as_of)
        if start > last or (post.since is not None and post.until is not None and post.since > post.until):
            continue
        end = as_of if post.until is None else min(periods.day_after(post.until), as_of)
        possible.append(Spell(start, end))
        if post.since is not None and post.scope is not None:
            sure.append(Spell(start, end))
        lacking += [f"posts[{index}].from"] if post.since is None else []
        lacking += [f"posts[{index}].scope"] if post.scope is None else []
    return sure, possible, lacking


def full_work_day(view: View, spec: Work, since: date, horizon: date) -> date | None:
    """The first day after the view's on which the work is full, posts still held going on; None past `horizon`."""
    posts = view.dossier.posts or []

    def full(day: date) -> bool:
        sure = _spells(posts, spec.scope, since, day)[0]
        return _enough(sure, 12 * spec.years, periods.total(sure))

    low, high = view.as_of, horizon
    if full(low) or not full(high):
        return None
    while (high - low).days > 1:
        middle = low + (high - low) // 2
        low, high = (low, middle) if full(middle) else (middle, high)
    return high


def held_title(spec: HeldTitle, own: str, year_in_post: Rule | None) -> Rule:
    """A title of that level, of the policy's own specialty or of another."""

    def rule(view: View) -> Finding:
        if view.dossier.titles is None:
            return missing("titles")
        return verdict.any_of(
            noted(title_held(view, index, record, spec, own, year_in_post), "title", record.level, record.specialty,
                  used=f"titles[{index}]")
            for index, record in enumerate(view.dossier.titles)
        )  # fmt: skip

    return rule


def title_held(
    view: View, index: int, record: facts.Title, spec: HeldTitle, own: str, year_in_post: Rule | None
) -> Finding:
    """Whether one title serves. One of another specialty serves for `own` after a full year in a specialty post."""
    place = f"titles[{index}]"
    level = missing(f"{place}.level") if record.level is None else verdict.of(record.level == spec.level)
    specialty = missing(f"{place}.specialty") if record.specialty is None else verdict.of(record.specialty == own)
    if spec.specialty == "other":
        specialty = _not(specialty)
    elif year_in_post is not None and specialty.verdict is not Verdict.MET:
        specialty = verdict.any_of((specialty, year_in_post(view)))
    return verdict.all_of((level, view.exists(record.obtained, f"{place}.obtained"), specialty))


def _not(finding: Finding) -> Finding:
    return {Verdict.MET: UNMET, Verdict.UNMET: MET}.get(finding.verdict, finding)


def consent(body: terms.Consent) -> Rule:
    def rule(view: View) -> Finding:
        given = view.dossier.consents
        found = missing("consents") if given is None else verdict.of(body in given)
        return noted(found, "consent", body)

    return rule


def assessment(spec: AssessmentResults, question: str) -> Rule:
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
            return noted(judged(question), "assessment", None, None)
        year = max(record.year or 0 for _, record in there)
        found = [(index, record) for index, record in there if record.year == year]
        results = {_assessed(record, index, spec, question) for index, record in found}
        single = results.pop() if len(results) == 1 else verdict.all_of((judged(question), *_unknown(results)))
        return noted(single, "assessment", year, found[0][1].result, used=f"assessments[{found[0][0]}]")

    return rule


def _assessed(record: facts.Assessment, index: int, spec: AssessmentResults, question: str) -> Finding:
    if record.result is None:
        return missing(f"assessments[{index}].result")
    if record.result in spec.met:
        return MET
    return judged(question) if record.result in spec.judged else UNMET


def _unknown(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.missing]


def continuing_education(hours: int) -> Rule:
    """Committed, or else the latest year on record with the hours."""

    def rule(view: View) -> Finding:
        record = view.dossier.continuing_education
        if record is None:
            return noted(missing("continuing_education"), "continuing_education", None, None, hours)
        committed = _true(record.committed, "continuing_education.committed")
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
        return noted(missing(spec.field_) if value is None else verdict.of(value in spec.in_), "allowed", spec.field_, value)

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
    return verdict.all_of(
        _not_in_force(view, index, record) for index, record in enumerate(view.dossier.sanctions)
    )


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
