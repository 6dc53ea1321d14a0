"""The demonstration's people, pool and round, for those who try to break the house from inside."""

import pytest
from django.test import Client

from applications import demo as filing
from applications.models import Application, Round
from portal import demo, workdays
from portal.demo import World
from portal.models import User
from review import demo as pool
from review.models import Meeting
from tests.review import walk


@pytest.fixture
def world(db) -> World:
    workdays.seed()
    made = World()
    demo.load(made)
    pool.load(made)
    return made


@pytest.fixture
def round_(world) -> Round:
    return filing.demo_round(world)


@pytest.fixture
def draft(world, round_) -> Application:
    """林申报's complete draft."""
    return filing.fill_in(world, round_)


@pytest.fixture
def planned(world, round_) -> Meeting:
    """A meeting with 林申报 and 何同批 on its agenda."""
    both = [walk.accepted_application(world, round_, "lin"), walk.accepted_application(world, round_, "he")]
    return walk.plan(world, both)


@pytest.fixture
def voting(world, planned) -> Meeting:
    return walk.open_ballots(world, walk.open_with_everybody(world, walk.draw(world, planned)))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client
