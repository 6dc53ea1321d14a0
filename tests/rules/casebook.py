"""The hand-written cases of 高级工程师 of 27号, and the contract's own examples."""

import json
from functools import cache
from pathlib import Path

from rules import casebook
from rules.casebook import Case
from tests.rules.people import LEVEL, POLICY

SHARED_EXAMPLES = Path(__file__).parents[3] / "shared" / "rules" / "EXAMPLES.jsonl"


def cases() -> tuple[Case, ...]:
    return casebook.cases(POLICY, LEVEL)


@cache
def examples() -> tuple[Case, ...]:
    """The contract's own examples, where they lie beside the project."""
    if not SHARED_EXAMPLES.exists():
        return ()
    lines = SHARED_EXAMPLES.read_text(encoding="utf-8").splitlines()
    return tuple(casebook.from_example(json.loads(line)) for line in lines if line.strip())
