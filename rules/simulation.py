"""Two policies over many dossiers: who would come out otherwise, and by which clauses. One case at a time."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from rules import batch
from rules.batch import CaseError
from rules.catalog import Entry, UnknownPolicy
from rules.clause_numbers import stands_under
from rules.dossier import Dossier, DossierError, decode
from rules.engine import judge_by
from rules.model import Effective
from rules.result import Result

ABSENT: Final = "absent"
_WORTH: Final = {"unmet": 0, "open": 1, "met": 2}


class SimulatedCase(Struct, frozen=True, kw_only=True):
    """A person as either policy is asked about them. `fault` says why the case could not even be read.

    `policy`: whose case it is; empty where nobody says.
    """

    id: str | int | None
    policy: str = ""
    level: str = ""
    as_of: dt.date = dt.date.min
    opened: dt.date | None = None
    dossier: Dossier | Mapping[str, Any] = {}
    fault: str = ""


class ClauseChange(Struct, frozen=True):
    """A clause that comes out otherwise; `absent` where a policy has no clause of that number."""

    clause: str
    before: str
    after: str


class Change(Struct, frozen=True, kw_only=True):
    """A case that comes out otherwise, or one that could not be judged: then `error` says why.

    `before` and `after` are the verdicts, with the routes where only these differ. `left_out`: it is a case of that
    policy, and was not asked about.
    """

    id: str | int | None
    level: str = ""
    before: str = ""
    after: str = ""
    clauses: tuple[ClauseChange, ...] = ()
    error: str = ""
    left_out: str = ""


@dataclass
class Simulation:
    """A run of two policies. It keeps counts, never cases.

    A draft would be in force for none of the rounds that were opened before it, so both are judged as though they
    had always been in force, unless `in_force` asks to mind the days.
    """

    old: Entry
    new: Entry
    in_force: bool = False
    judged: int = 0
    failed: int = 0
    left_out: int = 0
    by_change: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_clause: Counter[ClauseChange] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if not self.in_force:
            self.old, self.new = always(self.old), always(self.new)

    @property
    def changed(self) -> int:
        return sum(self.by_change.values())

    def changes(self, people: Iterable[SimulatedCase]) -> Iterator[Change]:
        """Who changes, as the cases come; one that cannot be judged is told in its place, and the rest go on."""
        for case in people:
            change = self._change(case)
            if change is not None:
                yield change

    def _change(self, case: SimulatedCase) -> Change | None:
        if case.fault:
            return self._failed(case, case.fault)
        if case.policy not in ("", self.old.id):
            self.left_out += 1
            return Change(id=case.id, level=case.level, left_out=case.policy)
        try:
            dossier = case.dossier if isinstance(case.dossier, Dossier) else decode(case.dossier)
            before, after = (
                judge_by(entry, case.level, dossier, as_of=case.as_of, opened=case.opened)
                for entry in (self.old, self.new)
            )
        except (DossierError, UnknownPolicy) as error:
            return self._failed(case, str(error))
        self.judged += 1
        if (before.verdict, before.route) == (after.verdict, after.route):
            return None
        clauses = bearing(before, after)
        was, comes = _outcomes(before, after)
        self.by_change[was, comes] += 1
        self.by_clause.update(clauses)
        return Change(id=case.id, level=case.level, before=was, after=comes, clauses=clauses)

    def _failed(self, case: SimulatedCase, error: str) -> Change:
        self.failed += 1
        return Change(id=case.id, level=case.level, error=error)


def read_lines(lines: Iterable[bytes]) -> Iterator[SimulatedCase]:
    """Cases as `check_eligibility --batch` reads them, a line each; here a line need not name its policy."""
    return map(_read, batch.to_answer(lines))


def _read(line: bytes) -> SimulatedCase:
    try:
        identity, data = batch.read_line(line)
    except CaseError as error:
        return SimulatedCase(id=error.identity, fault=str(error))
    try:
        case = batch.read_case({"policy": "", **data})
    except CaseError as error:
        return SimulatedCase(id=identity, fault=str(error))
    return SimulatedCase(
        id=identity,
        policy=case.policy,
        level=case.level,
        as_of=case.as_of,
        opened=case.opened,
        dossier=case.dossier,
    )


def _outcomes(before: Result, after: Result) -> tuple[str, str]:
    if before.verdict != after.verdict:
        return before.verdict, after.verdict
    return f"{before.verdict} ({before.route})", f"{after.verdict} ({after.route})"


def always(entry: Entry) -> Entry:
    """The policy as though it had always been in force."""
    since = Effective(since=dt.date.min)
    return Entry(replace(entry.policy, effective=since), entry.layer, sha256=entry.sha256)


def differences(before: Result, after: Result) -> list[ClauseChange]:
    """The clauses that come out otherwise, in the first policy's order; a group only where none of its items does."""
    numbers = dict.fromkeys([*before.clauses, *after.clauses])
    every = [ClauseChange(number, _of(before, number), _of(after, number)) for number in numbers]
    changed = [change for change in every if change.before != change.after]
    names = [change.clause for change in changed]
    return [change for change in changed if not any(stands_under(name, change.clause) for name in names)]


def bearing(before: Result, after: Result) -> tuple[ClauseChange, ...]:
    """Of the clauses that come out otherwise those that bear the change of the verdict, that is go the same way.

    Of a change of the route alone, all of them.
    """
    changed = differences(before, after)
    if before.verdict == after.verdict:
        return tuple(changed)
    better = _WORTH[after.verdict] > _WORTH[before.verdict]
    return tuple(change for change in changed if _helps(change, better=better)) or tuple(changed)


def _helps(change: ClauseChange, *, better: bool) -> bool:
    """Whether a clause changes for the better (the worse). One that is gone asks nothing any more."""
    gone, come = change.after == ABSENT, change.before == ABSENT
    worth = _WORTH["met"] if gone and better else 0 if gone else _WORTH[change.after]
    was = 0 if come and better else _WORTH["met"] if come else _WORTH[change.before]
    return worth > was if better else worth < was


def _of(result: Result, number: str) -> str:
    found = result.clauses.get(number)
    return ABSENT if found is None else found.verdict
