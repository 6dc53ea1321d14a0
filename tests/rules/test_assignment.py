"""One record, one clause: the assignment against every way of trying it."""

from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from rules.assignment import Slots, _choose, _most_filled, _place

RECORDS = [f"r{number}" for number in range(5)]
NEEDS = st.lists(st.frozensets(st.sampled_from(RECORDS), max_size=4), max_size=4)


def by_trying(needs: list[frozenset[str]]) -> bool:
    return any(
        all(record in need for record, need in zip(order, needs, strict=True))
        for order in permutations(RECORDS, len(needs))
    )


@given(needs=NEEDS)
def test_place_finds_different_records_where_there_are_any(needs: list[frozenset[str]]) -> None:
    placed = _place(needs)
    assert (placed is not None) == by_trying(needs)
    if placed is not None:
        assert len(set(placed)) == len(placed)
        assert all(record in need for record, need in zip(placed, needs, strict=True))


@given(items=st.lists(st.lists(NEEDS, min_size=1, max_size=2), max_size=4), count=st.integers(0, 3))
def test_choose_finds_the_clauses_where_there_are_any(items: list[list[list[frozenset[str]]]], count: int) -> None:
    ways = [[Slots(str(index), needs, {}) for needs in item] for index, item in enumerate(items)]
    chosen = _choose(ways, count)
    subsets = [subset for subset in product((0, 1), repeat=len(items)) if sum(subset) == count]
    possible = any(
        by_trying([need for needs in choice for need in needs])
        for subset in subsets
        for choice in product(*(item for item, taken in zip(items, subset, strict=True) if taken))
        if sum(map(len, choice)) <= len(RECORDS)
    )
    assert (chosen is not None) == possible


def test_most_filled_counts_what_can_be_had() -> None:
    same = frozenset({"r0"})
    ways = [[Slots("a", [same], {})], [Slots("b", [same], {})], [Slots("c", [frozenset({"r1"})], {})]]
    assert _most_filled(ways, below=4) == 2
    assert _most_filled(ways, below=2) == 1
    assert _most_filled([], below=2) == 0
