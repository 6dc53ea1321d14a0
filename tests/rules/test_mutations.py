"""Every leaf of every pack is decisive: a sample of mutants here, all of them under PROVE and by `make mutate-rules`."""

import pytest

from scripts import mutate_rules
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


@pytest.mark.parametrize(
    ("asked", "status", "said"), [("--help", 0, "tianjin-annual"), ("no-pack", 2, "no such pack: no-pack")]
)
def test_the_command_tells_its_usage_and_refuses_a_pack_it_does_not_know(
    asked: str, status: int, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        mutate_rules.main([asked])
    assert ended.value.code == status
    assert said in "".join(capsys.readouterr())
