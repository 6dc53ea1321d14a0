"""What every test shares: business time inside 27号's validity, and the personas."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from portal import clock

BUSINESS_NOW = datetime(2025, 3, 3, 10, 0, tzinfo=clock.ZONE)


@pytest.fixture(autouse=True)
def business_time() -> Iterator[None]:
    """Business time stands at 2025-03-03 10:00; `clock.move_to` moves it forward inside a test."""
    with clock.frozen(BUSINESS_NOW):
        yield
