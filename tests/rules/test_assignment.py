"""One record, one clause: the assignment against every way of trying it."""

from itertools import permutations, product

from hypothesis import given
from hypothesis import strategies as st

from rules.predicates.records import places
from rules.seating import Slots, assigned, choose, most_filled, place, taken, unrivalled

RECORDS = [f"r{number}" for number in range(5)]
NEEDS = st.lists(st.frozensets(st.sampled_from(RECORDS), max_size=4), max_size=4)


def by_trying(needs: list[frozenset[str]]) -> bool:
    return any(
        all(record in need for record, need in zip(order, needs, strict=True))
        for order in permutations(RECORDS, len(needs))
    )


@given(needs=NEEDS)
def test_place_finds_different_records_where_there_are_any(needs: list[frozenset[str]]) -> None:
    placed = place(needs)
    assert (placed is not None) == by_trying(needs)
    if placed is not None:
        assert len(set(placed)) == len(placed)
        assert all(record in need for record, need in zip(placed, needs, strict=True))


@given(items=st.lists(st.lists(NEEDS, min_size=1, max_size=2), max_size=4), count=st.integers(0, 3))
def test_choose_finds_the_clauses_where_there_are_any(items: list[list[list[frozenset[str]]]], count: int) -> None:
    ways = [[Slots(str(index), needs, {}) for needs in item] for index, item in enumerate(items)]
    chosen = choose(ways, count)
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
    assert most_filled(ways, below=4) == 2
    assert most_filled(ways, below=2) == 1
    assert most_filled([], below=2) == 0


@given(asked=st.lists(st.tuples(st.integers(1, 2**12 - 1), st.integers(1, 3)), min_size=1, max_size=3))
def test_without_a_rival_each_takes_what_moving_them_about_would_give_it(asked: list[tuple[int, int]]) -> None:
    of = "achievements"  # ten and more of them, which text sorts otherwise than numbers
    choice = [
        Slots(str(index), [places(of, members)] * count, {}, first=taken(of, members, count))
        for index, (members, count) in enumerate(asked)
        if members.bit_count() >= count
    ]
    found = unrivalled(choice)
    assert found is None or found == assigned(choice)
