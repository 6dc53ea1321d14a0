"""What every test of uploads shares: the real child for each file, and what each child has cost."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from applications import services
from applications.models import ArchiveItem
from portal import demo, workdays
from portal.demo import World
from portal.file_checks import limits, sandbox
from portal.models import User

# Stands between the sandbox and its child; a child's peak is told to its own parent alone, so this parent is a small one.
MEASURE = """#!{python} -I
import json, os, sys
child = os.posix_spawn({python!r}, [{python!r}, *sys.argv[1:]], os.environ)
_, status, cost = os.wait4(child, 0)
with open({book!r}, "a") as book:
    print(json.dumps([cost.ru_utime + cost.ru_stime, cost.ru_maxrss * 1024]), file=book)
sys.exit(os.waitstatus_to_exitcode(status) != 0)
"""
# The kernel counts a second of processor time more before it ends what went over its limit.
GRACE = 1


@dataclass(frozen=True, slots=True)
class Costs:
    """Processor seconds and peak memory of every child of a test, in order; what one costs that has nothing to do."""

    book: Path
    idle: int

    def all(self) -> list[tuple[float, int]]:
        return [tuple(json.loads(line)) for line in self.book.read_text(encoding="ascii").splitlines()]

    def excessive(self) -> list[tuple[float, int]]:
        """Children that took more time, or more memory over the interpreter's own, than a child may."""
        most = self.idle + limits.MEMORY
        return [cost for cost in self.all() if cost[0] > limits.CPU_SECONDS + GRACE or cost[1] > most]


@pytest.fixture(autouse=True)
def each_content_is_looked_into_once() -> None:
    """Here every file is a file of its own, and the child is asked about each."""


@pytest.fixture
def costs(tmp_path, monkeypatch) -> Costs:
    """Notes what each child costs."""
    book, program, nothing = tmp_path / "costs", tmp_path / "measured-python", tmp_path / "nothing"
    book.touch()
    nothing.write_bytes(b"")
    program.write_text(MEASURE.format(python=sys.executable, book=str(book)), encoding="utf8")
    program.chmod(0o755)
    monkeypatch.setattr(sandbox.sys, "executable", str(program))
    sandbox.inspect_pdf(nothing)
    [(_, idle)] = Costs(book, 0).all()
    book.write_text("")
    return Costs(book, idle)


@pytest.fixture
def lin(db) -> User:
    return User.objects.create_user("lin", email="lin@portal.example", name="林申报")


@pytest.fixture
def world(db) -> World:
    workdays.seed()
    loaded = World()
    demo.load(loaded)
    return loaded


@pytest.fixture
def award(world) -> ArchiveItem:
    facts = {"kind": "award", "date": "2022-05-01"}
    return services.add_item(owner=world.people["lin"], kind="award", facts=facts, details={"name": "科技进步奖"})
