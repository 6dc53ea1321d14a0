"""The hand-written cases, and the contract's own examples."""

import pytest

from tests.rules.casebook import Case, cases, example_case, examples


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_case(case: Case) -> None:
    assert case.differences() == []


def test_case_ids_are_unique() -> None:
    ids = [case.id for case in cases()]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("example", examples(), ids=lambda example: example["id"])
def test_example_of_the_contract(example: dict) -> None:
    assert example_case(example).differences() == []
