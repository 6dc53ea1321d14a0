"""Income tax as a measure of merit: so many times the year's exemption, in consecutive years."""

from collections.abc import Sequence
from itertools import combinations

from rules import dossier as facts
from rules import verdict
from rules.leaves import ConsecutiveTax
from rules.predicates.noting import Rule, noted
from rules.verdict import Finding, Verdict, missing
from rules.view import View

Paid = tuple[str, facts.IncomeTax]


def consecutive(spec: ConsecutiveTax) -> Rule:
    """Enough tax in each of so many years running, none of them after the year of the day looked at."""

    def rule(view: View) -> Finding:
        if view.dossier.income_tax is None:
            return noted(missing("income_tax"), "income_tax", (), spec.times, spec.years)
        entries = [(f"income_tax[{index}]", record) for index, record in enumerate(view.dossier.income_tax)]
        able = [(entry, found) for entry in entries if (found := _enough(view, entry, spec)).verdict > Verdict.UNMET]
        runs = combinations(able, spec.years)
        found = verdict.any_of(
            [verdict.all_of((*(part for _, part in run), _running([entry for entry, _ in run]))) for run in runs]
        )
        met = tuple(record.year for (_, record), part in able if part.verdict is Verdict.MET)
        return noted(found, "income_tax", met, spec.times, spec.years)

    return rule


def _enough(view: View, entry: Paid, spec: ConsecutiveTax) -> Finding:
    place, record = entry
    if record.year is not None and record.year > view.as_of.year:
        return verdict.UNMET
    absent = [name for name in ("paid", "exemption") if getattr(record, name) is None]
    if absent:
        return Finding(Verdict.OPEN, missing=tuple(f"{place}.{name}" for name in absent), used=(place,))
    enough = (record.paid or 0) >= spec.times * (record.exemption or 0)
    return Finding(Verdict.MET, used=(place,)) if enough else verdict.UNMET


def _running(entries: Sequence[Paid]) -> Finding:
    """Whether these are different years in a row; years not known are missing unless the known ones forbid it."""
    known = [record.year for _, record in entries if record.year is not None]
    if len(set(known)) < len(known) or (known and max(known) - min(known) >= len(entries)):
        return verdict.UNMET
    unknown = tuple(f"{place}.year" for place, record in entries if record.year is None)
    return missing(*unknown) if unknown else verdict.MET
