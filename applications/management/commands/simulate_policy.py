"""`manage.py simulate_policy OLD NEW`: who would come out otherwise under another policy, and by which clauses."""

import csv
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from django.core.management.base import CommandError

from applications.services.simulation import stored_cases
from rules import catalog, lint, simulation
from rules.catalog import Entry, UnknownPolicy
from rules.load import PackError
from rules.management.files import opened, reading
from rules.management.piped import PipedCommand
from rules.simulation import Change, ClauseChange, SimulatedCase, Simulation

COLUMNS: Final = ("id", "level", "before", "after", "clauses", "error")
ROW: Final = "{:<20} {:<16} {:<16} {}"


class Command(PipedCommand):
    help = (
        "Judge stored snapshots, or cases of a file, by two policies and tell whose verdict changes. OLD and NEW are "
        "policy ids or pack files (a draft). Nothing is written but the table, and nothing personal but the number."
    )

    requires_system_checks = []  # a pack that is not released yet would fail them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("old", metavar="OLD", help="policy id, or path of a pack file")
        parser.add_argument("new", metavar="NEW", help="policy id, or path of a pack file")
        parser.add_argument("--cases", metavar="FILE", help="JSON lines instead of the stored snapshots; - reads stdin")
        parser.add_argument("--verified", action="store_true", help="snapshots as far as verified, not as claimed")
        parser.add_argument("--in-force", action="store_true", help="mind the days on which the policies are in force")
        parser.add_argument("--csv", metavar="FILE", help="write the changes as CSV too")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["cases"] and options["verified"]:
            raise CommandError("--verified is for stored snapshots; the cases of a file are judged as they stand.")
        self._warn_of_drafts(options["old"], options["new"])
        run = Simulation(_entry(options["old"]), _entry(options["new"]), in_force=options["in_force"])
        with ExitStack() as stack:
            note = _csv(stack, options["csv"])
            self.stdout.write(ROW.format("id", "level", "verdict", "clauses"))
            for change in run.changes(_cases(stack, options, run.old.id)):
                self.stdout.write(_line(change))
                note(change)
        for line in _summary(run):
            self.stdout.write(line)
        if run.failed:
            sys.exit(1)

    def _warn_of_drafts(self, *names: str) -> None:
        """A draft is simulated whatever the lint says of it; what it says is told first."""
        drafts = [Path(name) for name in dict.fromkeys(names) if _is_file(name)]
        refused = [problem for path in drafts if path.exists() for problem in lint.of_draft(path) if problem.refusal]
        for problem in refused:
            self.stdout.write(f"refused  {problem}")
        if refused:
            self.stdout.write("")


def _is_file(name: str) -> bool:
    return name.endswith((".yaml", ".yml"))


def _entry(name: str) -> Entry:
    try:
        return Entry.read(Path(name)) if _is_file(name) else catalog.get(name)
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}") from None
    except (PackError, UnknownPolicy) as error:
        raise CommandError(str(error)) from None


def _cases(stack: ExitStack, options: dict[str, Any], policy_id: str) -> Iterator[SimulatedCase]:
    if options["cases"] is None:
        return stored_cases(policy_id=policy_id, verified=options["verified"])
    return simulation.read_lines(stack.enter_context(reading(options["cases"])))


def _csv(stack: ExitStack, name: str | None) -> Callable[[Change], object]:
    if name is None:
        return lambda _change: None
    writer = csv.writer(stack.enter_context(opened(name, "w", encoding="utf-8-sig", newline="")))
    writer.writerow(COLUMNS)
    return lambda change: writer.writerow(map(_cell, _fields(change)))


def _fields(change: Change) -> tuple[object, ...]:
    clauses = " ".join(map(_said, change.clauses))
    return change.id, change.level, change.before, change.after, clauses, _reason(change)


def _cell(value: object) -> str:
    """What a spreadsheet would take for a formula is kept text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _line(change: Change) -> str:
    identity = "?" if change.id is None else change.id
    if change.left_out:
        return ROW.format(identity, change.level, "left out", f"a case of {change.left_out}")
    if change.error:
        return ROW.format(identity, change.level, "not judged", change.error)
    clauses = " ".join(map(_said, change.clauses))
    return ROW.format(identity, change.level, f"{change.before} → {change.after}", clauses)


def _reason(change: Change) -> str:
    return f"left out, a case of {change.left_out}" if change.left_out else change.error


def _said(change: ClauseChange) -> str:
    return f"{change.clause}:{change.before}→{change.after}"


def _summary(run: Simulation) -> Iterator[str]:
    left_out = f", {run.left_out} of other policies left out" if run.left_out else ""
    yield f"\n{run.judged} judged, {run.changed} change, {run.failed} could not be judged{left_out}"
    for (before, after), count in sorted(run.by_change.items()):
        yield f"{count:>6}  {before} → {after}"
    if run.by_clause:
        yield "by clause"
    for clause, count in sorted(run.by_clause.items(), key=lambda entry: (-entry[1], _said(entry[0]))):
        yield f"{count:>6}  {clause.clause}: {clause.before} → {clause.after}"
