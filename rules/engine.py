"""judge(): one dossier against one level of one policy. Advice with citations; people decide."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any

from rules import catalog, earliest, routes
from rules.catalog import Entry
from rules.dossier import Dossier, DossierError, decode
from rules.paths import Seen
from rules.result import ClauseResult, Result
from rules.sections import CompiledLevel


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
        excluded_by=found.excluded_by,
        find_clauses=partial(_reported, compiled, found.show, known),
        find_earliest=partial(earliest.first_met, compiled, known, as_of, found.verdict, in_force=in_force, memo=memo),
    )


def _reported(level: CompiledLevel, show: Callable[[], Seen], dossier: Dossier) -> dict[str, ClauseResult]:
    seen, clauses = show(), level.clauses.items()
    return {number: ClauseResult(clause, seen[number], dossier) for number, clause in clauses if number in seen}


def _refuse_group_attestations(dossier: Dossier) -> None:
    groups = catalog.counting_groups()
    if dossier.attestations and not groups.isdisjoint(dossier.attestations):
        key = next(key for key in dossier.attestations if key in groups)
        raise DossierError(f"attestations.{key}", "only counts the clauses under it and is not attested itself")
