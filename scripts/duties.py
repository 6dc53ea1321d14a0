"""Duties of the notices: reads docs/duties.md and the marks in tests/, prints how many are shown.

`python scripts/duties.py` prints shown / all for each notice and exits with 1 where list and marks disagree;
`--write` first fills the list's test column from the marks.
"""

import argparse
import ast
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "docs" / "duties.md"
ROOMS = ("portal", "rules", "applications", "review", "certificates")
NOTHING = "—"
COLUMNS, TEST_COLUMN = 7, 5
ROW = re.compile(r"\| (?:TJ27|TJ39|TJ23|JX81|ZJ15)-[A-Z0-9-]+ \|")

MarkedNode = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.Module


class ListError(ValueError):
    """A row of the list that cannot be read; the message names the row and the mend."""


@dataclass(frozen=True, slots=True)
class Duty:
    """One row of the list. `where`: commands or URL names; `tests`: node ids relative to the root."""

    id: str
    clause: str
    text: str
    room: str
    where: tuple[str, ...]
    tests: tuple[str, ...]
    not_ours: str

    @property
    def notice(self) -> str:
        return self.id.partition("-")[0]


@dataclass(slots=True)
class Marks:
    """What the tests say: node ids by duty, and marks that prove nothing, each as a sentence."""

    tests: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def of(self, duty: str) -> tuple[str, ...]:
        return tuple(sorted(set(self.tests.get(duty, ()))))


def read_list(text: str) -> list[Duty]:
    """Every row of the list, in its order. Raises ListError on a row that breaks the table's form."""
    return [_read_row(line) for line in text.splitlines() if ROW.match(line)]


def _read_row(line: str) -> Duty:
    cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
    if len(cells) != COLUMNS or not all(cells):
        raise ListError(f"{line[:40]}…: a row has seven cells, an empty one is written {NOTHING}")
    duty_id, clause, text, room, where, tests, not_ours = cells
    if (room == NOTHING) != (not_ours != NOTHING) or (room != NOTHING and room not in ROOMS):
        raise ListError(f"{duty_id}: name either its room ({', '.join(ROOMS)}) or why it is not ours")
    return Duty(duty_id, clause, text, room, _names(where), _names(tests), "" if not_ours == NOTHING else not_ours)


def _names(cell: str) -> tuple[str, ...]:
    return () if cell == NOTHING else tuple(name.strip().strip("`") for name in cell.split(","))


def collect_marks(root: Path) -> Marks:
    """Every `pytest.mark.duty` under root/tests, read from the syntax tree: nothing is imported or run."""
    marks = Marks()
    for path in sorted((root / "tests").rglob("*.py")):
        _collect_file(path, path.relative_to(root).as_posix(), marks)
    return marks


def _collect_file(path: Path, name: str, marks: Marks) -> None:
    tree = ast.parse(path.read_text(encoding="utf8"), filename=name)
    read: set[ast.Call] = set()
    for node_id, node in _tests_in(tree, name) if path.name.startswith("test_") else ():
        carriers = list(_carriers(node))
        calls = [call for carrier in carriers for call in _calls_of(carrier, "duty")]
        read.update(calls)
        if calls and any(_is_off(carrier) for carrier in carriers):
            marks.problems.append(f"{node_id} carries a duty but is skipped or expected to fail: it shows nothing")
            continue
        for call in calls:
            _collect_call(call, node_id, marks)
    for call in _calls_of(tree, "duty"):
        if call not in read:
            marks.problems.append(f"{name}:{call.lineno}: a duty mark belongs on a test, its class or its module")


def _tests_in(tree: ast.Module, name: str) -> Iterator[tuple[str, MarkedNode]]:
    yield name, tree
    for node in tree.body:
        yield from _tests_under(node, name)


def _tests_under(node: ast.stmt, parent: str) -> Iterator[tuple[str, MarkedNode]]:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test"):
        yield f"{parent}::{node.name}", node
    elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
        yield f"{parent}::{node.name}", node
        for inner in node.body:
            yield from _tests_under(inner, f"{parent}::{node.name}")


