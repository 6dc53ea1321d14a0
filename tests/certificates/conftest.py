"""The line up to the certificate; the people and the draft are those of the tests of filing."""

import pytest

from applications import demo as filing
from certificates.models import Certificate
from portal import jobs
from review import demo as pool
from tests.applications.conftest import draft, round_, world
from tests.certificates import walk

__all__ = ["draft", "round_", "world"]


@pytest.fixture
def accepted(draft, world):
    from tests.applications import walk as line

    pool.load(world)
    return line.accepted(draft, world)


@pytest.fixture
def certificate(draft, world) -> Certificate:
    """林申报's certificate, both papers rendered."""
    pool.load(world)
    [made] = walk.released([draft], world)
    return made


@pytest.fixture
def second(world, round_):
    """Another person's complete draft in the same round, at another employer."""
    from portal import demo

    world.people["he"] = demo.person("he", "何同批", number="120104198911053314")
    application = filing.fill_in(world, round_, applicant="he")
    jobs.work_off()
    return application
