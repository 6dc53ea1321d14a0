"""Checking the audit log: which row is the first that does not fit."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from portal.audit_chain import START, canonical_text, day_heads, link
from portal.models import AuditDay, AuditEntry, AuditHead
from portal.steady_view import steady_view


@dataclass(frozen=True, slots=True)
class Problem:
    """The first bad place of a chain. `scope` is empty for the list of daily heads; `sequence` counts from 1."""

    scope: str
    sequence: int
    message: str

    def __str__(self) -> str:
        return f"{self.scope or 'daily heads'} #{self.sequence}: {self.message}"


def verify(scope: str | None = None) -> list[Problem]:
    """The first bad row of every broken chain, empty when all is well. Reads the whole log, or one scope of it.

    Heads and entries are of one moment, so that whoever writes meanwhile is no false alarm.
    """
    with steady_view():
        return _problems(scope)


def _problems(scope: str | None) -> list[Problem]:
    entries = AuditEntry.objects.order_by("scope", "sequence")
    heads = AuditHead.objects.order_by("scope")
    if scope is not None:
        entries, heads = entries.filter(scope=scope), heads.filter(scope=scope)
    expected = {head.scope: head for head in heads}
    published, problems = _read_days(scope)
    seen = set()
    for name, rows in groupby(entries.iterator(chunk_size=2000), key=lambda entry: entry.scope):
        seen.add(name)
        problem = _first_problem(name, rows, expected.get(name), published.get(name, {}))
        if problem:
            problems.append(problem)
    for name in sorted((expected.keys() | published.keys()) - seen):
        problems.append(Problem(name, 1, "every entry of this scope is missing"))
    return sorted(problems, key=lambda problem: (problem.scope, problem.sequence))


def _first_problem(
    scope: str, entries: Iterator[AuditEntry], head: AuditHead | None, published: dict[int, str]
) -> Problem | None:
    previous, place = START, 0
    for place, entry in enumerate(entries, start=1):
        fault = _fault_of_row(entry, place, previous, published.get(place, entry.sha256))
        if fault:
            return Problem(scope, place, f"{fault} (id {entry.pk})")
        previous = entry.sha256
    return _fault_of_end(scope, place, previous, head, max(published, default=0))


def _fault_of_row(entry: AuditEntry, place: int, previous: str, published: str) -> str:
    faults = (
        (entry.sequence != place, f"row is missing or moved: #{entry.sequence} stands here"),
        (entry.previous != previous, "does not continue the row before it"),
        (entry.text != canonical_text(entry), "columns differ from the hashed text"),
        (entry.sha256 != link(previous, entry.text), "text was changed"),
        (entry.sha256 != published, "differs from the daily head"),
    )
    return next((sentence for is_faulty, sentence in faults if is_faulty), "")


def _fault_of_end(scope: str, place: int, last: str, head: AuditHead | None, published: int) -> Problem | None:
    if place < published:
        return Problem(scope, place + 1, f"tail is cut: the daily heads know {published} entries")
    if head is None:
        return Problem(scope, place, "the head of the scope is missing")
    if (head.sequence, head.sha256) != (place, last):
        here = min(place, head.sequence) + 1
        return Problem(scope, here, f"the head names {head.sequence} entries, {place} are here")
    return None


def _read_days(scope: str | None) -> tuple[dict[str, dict[int, str]], list[Problem]]:
    """The heads that the daily list names, by scope and sequence, and what is wrong with the list itself."""
    published: dict[str, dict[int, str]] = {}
    previous, number = START, 0
    for number, day in enumerate(AuditDay.objects.order_by("number").iterator(), start=1):
        if day.number != number or day.previous != previous or day.sha256 != link(previous, day.text):
            return published, [Problem("", number, f"the daily list was changed (day {day.day})")]
        previous = day.sha256
        try:
            heads = day_heads(day.text)
        except ValueError:
            return published, [Problem("", number, f"the text of the daily list names no heads (day {day.day})")]
        for name, place, sha in heads:
            if scope in {None, name}:
                published.setdefault(name, {})[place] = sha
    return published, []
