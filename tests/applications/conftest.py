"""The demonstration's people and round, and applications walked to where a test needs them."""

import pytest

from applications import demo as filing
from applications import services
from applications.models import Application, Round
from portal import demo, workdays
from portal.demo import World


@pytest.fixture
def world(db) -> World:
    workdays.seed()
    made = World()
    demo.load(made)
    return made


@pytest.fixture
def round_(world) -> Round:
    return filing.demo_round(world)


@pytest.fixture
def draft(world, round_) -> Application:
    """林申报's complete draft; the check of its files, slow and tested elsewhere, is still to come."""
    return filing.fill_in(world, round_)


@pytest.fixture
def empty_draft(world, round_) -> Application:
    """A draft without records, where the content does not matter."""
    return services.open_draft(
        applicant=world.people["lin"], round=round_, level=filing.LEVEL, employer=world.units["employer"]
    )
