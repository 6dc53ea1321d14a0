"""`make bench-rules`: 高级工程师 of 27号 by our engine, by OpenFisca-core and by hand-written Python, on the same people.

The three must give the same answers, clause by clause, before anything is timed. OpenFisca runs in an environment of
its own and is fed facts that were counted beforehand; ours and the hand-written one count the records themselves.
Processor time, interleaved rounds, medians. ROUNDS and PEOPLE say how often and how many.
"""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.peer import facts, plain
from benchmarks.peer.people import AS_OF, person
from benchmarks.report import ROOT, Ratio, publish
from rules import catalog
from rules.dossier import Dossier, decode
from rules.engine import judge_by
from rules.result import Result

ROUNDS, PEOPLE = int(os.environ.get("ROUNDS", "7")), int(os.environ.get("PEOPLE", "10000"))
ONE_BY_ONE, BY_SITUATION = min(PEOPLE, 1000), min(PEOPLE, 100)
POLICY, LEVEL = "tianjin-lithium-2022", "associate_senior"
HOME = ROOT / "var" / "bench" / "openfisca"
LOCK = ROOT / "requirements" / "openfisca.txt"


class Yardstick:
    """OpenFisca in a child of its own: asks it and waits for the answer."""

    def __init__(self, child: "subprocess.Popen[str]") -> None:
        self._child = child

    def ask(self, command: str) -> Any:
        print(command, file=self._child.stdin, flush=True)
        answer = self._child.stdout.readline()
        if not answer:
            raise RuntimeError("OpenFisca ended; what it said stands above")
        return json.loads(answer)