def _carriers(node: MarkedNode) -> Iterator[ast.expr]:
    """The expressions that put marks on a node: its decorators, and the pytestmark of a class or module."""
    if not isinstance(node, ast.Module):
        yield from node.decorator_list
    if isinstance(node, ast.ClassDef | ast.Module):
        for statement in node.body:
            if isinstance(statement, ast.Assign) and any(
                isinstance(target, ast.Name) and target.id == "pytestmark" for target in statement.targets
            ):
                yield statement.value


def _calls_of(tree: ast.AST, mark: str) -> list[ast.Call]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_mark(node.func, mark)]


def _is_mark(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) == f"pytest.mark.{name}"


def _is_off(carrier: ast.expr) -> bool:
    return any(_is_mark(node, "skip") or _is_mark(node, "xfail") for node in ast.walk(carrier))


def _collect_call(call: ast.Call, node_id: str, marks: Marks) -> None:
    ids = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args]
    if not ids or call.keywords or not all(isinstance(duty, str) for duty in ids):
        marks.problems.append(f"{node_id}: a duty mark names its ids as plain strings")
        return
    for duty in ids:
        marks.tests.setdefault(str(duty), []).append(node_id)


def disagreements(duties: Sequence[Duty], marks: Marks) -> list[str]:
    """What list and marks say against each other, a sentence each; empty where they agree."""
    known = {duty.id: duty for duty in duties}
    found = list(marks.problems)
    found += [f"{duty}: listed {times} times" for duty, times in Counter(d.id for d in duties).items() if times > 1]
    for duty_id in sorted(marks.tests.keys() - known.keys()):
        found.append(f"{', '.join(marks.of(duty_id))} marks {duty_id}, which is no duty of the list")
    for duty in known.values():
        found += _disagreements_of(duty, marks.of(duty.id))
    return found


def _disagreements_of(duty: Duty, marked: Iterable[str]) -> Iterator[str]:
    listed, carried = set(duty.tests), set(marked)
    for test in sorted(listed - carried):
        yield f"{duty.id} names {test}, which is not there or does not carry the mark"
    for test in sorted(carried - listed):
        yield f"{test} marks {duty.id}, whose row does not name it: run scripts/duties.py --write"
    if carried and duty.not_ours:
        yield f"{duty.id} is shown by a test though its row says it is not ours"
    if carried and not duty.not_ours and not duty.where:
        yield f"{duty.id} is shown, but its row names neither page nor command"


def with_tests(text: str, marks: Marks) -> str:
    """The list's text with its test column filled from the marks; nothing else changes."""
    return "".join(_with_tests(line, marks) if ROW.match(line) else line for line in text.splitlines(keepends=True))


def _with_tests(line: str, marks: Marks) -> str:
    cells = line.strip().strip("|").split("|")
    tests = marks.of(cells[0].strip())
    cells[TEST_COLUMN] = f" {', '.join(f'`{test}`' for test in tests) or NOTHING} "
    return f"|{'|'.join(cells)}|\n"


def summary(duties: Sequence[Duty], marks: Marks) -> str:
    """Shown / all for each notice and in total, as marked."""
    lines = []
    for notice in (*dict.fromkeys(duty.notice for duty in duties), "total"):
        rows = [duty for duty in duties if notice in (duty.notice, "total")]
        shown = sum(bool(marks.of(duty.id)) for duty in rows)
        not_ours = sum(bool(duty.not_ours) for duty in rows)
        lines.append(f"{notice:<6} {shown:>3} / {len(rows):>3}   not ours {not_ours:>2}")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Duties of the notices: shown / all.")
    parser.add_argument("--write", action="store_true", help="fill the list's test column from the marks")
    options = parser.parse_args(arguments)
    marks = collect_marks(ROOT)
    if options.write:
        LIST.write_text(with_tests(LIST.read_text(encoding="utf8"), marks), encoding="utf8")
    duties = read_list(LIST.read_text(encoding="utf8"))
    print(summary(duties, marks))
    found = disagreements(duties, marks)
    for sentence in found:
        print(sentence, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
