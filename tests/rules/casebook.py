"""Reads the hand-written cases and compares an answer with what is expected of it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from rules import catalog
from rules.catalog import Entry
from rules.dossier import Dossier, decode
from rules.engine import judge_by
from tests.rules.people import AS_OF, LEVEL, POLICY, qualified

CASES = Path(__file__).parent / "cases"
SHARED_EXAMPLES = Path(__file__).parents[3] / "shared" / "rules" / "EXAMPLES.jsonl"
INSIDE_THE_WINDOW = "2023-09-15"


@dataclass(frozen=True)
class Case:
    id: str
    dossier: Dossier
    as_of: date
    opened: date | None
    expect: dict[str, Any]

    def differences(self, entry: Entry | None = None) -> list[str]:
        """What an answer has otherwise than expected; of the pack, or of another entry (a mutant)."""
        entry = entry or catalog.get(POLICY)
        answer = judge_by(entry, LEVEL, self.dossier, as_of=self.as_of, opened=self.opened).answer()
        return list(_differences(answer, self.expect))


@cache
def cases() -> tuple[Case, ...]:
    """Every case of every file in `cases/`."""
    return tuple(
        _case(data)
        for path in sorted(CASES.glob("*.yaml"))
        for data in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


@cache
def examples() -> tuple[dict[str, Any], ...]:
    """The contract's own examples for this level, where they lie beside the project."""
    if not SHARED_EXAMPLES.exists():
        return ()
    lines = SHARED_EXAMPLES.read_text(encoding="utf-8").splitlines()
    every = [json.loads(line) for line in lines if line.strip()]
    return tuple(example for example in every if (example["policy"], example["level"]) == (POLICY, LEVEL))


def example_case(example: dict[str, Any]) -> Case:
    opened = example.get("opened")
    return Case(
        example["id"],
        decode(example["dossier"]),
        date.fromisoformat(example["as_of"]),
        date.fromisoformat(opened) if opened else None,
        example["expect"],
    )


def _case(data: dict[str, Any]) -> Case:
    unknown = data.keys() - {"id", "set", "as_of", "opened", "expect"}
    assert not unknown, f"{data['id']}: {unknown}"
    dossier = qualified(**data.get("set", {}))
    for achievement in dossier.get("achievements") or ():
        achievement.setdefault("date", INSIDE_THE_WINDOW)
    opened = data.get("opened")
    return Case(
        data["id"],
        decode(dossier),
        date.fromisoformat(data.get("as_of", AS_OF)),
        date.fromisoformat(opened) if opened else None,
        data["expect"],
    )


def _differences(answer: dict[str, Any], expect: dict[str, Any]) -> Iterator[str]:
    clauses = answer["clauses"]
    for key, wanted in expect.items():
        match key:
            case "verdict" | "route" | "earliest" | "excluded_by":
                yield from _unequal(key, answer[key], wanted)
            case "excluded":
                yield from _unequal(key, bool(answer["excluded_by"]), wanted)
            case "clauses":
                for number, verdict in wanted.items():
                    yield from _unequal(number, clauses.get(number, {}).get("verdict"), verdict)
            case "missing" | "judgement":
                for number, reasons in wanted.items():
                    yield from _unequal(f"{key} of {number}", clauses.get(number, {}).get(key), reasons)
            case "missing_in" | "judgement_in":
                for number in wanted:
                    yield from _unequal(f"{key} {number}", bool(clauses[number][key.removesuffix("_in")]), True)
            case _:
                yield f"unknown expectation {key}"


def _unequal(what: str, found: object, wanted: object) -> Iterator[str]:
    if found != wanted:
        yield f"{what}: {found!r}, expected {wanted!r}"
