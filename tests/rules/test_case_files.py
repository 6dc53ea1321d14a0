"""The hand-written cases of every pack, and the contract's own examples."""

import pytest

from rules import casebook
from rules.casebook import Case
from tests.rules.casebook import examples


@pytest.mark.parametrize("case", casebook.every(), ids=lambda case: case.name)
def test_case(case: Case) -> None:
    assert case.differences() == []


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_example_of_the_contract(example: Case) -> None:
    assert example.differences() == []