@contextmanager
def openfisca(people: list[dict[str, Any]]) -> Iterator[Yardstick]:
    python = HOME / "bin" / "python"
    if not (HOME / "ready").exists() or (HOME / "ready").read_bytes() != LOCK.read_bytes():
        subprocess.run([sys.executable, "-m", "venv", "--clear", HOME], check=True)
        pip: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary=:all:",
        ]
        subprocess.run([*pip, "--require-hashes", "-r", LOCK], check=True)
        (HOME / "ready").write_bytes(LOCK.read_bytes())
    file = HOME.parent / "facts.json"
    file.write_text(json.dumps(people), encoding="utf8")
    side = Path(__file__).parent / "peer" / "openfisca.py"
    with subprocess.Popen([python, side, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as child:
        yield Yardstick(child)
        child.stdin.close()


def read_in_full(result: Result) -> int:
    """Everything the answer holds of every clause: verdict, what is missing or to be judged, ids, figures."""
    return sum(
        len(clause.verdict) + len(clause.missing) + len(clause.judgement) + len(clause.used) + len(clause.notes)
        for clause in result.clauses.values()
    )


def seconds(act: Callable[[Any], object], items: Sequence[Any]) -> float:
    """Processor time; what an act returns is gone before the next."""
    started = time.process_time()
    for item in items:
        act(item)
    return time.process_time() - started


def same_answers(dossiers: list[Dossier], yardstick: Yardstick) -> float:
    """Asserts that the three sides agree on everybody; the share that qualifies."""
    entry, met = catalog.get(POLICY), 0
    for row, (dossier, theirs) in enumerate(zip(dossiers, yardstick.ask("answers"), strict=True)):
        ours = judge_by(entry, LEVEL, dossier, as_of=AS_OF)
        verdict, route, said = plain.judge(dossier, AS_OF)
        verdicts = {number: ours.clauses[number].verdict == "met" for number in said}
        assert (ours.verdict == "met", ours.route) == (verdict, route), (row, ours.verdict, ours.route, verdict, route)
        assert verdicts == {number: one.met for number, one in said.items()}, (
            row,
            _unlike(verdicts, {n: o.met for n, o in said.items()}),
        )
        assert {**verdicts, "verdict": ours.verdict == "met"} == theirs, (row, _unlike(verdicts, theirs))
        assert all(one.verdict != "open" for one in ours.clauses.values() if one.clause in said)
        met += bool(verdict)
    return met / len(dossiers)


def _unlike(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    return [number for number in ours if ours[number] != theirs.get(number)]


def main() -> None:
    rng = random.Random(27)
    stored = [person(rng) for _ in range(PEOPLE)]
    dossiers = [decode(one) for one in stored]
    few, entry = dossiers[:ONE_BY_ONE], catalog.get(POLICY)
    catalog.counting_groups()  # read every pack before the clock runs
    with openfisca([facts.of(dossier, AS_OF) for dossier in dossiers]) as yardstick:
        share = same_answers(dossiers, yardstick)
        print(f"{PEOPLE} people, {share:.1%} qualify; the three sides agree on every clause of everybody.\n")

        def judged(one: Dossier | dict[str, Any]) -> Result:
            return judge_by(entry, LEVEL, one, as_of=AS_OF)

        def ours(one: Dossier | dict[str, Any]) -> Result:
            result = judged(one)
            assert result.clauses, "every clause's finding is at hand before the clock stops"
            return result

        sides: dict[str, tuple[int, Callable[[], float]]] = {
            "ours, one dossier": (len(few), lambda: seconds(ours, few)),
            "ours, verdict and route alone": (len(few), lambda: seconds(judged, few)),
            "ours, every clause read in full": (len(few), lambda: seconds(lambda one: read_in_full(ours(one)), few)),
            "ours, with the earliest day": (len(few), lambda: seconds(lambda one: ours(one).earliest, few)),
            "by hand, one dossier": (len(few), lambda: seconds(lambda one: plain.judge(one, AS_OF), few)),
            "OpenFisca, one situation": (BY_SITUATION, lambda: yardstick.ask(f"situation {BY_SITUATION}")),
            "ours, all from dicts": (PEOPLE, lambda: seconds(ours, stored)),
            "OpenFisca, all from dicts": (PEOPLE, lambda: yardstick.ask("columns")),
            "decoding and counting by hand": (
                PEOPLE,
                lambda: seconds(lambda one: facts.of(decode(one), AS_OF), stored),
            ),
        }
        took: dict[str, list[float]] = {name: [] for name in sides}
        for _ in range(ROUNDS):
            for name, (count, side) in sides.items():
                took[name].append(side() / count)
    cost = {name: median(times) for name, times in took.items()}
    for name, value in cost.items():
        print(f"{name:<34}{1e6 * value:>9.1f} µs a dossier, {min(took[name]) * 1e6:.1f} at best")
    print()
    one, alone, full, dated = (
        cost[f"ours, {what}"]
        for what in ("one dossier", "verdict and route alone", "every clause read in full", "with the earliest day")
    )
    hand, situation = cost["by hand, one dossier"], cost["OpenFisca, one situation"]
    batch, columns = cost["ours, all from dicts"], cost["OpenFisca, all from dicts"]
    publish(
        "rules",
        [
            Ratio("one dossier explained ÷ OpenFisca by situation", situation / one, 60, 140),
            Ratio("  verdict and route alone", situation / alone),
            Ratio("  every clause read in full", situation / full),
            Ratio("  with the earliest day", situation / dated),
            Ratio("one dossier explained ÷ explained by hand", hand / one, 0.10, 0.15),
            Ratio("  verdict and route alone", hand / alone),
            Ratio("  every clause read in full", hand / full),
            Ratio("  with the earliest day", hand / dated),
            Ratio("explained by hand ÷ OpenFisca by situation", situation / hand),
            Ratio("all from dicts, explained, streamed ÷ OpenFisca vectorised", columns / batch, 0.10, 0.13),
            Ratio(
                "  records counted for OpenFisca in the same time",
                (columns + cost["decoding and counting by hand"]) / batch,
            ),
        ],
    )


if __name__ == "__main__":
    main()
