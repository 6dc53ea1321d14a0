"""What is refused stands in the audit log, although the refused act itself was rolled back."""

import pytest

from portal import audit
from portal import demo as people
from portal.demo import World
from portal.models import AuditEntry


@pytest.fixture
def world(db) -> World:
    made = World()
    people.load(made)
    return made


@pytest.mark.embedded
def test_a_person_turned_away_from_a_page_stands_in_the_log(client, world):
    client.force_login(world.people["zhou"])
    answer = client.get("/office/")
    entry = AuditEntry.objects.get(refused=True)
    assert answer.status_code == 403
    assert (entry.act, entry.kind, entry.target) == ("GET applications:office_list", "route", "/office/")
    assert "周旁人" in entry.actor
    assert audit.verify() == []


def test_nobody_is_named_where_nobody_is_signed_in(client, world):
    assert client.get("/office/").status_code == 302
    assert AuditEntry.objects.filter(refused=True).count() == 0
