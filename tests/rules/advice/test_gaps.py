"""One fact taken from a dossier that qualifies: one addition brings it back, whichever fact, at every level."""

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec import to_builtins

from rules import casebook, catalog
from rules.advice import advise
from rules.casebook import Case
from rules.dossier import Dossier, decode
from rules.engine import judge_by

Path = tuple[str | int, ...]
# Not facts that may be unknown, and what is never proposed: of a sanction when it began.
NO_GAPS = {"id", "to", "until", "relevant", "claims", "full_time", "attestations", "sanctions"}


def levels() -> list[tuple[str, str]]:
    return [(policy, level) for policy in casebook.policies() for level in catalog.get(policy).levels]


def qualifying(policy: str, level: str) -> Case | None:
    """The first case of a level that comes out met with nothing attested but what only people judge."""
    met = (case for case in casebook.cases(policy) if case.level == level and case.expect.verdict == "met")
    return next(met, None)


def gaps(part: Any, path: Path = ()) -> Iterator[Path]:
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, value in entries:
        if key in NO_GAPS or value is None:
            continue
        if isinstance(key, str):
            yield (*path, key)
        yield from gaps(value, (*path, key))


def without(data: dict[str, Any], path: Path) -> Dossier:
    changed = copy.deepcopy(data)
    part: Any = changed
    for key in path[:-1]:
        part = part[key]
    part[path[-1]] = None
    return decode(changed)


@pytest.mark.parametrize(("policy", "level"), levels())
def test_one_gap_is_mended_by_one_addition(policy: str, level: str):
    case = qualifying(policy, level)
    if case is None:
        assert policy == "jiangxi-lithium-2023", "nothing qualifies, and only there because nothing can be confirmed"
        return
    entry, data = catalog.get(policy), to_builtins(case.dossier)
    opened = 0
    for path in gaps(data):
        dossier = without(data, path)
        if judge_by(entry, level, dossier, as_of=case.as_of, opened=case.opened).verdict == "met":
            continue
        opened += 1
        routes = advise(entry, level, dossier, as_of=case.as_of, opened=case.opened).routes
        sizes = [way.size for route in routes for way in route.ways if way.day == case.as_of]
        clauses_by_records = path == ("achievements",)  # two clauses, a record each
        assert min(sizes, default=9) <= (3 if clauses_by_records else 1), path
    assert opened
