"""Every leaf of the pack is decisive: change it, and a hand-written case no longer comes out as written."""

import msgspec
import pytest

from rules import catalog, load
from rules.catalog import Entry
from rules.load import PackError
from rules.model import Layer, Policy
from tests.counts import FULL
from tests.rules.casebook import cases
from tests.rules.mutants import mutants
from tests.rules.people import LEVEL, POLICY

EVERY = 1 if FULL else 10

# Mutants that mean the same as the pack, each with the reason. There is nothing for a case to see.
EQUIVALENT: dict[str, str] = {}

PACK = load._parse(catalog.POLICIES / f"{POLICY}.yaml")
LAYER = load._parse(catalog.LAYERS / "tianjin-annual.yaml")
OTHER_LEVELS = tuple(f"levels.{level}" for level in PACK["levels"] if level != LEVEL)
MUTANTS = [mutant for mutant in mutants(PACK, LAYER) if not mutant[0].startswith(OTHER_LEVELS)]


def survives(pack: dict, layer: dict) -> bool:
    """Whether no case notices. A mutant that cannot be loaded is noticed."""
    try:
        entry = Entry(msgspec.convert(pack, Policy), msgspec.convert(layer, Layer))
    except (PackError, msgspec.ValidationError):
        return False
    return all(not case.differences(entry) for case in cases())


@pytest.mark.parametrize(("name", "pack", "layer"), MUTANTS[::EVERY], ids=[name for name, _, _ in MUTANTS[::EVERY]])
def test_mutant_is_noticed(name: str, pack: dict, layer: dict) -> None:
    if name in EQUIVALENT:
        assert survives(pack, layer)
    else:
        assert not survives(pack, layer)


def test_equivalent_mutants_are_mutants() -> None:
    assert EQUIVALENT.keys() <= {name for name, _, _ in MUTANTS}
