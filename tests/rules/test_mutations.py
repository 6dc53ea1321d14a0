"""Every leaf of every pack is decisive: a sample of mutants here, all of them under PROVE and by `make mutate-rules`."""

import pytest

from tests.counts import FULL
from tests.rules.equivalent import EQUIVALENT
from tests.rules.mutants import Mutant, files, mutants
from tests.rules.mutate import survives

EVERY = 1 if FULL else 40
MUTANTS = [mutant for file in files() for mutant in mutants(file)]
NAMES = [mutant.name for mutant in MUTANTS]


@pytest.mark.parametrize("mutant", MUTANTS[::EVERY], ids=NAMES[::EVERY])
def test_mutant_is_noticed(mutant: Mutant) -> None:
    assert survives(mutant) == (mutant.name in EQUIVALENT)


def test_names_are_unique() -> None:
    assert len(set(NAMES)) == len(NAMES)


def test_equivalent_mutants_are_mutants() -> None:
    assert EQUIVALENT.keys() <= set(NAMES)
