"""judge(): one dossier against one level of one policy. Advice with citations; people decide."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import partial
from typing import Any

from rules import breakpoints, catalog, routes
from rules.catalog import Entry
from rules.dossier import Dossier, DossierError, decode
from rules.periods import add_months
from rules.result import ClauseResult, Result
from rules.sections import CompiledLevel
from rules.verdict import Verdict
from rules.view import View

HORIZON_YEARS = 40


def judge(
    policy_id: str,
    level: str,
    dossier: Dossier | Mapping[str, Any] | str,
    *,
    as_of: date,
    opened: date | None = None,
) -> Result:
    """Judge a dossier on `as_of`, for a round opened on `opened` (as_of where left out); local calendar days.

    Raises UnknownPolicy (naming `policy` or `level`) and DossierError (naming the place).
    """
    return judge_by(catalog.get(policy_id), level, dossier, as_of=as_of, opened=opened)


def judge_by(
    entry: Entry,
    level: str,
    dossier: Dossier | Mapping[str, Any] | str,
    *,
    as_of: date,
    opened: date | None = None,
) -> Result:
    """judge() by a policy that need not be in the catalogue."""
    compiled = entry.level(level)
    known = dossier if isinstance(dossier, Dossier) else decode(dossier)
    _refuse_group_attestations(known)
    opened = opened or as_of
    in_force = catalog.in_force(entry, opened)
    memo: dict[Any, Any] = {}
    found = routes.assess(compiled, known, as_of, in_force=in_force, memo=memo)
    return Result(
        policy=entry.id,
        sha256=entry.sha256,
        level=level,
        as_of=as_of.isoformat(),
        opened=opened.isoformat(),
        verdict=found.verdict.word,
        route=found.route,
        clauses={
            number: ClauseResult(clause, found.seen[number], known)
            for number, clause in compiled.clauses.items()
            if number in found.seen
        },
        excluded_by=found.excluded_by,
        find_earliest=partial(_earliest, compiled, known, as_of, found.verdict, in_force=in_force, memo=memo),
    )


def _refuse_group_attestations(dossier: Dossier) -> None:
    groups = catalog.counting_groups()
    if dossier.attestations and not groups.isdisjoint(dossier.attestations):
        key = next(key for key in dossier.attestations if key in groups)
        raise DossierError(f"attestations.{key}", "only counts the clauses under it and is not attested itself")


def _earliest(
    level: CompiledLevel, dossier: Dossier, as_of: date, verdict: Verdict, *, in_force: bool, memo: dict[Any, Any]
) -> date | None:
    """The first day, `as_of` or later, on which the verdict is met.

    It can change only on the days when something begins, ends or is full, so only those are looked at.
    """
    if verdict is Verdict.MET or not in_force:
        return as_of if verdict is Verdict.MET else None
    horizon = _horizon(as_of)
    if routes.never_met(level, dossier, horizon, memo):
        return None
    view = View(dossier, as_of, memo=memo)
    days = {day for find in level.days for day in find(view, horizon)} | breakpoints.dated(dossier)
    for day in sorted(day for day in days if as_of < day <= horizon):
        if routes.met_on(level, dossier, day, memo=memo):
            return day
    return None


def _horizon(as_of: date) -> date:
    try:
        return add_months(as_of, 12 * HORIZON_YEARS)
    except OverflowError:
        return date.max - timedelta(days=1)
