"""Whether a hand-written case notices a mutant: a level's own leaves are tried against that level's cases."""

from collections.abc import Iterator
from functools import cache

import msgspec

from rules import casebook, catalog
from rules.catalog import Entry
from rules.load import PackError
from rules.model import Layer, Policy
from tests.rules.mutants import Mutant, parsed


def survives(mutant: Mutant) -> bool:
    """Whether no case notices. A mutant that cannot be loaded is noticed."""
    try:
        return all(
            not case.differences(entry)
            for entry in _entries(mutant)
            for level in entry.levels
            for case in casebook.cases(entry.id, level)
        )
    except (PackError, msgspec.ValidationError):
        return False


def _entries(mutant: Mutant) -> Iterator[Entry]:
    """The mutant of a policy, or every policy that takes the layer that is one."""
    if mutant.file in catalog.ids():
        policy = msgspec.convert(mutant.applied(), Policy)
        yield Entry(policy, _layer(policy.layer) if policy.layer else None)
        return
    layer = msgspec.convert(mutant.applied(), Layer)
    for policy in map(_policy, catalog.ids()):
        if policy.layer == mutant.file:
            yield Entry(policy, layer)


@cache
def _policy(file: str) -> Policy:
    return msgspec.convert(parsed(file), Policy)


@cache
def _layer(file: str) -> Layer:
    return msgspec.convert(parsed(file), Layer)
