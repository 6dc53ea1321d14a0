"""The draw is uniform over all lawful panels, repeatable, and says which rule stands in the way."""

import itertools
import random
from collections import Counter

import pytest

from review import drawing
from review.drawing import Drawing, DrawInput
from review.lawful_panels import Rule, is_lawful
from tests.counts import FULL, times
from tests.review.pools import candidate, fourteen, random_pool, rules

SEED = bytes(range(32))


def given(people, **changes) -> DrawInput:
    return DrawInput(**{"meeting": "m", "number": 1, "rules": rules(5), "candidates": tuple(people), **changes})


def chi_squared_by_freedom(seen: Counter, cells: list, draws: int) -> float:
    fair = draws / len(cells)
    return sum((seen[cell] - fair) ** 2 / fair for cell in cells) / (len(cells) - 1)


@pytest.mark.slow
def test_every_lawful_panel_is_equally_likely():
    people, asked = fourteen(), rules(5)
    lawful = [
        tuple(person.id for person in panel) for panel in itertools.combinations(people, 5) if is_lawful(asked, panel)
    ]
    assert len(lawful) == 560
    draws, (low, high) = len(times(200_000)), (0.9, 1.1) if FULL else (0.8, 1.2)
    drawn = Drawing(given(people))
    seen = Counter(tuple(drawn.panel(drawing.seed_of(SEED, str(n), "x"))) for n in range(draws))
    assert set(seen) <= set(lawful)
    assert low < chi_squared_by_freedom(seen, lawful, draws) < high


@pytest.mark.slow
def test_a_replacement_is_uniform_over_the_lawful_completions():
    people, asked = fourteen(), rules(5)
    first = given(people)
    panel = Drawing(first).panel(SEED)
    follow = first.after_declines(panel, {panel[0]: "busy"})
    by_id = {person.id: person for person in people}
    kept = [by_id[name] for name in panel[1:]]
    lawful = [
        tuple(sorted([*panel[1:], person.id]))
        for person in people
        if person.id not in panel and is_lawful(asked, [*kept, person])
    ]
    assert Drawing(follow).lawful == len(lawful) > 1
    drawn, draws = Drawing(follow), len(times(20_000))
    seen = Counter(tuple(drawn.panel(drawing.seed_of(SEED, str(n), "x"))) for n in range(draws))
    assert set(seen) == set(lawful)
    assert max(abs(seen[cell] - draws / len(lawful)) for cell in lawful) < 5 * (draws / len(lawful)) ** 0.5


def test_one_seed_names_one_panel_whatever_the_order_of_the_candidates():
    people = random_pool(random.Random(3), 33)
    panel = Drawing(given(people)).panel(SEED)
    assert Drawing(given(reversed(people))).panel(SEED) == panel
    assert Drawing(DrawInput.from_text(given(people).text())).panel(SEED) == panel
    assert panel == ["0001", "0004", "0018", "0027", "0029"]


def test_the_text_of_an_input_is_read_back_only_in_its_canonical_form():
    text = given(fourteen(), excluded=(("x", "same_unit"),)).text()
    assert DrawInput.from_text(text).text() == text
    for other in (text.replace(",", ", ", 1), text + " ", "{}", "[]", text[:-1]):
        with pytest.raises(drawing.DrawError):
            DrawInput.from_text(other)


def test_a_decline_keeps_the_others_and_puts_the_decliner_out_with_the_reason():
    first = given(fourteen())
    panel = Drawing(first).panel(SEED)
    follow = first.after_declines(panel, {panel[2]: "busy"})
    assert (follow.number, sorted(follow.kept)) == (2, [name for name in panel if name != panel[2]])
    assert follow.excluded == ((panel[2], "busy"),)
    assert panel[2] not in {person.id for person in follow.candidates}
    assert set(follow.kept) < set(Drawing(follow).panel(SEED))


@pytest.mark.parametrize("declined", [{}, {"stranger": "busy"}])
def test_only_members_of_the_panel_decline(declined):
    first = given(fourteen())
    with pytest.raises(drawing.DrawError):
        first.after_declines(Drawing(first).panel(SEED), declined)


@pytest.mark.parametrize(
    ("people", "binding"),
    [
        ([candidate(str(n), "senior", "skilled", "enterprise", "private_or_social") for n in range(4)], [Rule.SIZE]),
        ([candidate(str(n), "skilled", "enterprise", "private_or_social") for n in range(9)], [Rule.SENIOR]),
        ([candidate(str(n), "senior", "skilled") for n in range(9)], [Rule.ENTERPRISE]),
        ([candidate(str(n), "senior", "skilled", "enterprise") for n in range(9)], [Rule.PRIVATE]),
        ([candidate(str(n), "senior", "enterprise", "private_or_social") for n in range(9)], [Rule.SKILLED]),
        (
            [candidate(str(n), "senior") for n in range(3)]
            + [candidate(f"k{n}", "skilled") for n in range(3)]
            + [candidate("e", "enterprise", "private_or_social")],
            [Rule.ENTERPRISE],
        ),
        (
            [candidate(f"s{n}", "senior") for n in range(9)]
            + [candidate(f"e{n}", "enterprise", "private_or_social") for n in range(9)]
            + [candidate(f"k{n}", "skilled") for n in range(9)],
            [Rule.SENIOR, Rule.ENTERPRISE, Rule.SKILLED],
        ),
    ],
)
def test_an_impossible_pool_is_told_with_the_rules_that_bind(people, binding):
    with pytest.raises(drawing.Infeasible) as told:
        Drawing(given(people))
    assert told.value.rules == binding


def test_a_cap_per_unit_holds_and_an_unreachable_one_is_reported_not_waited_for():
    people = [
        candidate(f"{n:02d}", "senior", "enterprise", "private_or_social", "skilled", unit=str(n % 3)) for n in range(9)
    ]
    capped = Drawing(given(people, rules=rules(5, per_unit_most=2)))
    units = {person.id: person.unit for person in people}
    for number in range(50):
        panel = capped.panel(drawing.seed_of(SEED, str(number), "x"))
        assert max(Counter(units[name] for name in panel).values()) == 2
    with pytest.raises(drawing.TooManyTries):
        Drawing(given(people, rules=rules(5, per_unit_most=1))).panel(SEED, most_tries=200)


def test_a_panel_is_odd_and_ids_are_unique():
    with pytest.raises(ValueError, match="odd"):
        rules(4)
    with pytest.raises(drawing.DrawError, match="twice"):
        Drawing(given([candidate("a"), candidate("a")]))
    with pytest.raises(drawing.DrawError, match="kept"):
        Drawing(given(fourteen(), kept=("stranger",)))


def test_a_short_seed_is_refused():
    with pytest.raises(drawing.DrawError, match="32 bytes"):
        Drawing(given(fourteen())).panel(b"short")


@pytest.mark.parametrize("bound", [1, 2, 3, 7, 255, 256, 257, 70_000])
def test_numbers_are_below_their_bound_and_evenly_spread(bound):
    numbers = drawing.UnbiasedNumbers(SEED)
    drawn = [numbers.below(bound) for _ in range(3_000)]
    assert min(drawn) >= 0
    assert max(drawn) < bound
    halves = sum(number * 2 < bound for number in drawn) / 3_000
    assert abs(halves - (bound + 1) // 2 / bound) < 0.05
