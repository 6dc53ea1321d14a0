"""A pool, accepted applications and meetings walked to where a test needs them, through services."""

from collections.abc import Iterator

import pytest

from applications import demo as filing
from applications.models import Application, Round
from portal import demo, invariants, workdays
from portal.demo import World
from review import demo as review_demo
from review.models import Meeting
from tests.review import walk


@pytest.fixture
def world(db) -> Iterator[World]:
    """The demonstration's people and pool; the truths of review hold when the test ends."""
    workdays.seed()
    made = World()
    demo.load(made)
    review_demo.load(made)
    yield made
    own = [breach for breach in invariants.check() if breach.invariant.startswith("review.")]
    assert own == []


@pytest.fixture
def round_(world) -> Round:
    return filing.demo_round(world)


@pytest.fixture
def application(world, round_) -> Application:
    """林申报's application, accepted by the office."""
    return walk.accepted_application(world, round_, "lin")


@pytest.fixture
def planned(world, application) -> Meeting:
    return walk.plan(world, [application])


@pytest.fixture
def drawn(world, planned) -> Meeting:
    return walk.draw(world, planned)


@pytest.fixture
def opened(world, drawn) -> Meeting:
    return walk.open_with_everybody(world, drawn)


@pytest.fixture
def voting(world, opened) -> Meeting:
    return walk.open_ballots(world, opened)
